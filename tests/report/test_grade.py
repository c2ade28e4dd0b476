"""`peilian grade` on files: the page, the comparison, and what goes wrong."""

import json
import os
from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.errors import StorageError
from simulator.store.whole import write_whole
from simulator.training.record import dump, read_record
from tests.report.calls import page, played, record_of, tree


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEILIAN_HOME", str(tmp_path / "home"))
    path = tmp_path / "call.jsonl"
    events = record_of(*played("owner-receivables", "careless"))
    path.write_text("".join(dump(event) + "\n" for event in events), encoding="utf-8")
    return path


def alter(record: Path, **fields: object) -> None:
    *rest, last = record.read_text(encoding="utf-8").splitlines()
    record.write_text("\n".join([*rest, dump({**json.loads(last), **fields})]) + "\n", encoding="utf-8")


class TestPage:
    def test_the_page_is_written_and_named(self, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
        target = record.with_name("out") / "card.html"
        assert main(["grade", str(record), "--html", str(target)]) == 0
        out, err = capsys.readouterr()
        assert out == ""
        assert str(target) in err
        assert target.read_bytes() == page("owner-receivables", "careless").encode()
        assert [file.name for file in target.parent.iterdir()] == ["card.html"]

    def test_json_goes_to_stdout_beside_it(self, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["grade", str(record), "--json", "--html", str(record.with_name("card.html"))]) == 0
        assert capsys.readouterr().out == record.read_text(encoding="utf-8").splitlines()[-1] + "\n"

    def test_an_older_page_is_replaced(self, record: Path) -> None:
        target = record.with_name("card.html")
        target.write_text("old", encoding="utf-8")
        assert main(["grade", str(record), "--html", str(target)]) == 0
        tree(target.read_text(encoding="utf-8"))

    def test_the_record_is_never_overwritten(self, record: Path) -> None:
        before = record.read_bytes()
        assert main(["grade", str(record), "--html", str(record)]) == 3
        assert record.read_bytes() == before

    @pytest.mark.parametrize("place", ["call.jsonl/card.html", "."])
    def test_a_place_that_cannot_be_written_is_one_message(
        self, record: Path, place: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["grade", str(record), "--html", str(record.parent / place)]) == 3
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1

    def test_a_failed_write_leaves_what_was_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "card.html"
        target.write_text("old", encoding="utf-8")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StorageError):
            write_whole(target, "new")
        assert target.read_text(encoding="utf-8") == "old"
        assert [file.name for file in tmp_path.iterdir()] == ["card.html"]

    def test_a_link_is_followed_not_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "real.html").write_text("old", encoding="utf-8")
        (tmp_path / "link.html").symlink_to("real.html")
        write_whole(tmp_path / "link.html", "new")
        assert (tmp_path / "link.html").is_symlink()
        assert (tmp_path / "real.html").read_text(encoding="utf-8") == "new"


class TestCompared:
    def test_an_unchanged_record_gives_its_own_bytes(
        self, record: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["grade", str(record), "--json"]) == 0
        assert capsys.readouterr().out == record.read_text(encoding="utf-8").splitlines()[-1] + "\n"

    def test_old_and_new_are_shown_where_versions_differ(
        self, record: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        alter(record, verdict="pass", total=88, versions={"ear": "old"})
        main(["grade", str(record), "--json"])
        compared = json.loads(capsys.readouterr().out)["compared"]
        assert compared["verdict"] == ["pass", "fail"]
        assert compared["total"][0] == 88
        assert "ear" in compared["versions_changed"]
        main(["grade", str(record)])
        text = capsys.readouterr().out
        assert "当时：通过　88 分" in text
        assert "现在：未通过" in text
        main(["grade", str(record), "--html", str(record.with_name("card.html"))])
        assert tree(record.with_name("card.html").read_text(encoding="utf-8")).find("section", id="compared")

    def test_another_program_counts_as_another_version(
        self, record: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = record.read_text(encoding="utf-8")
        _, card = played("owner-receivables", "careless")
        record.write_text(
            text.replace(f'"program":"{card.versions["program"]}"', '"program":"0.0.1"'), encoding="utf-8"
        )
        main(["grade", str(record), "--json"])
        assert json.loads(capsys.readouterr().out)["compared"]["versions_changed"] == ["program"]

    def test_an_altered_scorecard_is_called_altered(
        self, record: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        alter(record, total=99)
        main(["grade", str(record)])
        assert "被改过" in capsys.readouterr().out

    def test_controls_in_an_old_scorecard_never_reach_the_terminal(
        self, record: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        breach = {"rule": "\x1b[2J", "title": "\x1b]0;x\x07", "turn": 2, "text": "\x9b31m"}
        alter(record, compliance={"breaches": [breach]}, versions={"\x1b[31m": "x"})
        assert main(["grade", str(record)]) == 0
        assert not {"\x1b", "\x07", "\x9b"} & set(capsys.readouterr().out)

    def test_a_record_without_a_scorecard_is_only_graded(
        self, record: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = record.read_text(encoding="utf-8").splitlines()[:-1]
        record.write_text("\n".join(lines) + "\n", encoding="utf-8")
        main(["grade", str(record), "--json"])
        assert "compared" not in json.loads(capsys.readouterr().out)

    def test_the_last_scorecard_of_a_record_is_the_one_that_counts(self) -> None:
        events = record_of(*played("owner-receivables", "careless"))
        lines = [dump(event) for event in (*events, {**events[-1], "total": 7})]
        card = read_record(lines, "x").scorecard
        assert card is not None
        assert card["total"] == 7
