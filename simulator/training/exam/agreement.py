"""How far two markings agree beyond chance: Cohen's κ, by criterion and by rule, with an interval and a refusal.

The unit is one call for a criterion or the promise, and one turn of the candidate for a rule. Turns of one call are
not independent of each other, so the interval comes from leaving out one call at a time (the jackknife), not from
the number of turns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from simulator.dialogue import Speaker
from simulator.training.exam.attempt import Attempt, SatCall
from simulator.training.exam.differences import breached_places, machine_value, places_of
from simulator.training.exam.marks import Place

LEAST_CALLS = 30
LEAST_CONTRAST = 5
Z = 1.959964  # of the normal distribution, for 95 %
MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Pair:
    """What two markers gave one unit; `call` says which units belong together."""

    call: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Kappa:
    """`kappa`, `low` and `high` are None where `refused` says why no figure is given. `agree` is the plain share."""

    what: str
    id: str
    between: str
    n: int
    calls: int
    agree: float
    kappa: float | None
    low: float | None
    high: float | None
    refused: str | None


def cohen(pairs: Sequence[Pair]) -> float | None:
    """κ of the pairs; None where chance alone would agree on everything."""
    if not pairs:
        return None
    n = len(pairs)
    ones, others = Counter(pair.one for pair in pairs), Counter(pair.other for pair in pairs)
    observed = sum(pair.one == pair.other for pair in pairs) / n
    expected = sum(ones[value] * others[value] for value in ones) / (n * n)
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def interval(pairs: Sequence[Pair]) -> tuple[float, float] | None:
    """The 95 % interval of κ, by leaving out one call at a time; None where one call decides whether there is a κ."""
    by_call: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_call[pair.call].append(pair)
    without: list[float] = []
    for call in by_call:
        value = cohen([pair for pair in pairs if pair.call != call])
        if value is None:
            return None
        without.append(value)
    m, mean = len(without), sum(without) / len(without)
    error = sqrt((m - 1) / m * sum((value - mean) ** 2 for value in without))
    whole = cohen(pairs)
    assert whole is not None  # it exists even without any one call
    return max(-1.0, whole - Z * error), min(1.0, whole + Z * error)


def kappa(what: str, id: str, between: str, pairs: Sequence[Pair]) -> Kappa:
    """The figure for one criterion or rule, or the refusal to give one."""
    calls = len({pair.call for pair in pairs})
    agree = sum(pair.one == pair.other for pair in pairs) / len(pairs) if pairs else 0.0
    refused = _refused(pairs, calls)
    bounds = None if refused else interval(pairs)
    if refused is None and bounds is None:
        refused = "去掉一通电话就全是同一种评法，区间算不出来"
    if refused or bounds is None:
        return Kappa(what, id, between, len(pairs), calls, agree, None, None, None, refused)
    return Kappa(what, id, between, len(pairs), calls, agree, cohen(pairs), *bounds, None)


def _refused(pairs: Sequence[Pair], calls: int) -> str | None:
    if calls < LEAST_CALLS:
        return f"只有 {calls} 通评过两遍，至少要 {LEAST_CALLS} 通：再少，区间会宽过 ±0.25，看不出好坏"
    given = Counter(value for pair in pairs for value in {pair.one, pair.other})
    if len(given) < 2:
        return "两边全是同一种评法，κ 没有意义"
    rarest = len(pairs) - max(
        sum(pair.one == value == pair.other for pair in pairs) for value in given
    )  # units on which anything but the commonest answer was given
    if rarest < LEAST_CONTRAST:
        return f"少见的那种评法只出现 {rarest} 次，至少要 {LEAST_CONTRAST} 次：再少，一次不同就能把 κ 拉到零"
    return None


def agreements(attempts: Sequence[Attempt]) -> list[Kappa]:
    """κ for every criterion, promise mark and rule, machine against people and people against each other.

    A rule counts in every call that was marked twice once any marker has seen it broken in any of them.
    """
    twice = [
        (attempt, call, markings)
        for attempt in attempts
        for call in attempt.calls
        if len(markings := _markings(attempt, call)) > 1
    ]
    seen = {
        place.id
        for *_, markings in twice
        for marks in markings.values()
        for place in marks
        if _is_breach(place)
    }
    found: dict[tuple[str, str, str], list[Pair]] = defaultdict(list)
    for attempt, call, markings in twice:
        units = (*places_of(call), *_turns(call, seen))
        for key, pair in _pairs(f"{attempt.id}/{call.n}", units, markings):
            found[key].append(pair)
    return [kappa(what, id, between, pairs) for (between, what, id), pairs in sorted(found.items())]


def _is_breach(place: Place) -> bool:
    return place.what == "breach"


def _turns(call: SatCall, rules: Iterable[str]) -> Iterator[Place]:
    for rule in sorted(rules):
        for turn in call.turns:
            if turn.who is Speaker.COLLECTOR:
                yield Place(call.n, "breach", rule, turn.n)


def _pairs(
    call: str, units: Sequence[Place], markings: Mapping[str, Mapping[Place, str]]
) -> Iterator[tuple[tuple[str, str, str], Pair]]:
    for one, other in combinations(markings, 2):
        between = "human-machine" if MACHINE in (one, other) else "human-human"
        for place in units:
            pair = Pair(call, markings[one].get(place, "clean"), markings[other].get(place, "clean"))
            yield (between, place.what, place.id), pair


def _markings(attempt: Attempt, call: SatCall) -> dict[str, Mapping[Place, str]]:
    """Marks by marker, the machine's first. A place of a breach that is not there is clean."""
    card = call.scorecard
    if card is None:
        return {}
    places = {*places_of(call), *breached_places(card, call.n)}
    markings: dict[str, Mapping[Place, str]] = {
        MACHINE: {place: machine_value(card, place) for place in places}
    }
    for second in attempt.seconds:
        if call.n in second.marks:
            markings[second.by] = {mark.place(call.n): mark.value for mark in second.marks[call.n]}
    return markings
