"""A persona's machine in a form that can be explored fast: guards as bit masks over its transitions and feels.

It is the machine of the engine with two things left out: wordings never run out, and the clock stands at the
beginning of the call. Everything else that a guard can read is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from simulator.authoring.proof.pledged import NOTHING, Pledged, outcome, pledged_after
from simulator.dialogue import Case, Outcome
from simulator.engine.persona import (
    AMOUNT_CLASSES,
    DISPOSITION_MAX,
    DISPOSITION_MIN,
    ECHOES,
    TIME_CLASSES,
    Feel,
    Guard,
    Persona,
    Transition,
)

T = TypeVar("T")
VALUES = range(DISPOSITION_MIN, DISPOSITION_MAX + 1)


@dataclass(frozen=True, slots=True)
class Said:
    """One kind of turn, as far as a guard can tell: what is heard in it, the classes of the sum and the time named."""

    labels: frozenset[str]
    amount: str = "none"
    time: str = "none"
    echo: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a call stands, as far as a guard can tell. `feeling` goes by `Compiled.feelings`, `memory` and `spent`
    are bit sets over `Compiled.memories` and the once-only transitions and feels."""

    state: str
    feeling: tuple[int, ...]
    memory: int
    pledged: Pledged
    verified: bool
    asked: str | None
    spent: int


def bits(flags: Iterable[bool]) -> int:
    """A mask with the bits of the true ones."""
    return sum(1 << index for index, flag in enumerate(flags) if flag)


