"""Why a transition did not fire: the reasons given are the guard's own, never more and never fewer."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.authoring.desk import Desk
from simulator.dialogue import Pledge
from simulator.dialogue.speak import fact, fill
from simulator.engine.arrival import arrive, way
from simulator.engine.persona import AMOUNT_CLASSES, ECHOES, TIME_CLASSES, Bound, Guard
from simulator.engine.player import View, holds
from simulator.engine.why import candidates, explain, tried
from tests.engine.case import CASE
from tests.tui.toy import little_player

HEARD = ("greet", "close", "demand-payment", "silence")
NAMES = st.frozensets(st.sampled_from(HEARD), max_size=2)
MEMORY = st.frozensets(st.sampled_from(("told", "asked")), max_size=2)
BOUNDS = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda pair: Bound(min(pair), max(pair)))
MAYBE = st.none() | st.booleans()
GUARDS = st.builds(
    Guard,
    hears=NAMES,
    along_with=NAMES,
    without=NAMES,
    feeling=st.lists(st.tuples(st.sampled_from(("patience", "trust")), BOUNDS), max_size=2).map(tuple),
    remembers=MEMORY,
    not_yet=MEMORY,
    amount=st.frozensets(st.sampled_from(AMOUNT_CLASSES), max_size=2),
    time=st.frozensets(st.sampled_from(TIME_CLASSES), max_size=2),
    echo=st.none() | st.sampled_from(ECHOES),
    verified=MAYBE,
    after=st.frozensets(st.sampled_from(("who", "what")), max_size=1),
    pledged=MAYBE,
)
SILENT = little_player().silent(CASE, 1)
SITUATIONS = st.builds(
    lambda patience, trust, memory, pledged, verified, asked: replace(
        SILENT,
        disposition={"patience": patience, "trust": trust},
        memory=memory,
        pledges=(Pledge(None, None),) if pledged else (),
        verified=verified,
        asked=asked,
    ),
    st.integers(0, 10),
    st.integers(0, 10),
    MEMORY,
    st.booleans(),
    st.booleans(),
    st.none() | st.sampled_from(("who", "what")),
)
VIEWS = st.builds(
    View,
    heard=NAMES,
    amount=st.sampled_from(AMOUNT_CLASSES),
    time=st.sampled_from(TIME_CLASSES),
    echo=st.none() | st.sampled_from(ECHOES),
    situation=SITUATIONS,
)


@given(GUARDS, VIEWS)
def test_a_guard_has_reasons_against_it_exactly_where_it_does_not_hold(guard: Guard, view: View) -> None:
    assert (explain(guard, view) == ()) is holds(guard, view)


@given(GUARDS, VIEWS)
def test_no_part_is_named_twice(guard: Guard, view: View) -> None:
    parts = [(unmet.part, unmet.name, unmet.wanted) for unmet in explain(guard, view)]
    assert len(parts) == len(set(parts)) or len(guard.feeling) > 1


DESK = Desk()
SCENARIOS = ["owner-receivables", "relative-mother-offers", "unemployed-breaking"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_last_one_tried_is_the_one_that_answered(name: str) -> None:
    scenario = DESK.library.scenario(name)
    player = DESK.player(scenario)
    lines = [*scenario.model, *scenario.careless, "", "锄禾日当午"]
    random.Random(name).shuffle(lines)
    practice = DESK.open_call(scenario, 1)
    for line in lines:
        if practice.is_over:
            break
        before = practice.situation
        words = fill(line, lambda path: fact(practice.case, path), before.clock)
        exchange = practice.say(words)
        view, _ = player.take_in(practice.case, before, exchange.reading)
        step = player.step(practice.case, before, exchange.reading)
        tries = tried(player.persona, view)
        if step.transition == "gives-up":
            assert not any(one.fires for one in tries)
        else:
            assert [one.transition.id for one in tries if one.fires] == [step.transition]
            assert tries[-1].fires


def test_a_final_state_has_nothing_to_try() -> None:
    persona = little_player().persona
    final = next(state.id for state in persona.states if state.is_final)
    assert candidates(persona, final) == ()


class TestArrival:
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_every_state_can_be_arrived_at(self, name: str) -> None:
        scenario = DESK.library.scenario(name)
        player = DESK.player(scenario)
        silent = player.silent(scenario.case, 1)
        for state in player.persona.states:
            arrived = arrive(player.persona, scenario.case, silent, state.id)
            assert arrived.state == state.id
            assert way(player.persona, player.persona.start, state.id) or state.id == player.persona.start

    def test_a_state_behind_verification_is_entered_verified(self) -> None:
        persona = DESK.library.persona("promise-breaker")
        scenario = DESK.library.scenario("breaker-third-time")
        silent = DESK.player(scenario).silent(scenario.case, 1)
        arrived = arrive(persona, scenario.case, silent, "pinned")
        assert arrived.verified
        assert way(persona, persona.start, "pinned")[-1].to == "pinned"

    def test_where_one_stands_already_nothing_changes(self) -> None:
        persona = little_player().persona
        assert arrive(persona, CASE, SILENT, persona.start) == SILENT
