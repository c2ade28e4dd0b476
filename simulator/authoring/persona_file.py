"""Reads a persona's YAML file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from simulator.authoring.facts import is_fact
from simulator.authoring.lines import check_lines
from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.persona_shape import BY_PLEDGE, persona_shape
from simulator.authoring.shapes import PLACE, check_id, report_unknown
from simulator.dialogue import Outcome, PersonaKind
from simulator.engine.persona import (
    DISPOSITION_MAX,
    Bound,
    Effect,
    Feel,
    Guard,
    Line,
    Persona,
    PledgeTerms,
    State,
    Transition,
)

# what a line may speak of besides the case, when it answers something
OF_THE_ANSWER = frozenset({"said.amount", "said.time", "rest"})


def read_persona(source: Source, heard: Collection[str]) -> Persona | None:
    """The persona of `source`, or None when anything is wrong; problems are reported to the source."""
    found = read_persona_data(source, heard)
    return found[1] if found else None


def read_persona_data(source: Source, heard: Collection[str]) -> tuple[dict[str, Any], Persona] | None:
    """The same, with the data that it was built from."""
    root = parse(source)
    if root is None:
        return None
    data = persona_shape(heard).read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    check_id(data, source)
    _check_names(data, source)
    _check_ends(data, source)
    _check_words(data, source)
    if source.problems:
        return None
    return data, _Builder().persona(data, hashlib.sha256(source.text.encode()).hexdigest())


def transitions_of(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every transition of a persona's data with the name of its place."""
    for section in ("always", "otherwise"):
        yield from ((section, item) for item in data.get(section, ()))
    for name, state in data["states"].items():
        yield from ((name, item) for item in state.get("on", ()))


def _check_names(data: dict[str, Any], source: Source) -> None:
    states = {name: state.get("about", "") for name, state in data["states"].items()}
    feelings, memory = set(data["disposition"]), data.get("memory", {})
    _known(data[PLACE], "start", [data["start"]], states, "状态", source)
    items = [item for _, item in transitions_of(data)]
    for item in (*items, *data.get("feels", ())):
        place: Node = item[PLACE]
        for key in ("remembers", "not-yet", "remember", "forget"):
            _known(place, key, item.get(key, ()), memory, "记忆", source)
        for key in ("feeling", "moves"):
            _known(place, key, item.get(key, ()), feelings, "心态", source)
        if "to" in item:
            _known(place, "to", [item["to"]], states, "状态", source)
    means = data.get("needs", {})
    for item in items:
        for pledge in item.get("pledge", ()):
            for key, kind, extra in (
                ("amount", "yuan", {"said", "total", "rest"}),
                ("due", "instant", {"said"}),
            ):
                if key in pledge:
                    known = {name for name, given in means.items() if given == kind} | extra
                    _known(pledge[PLACE], key, [pledge[key]], known, "means", source)


def _known(
    place: Node, key: str, names: Collection[str], known: Collection[str], what: str, source: Source
) -> None:
    if not names:
        return
    node = place.value[key]
    marks = node.keys or {
        item.value: item.mark for item in (node.value if isinstance(node.value, list) else ())
    }
    for name in names:
        if name not in known:
            report_unknown(source, marks.get(name, node.mark), what, name, known)


def _check_ends(data: dict[str, Any], source: Source) -> None:
    """A state either ends the call or answers in it."""
    for name, state in data["states"].items():
        place: Node = data[PLACE].value["states"].value[name]
        if "final" in state:
            for key in ("on", "left"):
                if key in state:
                    message = "状态“{name}”写了 final，通话到这里就结束了，{key} 用不上"
                    source.report(
                        place.keys[key], "final-goes-on", message, "留一个，删一个", name=name, key=key
                    )
    start = data["states"].get(data["start"], {})
    if "final" in start:
        mark = data[PLACE].value["start"].mark
        message = "通话从“{name}”开始，可这个状态一到就结束"
        source.report(
            mark, "final-goes-on", message, "换一个状态，或去掉它的 final", name=data["start"], key="start"
        )


