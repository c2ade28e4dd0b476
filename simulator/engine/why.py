"""Why the persona answered as it did: the transitions it tried in their order, and what kept each from firing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.engine.persona import Guard, Persona, Transition
from simulator.engine.player import View


@dataclass(frozen=True, slots=True)
class Unmet:
    """One part of a guard that does not hold. `part` is its name as authors write it; `name` is the number of the
    disposition that `feeling` bounds, and then `wanted` are the least and the most it may be."""

    part: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A transition that was tried. `is_spent`: its guard may hold, but it has nothing left to say."""

    transition: Transition
    unmet: tuple[Unmet, ...]
    is_spent: bool

    @property
    def fires(self) -> bool:
        return not self.unmet and not self.is_spent


def tried(persona: Persona, view: View) -> tuple[Tried, ...]:
    """The transitions looked at in `view`, in order; the last one fires, unless the persona gives up."""
    found: list[Tried] = []
    for transition in candidates(persona, view.situation.state):
        found.append(Tried(transition, explain(transition.guard, view), _is_spent(transition, view)))
        if found[-1].fires:
            break
    return tuple(found)


def candidates(persona: Persona, state: str) -> tuple[Transition, ...]:
    """Every transition that may fire in `state`, in the order in which they are tried."""
    here = persona.state(state)
    return () if here.is_final else (*persona.always, *here.transitions, *persona.otherwise)


def explain(guard: Guard, view: View) -> tuple[Unmet, ...]:
    """The parts of `guard` that do not hold in `view`; none exactly where `holds` is true."""
    return (*_heard(guard, view), *_named(guard, view), *_remembered(guard, view), *_felt(guard, view))


def _heard(guard: Guard, view: View) -> Iterator[Unmet]:
    heard = _in_order(view.heard)
    if guard.hears and guard.hears.isdisjoint(view.heard):
        yield Unmet("hears", _in_order(guard.hears), heard)
    if not guard.along_with <= view.heard:
        yield Unmet("along-with", _in_order(guard.along_with - view.heard), heard)
    if not guard.without.isdisjoint(view.heard):
        yield Unmet("without", _in_order(guard.without), _in_order(guard.without & view.heard))


def _named(guard: Guard, view: View) -> Iterator[Unmet]:
    if guard.amount and view.amount not in guard.amount:
        yield Unmet("amount", _in_order(guard.amount), (view.amount,))
    if guard.time and view.time not in guard.time:
        yield Unmet("time", _in_order(guard.time), (view.time,))
    if guard.echo is not None and view.echo != guard.echo:
        yield Unmet("echo", (guard.echo,), (view.echo,) if view.echo else ())


def _remembered(guard: Guard, view: View) -> Iterator[Unmet]:
    situation = view.situation
    for part, wanted, found in (
        ("verified", guard.verified, situation.verified),
        ("pledged", guard.pledged, bool(situation.pledges)),
    ):
        if wanted is not None and wanted != found:
            yield Unmet(part, (_flag(wanted),), (_flag(found),))
    if guard.after and situation.asked not in guard.after:
        yield Unmet("after", _in_order(guard.after), (situation.asked,) if situation.asked else ())
    if not guard.remembers <= situation.memory:
        yield Unmet("remembers", _in_order(guard.remembers - situation.memory), _in_order(situation.memory))
    if not guard.not_yet.isdisjoint(situation.memory):
        yield Unmet("not-yet", _in_order(guard.not_yet), _in_order(guard.not_yet & situation.memory))


def _felt(guard: Guard, view: View) -> Iterator[Unmet]:
    for name, bound in guard.feeling:
        value = view.situation.disposition[name]
        if not bound.admits(value):
            yield Unmet("feeling", (str(bound.low), str(bound.high)), (str(value),), name)


def _is_spent(transition: Transition, view: View) -> bool:
    used = view.situation.used
    return (transition.once and transition.id in used) or all(line.id in used for line in transition.say)


def _in_order(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _flag(value: bool) -> str:
    return "true" if value else "false"
