"""The pages of the diagnostics: one YAML file each, `<id>.yaml`, read when somebody needs it.

A page gives its diagnostic's weight, every message and cure in both languages, what is checked and why, and an example:
`mended` are words of one of the starters of `peilian new` (or of a shipped file), `broken` what earns the diagnostic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from simulator.authoring.marked import Source, parse
from simulator.authoring.shapes import BAD, ListOf, MapOf, Name, Record, Text, may, need
from simulator.errors import ContentError, Diagnostic

FOLDER = Path(__file__).resolve().parent
WORDS = "_words.yaml"
LANGUAGES = ("zh", "en")
SEVERITIES = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Wording:
    """The same in both languages; messages and cures are templates over the values of a problem."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Example:
    """`file` is `persona`, `scenario` or `rule` for the starter of that kind, a shipped path, or `whole` where `broken`
    is all of a file."""

    file: str
    broken: str
    mended: str


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    severity: str
    title: Wording
    messages: tuple[Wording, ...]
    cures: tuple[Wording, ...]
    checks: Wording
    why: Wording
    example: Example | None


@cache
def ids() -> tuple[str, ...]:
    """Every diagnostic there is a page of."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.name != WORDS))


@cache
def page(id: str) -> Page:
    """The page of a diagnostic. Raises ContentError where the file is wrong, FileNotFoundError where there is none."""
    data = _read(FOLDER / f"{id}.yaml", _page_shape())
    example = data.get("example")
    return Page(
        id=data["id"],
        severity=data["severity"],
        title=_wording(data["title"]),
        messages=tuple(map(_wording, data["messages"])),
        cures=tuple(map(_wording, data.get("cures", ()))),
        checks=_wording(data["checks"]),
        why=_wording(data["why"]),
        example=Example(example["file"], example["broken"], example.get("mended", "")) if example else None,
    )


def in_language(problem: Diagnostic, language: str) -> Diagnostic:
    """The problem as its page words it in `language`; what no page words stays as it was reported."""
    if language == "zh" or problem.id not in ids():
        return problem
    known = page(problem.id)
    return replace(
        problem,
        message=_translated(problem.message, known.messages, problem),
        help=_translated(problem.help, known.cures, problem),
    )


def _translated(text: str, wordings: tuple[Wording, ...], problem: Diagnostic) -> str:
    values = dict(problem.values)
    for wording in wordings:
        if _filled(wording.zh, values) == text:
            return _filled(wording.en, {name: words().get(value, value) for name, value in values.items()})
    return words().get(text, text)


def _filled(template: str, values: dict[str, str]) -> str:
    if not values:
        return template
    try:
        return template.format_map(values)
    except (KeyError, ValueError, IndexError):
        return ""


@cache
def words() -> dict[str, str]:
    """English for the words and short notes that messages are filled with."""
    return dict(_read(FOLDER / WORDS, MapOf(Text())))


def _read(path: Path, shape: Record | MapOf) -> Any:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    root = parse(source)
    data = shape.read(root, source) if root is not None else BAD
    if source.problems:
        raise ContentError(source.problems)
    return data


@cache
def _page_shape() -> Record:
    wording = Record({language: need(Text()) for language in LANGUAGES})
    example = Record({"file": need(Text()), "broken": need(Text()), "mended": may(Text())})
    return Record(
        {
            "id": need(Text()),
            "severity": need(Name("轻重", SEVERITIES)),
            "title": need(wording),
            "messages": need(ListOf(wording, 1)),
            "cures": may(ListOf(wording)),
            "checks": need(wording),
            "why": need(wording),
            "example": may(example),
        }
    )


def _wording(data: dict[str, Any]) -> Wording:
    return Wording(data["zh"].strip(), data["en"].strip())
