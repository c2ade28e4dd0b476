"""Reads a persona's YAML file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.shapes import (
    PLACE,
    Flag,
    ListOf,
    MapOf,
    Name,
    Record,
    Shape,
    Text,
    Whole,
    did_you_mean,
    may,
    need,
)
from simulator.dialogue import HeardAs, Outcome, PersonaKind, Signal
from simulator.engine.persona import (
    AMOUNT_CLASSES,
    DISPOSITION_MAX,
    ECHOES,
    TIME_CLASSES,
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

BY_PLEDGE = "by-pledge"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def persona_shape(heard: Collection[str]) -> Record:
    """The shape of a persona file. `heard` are the act and rule ids that may be listened for."""
    names = {*heard, *(signal.value for signal in Signal), *(way.value for way in HeardAs)}
    hearable = ListOf(Name("言语行为、规则或信号", names), 1, or_one=True)
    words = ListOf(Text(), 1, or_one=True)
    delta = MapOf(Whole(-DISPOSITION_MAX, DISPOSITION_MAX), "心态")
    bound = Record({"at-least": may(Whole(0, DISPOSITION_MAX)), "below": may(Whole(0, DISPOSITION_MAX + 1))})
    guard = {
        "hears": may(hearable, "听到其中任何一样"),
        "along-with": may(hearable, "同时还都听到"),
        "without": may(hearable, "一样也没听到"),
        "feeling": may(MapOf(bound, "心态"), "心态的范围，例如 trust: {at-least: 5}"),
        "remembers": may(words, "记得这些"),
        "not-yet": may(words, "还没有这些"),
        "amount": may(ListOf(Name("金额类别", AMOUNT_CLASSES), 1, or_one=True)),
        "time": may(ListOf(Name("时间类别", TIME_CLASSES), 1, or_one=True)),
        "echo": may(Name("复述情况", ECHOES)),
        "verified": may(Flag()),
        "pledged": may(Flag()),
        "after": may(words, "对方上一句在问什么"),
    }
    pledge = Record(
        {
            "amount": may(Text(), "means 里的名字、said、total 或 rest"),
            "due": may(Text(), "means 里的名字或 said；不写就是没准日子"),
            "method": may(Text()),
            "source": may(Text(), "钱从哪儿来"),
            "standing": may(Flag(), "有实据撑着的承诺"),
        }
    )
    effect = {
        "moves": may(delta, "心态的变化"),
        "remember": may(words),
        "forget": may(words),
        "pledge": may(ListOf(pledge, 1, or_one=True), "答应了什么"),
        "withdraw": may(Flag(), "收回以前答应的"),
        "verify": may(Flag(), "承认自己就是本人"),
        "asks": may(Text(), "这句话在问什么"),
    }
    say = ListOf(Text(), 1, or_one=True)
    transition = Record(
        {**guard, **effect, "say": need(say, "至少写一句话"), "to": may(Text()), "once": may(Flag())}
    )
    feel = Record({**guard, "moves": may(delta), "lead": may(say), "once": may(Flag())})
    state = Record(
        {
            "about": may(Text()),
            "on": may(ListOf(transition)),
            "final": may(Name("通话结果", {*(outcome.value for outcome in Outcome), BY_PLEDGE})),
            "left": may(Name("通话结果", {outcome.value for outcome in Outcome})),
        }
    )
    return Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "kind": need(Name("角色类型", {kind.value for kind in PersonaKind})),
            "about": need(Text()),
            "voice": need(Text()),
            "disposition": need(MapOf(Whole(0, DISPOSITION_MAX), "心态")),
            "memory": may(MapOf(Text(), "记忆"), "记得住的事: 说明"),
            "needs": may(MapOf(Name("means 的类型", {"yuan", "instant"})), "情境必须给的 means"),
            "opens": may(ListOf(Text()), "接起电话的第一声"),
            "gives-up": need(ListOf(Text(), 1), "该说的都说过了，最后一句，说完就挂"),
            "start": need(Text(), "从哪个状态开始"),
            "feels": may(ListOf(feel)),
            "always": may(ListOf(transition), "任何状态下都先看这些"),
            "otherwise": may(ListOf(transition), "本状态没有合适的，再看这些"),
            "states": need(MapOf(state, "状态")),
        }
    )


def read_persona(source: Source, heard: Collection[str]) -> Persona | None:
    """The persona of `source`, or None when anything is wrong; problems are reported to the source."""
    root = parse(source)
    if root is None:
        return None
    data = persona_shape(heard).read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    _check_names(data, source)
    if source.problems:
        return None
    return _Builder().persona(data, hashlib.sha256(source.text.encode()).hexdigest())


def transitions_of(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every transition of a persona's data with the name of its place."""
    for section in ("always", "otherwise"):
        yield from ((section, item) for item in data.get(section, ()))
    for name, state in data["states"].items():
        yield from ((name, item) for item in state.get("on", ()))


def _check_names(data: dict[str, Any], source: Source) -> None:
    states, feelings, memory = set(data["states"]), set(data["disposition"]), set(data.get("memory", {}))
    if data["id"] != source.stem:
        node: Node = data[PLACE].value["id"]
        source.report(
            node.mark, "id-differs", f"id 是“{data['id']}”，文件名却是“{source.stem}”", "两个要一样"
        )
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
    means = set(data.get("needs", {}))
    for item in items:
        for pledge in item.get("pledge", ()):
            for key, extra in (("amount", {"said", "total", "rest"}), ("due", {"said"})):
                if key in pledge:
                    _known(pledge[PLACE], key, [pledge[key]], means | extra, "means", source)


def _known(
    place: Node, key: str, names: Collection[str], known: Collection[str], what: str, source: Source
) -> None:
    for name in names:
        if name not in known:
            source.report(
                place.value[key].mark, "unknown-name", f"没有叫“{name}”的{what}", did_you_mean(name, known)
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


def schema(heard: Collection[str]) -> dict[str, Any]:
    shape: Shape = persona_shape(heard)
    return {"$schema": DRAFT, "title": "persona", **shape.schema()}
