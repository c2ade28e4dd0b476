"""Puts a call into the middle: the situation as it would be had the talk led to a state by the shortest way."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from simulator.dialogue import Case, Manner, Reading
from simulator.engine.persona import Persona, Transition
from simulator.engine.player import affected
from simulator.engine.situation import Situation

NOTHING_SAID = Reading("", (), (), (), (), Manner(honorific=False, length=0), frozenset(), unsure=False)


def arrive(persona: Persona, case: Case, situation: Situation, state: str) -> Situation:
    """`situation` moved to `state`, with what the transitions of the shortest way there do to the persona.

    Nothing is said on the way, and of the guards only what they want of the identity is asked. A state that no way
    leads to is entered as if out of the blue.
    """
    for transition in way(persona, situation.state, state, situation.verified):
        situation = affected(case, situation, NOTHING_SAID, transition.effect)
    return replace(situation, state=state)


def way(persona: Persona, start: str, goal: str, verified: bool = False) -> tuple[Transition, ...]:
    """The shortest chain of transitions from one state to another, the state's own before those that hold anywhere."""
    if start == goal:
        return ()
    ways: dict[tuple[str, bool], tuple[Transition, ...]] = {(start, verified): ()}
    waiting = deque(ways)
    while waiting:
        here = waiting.popleft()
        state = persona.state(here[0])
        for transition in () if state.is_final else (*state.transitions, *persona.otherwise, *persona.always):
            if transition.guard.verified not in (None, here[1]):
                continue
            there = (transition.to or here[0], here[1] or transition.effect.verify)
            if there in ways:
                continue
            ways[there] = (*ways[here], transition)
            if there[0] == goal:
                return ways[there]
            waiting.append(there)
    return ()
