"""Where markings differ: what every call is asked, what the machine gave, and what people gave instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.errors import ExamError
from simulator.training.exam.attempt import Attempt, SatCall
from simulator.training.exam.marks import Place, Ruling

Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place on which not all agree: the machine's value, each marker's, and the ruling where there is one."""

    place: Place
    machine: str
    people: Mapping[str, str]
    ruling: Ruling | None


def places_of(call: SatCall) -> tuple[Place, ...]:
    """What a second marker is asked of a call, beside the breaches: its criteria and, where it counts, the promise."""
    card = call.scorecard
    if card is None:
        return ()
    found = [
        Place(call.n, "finding", item["id"])
        for name in ("etiquette", "tasks")
        for item in card[name]["findings"]
    ]
    promise = [Place(call.n, "promise", id) for id in ("grade", "confirmed", "void")]
    return (*found, *(promise if card["promise"]["of"] else ()))


def machine_value(card: Card, place: Place) -> str:
    """What the machine gave at a place. Raises ExamError for a place that the call does not have."""
    if place.what == "breach":
        breaches = card["compliance"]["breaches"]
        found = any((item["rule"], item["turn"]) == (place.id, place.turn) for item in breaches)
        return "breached" if found else "clean"
    if place.what == "promise":
        value = card["promise"][place.id]
        return value if place.id == "grade" else "yes" if value else "no"
    for name in ("etiquette", "tasks"):
        for item in card[name]["findings"]:
            if item["id"] == place.id:
                return str(item["met"])
    raise ExamError(f"第 {place.call} 通没有“{place.id}”这一项")


def breached_places(card: Card, call: int) -> set[Place]:
    return {Place(call, "breach", item["rule"], item["turn"]) for item in card["compliance"]["breaches"]}


def differences(attempt: Attempt) -> list[Difference]:
    """Every place on which the machine and the second markers do not all agree, in order of call."""
    held = {ruling.place: ruling for ruling in attempt.rulings}
    found: list[Difference] = []
    for call in attempt.calls:
        given = {
            second.by: {mark.place(call.n): mark.value for mark in second.marks[call.n]}
            for second in attempt.seconds
            if call.n in second.marks
        }
        if call.scorecard is None or not given:
            continue
        places = set().union(*given.values()) | breached_places(call.scorecard, call.n)
        for place in sorted(places, key=lambda place: (place.what, place.id, place.turn or 0)):
            machine = machine_value(call.scorecard, place)
            people = {who: marks.get(place, "clean") for who, marks in given.items()}
            if {machine, *people.values()} != {machine}:
                found.append(Difference(place, machine, people, held.get(place)))
    return found
