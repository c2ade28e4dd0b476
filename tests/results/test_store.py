"""The store keeps what sealed records say: on SQLite and on a real PostgreSQL alike."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from simulator.errors import RecordError, StorageError, UnknownNameError
from simulator.store.results import migrate as migrations
from simulator.store.results.database import open_engine, writing
from simulator.store.results.importing import import_record, proof_with
from simulator.store.results.results import Kept, Results, Selection
from simulator.store.results.tables import METADATA
from simulator.training.exam.ledger import Ledger, ledger_of
from simulator.training.exam.proof import Proof
from simulator.training.exam.standard import cut_score
from tests.results.hall import BLUEPRINT, SIGNER, START, STRANGER, Pen, sat
from tests.results.test_standard import SHARES, angoff

NOW = START + timedelta(days=1)
PROVE = proof_with(SIGNER.public)


@pytest.fixture
def results(where: str) -> Iterator[Results]:
    with closing(Results(where, NOW)) as opened:
        yield opened


def put(results: Results, pen: Pen) -> Kept:
    content = pen.content.encode()
    return import_record(results, content, proven(content), NOW)


@cache
def proven(content: bytes) -> Proof:
    return PROVE(content, "a.jsonl")


def appealed(pen: Pen) -> Pen:
    """The same record with a breach ruled out on appeal."""
    longer = Pen(pen.id, pen.clock)
    longer.entries = list(pen.entries)
    attempt = pen.attempt
    breach = next(row for row in ledger_of(attempt).broken)
    place = {"call": breach.call, "what": "breach", "id": breach.rule, "turn": breach.turn}
    longer.add("appeal", {"by": attempt.candidate.id, "text": "那句话不是骂人", "points": [place]})
    assert attempt.machine
    result = {**_plain(attempt.machine), "points": attempt.machine.points + 500}
    ruling = {"place": place, "value": "clean", "why": "引的是对方的话"}
    longer.add(
        "decide", {"by": "kao-guan", "upheld": True, "why": "成立", "rulings": [ruling], "result": result}
    )
    return longer


def _plain(value: object) -> dict[str, object]:
    from simulator.dialogue.plain import to_plain

    plain: dict[str, object] = to_plain(value)
    return plain


class TestKeep:
    def test_what_was_kept_comes_back_row_by_row(self, results: Results) -> None:
        pen = sat(scripts=("model", "careless"))
        assert put(results, pen) is Kept.NEW
        mine, found = ledger_of(pen.attempt), results.ledger(Selection())
        assert found.sat == mine.sat
        assert found.rated == mine.rated
        assert set(found.found) == set(mine.found)
        assert found.broken == mine.broken
        assert found.broken

    def test_the_record_itself_is_kept_byte_for_byte(self, results: Results) -> None:
        pen = sat()
        put(results, pen)
        assert results.record(pen.id) == pen.content

    def test_keeping_it_again_changes_nothing(self, results: Results) -> None:
        pen = sat()
        put(results, pen)
        before = results.ledger(Selection())
        assert put(results, pen) is Kept.SAME
        assert results.ledger(Selection()) == before

    def test_a_record_that_grew_takes_the_place_of_the_shorter_one(self, results: Results) -> None:
        pen = sat(scripts=("model", "careless"))
        longer = appealed(pen)
        put(results, pen)
        assert put(results, longer) is Kept.GROWN
        (one,) = results.ledger(Selection()).sat
        assert one.state == "settled"
        assert one.points == ledger_of(pen.attempt).sat[0].points + 500
        assert len(results.ledger(Selection()).broken) == len(ledger_of(pen.attempt).broken) - 1

    def test_an_older_copy_does_not_take_the_appeal_back(self, results: Results) -> None:
        pen = sat(scripts=("model", "careless"))
        put(results, appealed(pen))
        assert put(results, pen) is Kept.SAME
        assert results.ledger(Selection()).sat[0].state == "settled"

    def test_another_record_of_the_same_name_is_refused_and_the_fork_named(self, results: Results) -> None:
        put(results, sat(scripts=("model", "model")))
        with pytest.raises(RecordError, match=r"不是同一份记录.*第 1 条"):
            put(results, sat(scripts=("model", "careless"), start=START + timedelta(seconds=9)))
        assert results.ledger(Selection()).sat[0].passed

    @pytest.mark.parametrize(
        ("part", "said"),
        [({"submitted": False, "marked": False}, "没有交卷"), ({"marked": False}, "没有评分")],
    )
    def test_what_is_not_finished_is_refused(
        self, results: Results, part: dict[str, bool], said: str
    ) -> None:
        with pytest.raises(RecordError, match=said):
            put(results, sat(**part))
        assert not results.ledger(Selection()).sat

    def test_two_halls_may_use_the_same_ids(self, results: Results) -> None:
        put(results, sat())
        one = ledger_of(sat().attempt)
        other = _of_hall(one, "hall-2")
        assert results.keep(other, "x", NOW) is Kept.NEW
        assert len(results.ledger(Selection()).sat) == 2
        with pytest.raises(UnknownNameError, match="hall-1/duty-officer-0001"):
            results.record("duty-officer-0001")
        assert results.record("hall-2/duty-officer-0001") == "x"

    def test_a_hall_cannot_hand_in_records_in_the_name_of_another(self, results: Results) -> None:
        put(results, sat("duty.a.1", "a"))
        other = ledger_of(sat("duty.b.1", "b").attempt)
        forged = replace(other, sat=(replace(other.sat[0], key="f" * 16),))
        with pytest.raises(RecordError, match="以前的记录是钥匙"):
            results.keep(forged, "x", NOW)
        assert len(results.ledger(Selection()).sat) == 1


def _of_hall(ledger: Ledger, hall: str) -> Ledger:
    def moved(id: str) -> str:
        return f"{hall}/{id.partition('/')[2]}"

    (one,) = ledger.sat
    return Ledger(
        (
            replace(
                one, id=moved(one.id), candidate=moved(one.candidate), hall=hall, key="e" * 16, head="f" * 64
            ),
        ),
        tuple(replace(row, attempt=moved(row.attempt)) for row in ledger.rated),
        tuple(replace(row, attempt=moved(row.attempt)) for row in ledger.found),
        tuple(replace(row, attempt=moved(row.attempt)) for row in ledger.broken),
    )


class TestProof:
    def test_a_record_signed_by_a_stranger_is_refused(self) -> None:
        with pytest.raises(RecordError, match="另一把钥匙"):
            proof_with(STRANGER.public)(sat().content.encode(), "a.jsonl")

    def test_any_changed_line_is_refused_and_the_file_named(self) -> None:
        lines = sat().content.encode().splitlines(keepends=True)
        for n in range(0, len(lines), 5):
            changed = lines[n].replace(b"2026", b"2025", 1)
            assert changed != lines[n]
            with pytest.raises(RecordError, match=r"a\.jsonl 验不过"):
                PROVE(b"".join([*lines[:n], changed, *lines[n + 1 :]]), "a.jsonl")

    def test_a_missing_line_and_a_torn_one_are_refused(self) -> None:
        lines = sat().content.encode().splitlines(keepends=True)
        for content in (b"".join([*lines[:3], *lines[4:]]), b"".join(lines) + b'{"n":99', b""):
            with pytest.raises(RecordError, match="验不过"):
                PROVE(content, "a.jsonl")


class TestSelection:
    @pytest.fixture
    def three(self, results: Results) -> Results:
        put(results, sat("duty.a.1", "a", "甲", group="一班"))
        put(results, sat("duty.b.1", "b", "乙", group="二班", start=START + timedelta(hours=1)))
        put(results, sat("duty.b.2", "b", "乙", group="二班", start=START + timedelta(days=9)))
        return results

    @pytest.mark.parametrize(
        ("wanted", "ids"),
        [
            (Selection(), ["duty.a.1", "duty.b.1", "duty.b.2"]),
            (Selection(group="二班"), ["duty.b.1", "duty.b.2"]),
            (Selection(candidate="a"), ["duty.a.1"]),
            (Selection(candidate="hall-1/a"), ["duty.a.1"]),
            (Selection(attempt="duty.b.2"), ["duty.b.2"]),
            (Selection(exam="duty-officer", group="一班"), ["duty.a.1"]),
            (Selection(exam="another"), []),
            (Selection(candidate="%"), []),
        ],
    )
    def test_it_finds_what_is_asked_for(self, three: Results, wanted: Selection, ids: list[str]) -> None:
        ledger = three.ledger(wanted)
        assert [one.id for one in ledger.sat] == [f"hall-1/{id}" for id in ids]
        assert {row.attempt for row in ledger.rated} == {one.id for one in ledger.sat}

    def test_a_name_that_is_not_there_brings_the_near_ones(self, three: Results) -> None:
        with pytest.raises(UnknownNameError, match=r"duty\.a\.1"):
            three.record("duty.c.1")

    def test_a_quote_in_a_name_is_only_a_quote(self, three: Results) -> None:
        assert not three.ledger(Selection(group="'; DROP TABLE attempts; --")).sat
        assert len(three.ledger(Selection()).sat) == 3


def test_the_total_of_a_call_is_found_by_attempt_and_scenario(results: Results) -> None:
    pen = sat()
    put(results, pen)
    for call in pen.attempt.calls:
        assert call.scorecard
        assert results.total(pen.id, call.scenario) == call.scorecard["total"]
    assert results.total(pen.id, "no-such-scenario") is None
    assert results.total("no-such-attempt", pen.attempt.calls[0].scenario) is None


class TestStandard:
    def test_results_are_tied_to_the_cut_score_they_were_judged_by(self, results: Results) -> None:
        cut = replace(cut_score(angoff(**SHARES)), exam=BLUEPRINT.id)
        put(results, sat("duty.a.1", "a"))
        digest = results.standards.keep(cut.to_json(), NOW)
        put(results, sat("duty.b.1", "b"))
        for attempt in ("hall-1/duty.a.1", "hall-1/duty.b.1"):
            assert results.standards.of(attempt) == cut.to_json()
        assert list(results.standards.all()) == [digest]
        assert results.standards.keep(cut.to_json(), NOW) == digest

    def test_results_that_were_judged_by_another_cut_than_the_panels_are_counted(
        self, results: Results
    ) -> None:
        put(results, sat())
        cut = replace(cut_score(angoff(**SHARES)), exam=BLUEPRINT.id)
        assert results.standards.judged_otherwise(results.standards.keep(cut.to_json(), NOW)) == 1
        same = replace(cut, cut=BLUEPRINT.cut)
        assert results.standards.judged_otherwise(results.standards.keep(same.to_json(), NOW)) == 0

    def test_a_cut_score_of_another_day_is_not_taken_for_it(self, results: Results) -> None:
        put(results, sat())
        other = replace(cut_score(angoff(**SHARES)), exam=BLUEPRINT.id).to_json() | {"held": "2025-10-15"}
        results.standards.keep(other, NOW)
        assert results.standards.of("hall-1/duty-officer-0001") is None


class TestMigrations:
    def test_the_tables_are_those_that_the_queries_name(self, results: Results, where: str) -> None:
        engine = open_engine(where)
        seen = inspect(engine)
        for table in METADATA.sorted_tables:
            keys = set(seen.get_pk_constraint(table.name)["constrained_columns"])
            made = {
                item["name"]: item["nullable"] or item["name"] in keys
                for item in seen.get_columns(table.name)
            }
            assert made == {item.name: bool(item.nullable) or item.name in keys for item in table.columns}
        engine.dispose()

    def test_opening_again_applies_nothing(self, results: Results, where: str) -> None:
        assert results.applied == list(migrations.known())
        with closing(Results(where, NOW)) as again:
            assert again.applied == []

    def test_an_old_database_is_brought_up_to_date_with_its_results(
        self, where: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        every = migrations.known()
        first = dict(list(every.items())[:1])
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "known", lambda: first)
            with closing(Results(where, NOW)) as old:
                put(old, sat())
        with closing(Results(where, NOW)) as new:
            assert new.applied == list(every)[1:]
            assert len(new.ledger(Selection()).sat) == 1
            assert new.certificates.find() == ()

    def test_one_that_fails_half_way_leaves_nothing(
        self, where: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        every = migrations.known()
        broken = {**every, "0099_broken": "CREATE TABLE half (id TEXT); CREATE TABLE half (id TEXT);"}
        monkeypatch.setattr(migrations, "known", lambda: broken)
        with pytest.raises(StorageError, match="half"):
            Results(where, NOW)
        engine = open_engine(where)
        assert inspect(engine).get_table_names() == []
        engine.dispose()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("INSERT INTO migrations VALUES ('9999_later', 'x', 'y')", "升级"),
            ("UPDATE migrations SET digest = 'x'", "不一样"),
        ],
    )
    def test_a_database_of_another_program_is_left_alone(
        self, results: Results, where: str, change: str, said: str
    ) -> None:
        engine = open_engine(where)
        with writing(engine) as connection:
            connection.execute(text(change))
        engine.dispose()
        with pytest.raises(StorageError, match=said):
            Results(where, NOW)


class TestTogether:
    def test_several_halls_keep_at_once_and_none_is_lost(self, where: str) -> None:
        pens = [sat(f"duty.c{n}.1", f"c{n}") for n in range(8)]

        def work(mine: list[Pen]) -> None:
            with closing(Results(where, NOW)) as results:
                for pen in mine:
                    put(results, pen)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, [pens[n::4] + pens[:1] for n in range(4)]))
        with closing(Results(where, NOW)) as results:
            assert len(results.ledger(Selection()).sat) == 8


class TestWhere:
    def test_sqlite_is_durable_and_minds_its_references(self, tmp_path: Path) -> None:
        engine = open_engine(str(tmp_path / "deep" / "r.db"))
        with engine.connect() as connection:
            asked = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        engine.dispose()
        assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}

    def test_a_file_that_is_no_database_is_said_so(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("今天收了三份" * 100, encoding="utf-8")
        with pytest.raises(StorageError, match=r"notes\.txt"):
            Results(str(path), NOW)
        assert path.read_text(encoding="utf-8").startswith("今天")

    def test_a_locked_database_waits_for_its_turn(self, tmp_path: Path) -> None:
        where = str(tmp_path / "r.db")
        with (
            closing(Results(where, NOW)) as results,
            closing(sqlite3.connect(where, isolation_level=None)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            assert results.ledger(Selection()).sat == ()  # readers are not kept waiting
            with ThreadPoolExecutor(1) as pool:
                waiting = pool.submit(put, results, sat())
                other.execute("COMMIT")
                assert waiting.result() is Kept.NEW

    @pytest.mark.parametrize("where", ["mysql://x/y", "postgresql://:::/x:y", "https://example.cn/r.db"])
    def test_an_address_that_is_none_is_refused(self, where: str) -> None:
        with pytest.raises(StorageError):
            Results(where, NOW)

    def test_a_password_is_never_shown(self) -> None:
        with pytest.raises(StorageError) as caught:
            Results("postgresql://peilian:geheim@127.0.0.1:1/none", NOW)
        assert "geheim" not in str(caught.value)
