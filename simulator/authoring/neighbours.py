"""What the rest of the library holds, for lints that look beyond one file. What is broken there is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from simulator.authoring.interview import USUAL_REASON
from simulator.authoring.library import Library, read_source
from simulator.authoring.reach import transitions
from simulator.dialogue.likeness import bare
from simulator.engine.persona import Persona
from simulator.errors import PeilianError
from simulator.training.scenario import Scenario

STARTERS = Path(__file__).resolve().parent / "starters"
PERSONA = re.compile(r"^persona:\s*([a-z0-9-]+)", re.MULTILINE)
LONG_ENOUGH = 8  # characters from which the same words are no accident: 嗯，好的 may be anybody's


class Neighbours:
    def __init__(self, library: Library) -> None:
        self.library = library

    def moods(self, persona: str) -> dict[str, set[int]]:
        """Where the scenarios of a persona start its disposition, by name."""
        found: dict[str, set[int]] = {}
        for scenario in self._scenarios:
            if scenario.case.persona == persona:
                for name, value in scenario.case.mood.items():
                    found.setdefault(name, set()).add(value)
        return found

    def lines_beside(self, persona: str) -> dict[str, str]:
        """The longer lines of all other personas, each with whose it is, but for those that `peilian new` wrote."""
        return {
            line: name
            for name, lines in self._lines.items()
            if name != persona
            for line in lines
            if line not in starter_lines()
        }

    @cached_property
    def _scenarios(self) -> tuple[Scenario, ...]:
        return tuple(self._sound_scenarios())

    def _sound_scenarios(self) -> Iterator[Scenario]:
        for name in self.library.scenario_ids():
            try:
                yield self.library.scenario(name)
            except PeilianError:
                continue

    @cached_property
    def _lines(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self.library.persona_ids():
            try:
                found[name] = _long_lines(self.library.persona(name))
            except PeilianError:
                continue
        return found


@cache
def starter_lines() -> frozenset[str]:
    """What the starters of `peilian new` put into a persona's mouth."""
    texts = (path.read_text(encoding="utf-8") for path in STARTERS.glob("persona-*.starter"))
    lines = (line.strip().removeprefix("- ") for text in texts for line in text.split("\n"))
    return frozenset((*lines, USUAL_REASON))


def scenario_texts(library: Library) -> dict[str, str]:
    """For each persona that a scenario of the library plays, the text of the first such scenario."""
    found: dict[str, str] = {}
    for path in library.scenario_paths():
        text = read_source(path).text
        persona = PERSONA.search(text)
        if persona:
            found.setdefault(persona.group(1), text)
    return found


def _long_lines(persona: Persona) -> tuple[str, ...]:
    lines = (line.text for item in transitions(persona) for line in item.say)
    return tuple(line for line in lines if len(bare(line)) >= LONG_ENOUGH)
