"""Where a persona's transitions can lead, and which of their guards can ever hold, by what is written alone."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.engine.persona import DISPOSITION_MAX, DISPOSITION_MIN, Guard, Persona, State, Transition


def transitions(persona: Persona) -> Iterator[Transition]:
    """Every transition of a persona."""
    yield from persona.always
    for state in persona.states:
        yield from state.transitions
    yield from persona.otherwise


def reachable(persona: Persona, start: str) -> set[str]:
    """The states to which a path leads from `start`, itself among them."""
    found, waiting = {start}, [start]
    while waiting:
        state = persona.state(waiting.pop())
        if state.is_final:
            continue
        for name in _next(persona, state):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _next(persona: Persona, state: State) -> Iterator[str]:
    for transition in (*persona.always, *state.transitions, *persona.otherwise):
        if transition.to:
            yield transition.to


def feeling_range(persona: Persona, name: str, starts: frozenset[int]) -> tuple[int, int]:
    """The lowest and the highest that a number of the disposition can come to from one of `starts`."""
    low, high = min(starts), max(starts)
    moves = [(dict(feel.feeling).get(name, 0), feel.once) for feel in persona.feels]
    moves += [(dict(item.effect.feeling).get(name, 0), item.once) for item in transitions(persona)]
    for delta, once in moves:
        if delta < 0:
            low = low + delta if once else DISPOSITION_MIN
        if delta > 0:
            high = high + delta if once else DISPOSITION_MAX
    return max(DISPOSITION_MIN, low), min(DISPOSITION_MAX, high)


def implies(narrow: Guard, wide: Guard) -> bool:
    """Whether `wide` holds whenever `narrow` does, as far as the written parts show."""
    bounds = dict(narrow.feeling)
    return (
        (
            not wide.hears
            or (bool(narrow.hears) and narrow.hears <= wide.hears)
            or bool(narrow.along_with & wide.hears)
        )
        and wide.along_with <= _surely_heard(narrow)
        and wide.without <= narrow.without
        and (not wide.amount or (bool(narrow.amount) and narrow.amount <= wide.amount))
        and (not wide.time or (bool(narrow.time) and narrow.time <= wide.time))
        and wide.echo in (None, narrow.echo)
        and wide.verified in (None, narrow.verified)
        and wide.pledged in (None, narrow.pledged)
        and (not wide.after or (bool(narrow.after) and narrow.after <= wide.after))
        and wide.remembers <= narrow.remembers
        and wide.not_yet <= narrow.not_yet
        and all(
            name in bounds and bound.low <= bounds[name].low and bounds[name].high <= bound.high
            for name, bound in wide.feeling
        )
    )


def _surely_heard(guard: Guard) -> frozenset[str]:
    return guard.along_with | (guard.hears if len(guard.hears) == 1 else frozenset())
