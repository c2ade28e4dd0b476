"""The lints of meaning: one module each, named for its diagnostic and found by itself.

A module says what it `LOOKS_AT` (`persona` or `scenario`) and has `check(file)`, which reports to `file.source`. It runs
on files that read without a fault; how much its finding weighs stands in the diagnostic's file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from scoring.scorecard import Scorecard
from simulator.authoring.desk import Desk
from simulator.authoring.marked import Mark, Node, Source
from simulator.authoring.neighbours import Neighbours
from simulator.authoring.shapes import PLACE
from simulator.dialogue import Turn
from simulator.engine.persona import Persona, State, Transition
from simulator.training.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Written:
    """A transition with the data it was read from. `state` is None where it stands in `always` or `otherwise`."""

    transition: Transition
    data: dict[str, Any]
    state: State | None

    def mark(self, *keys: str) -> Mark:
        """The first of `keys` that is written, else the beginning of the transition."""
        place: Node = self.data[PLACE]
        for key in keys:
            if key in place.keys:
                return place.keys[key]
        return Mark(place.mark.line, place.mark.column, 1)

    def wordings(self) -> list[Node]:
        say: Node = self.data[PLACE].value["say"]
        return say.value if isinstance(say.value, list) else [say]


@dataclass(frozen=True, slots=True)
class PersonaFile:
    source: Source
    data: dict[str, Any]
    persona: Persona
    others: Neighbours

    def written(self) -> tuple[Written, ...]:
        """Every transition in the order of the file's sections: always, the states, otherwise."""
        return (
            *self._section("always"),
            *(written for state in self.persona.states for written in self.of(state)),
            *self._section("otherwise"),
        )

    def of(self, state: State) -> tuple[Written, ...]:
        items = self.data["states"][state.id].get("on", ())
        pairs = zip(state.transitions, items, strict=True)
        return tuple(Written(transition, item, state) for transition, item in pairs)

    def _section(self, name: str) -> tuple[Written, ...]:
        transitions = self.persona.always if name == "always" else self.persona.otherwise
        pairs = zip(transitions, self.data.get(name, ()), strict=True)
        return tuple(Written(transition, item, None) for transition, item in pairs)

    def in_order(self, state: State) -> tuple[Written, ...]:
        """What is tried in `state`, in the order in which it is tried."""
        return (*self._section("always"), *self.of(state), *self._section("otherwise"))

    def key(self, *keys: str) -> Mark:
        """The place of a key below the top, `("states", "greeting")`, or of the file's beginning."""
        node: Node = self.data[PLACE]
        mark = Mark(node.mark.line, node.mark.column, 1)
        for key in keys:
            if key not in node.keys:
                return mark
            mark, node = node.keys[key], node.value[key]
        return mark


@dataclass(frozen=True, slots=True)
class Played:
    """One of the two calls that a scenario ships, really played. `said` is how many of its lines were spoken."""

    card: Scorecard
    turns: tuple[Turn, ...]
    said: int


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    source: Source
    data: dict[str, Any]
    scenario: Scenario
    persona: Persona
    desk: Desk

    def key(self, *keys: str) -> Mark:
        node: Node = self.data[PLACE]
        mark = Mark(node.mark.line, node.mark.column, 1)
        for key in keys:
            mark, node = node.keys[key], node.value[key]
        return mark

    def lines(self, key: str) -> Iterator[tuple[str, Mark]]:
        """The lines of `model`, `careless` or `hints`, or the `brief`, each with its place."""
        node: Node | None = self.data[PLACE].value.get(key)
        if node is not None:
            for item in node.value if isinstance(node.value, list) else [node]:
                yield str(item.value), item.mark

    def play(self, script: str, seed: int) -> Played:
        lines: tuple[str, ...] = getattr(self.scenario, script)
        practice = self.desk.play(self.scenario, seed, lines)
        said = sum(turn.who == "collector" for turn in practice.turns)
        card = self.desk.grade(practice.transcript, practice.versions, advice=False)
        return Played(card, practice.turns, said)


@cache
def lints(kind: str) -> tuple[ModuleType, ...]:
    """The lints that look at files of this kind, by name."""
    names = sorted(item.name for item in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(module for module in modules if kind == module.LOOKS_AT)