class Compiled:
    """One persona in one case. Bit `i` of every mask is `items[i]`: transitions first, in the order in which they are
    tried, then feels."""

    def __init__(self, persona: Persona, case: Case) -> None:
        self.persona, self.case = persona, case
        self.states = {state.id: state for state in persona.states}
        own = [transition for state in persona.states for transition in state.transitions]
        self.transitions: tuple[Transition, ...] = (*persona.always, *own, *persona.otherwise)
        self.feels: tuple[Feel, ...] = persona.feels
        self.count = len(self.transitions)
        self.items: tuple[Transition | Feel, ...] = (*self.transitions, *self.feels)
        self.guards: tuple[Guard, ...] = tuple(item.guard for item in self.items)
        self.all = (1 << len(self.guards)) - 1
        self.of_state = {state.id: self._of_state(state.id) for state in persona.states}
        self._read_feelings()
        self._read_memory()
        self._read_labels()
        self._read_once()
        self.if_verified = {
            flag: bits(guard.verified in (None, flag) for guard in self.guards) for flag in (False, True)
        }
        self.if_pledged = {
            flag: bits(guard.pledged in (None, flag) for guard in self.guards) for flag in (False, True)
        }

    def _of_state(self, name: str) -> int:
        wanted = {*self.persona.always, *self.states[name].transitions, *self.persona.otherwise}
        return bits(item in wanted for item in self.transitions)

    def _read_feelings(self) -> None:
        """Only the numbers that some guard reads are kept."""
        read = {name for guard in self.guards for name, _ in guard.feeling}
        self.feelings = tuple(name for name, _ in self.persona.disposition if name in read)
        self.place = {name: index for index, name in enumerate(self.feelings)}
        self.bounds = tuple(
            tuple((self.place[name], bound.low, bound.high) for name, bound in guard.feeling)
            for guard in self.guards
        )
        self.if_feeling = [
            [
                bits(
                    all(low <= value <= high for which, low, high in bounds if which == place)
                    for bounds in self.bounds
                )
                for value in VALUES
            ]
            for place in range(len(self.feelings))
        ]
        self.deltas = tuple(
            tuple((self.place[name], delta) for name, delta in moves if name in self.place)
            for moves in (
                *(item.effect.feeling for item in self.transitions),
                *(feel.feeling for feel in self.feels),
            )
        )

    def _read_memory(self) -> None:
        read = sorted({name for guard in self.guards for name in guard.remembers | guard.not_yet})
        self.memories = tuple(read)
        bit = {name: 1 << index for index, name in enumerate(read)}
        self.needs = tuple(sum(bit[name] for name in guard.remembers) for guard in self.guards)
        self.bars = tuple(sum(bit[name] for name in guard.not_yet) for guard in self.guards)
        self.remembered = tuple(
            sum(bit.get(name, 0) for name in item.effect.remember) for item in self.transitions
        )
        self.forgotten = tuple(
            sum(bit.get(name, 0) for name in item.effect.forget) for item in self.transitions
        )
        self.if_unset = [bits(not needs >> at & 1 for needs in self.needs) for at in range(len(read))]
        self.if_set = [bits(not bars >> at & 1 for bars in self.bars) for at in range(len(read))]
        self.asked_for = frozenset(name for guard in self.guards for name in guard.after)
        self.if_asked = {
            name: bits(not guard.after or name in guard.after for guard in self.guards)
            for name in (None, *sorted(self.asked_for))
        }

    def _read_labels(self) -> None:
        self.hearing: dict[str, int] = {}
        self.shunning: dict[str, int] = {}
        self.deaf = bits(not guard.hears for guard in self.guards)
        self.paired = [
            (1 << index, guard.along_with) for index, guard in enumerate(self.guards) if guard.along_with
        ]
        for index, guard in enumerate(self.guards):
            for label in guard.hears:
                self.hearing[label] = self.hearing.get(label, 0) | 1 << index
            for label in guard.without:
                self.shunning[label] = self.shunning.get(label, 0) | 1 << index
        self.if_amount = {
            name: bits(not guard.amount or name in guard.amount for guard in self.guards)
            for name in AMOUNT_CLASSES
        }
        self.if_time = {
            name: bits(not guard.time or name in guard.time for guard in self.guards) for name in TIME_CLASSES
        }
        self.if_echo = {
            name: bits(guard.echo in (None, name) for guard in self.guards) for name in (None, *ECHOES)
        }

    def _read_once(self) -> None:
        once = [index for index, item in enumerate(self.items) if item.once]
        self.once = {index: 1 << at for at, index in enumerate(once)}
        self.reads_said = tuple(
            any("said" in (terms.amount, terms.due) for terms in item.effect.pledges)
            for item in self.transitions
        )

    def start(self) -> Spot:
        mood = {**dict(self.persona.disposition), **self.case.mood}
        feeling = tuple(mood[name] for name in self.feelings)
        return Spot(self.persona.start, feeling, 0, NOTHING, False, None, 0)

    def heard(self, said: Said) -> int:
        """The items whose guards this kind of turn satisfies, whatever the spot."""
        mask = self.deaf
        for label in said.labels:
            mask |= self.hearing.get(label, 0)
        for label in said.labels:
            mask &= ~self.shunning.get(label, 0)
        for bit, along in self.paired:
            if not along <= said.labels:
                mask &= ~bit
        return mask & self.if_amount[said.amount] & self.if_time[said.time] & self.if_echo[said.echo]

    def ready(self, spot: Spot) -> int:
        """The items that the spot allows, the feeling left aside."""
        mask = self.if_verified[spot.verified] & self.if_pledged[bool(spot.pledged)]
        mask &= self.if_asked[spot.asked if spot.asked in self.asked_for else None]
        for at, (unset, known) in enumerate(zip(self.if_unset, self.if_set, strict=True)):
            mask &= known if spot.memory >> at & 1 else unset
        mask &= ~sum(1 << index for index, bit in self.once.items() if spot.spent & bit)
        return mask

    def felt(self, feeling: tuple[int, ...]) -> int:
        mask = self.all
        for place, value in enumerate(feeling):
            mask &= self.if_feeling[place][value]
        return mask

    def moved(self, feeling: tuple[int, ...], index: int) -> tuple[int, ...]:
        values = list(feeling)
        for place, delta in self.deltas[index]:
            values[place] = max(DISPOSITION_MIN, min(DISPOSITION_MAX, values[place] + delta))
        return tuple(values)

    def step(self, spot: Spot, said: Said) -> Spot | None:
        """One turn; None where nothing fits and the persona gives up."""
        return next((there for _, there in self.turns(spot, [(said, self.heard(said), None)])), None)

    def turns(self, spot: Spot, kinds: Iterable[tuple[Said, int, T]]) -> Iterator[tuple[T, Spot]]:
        """Where each kind of turn leads, given with its `heard` mask; of several that do the same only the first."""
        ready = self.ready(spot)
        here, stirring = ready & self.of_state[spot.state], ready & self.felt(spot.feeling)
        after: dict[int, tuple[tuple[int, ...], int, int]] = {}
        done: set[tuple[int, int, str, str]] = set()
        for said, heard, kind in kinds:
            stirred = (heard & stirring) >> self.count
            if stirred not in after:
                after[stirred] = self._stirred(spot, stirred, here)
            feeling, spent, open_now = after[stirred]
            fits = heard & open_now
            if not fits:
                continue
            index = (fits & -fits).bit_length() - 1
            key = (
                (stirred, index, said.amount, said.time)
                if self.reads_said[index]
                else (stirred, index, "", "")
            )
            if key not in done:
                done.add(key)
                yield kind, self._arrive(spot, said, index, feeling, spent)

    def _stirred(self, spot: Spot, stirred: int, here: int) -> tuple[tuple[int, ...], int, int]:
        """The feeling after these feels, what is spent, and the transitions then open."""
        feeling, spent = spot.feeling, spot.spent
        while stirred:
            index = self.count + (stirred & -stirred).bit_length() - 1
            stirred &= stirred - 1
            feeling = self.moved(feeling, index)
            spent |= self.once.get(index, 0)
        return feeling, spent, here & self.felt(feeling)

    def _arrive(self, spot: Spot, said: Said, index: int, feeling: tuple[int, ...], spent: int) -> Spot:
        chosen = self.transitions[index]
        effect = chosen.effect
        return Spot(
            state=chosen.to or spot.state,
            feeling=self.moved(feeling, index),
            memory=(spot.memory | self.remembered[index]) & ~self.forgotten[index],
            pledged=pledged_after(self.case, spot.pledged, effect, said.amount, said.time),
            verified=spot.verified or effect.verify,
            asked=effect.asks if effect.asks in self.asked_for else None,
            spent=spent | self.once.get(index, 0),
        )

    def ends(self, state: str, pledged: Pledged) -> Outcome:
        """How the call ends if it ends here: by the state, or by the trainee hanging up."""
        where = self.states[state]
        fixed = where.final if where.is_final else where.left
        return fixed or outcome(pledged)
