"""A record on disk: what breaks is recovered, what is changed is found, and nobody writes over anybody."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from simulator.cli.main import main
from simulator.errors import RecordError, StorageError
from simulator.store.chain import Chain, Seat
from simulator.store.hall import Hall
from simulator.store.hidden import hide
from simulator.store.keys import PublicKey, create_key, load_public, load_signer
from simulator.training.exam.entry import Entry, line_of, made, parse_line
from simulator.training.exam.hall import Role
from simulator.training.exam.keeping import MovedError, New
from simulator.training.exam.proof import (
    Proof,
    against_hall,
    against_receipt,
    graded_again,
    prove,
    prove_hall,
)
from simulator.training.exam.sitting import Sitting
from tests.exam.made import Clock, begun, hall_in, marked, stage


def verifier(key: PublicKey) -> Any:
    return lambda id, sig, words: key.verifies(sig, words) if id == key.id else None


class Sat:
    """A hall in which one candidate has handed in one short call."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.hall, exam = hall_in(folder, self.clock)
        record = begun(self.hall, exam)
        sitting = Sitting(record, stage(), self.clock)
        sitting.begin()
        sitting.say("您好，请问是本人吗？")
        self.seal = sitting.submit()
        record.close()
        self.path = record.path
        self.content = self.path.read_bytes()
        self.key = self.hall.signer.public

    def proof(self, content: bytes) -> Proof:
        return prove(content, verifier(self.key))


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sat]:
    sat = Sat(tmp_path_factory.mktemp("hall"))
    yield sat
    sat.hall.close()


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    with Chain(tmp_path / "a.jsonl", "a", Clock(), None, new=True) as chain:
        chain.add(New("one", {"text": "第一条"}), New("two", {"yuan": 216.8}))
        yield chain


class TestTampering:
    def test_a_sealed_record_as_it_was_written_holds(self, sat: Sat) -> None:
        proof = sat.proof(sat.content)
        assert proof.holds, proof.problems
        assert proof.attempt
        assert proof.attempt.seal == sat.seal

    @pytest.mark.parametrize(("mask", "start"), [(0x01, 0), (0x20, 3), (0x80, 5)])
    def test_any_changed_byte_is_found(self, sat: Sat, mask: int, start: int) -> None:
        missed = [
            place
            for place in range(start, len(sat.content), 13)
            if sat.proof(_flipped(sat.content, place, mask)).holds
        ]
        assert missed == []

    def test_a_line_left_out_put_twice_or_moved_is_found(self, sat: Sat) -> None:
        lines = sat.content.splitlines(keepends=True)
        for n in range(len(lines) - 1):
            assert not sat.proof(b"".join(lines[:n] + lines[n + 1 :])).holds
            assert not sat.proof(b"".join([*lines[: n + 1], *lines[n:]])).holds
            swapped = [*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]]
            assert not sat.proof(b"".join(swapped)).holds

    def test_a_chain_made_anew_without_the_centres_key_is_found(self, sat: Sat) -> None:
        entries: list[Entry] = []
        for line in sat.content.splitlines():
            was = parse_line(line, "")
            body = {**was.body, "text": "您好"} if was.kind == "turn" else was.body
            last = entries[-1] if entries else None
            entries.append(replace(made(last, was.at, was.kind, body, was.key), sig=was.sig))
        forged = sat.proof(b"".join(map(line_of, entries)))
        assert {problem.id for problem in forged.problems} == {"signature"}

    def test_another_centres_key_proves_nothing(self, sat: Sat, tmp_path: Path) -> None:
        other = create_key(tmp_path).public
        assert {problem.id for problem in prove(sat.content, verifier(other)).problems} == {"unknown-key"}

    def test_a_signature_counts_for_its_own_record_only(self, sat: Sat) -> None:
        renamed = sat.content.replace(b"little.li-lei.1", b"little.li-lei.2")
        entries: list[Entry] = []
        for line in renamed.splitlines():
            was = parse_line(line, "")
            last = entries[-1] if entries else None
            entries.append(replace(made(last, was.at, was.kind, was.body, was.key), sig=was.sig))
        assert not sat.proof(b"".join(map(line_of, entries))).holds

    def test_an_end_that_was_cut_off_is_found_by_the_receipt_and_by_the_log(self, sat: Sat) -> None:
        lines = sat.content.splitlines(keepends=True)
        proof = sat.proof(b"".join(lines[:-1]))
        assert proof.attempt
        assert against_receipt(proof.attempt, sat.seal.code)
        assert against_hall(proof.attempt, proof.entries, sat.hall.state)
        whole = sat.proof(sat.content)
        assert whole.attempt
        assert not against_receipt(whole.attempt, sat.seal.code.upper())
        assert not against_hall(whole.attempt, whole.entries, sat.hall.state)

    def test_a_changed_byte_in_the_halls_log_is_found(self, sat: Sat) -> None:
        content = (sat.hall.folder / "hall.jsonl").read_bytes()
        check = verifier(sat.key)
        assert not prove_hall(content, check)[1]
        for place in range(0, len(content), 37):
            assert prove_hall(_flipped(content, place, 1), check)[1], place

    def test_marks_that_were_not_the_judges_are_found(self, tmp_path: Path) -> None:
        _at, attempt = marked(["您好，请问是本人吗？"])
        assert graded_again(attempt, stage()) == ([], [])
        card = attempt.call(1).scorecard
        assert card
        better = replace(attempt.call(1), scorecard={**card, "total": 100})
        problems, _ = graded_again(replace(attempt, calls=(better, *attempt.calls[1:])), stage())
        assert [problem.id for problem in problems] == ["grade"]


