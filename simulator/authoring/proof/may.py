"""Everything that may happen: a sound over-estimate of the machine, so that what it does not reach is never reached.

For each state with each set of promises one `May` holds the values that every other thing a guard reads may have
there, each by itself. A turn may carry any labels of those allowed, together, with any sum and time. So "never" is
proved, while "may" is only a hint that somebody has to show by a call. Turns are counted from below: nothing is
reached in fewer turns than said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from simulator.authoring.proof.machine import Compiled
from simulator.authoring.proof.pledged import NOTHING, OPEN, UNDATED, Pledged, pledged_after
from simulator.authoring.proof.reach import May, Node, Reach
from simulator.engine.persona import (
    AMOUNT_CLASSES,
    DISPOSITION_MAX,
    ECHOES,
    TIME_CLASSES,
    Guard,
    Transition,
)

FULL = (1 << DISPOSITION_MAX + 1) - 1
NO, YES = 1, 2  # what a flag may be
SOMETHING: Pledged = frozenset({(OPEN, UNDATED, False)})


def explore(
    machine: Compiled, allowed: Collection[str], *, named: bool = True, coarse: bool = False
) -> Reach:
    """What may be reached by turns made of these labels. `named` False: turns that name no sum and no time; `coarse`:
    promises are told apart only by whether there are any."""
    return _Explorer(machine, frozenset(allowed), named, coarse).run()


class _Explorer:
    def __init__(self, machine: Compiled, allowed: frozenset[str], named: bool, coarse: bool) -> None:
        self.machine, self.allowed, self.coarse = machine, allowed, coarse
        self.classes = list(product(AMOUNT_CLASSES, TIME_CLASSES)) if named else [("none", "none")]
        self.ways = [list(self._ways(guard)) for guard in machine.guards]
        self.shadows = [
            [self._shadow(index, way) for way in ways]
            for index, ways in enumerate(self.ways[: machine.count])
        ]
        self.named = {
            pledged: [self._named(index, pledged) for index in range(machine.count)]
            for pledged in (False, True)
        }
        self.lasting = sum(1 << at for at, item in enumerate(machine.transitions) if self._lasts(item))
        self.once = sum(machine.once.values())
        # a feel that may have been stirred may be spent
        self.stirred = sum(
            bit for item, bit in machine.once.items() if item >= machine.count and self.ways[item]
        )
        self.asked_bit = {name: 1 << at for at, name in enumerate(machine.if_asked)}

    def _lasts(self, transition: Transition) -> bool:
        """Whether it has words left whenever it is tried: it ends the call, and not all its words stand elsewhere."""
        target = transition.to and self.machine.states[transition.to]
        elsewhere = {
            line.id for other in self.machine.transitions if other is not transition for line in other.say
        }
        return bool(target and target.is_final) and any(line.id not in elsewhere for line in transition.say)

    def _ways(self, guard: Guard) -> Iterator[frozenset[str]]:
        """The least sets of labels that satisfy a guard."""
        for label in sorted(guard.hears & self.allowed) if guard.hears else [None]:
            way = guard.along_with | ({label} if label else frozenset())
            if way <= self.allowed and way.isdisjoint(guard.without):
                yield way

    def _shadow(self, index: int, way: frozenset[str]) -> int:
        """The earlier transitions that hear any turn heard so; a turn may always carry something that they shun,
        unless this one shuns it too."""
        machine = self.machine
        without = machine.guards[index].without
        found = 0
        for earlier in range(index):
            guard = machine.guards[earlier]
            heard = not guard.hears or bool(guard.hears & way)
            if heard and guard.along_with <= way and not (guard.without & self.allowed) - without:
                found |= 1 << earlier
        return found

    def run(self) -> Reach:
        machine, reach = self.machine, Reach()
        spot = machine.start()
        everything = (1 << len(machine.memories)) - 1
        start = May(
            everything, 0, self.once, 0, NO, self.asked_bit[None], tuple(1 << v for v in spot.feeling)
        )
        known: dict[Node, May] = {(spot.state, NOTHING): start}
        reach.depth[spot.state, NOTHING] = 0
        layer, turns = {(spot.state, NOTHING)}, 0
        while layer:
            turns += 1
            coming: set[Node] = set()
            for node in sorted(layer, key=_order):
                if machine.states[node[0]].is_final:
                    continue
                for target, may in self._successors(node, known[node], reach, turns):
                    reach.edges.setdefault(node, set()).add(target)
                    if target not in known:
                        known[target] = may
                        reach.depth[target] = turns
                        coming.add(target)
                    elif known[target].join(may):
                        coming.add(target)
            layer = coming
        return reach

    def _successors(self, node: Node, may: May, reach: Reach, turns: int) -> Iterator[tuple[Node, May]]:
        machine, (state, pledged) = self.machine, node
        feeling = self._felt(may, bool(pledged))
        can, must = self._ready(may, feeling, bool(pledged))
        fits = can & machine.of_state[state]
        while fits:
            index = (fits & -fits).bit_length() - 1
            fits &= fits - 1
            effect = machine.transitions[index].effect
            options = self._options(index, must & machine.of_state[state] & self.lasting, bool(pledged))
            for after in {
                pledged_after(machine.case, pledged, effect, amount, time) for amount, time in options
            }:
                reach.fired.setdefault(index, turns)
                yield self._arrive(node, may, feeling, index, SOMETHING if self.coarse and after else after)

    def _felt(self, may: May, pledged: bool) -> tuple[int, ...]:
        """The feeling before the answer: every feel that may be stirred is, or is not."""
        machine, feeling = self.machine, may.feeling
        can, _ = self._ready(may, feeling, pledged)
        stirred = can >> machine.count
        while stirred:
            index = machine.count + (stirred & -stirred).bit_length() - 1
            stirred &= stirred - 1
            if self.ways[index]:
                moved = self._moved(feeling, index)
                feeling = tuple(a | b for a, b in zip(feeling, moved, strict=True))
        return feeling

    def _moved(self, feeling: tuple[int, ...], index: int) -> tuple[int, ...]:
        values = list(feeling)
        for place, delta in self.machine.deltas[index]:
            values[place] = shifted(values[place], delta)
        return tuple(values)

    def _ready(self, may: May, feeling: tuple[int, ...], pledged: bool) -> tuple[int, int]:
        """The items that may be allowed here, and those that always are."""
        machine = self.machine
        can = must = machine.if_pledged[pledged]
        for at, (unset, known) in enumerate(zip(machine.if_unset, machine.if_set, strict=True)):
            options = [mask for mask, may_be in ((unset, may.unset), (known, may.known)) if may_be >> at & 1]
            can, must = _narrow(can, must, options)
        options = [
            machine.if_verified[flag] for flag, bit in ((False, NO), (True, YES)) if may.verified & bit
        ]
        can, must = _narrow(can, must, options)
        asked = [machine.if_asked[name] for name, bit in self.asked_bit.items() if may.asked & bit]
        can, must = _narrow(can, must, asked)
        for place, values in enumerate(feeling):
            numbers = [
                machine.if_feeling[place][value]
                for value in range(DISPOSITION_MAX + 1)
                if values >> value & 1
            ]
            can, must = _narrow(can, must, numbers)
        for index, bit in machine.once.items():
            if not may.fresh & bit:
                can &= ~(1 << index)
            if may.spent & bit:
                must &= ~(1 << index)
        return can, must

    def _options(self, index: int, must: int, pledged: bool) -> Iterator[tuple[str, str]]:
        """The classes of sum and time with which transition `index` may fire; one where its effect reads none."""
        shadows = [shadow & must for shadow in self.shadows[index]]
        free = 0 in shadows
        for amount, time, heard in self.named[pledged][index] if shadows else ():
            if free or any(not shadow & heard for shadow in shadows):
                yield amount, time
                if not self.machine.reads_said[index]:
                    return

    def _named(self, index: int, pledged: bool) -> list[tuple[str, str, int]]:
        """The classes of sum and time that a guard admits, each with the items that admit it too."""
        machine, guard = self.machine, self.machine.guards[index]
        found: list[tuple[str, str, int]] = []
        for amount, time in self.classes:
            if (guard.amount and amount not in guard.amount) or (guard.time and time not in guard.time):
                continue
            named = (amount, time) != ("none", "none")
            for echo in (None, *ECHOES) if pledged and named else (None,):
                if guard.echo in (None, echo):
                    heard = machine.if_amount[amount] & machine.if_time[time] & machine.if_echo[echo]
                    found.append((amount, time, heard))
        return found

    def _arrive(
        self, node: Node, may: May, feeling: tuple[int, ...], index: int, pledged: Pledged
    ) -> tuple[Node, May]:
        machine, chosen, guard = self.machine, self.machine.transitions[index], self.machine.guards[index]
        unset, known = may.unset & ~machine.needs[index], may.known & ~machine.bars[index]
        kept, lost = machine.remembered[index], machine.forgotten[index]
        unset, known = (unset & ~kept) | lost, (known | kept) & ~lost
        values = list(feeling)
        for place, low, high in machine.bounds[index]:
            values[place] &= FULL >> (DISPOSITION_MAX - high) & FULL << low
        verified = may.verified if guard.verified is None else YES if guard.verified else NO
        once = machine.once.get(index, 0)
        asks = chosen.effect.asks if chosen.effect.asks in machine.asked_for else None
        there = May(
            unset,
            known,
            may.fresh & ~once,
            may.spent | once | (may.fresh & self.stirred),
            YES if chosen.effect.verify else verified,
            self.asked_bit[asks],
            self._moved(tuple(values), index),
        )
        return (chosen.to or node[0], pledged), there


def _narrow(can: int, must: int, options: list[int]) -> tuple[int, int]:
    either, each = 0, -1
    for mask in options:
        either |= mask
        each &= mask
    return can & either, must & each


def shifted(values: int, delta: int) -> int:
    """A set of numbers, each moved by `delta` and held within the scale."""
    if delta >= 0:
        return values << delta & FULL | (1 << DISPOSITION_MAX if values << delta > FULL else 0)
    return values >> -delta | (1 if values & (1 << -delta) - 1 else 0)


def _order(node: Node) -> tuple[str, list[tuple[str, str, bool]]]:
    return node[0], sorted(node[1])
