"""Each diagnostic has its page, each page its example, and every message its English."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from simulator.authoring import diagnostics
from simulator.authoring.diagnostics import WORDS, ids, in_language, page
from simulator.authoring.kinds import shapes
from simulator.authoring.library import SHIPPED
from simulator.authoring.lint import lint
from simulator.authoring.lints import lints
from simulator.authoring.shapes import ListOf, MapOf, Name, Record, Shape
from simulator.errors import Diagnostic
from tests.authoring.starters import LIBRARY, lay_out, starter

AUTHORING = SHIPPED / "simulator" / "authoring"
# what reads the files that lint looks at
READERS = (
    *(AUTHORING / f"{name}.py" for name in ("broken_yaml", "kinds", "lines", "lint", "marked", "shapes")),
    *AUTHORING.glob("*_shape.py"),
    *(AUTHORING / f"{name}_file.py" for name in ("persona", "scenario", "rule", "rubric", "blueprint")),
    *(AUTHORING / "lints").glob("*.py"),
)
WITH_EXAMPLE = [id for id in ids() if page(id).example is not None]
# what a whole file cannot show, or only together with other faults
WITHOUT_EXAMPLE = {"broken-persona", "control-character", "file-too-large", "not-utf8", "odd-hour"}


def reported(path: Path) -> set[str]:
    """The ids that a module reports, by its calls of `report`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    found = {
        call.args[1]
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "report" and len(call.args) > 1
    }
    return {
        str(arg.value) if isinstance(arg, ast.Constant) else str(named[arg.id])
        for arg in found
        if isinstance(arg, (ast.Constant, ast.Name))
    }


def test_every_diagnostic_that_is_reported_has_a_page_and_every_page_is_reported() -> None:
    assert {id for path in READERS for id in reported(path)} == set(ids())


def test_every_lint_of_meaning_is_named_for_its_diagnostic() -> None:
    for module in (*lints("persona"), *lints("scenario")):
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        assert name in ids()
        assert reported(Path(str(module.__file__))) == {name}


def test_only_what_cannot_be_shown_has_no_example() -> None:
    assert set(ids()) - set(WITH_EXAMPLE) == WITHOUT_EXAMPLE


@cache
def found_in_example(id: str, folder: Path) -> tuple[Diagnostic, ...]:
    example = page(id).example
    assert example is not None
    if example.file == "whole":
        path = folder / "whole.yaml"
        path.write_text(example.broken, encoding="utf-8")
    else:
        whole = starter(example.file)
        assert whole.count(example.mended) == 1, "the mended words must stand in the file once"
        path = lay_out(folder, example.file, whole.replace(example.mended, example.broken))
    return tuple(lint([path], LIBRARY)[0])


@pytest.mark.parametrize("id", WITH_EXAMPLE)
def test_the_broken_example_earns_its_diagnostic_and_no_other(id: str, tmp_path: Path) -> None:
    found = found_in_example(id, tmp_path)
    assert {problem.id for problem in found} == {id}, found
    assert {problem.severity for problem in found} == {page(id).severity}


@pytest.mark.parametrize("id", WITH_EXAMPLE)
def test_the_message_has_its_english(id: str, tmp_path: Path) -> None:
    for problem in found_in_example(id, tmp_path):
        said = in_language(problem, "en")
        assert said.message != problem.message
        assert not problem.help or said.help != problem.help


@pytest.mark.parametrize("kind", ["persona", "scenario", "rule", "scoring/rubrics/first-party.yaml"])
def test_the_mended_file_is_clean(kind: str, tmp_path: Path) -> None:
    assert lint([lay_out(tmp_path, kind, starter(kind))], LIBRARY)[0] == []


def spoken(shape: Shape) -> set[str]:
    """The Chinese that messages take from a shape: what names are called, and the notes on fields."""
    if isinstance(shape, Record):
        notes = {field.doc for field in shape.fields.values() if field.doc}
        return notes.union(*(spoken(field.shape) for field in shape.fields.values()))
    if isinstance(shape, MapOf):
        return {shape.what} | spoken(shape.item)
    if isinstance(shape, ListOf):
        return spoken(shape.item)
    return {shape.what} if isinstance(shape, Name) else set()


def test_every_word_that_messages_are_filled_with_has_its_english() -> None:
    wanted = set().union(*(spoken(shape) for shape in shapes().values()))
    assert wanted - diagnostics.words().keys() == set(), f"add them to {WORDS}"
