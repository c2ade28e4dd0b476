"""A candidate at home is told what a candidate in the hall is told."""

import io
from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.store.hall import Hall, wall_clock
from simulator.training.casefile import case_sections
from simulator.training.exam.attempt import read_attempt
from tests.exam.made import hall_in

ATTEMPT = "little.li-lei.1"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEILIAN_HALL", str(tmp_path / "hall"))
    monkeypatch.setenv("PEILIAN_HOME", str(tmp_path / "home"))
    hall_in(tmp_path / "hall", wall_clock)[0].close()
    return tmp_path / "hall"


def said(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What stands on the input: a fresh code, then the lines."""
    with Hall(folder) as hall:
        code = hall.issue_code("zhao", "li-lei", "A1")
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in (code, *lines))))


def rows(folder: Path, call: int) -> list[str]:
    with Hall(folder) as hall, hall.open_record(ATTEMPT) as record:
        case = read_attempt(record.entries).call(call).case
    assert case is not None
    return [value for section in case_sections(case) for _, value in section.rows]


def test_the_whole_case_file_is_shown_before_the_call_begins(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said(folder, monkeypatch, "/开始", "/挂断")
    assert main(["exam", "sit", "little", "--as", "li-lei"]) == 0
    before, _, _ = capsys.readouterr().out.partition("对方：")
    assert [row for row in rows(folder, 1) if row not in before] == []


def test_whoever_comes_back_into_a_call_sees_its_case_file_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said(folder, monkeypatch, "/开始", "您好，请问是本人吗？")
    assert main(["exam", "sit", "little", "--as", "li-lei"]) == 0
    capsys.readouterr()
    said(folder, monkeypatch)
    assert main(["exam", "resume", ATTEMPT]) == 0
    again = capsys.readouterr().out
    assert [row for row in rows(folder, 1) if row not in again] == []
    assert "　你：您好，请问是本人吗？" in again