def _flipped(content: bytes, place: int, mask: int) -> bytes:
    return content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]


class TestBreaks:
    def test_torn_at_any_byte_all_whole_lines_are_recovered(self, chain: Chain, tmp_path: Path) -> None:
        content = chain.path.read_bytes()
        for length in range(len(content) + 1):
            path = tmp_path / f"t{length}.jsonl"
            path.write_bytes(content[:length])
            with Chain(path, "a", Clock(), None) as again:
                whole = content[:length].count(b"\n")
                assert len(again.entries) == whole
                again.add(New("three", {}))
            with Chain(path, "a", Clock(), None) as again:
                assert [entry.n for entry in again.entries] == list(range(1, whole + 2))
            torn = path.with_suffix(".torn")
            assert torn.exists() == (length not in (0, *_ends(content)))
            if torn.exists() and os.name != "nt":
                assert torn.stat().st_mode & 0o077 == 0, "it holds what a candidate said"

    def test_a_record_that_was_changed_is_not_written_on(self, chain: Chain) -> None:
        content = chain.path.read_bytes()
        chain.path.write_bytes(content.replace("第一条".encode(), "第二条".encode()))
        with pytest.raises(RecordError, match="改过"):
            Chain(chain.path, "a", Clock(), None)

    def test_a_record_that_became_shorter_is_not_written_on(self, chain: Chain) -> None:
        os.truncate(chain.path, 10)
        with pytest.raises(RecordError, match="短了"):
            chain.add(New("three", {}))

    @pytest.mark.parametrize("room", [0, 1, 40, 200])
    def test_a_full_disk_takes_all_or_nothing(
        self, chain: Chain, room: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = chain.path.read_bytes()
        disk = _Full(chain._file, room)
        monkeypatch.setattr(chain, "_file", disk)
        with pytest.raises(StorageError, match="腾出空间"):
            chain.add(New("three", {"text": "好" * 50}), New("four", {}))
        assert chain.path.read_bytes() == before
        disk.room = 10**6
        chain.add(New("three", {"text": "好" * 50}))
        assert [entry.kind for entry in chain.entries] == ["one", "two", "three"]

    def test_a_disk_that_does_not_sync_takes_nothing(
        self, chain: Chain, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(descriptor: int) -> None:
            raise OSError(5, "Input/output error")

        before = chain.path.read_bytes()
        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(StorageError):
            chain.add(New("three", {}))
        assert chain.path.read_bytes() == before
        assert len(chain.entries) == 2

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_cannot_be_written_to_is_one_message(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(StorageError, match="看看路径和权限"):
            Chain(tmp_path / "b.jsonl", "b", Clock(), None, new=True)


def _ends(content: bytes) -> list[int]:
    return [place + 1 for place, byte in enumerate(content) if byte == 10]


class _Full:
    """A file on a disk with so many bytes left."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self.room = file, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        part = data[: self.room]
        if not part:
            raise OSError(28, "No space left on device")
        self.room -= len(part)
        return int(self._file.write(part))


class TestTwoPrograms:
    def test_each_sees_what_the_other_added(self, chain: Chain) -> None:
        with Chain(chain.path, "a", Clock(), None) as other:
            other.add(New("three", {}))
            chain.add(New("four", {}))
            other.refresh()
            assert [entry.kind for entry in other.entries] == ["one", "two", "three", "four"]

    def test_an_addition_to_what_has_moved_is_refused(self, chain: Chain) -> None:
        with Chain(chain.path, "a", Clock(), None) as other:
            other.add(New("three", {}))
            with pytest.raises(MovedError):
                chain.add(New("four", {}), after=2)
            chain.add(New("four", {}), after=3)

    def test_one_attempt_is_sat_in_one_place(self, chain: Chain) -> None:
        with Seat(chain.path), pytest.raises(StorageError, match="另一个窗口"):
            Seat(chain.path)
        Seat(chain.path).close()

    def test_a_record_is_never_begun_over_another(self, chain: Chain) -> None:
        with pytest.raises(StorageError, match="不会盖掉"):
            Chain(chain.path, "a", Clock(), None, new=True)


class TestAnchors:
    def test_a_record_cut_back_behind_its_anchor_is_not_opened(self, tmp_path: Path) -> None:
        sat = Sat(tmp_path / "hall")
        sat.path.write_bytes(b"".join(sat.content.splitlines(keepends=True)[:-1]))
        with sat.hall, pytest.raises(StorageError, match="比考点日志记下的短"):
            sat.hall.open_record("little.li-lei.1")

    def test_an_anchor_that_a_kill_prevented_is_made_on_opening(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Hall, "anchor", lambda hall, record: None)
        sat = Sat(tmp_path / "hall")
        monkeypatch.undo()
        with sat.hall as hall:
            assert hall.state.attempts["little.li-lei.1"].n == 0
            hall.open_record("little.li-lei.1").close()
            assert hall.state.attempts["little.li-lei.1"].hash == sat.seal.hash


class TestForgeries:
    """By somebody who can write to the folder and has not the key: the running program must not believe them."""

    def test_an_examiner_written_into_the_log_is_not_let_in(self, tmp_path: Path) -> None:
        hall, _ = hall_in(tmp_path / "hall")
        evil = {"by": "zhao", "id": "evil", "name": "某人", "role": "examiner", "group": ""}
        with hall:
            _forge(hall.folder / "hall.jsonl", "person", {**evil, "secret": asdict(hide("AAAA"))})
            for _ in range(2):  # a server asks again and again
                with pytest.raises(RecordError, match="不是考点写的"):
                    hall.sign_in("evil", "AAAA", "people", Role.EXAMINER)
        with pytest.raises(RecordError, match="不是考点写的"):
            Hall(hall.folder)

    @pytest.mark.parametrize("sig", [None, "00" * 64, "zz", ""])
    def test_more_time_written_into_a_record_is_not_given(self, tmp_path: Path, sig: str | None) -> None:
        hall, exam = hall_in(tmp_path / "hall")
        with hall:
            with begun(hall, exam) as record:
                key = None if sig is None else hall.signer.public.id
                _forge(record.path, "extend", {"by": "zhao", "minutes": 600, "why": "x"}, key, sig)
                with pytest.raises(RecordError, match="不是考点写的"):
                    Sitting(record, stage(), Clock()).look()
            with pytest.raises(RecordError, match="不是考点写的"):
                hall.open_record("little.li-lei.1")

    def test_a_record_in_the_place_of_another_is_found(
        self, sat: Sat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = copytree(sat.hall.folder, tmp_path / "hall")
        other = folder / "attempts/little.li-lei.2.jsonl"
        (folder / "attempts/little.li-lei.1.jsonl").rename(other)
        assert main(["exam", "verify", "--hall", str(folder), "--no-grade", str(other)]) == 1
        assert "misplaced" in capsys.readouterr().out


def _forge(path: Path, kind: str, body: Any, key: str | None = None, sig: str | None = None) -> None:
    last = parse_line(path.read_bytes().split(b"\n")[-2], "")
    with open(path, "ab") as file:
        file.write(line_of(replace(made(last, last.at, kind, body, key), sig=sig)))


class TestOddBytes:
    @pytest.mark.parametrize(
        "changes",
        [
            {"at": "2026-11-20T01:00:00"},
            {"at": "0001-01-01T00:00:00+10:00"},
            {"at": "9999-12-31T23:59:59-10:00"},
            {"n": 10**30},
            {"body": {"x": float("inf")}},
            {"body": {"x": "\ud800"}},
            {"body": []},
            {"kind": None},
        ],
    )
    def test_what_no_program_would_write_is_refuted_not_stumbled_over(
        self, sat: Sat, changes: dict[str, Any]
    ) -> None:
        first, second, *_ = sat.content.splitlines(keepends=True)
        odd = json.dumps({**json.loads(second), **changes}).encode() + b"\n"
        assert {problem.id for problem in sat.proof(first + odd).problems} >= {"unreadable"}

    @pytest.mark.parametrize("depth", [900, 100_000])
    def test_nesting_without_end_is_refuted(self, sat: Sat, depth: int) -> None:
        deep = b'{"a":' + b"[" * depth + b"]" * depth + b"}"
        line = (
            b'{"n":1,"at":"2026-11-20T01:00:00.000Z","kind":"x","body":' + deep + b',"prev":"","hash":""}\n'
        )
        assert sat.proof(line).problems


class TestKeys:
    def test_a_key_with_a_passphrase_opens_with_it_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PEILIAN_KEY_PASSPHRASE", "一句口令")
        made_key = create_key(tmp_path)
        assert load_signer(tmp_path).public == made_key.public == load_public(tmp_path / "centre.pub")
        monkeypatch.setenv("PEILIAN_KEY_PASSPHRASE", "别的")
        with pytest.raises(StorageError, match="口令不对"):
            load_signer(tmp_path)

    def test_a_key_is_never_made_over_another_and_only_its_owner_may_read_it(self, tmp_path: Path) -> None:
        create_key(tmp_path)
        with pytest.raises(StorageError):
            create_key(tmp_path)
        if os.name != "nt":
            assert (tmp_path / "centre.key").stat().st_mode & 0o077 == 0

    def test_a_signature_written_in_another_way_is_none(self, tmp_path: Path) -> None:
        signer = create_key(tmp_path)
        sig = signer.sign(b"x")
        assert signer.public.verifies(sig, b"x")
        for other in (sig.upper(), sig + " ", sig[:-2], "", "zz"):
            assert not signer.public.verifies(other, b"x")
