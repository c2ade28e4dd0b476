"""The files that `peilian new` writes when nothing is answered, as the ground on which mistakes are made."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from simulator.authoring.formatter import format_text
from simulator.authoring.interview import Shelf, next_question, written
from simulator.authoring.library import SHIPPED, Library
from simulator.authoring.marked import Source
from simulator.authoring.persona_file import read_persona

IDS = {"persona": "busy-driver", "scenario": "busy-driver-first", "rule": "no-family-pressure"}
LIBRARY = Library()


def answers(kind: str, shelf: Shelf, /, **given: str) -> dict[str, str]:
    """What is answered where only `given` is said and all else left at its default."""
    found: dict[str, str] = {}
    while (question := next_question(kind, found, shelf)) is not None:
        found[question.key] = question.read(given.get(question.key, ""))
    return found


def make(kind: str, id: str, shelf: Shelf | None = None, /, **given: str) -> str:
    shelf = shelf or Shelf({}, "", {})
    text = written(kind, id, answers(kind, shelf, **given), shelf)
    formatted = format_text(Source(f"{id}.yaml", text))
    assert formatted is not None
    return formatted


def shelf_with(text: str, id: str) -> Shelf:
    """A shelf on which the persona of `text` stands alone."""
    persona = read_persona(Source(f"{id}.yaml", text), LIBRARY.heard)
    assert persona is not None
    return Shelf({id: persona}, id, {})


@cache
def starter(kind: str) -> str:
    """The starter of a kind, or the text of a shipped file."""
    if kind == "scenario":
        return make(kind, IDS[kind], shelf_with(starter("persona"), IDS["persona"]))
    if kind in IDS:
        return make(kind, IDS[kind])
    return (SHIPPED / kind).read_text(encoding="utf-8")


def lay_out(folder: Path, kind: str, text: str) -> Path:
    """Writes a file of a kind where it belongs, the starter persona beside it; returns the file."""
    name = IDS[kind] if kind in IDS else Path(kind).stem
    persona = folder / "personas" / f"{IDS['persona']}.yaml"
    persona.parent.mkdir(parents=True, exist_ok=True)
    persona.write_text(starter("persona"), encoding="utf-8")
    path = folder / f"{kind}s" / f"{name}.yaml" if kind in IDS else folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
