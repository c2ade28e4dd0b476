"""The commands in the pages about the hall are commands that there are."""

import re
import shlex
from pathlib import Path

import pytest

from simulator.cli.main import build_parser, load_commands

DOCS = Path(__file__).parents[2] / "docs"


def _commands(page: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines()]
    return [found[1] for line in lines if (found := re.search(r"peilian ([^)]+)", line))]


@pytest.mark.parametrize("page", ["hall.zh-CN.md", "hall.md"])
def test_every_command_is_understood(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = _commands(page)
    assert len(commands) >= 4
    for command in commands:
        words = shlex.split(command)
        monkeypatch.setattr("sys.argv", ["peilian", *words])  # the sub-commands of `exam` are read from there
        assert build_parser(load_commands(words)).parse_args(words).command == words[0]