def _check_words(data: dict[str, Any], source: Source) -> None:
    top: Node = data[PLACE]
    means = {f"means.{name}" for name in data.get("needs", {})}

    def in_the_case(path: str) -> bool:
        return is_fact(path) or path in means

    for key in ("opens", "gives-up"):
        if key in data:
            check_lines(top.value[key], in_the_case, data.get("needs", ()), source)
    for feel in data.get("feels", ()):
        if "lead" in feel:  # said as it stands, nothing is filled in
            check_lines(feel[PLACE].value["lead"], lambda _: False, (), source)
    for _, item in transitions_of(data):
        check_lines(
            item[PLACE].value["say"],
            lambda path: in_the_case(path) or path in OF_THE_ANSWER,
            data.get("needs", ()),
            source,
        )


class _Builder:
    """Turns checked data into the frozen persona."""

    def persona(self, data: dict[str, Any], digest: str) -> Persona:
        return Persona(
            id=data["id"],
            title=data["title"],
            kind=PersonaKind(data["kind"]),
            about=data["about"],
            voice=data["voice"],
            disposition=tuple(data["disposition"].items()),
            memory=frozenset(data.get("memory", {})),
            needs=tuple(data.get("needs", {}).items()),
            opens=self._lines(data.get("opens", [])),
            gives_up=self._lines(data["gives-up"]),
            start=data["start"],
            feels=tuple(self._feel(f"feels.{n}", item) for n, item in enumerate(data.get("feels", ()), 1)),
            always=self._transitions("always", data.get("always", ())),
            otherwise=self._transitions("otherwise", data.get("otherwise", ())),
            states=tuple(self._state(name, item) for name, item in data["states"].items()),
            digest=digest,
        )

    def _state(self, name: str, data: dict[str, Any]) -> State:
        final = data.get("final")
        return State(
            id=name,
            about=data.get("about", ""),
            transitions=self._transitions(name, data.get("on", ())),
            final=Outcome(final) if final and final != BY_PLEDGE else None,
            by_pledge=final == BY_PLEDGE,
            left=Outcome(data["left"]) if "left" in data else None,
        )

    def _transitions(self, place: str, items: Collection[dict[str, Any]]) -> tuple[Transition, ...]:
        return tuple(self._transition(f"{place}.{number}", item) for number, item in enumerate(items, 1))

    def _transition(self, id: str, data: dict[str, Any]) -> Transition:
        return Transition(
            id=id,
            guard=self._guard(data),
            say=self._lines(data["say"]),
            effect=Effect(
                feeling=tuple(data.get("moves", {}).items()),
                remember=frozenset(data.get("remember", ())),
                forget=frozenset(data.get("forget", ())),
                pledges=tuple(self._pledge(item) for item in data.get("pledge", ())),
                withdraw=data.get("withdraw", False),
                verify=data.get("verify", False),
                asks=data.get("asks"),
            ),
            to=data.get("to"),
            once=data.get("once", False),
        )

    def _feel(self, id: str, data: dict[str, Any]) -> Feel:
        return Feel(
            guard=self._guard(data),
            feeling=tuple(data.get("moves", {}).items()),
            lead=self._lines(data.get("lead", [])),
            once=data.get("once", False),
            id=id,
        )

    @staticmethod
    def _pledge(data: dict[str, Any]) -> PledgeTerms:
        return PledgeTerms(
            data.get("amount"),
            data.get("due"),
            data.get("method"),
            data.get("source"),
            data.get("standing", False),
        )

    @staticmethod
    def _guard(data: dict[str, Any]) -> Guard:
        def names(key: str) -> frozenset[str]:
            return frozenset(data.get(key, ()))

        feeling = tuple(
            (name, Bound(bound.get("at-least", 0), bound.get("below", DISPOSITION_MAX + 1) - 1))
            for name, bound in data.get("feeling", {}).items()
        )
        return Guard(
            hears=names("hears"),
            along_with=names("along-with"),
            without=names("without"),
            feeling=feeling,
            remembers=names("remembers"),
            not_yet=names("not-yet"),
            amount=names("amount"),
            time=names("time"),
            echo=data.get("echo"),
            verified=data.get("verified"),
            after=names("after"),
            pledged=data.get("pledged"),
        )

    @staticmethod
    def _lines(texts: list[str]) -> tuple[Line, ...]:
        return tuple(Line(hashlib.sha256(text.encode()).hexdigest()[:12], text) for text in texts)
