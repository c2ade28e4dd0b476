"""A candidate on a plain terminal sits the same exam as in a browser."""

import io
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.cli.exam import enter
from simulator.errors import ExamError
from tests.web.served import Room, room_in


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path / "hall") as room:
        yield room


def _sits(room: Room, monkeypatch: pytest.MonkeyPatch, *lines: str) -> int:
    parser = ArgumentParser()
    enter.arguments(parser)
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in (room.code(), *lines))))
    return enter.run(parser.parse_args([room.url + "/", "--as", "li-lei"]))


def test_it_shows_the_case_and_the_answers_and_ends_with_the_receipt(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("太早了", "/开始", "您好，请问是本人吗？", "", "/挂断", "/小结", "没说上话", ".", "/交卷")
    assert _sits(room, monkeypatch, *lines) == 0
    shown = capsys.readouterr()
    assert "【找谁】" in shown.out
    assert shown.out.count("对方：") >= 2
    seal = next(entry for entry in room.record() if entry["kind"] == "submit")
    assert seal["hash"][:4] in shown.out
    assert "还没接通" in shown.err
    assert room.said() == ["您好，请问是本人吗？", ""]
    assert next(entry for entry in room.record() if entry["kind"] == "note")["body"]["text"] == "没说上话"


def test_the_end_of_the_input_leaves_the_attempt_open_to_be_gone_on_with(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _sits(room, monkeypatch, "/开始", "您好，请问是本人吗？")
    capsys.readouterr()
    _sits(room, monkeypatch, "麻烦您报一下身份证后四位。")
    assert room.said() == ["您好，请问是本人吗？", "麻烦您报一下身份证后四位。"]
    again = capsys.readouterr().out
    assert "　你：您好，请问是本人吗？" in again
    assert "【找谁】" in again


def test_a_wrong_code_is_told_in_the_halls_words(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("AAAA-AAAA\n"))
    parser = ArgumentParser()
    enter.arguments(parser)
    with pytest.raises(ExamError, match="座位码不对"):
        enter.run(parser.parse_args([room.url, "--as", "li-lei"]))
