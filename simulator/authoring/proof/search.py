"""The shortest way through the machine to a goal, turn by turn, out of lines that can really be said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from simulator.authoring.proof.lines import Line
from simulator.authoring.proof.machine import Compiled, Said, Spot
from simulator.authoring.proof.pledged import ALL, ORDER, UNDATED
from simulator.authoring.proof.reach import Node

Kind = tuple[Said, int, list[Line]]
MOST_SPOTS = 1500  # looked at before a search gives up


@dataclass(frozen=True, slots=True)
class Planned:
    """A turn of a plan: what to say (None: repeat the promise back), and where that should lead."""

    line: Line | None
    to: Spot


REPEAT_BACK = "confirm-promise"


def plan(
    machine: Compiled,
    start: Spot,
    far: dict[Node, int],
    lines: Mapping[bool, Sequence[Line]],
    banned: Collection[tuple[str, str]] = (),
) -> tuple[Planned, ...] | None:
    """The fewest turns from `start` to a node at distance 0 in `far`, which never over-estimates; None where none was found. `lines` go by whether
    the hearer is verified; no line is used twice; `banned` are states with texts that turned out otherwise there."""
    heard = {flag: _distinct(machine, some) for flag, some in lines.items()}
    queue: list[tuple[int, int, int]] = []
    spots: list[tuple[Spot, int, Line | None]] = [(start, -1, None)]
    seen = {start}
    if (start.state, start.pledged) in far:
        heappush(queue, (far[start.state, start.pledged], 0, 0))
    while queue:
        _, minus_depth, at = heappop(queue)
        spot = spots[at][0]
        node = (spot.state, spot.pledged)
        if far[node] == 0:
            return _way(spots, at)
        if machine.states[spot.state].is_final:
            continue
        if len(spots) > MOST_SPOTS:
            return None
        used = {line.text for line in _lines(spots, at) if line}
        for line, there in machine.turns(spot, _sayable(machine, spot, heard[spot.verified], used, banned)):
            if there in seen or (there.state, there.pledged) not in far:
                continue
            seen.add(there)
            spots.append((there, at, line))
            depth = 1 - minus_depth
            heappush(queue, (depth + far[there.state, there.pledged], -depth, len(spots) - 1))
    return None


def _sayable(
    machine: Compiled,
    spot: Spot,
    kinds: Sequence[Kind],
    used: Collection[str],
    banned: Collection[tuple[str, str]],
) -> Iterator[tuple[Said, int, Line | None]]:
    """Each kind of turn with a line for it that is still to be had here."""
    for said, mask, lines in kinds:
        for line in lines:
            if line.text not in used and (spot.state, line.text) not in banned:
                yield said, mask, line
                break
    dated = [item for item in spot.pledged if item[1] != UNDATED]
    if dated:
        time = min((item[1] for item in dated), key=ORDER.index)
        amount = "full" if all(item[0] == ALL for item in dated) else "within"
        back = Said(frozenset({REPEAT_BACK, "question"}), amount, time, "matches")
        yield back, machine.heard(back), None


def _distinct(machine: Compiled, lines: Sequence[Line]) -> list[Kind]:
    """The kinds of turn that this machine can tell apart, with the lines of each."""
    found: dict[tuple[int, str, str], Kind] = {}
    for line in lines:
        mask = machine.heard(line.said)
        entry = found.setdefault((mask, line.said.amount, line.said.time), (line.said, mask, []))
        entry[2].append(line)
    return list(found.values())


def _lines(spots: list[tuple[Spot, int, Line | None]], at: int) -> list[Line | None]:
    found: list[Line | None] = []
    while at > 0:
        found.append(spots[at][2])
        at = spots[at][1]
    return found


def _way(spots: list[tuple[Spot, int, Line | None]], at: int) -> tuple[Planned, ...]:
    turns: list[Planned] = []
    while at > 0:
        turns.append(Planned(spots[at][2], spots[at][0]))
        at = spots[at][1]
    return tuple(reversed(turns))
