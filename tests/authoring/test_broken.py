"""Differently broken files: each earns a message that names the line, the cause and the cure, in both languages."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.authoring.diagnostics import in_language
from simulator.authoring.formatter import UnformattableError, format_text
from simulator.authoring.lint import lint, open_source
from simulator.authoring.marked import MAX_CHARACTERS
from simulator.cli.report import render
from simulator.errors import StorageError
from tests.authoring.starters import LIBRARY, lay_out, starter

FOLDER = Path(__file__).parent / "broken"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(FOLDER.with_suffix(".yaml").read_text(encoding="utf-8"))


def test_every_broken_file_is_expected_to_be() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == EXPECTED.keys()
    assert len(EXPECTED) >= 36


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_first_message_names_place_cause_and_cure(name: str) -> None:
    problem = lint([FOLDER / f"{name}.yaml"], LIBRARY)[0][0]
    found = {
        "at": f"{problem.line}:{problem.column}",
        "id": problem.id,
        "says": problem.message,
        "cure": problem.help,
    }
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_message_has_its_english(name: str) -> None:
    for problem in lint([FOLDER / f"{name}.yaml"], LIBRARY)[0]:
        said = in_language(problem, "en")
        assert said.message != problem.message
        assert said.help != problem.help or not problem.help


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_text("say: " + "啊" * MAX_CHARACTERS, encoding="utf-8")
    assert [problem.id for problem in lint([path], LIBRARY)[0]] == ["file-too-large"]


def test_a_folder_without_yaml_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="没有 YAML 文件"):
        lint([tmp_path], LIBRARY)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="没有"):
        lint([tmp_path / "gone.yaml"], LIBRARY)


def test_one_broken_file_does_not_keep_the_others_from_being_looked_at() -> None:
    problems, count = lint([FOLDER], LIBRARY)
    assert count == len(EXPECTED)
    assert {Path(problem.path).stem for problem in problems} == EXPECTED.keys()
    assert problems == sorted(problems)


def test_a_scenario_says_where_its_persona_is_broken(tmp_path: Path) -> None:
    path = lay_out(tmp_path, "scenario", starter("scenario"))
    persona = next((tmp_path / "personas").iterdir())
    persona.write_text(starter("persona").replace("to: verified", "to: verifed"), encoding="utf-8")
    (problem,) = lint([path], LIBRARY)[0]
    assert problem.id == "broken-persona"
    assert "verifed" in problem.message


def test_a_long_line_is_shown_about_its_place(tmp_path: Path) -> None:
    long = starter("persona").replace("voice: 话短，直来直去。", "voice: {" + "啊" * 400 + ": 1}")
    (problem,) = lint([lay_out(tmp_path, "persona", long)], LIBRARY)[0]
    assert max(len(line) for line in render(problem).split("\n")) < 260


@pytest.mark.parametrize("comment", ["line above", "same line", "whole file"])
def test_an_author_can_allow_a_warning_and_only_that_one(tmp_path: Path, comment: str) -> None:
    bare = starter("persona").replace(
        "disposition: {patience: 6, trust: 4}", "disposition: {patience: 6, trust: 4, pride: 5}"
    )
    allow = "# allow: unread-feeling 以后要用"
    allowed = {
        "line above": bare.replace("disposition:", f"{allow}\ndisposition:"),
        "same line": bare.replace("pride: 5}", f"pride: 5}}  {allow}"),
        "whole file": f"{allow}\n{bare}",
    }[comment]
    assert [problem.id for problem in lint([lay_out(tmp_path, "persona", bare)], LIBRARY)[0]] == [
        "unread-feeling"
    ]
    assert lint([lay_out(tmp_path, "persona", allowed)], LIBRARY)[0] == []
    other = allowed.replace("unread-feeling", "unread-memory")
    assert lint([lay_out(tmp_path, "persona", other)], LIBRARY)[0] != []


def test_an_error_cannot_be_allowed_away(tmp_path: Path) -> None:
    text = "# allow: unknown-name\n" + starter("persona").replace("to: verified", "to: verifed")
    assert [problem.id for problem in lint([lay_out(tmp_path, "persona", text)], LIBRARY)[0]] == [
        "unknown-name"
    ]


SPLINTERS = [
    "：",
    "，",
    '"',
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "#",
    "\n",
    "\t",
    "null",
    "9" * 30,
    "!x",
    "*a",
    "\u2028",
    "😀",
    "~",
]


@pytest.mark.parametrize(
    "kind", ["persona", "rule", "scoring/rubrics/first-party.yaml", "scoring/blueprints/collector.yaml"]
)
def test_a_mutilated_file_brings_neither_lint_nor_format_down(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    for _ in range(25):
        text = starter(kind)
        for _ in range(chance.choice([1, 1, 2, 4])):
            place, gone = chance.randrange(len(text)), chance.choice([0, 0, 3])
            text = text[:place] + chance.choice(SPLINTERS) + text[place + gone :]
        path = lay_out(tmp_path, kind, text)
        for problem in lint([path], LIBRARY)[0]:
            assert in_language(problem, "en").message != problem.message
        with suppress(UnformattableError):
            format_text(open_source(path))
