"""What the proof explores is the machine that plays: every real call stays inside what was said to be possible."""

from __future__ import annotations

import random
from functools import cache

import pytest

from simulator.authoring.proof.lines import QuickDesk, lines_for, said_in
from simulator.authoring.proof.machine import Compiled, Said, Spot
from simulator.authoring.proof.may import explore, shifted
from simulator.authoring.proof.playing import Stage, spot_of
from simulator.authoring.proof.pledged import grade
from simulator.authoring.proof.reach import Reach
from simulator.dialogue import HeardAs, Signal
from simulator.dialogue.likeness import bare, repeats
from simulator.reading.echo import echoes
from simulator.training.practice import Practice

DESK = QuickDesk()
SCENARIOS = ("relative-mother-first-call", "spouse-cosigned", "owner-receivables")


@cache
def machine(name: str) -> Compiled:
    stage = Stage(DESK, DESK.library.scenario(name))
    return Compiled(DESK.player(stage.scenario).persona, stage.case)


@cache
def reach(name: str) -> Reach:
    rules = {rule.id for rule in DESK.library.rulebook("cn").rules}
    labels = {*DESK.library.act_titles(), *Signal, *HeardAs, *rules}
    return explore(machine(name), {str(label) for label in labels})


def heard(practice: Practice, text: str) -> Said:
    """The kind of turn as the engine will take it, with what was said and promised before."""
    situation, case = practice.situation, practice.case
    reading = DESK.library.ear.read(
        text, case.kind.hearer(situation.verified), case.channel, now=situation.clock, asked=situation.asked
    )
    said = said_in(case, reading)
    labels = set(said.labels)
    if not bare(text):
        labels.add("silence")
    elif repeats(bare(text), situation.said):
        labels.add("repetition")
    return Said(frozenset(labels), said.amount, said.time, echoes(reading, situation.pledges))


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("seed", range(4))
def test_no_real_call_leaves_what_may_be_reached(name: str, seed: int) -> None:
    scenario = DESK.library.scenario(name)
    stage, compiled, chance = Stage(DESK, scenario), machine(name), random.Random(seed)
    practice = stage.call()
    lines = lines_for(scenario, stage.case, True, DESK.library.ear, sealed=False)
    turns = 0
    while not practice.is_over and turns < 14:
        text = chance.choice(["", *(line.text for line in lines)])
        before, said = spot_of(compiled, practice.situation), heard(practice, text)
        worn = practice.situation.used
        practice.say(text)
        turns += 1
        after = spot_of(compiled, practice.situation)
        if not any(line.id in worn for item in compiled.transitions for line in item.say):
            assert compiled.step(before, said) == after  # as long as no wording is used up, turn for turn
        depth = reach(name).depth
        if practice.situation.state != before.state or not practice.is_over:
            assert depth[after.state, after.pledged] <= turns


def spot(name: str) -> Spot:
    return machine(name).start()


def test_a_number_moved_beyond_its_scale_stays_on_it() -> None:
    assert shifted(1 << 9, 3) == 1 << 10
    assert shifted(1 << 2, -5) == 1
    assert shifted(1 << 4 | 1 << 10, 2) == 1 << 6 | 1 << 10
    assert shifted(1 << 4 | 1, -2) == 1 << 2 | 1


@pytest.mark.parametrize(
    ("pledged", "best"),
    [
        ([], "none"),
        ([("open", "none", False)], "vague"),
        ([("part", "today", False)], "part-within-48h"),
        ([("part", "later", False)], "dated-later"),
        ([("all", "today", False)], "full-today"),
        ([("all", "within-48h", False)], "full-within-48h"),
        ([("part", "today", False), ("rest", "within-48h", False)], "full-within-48h"),
        ([("part", "today", False), ("rest", "later", False)], "part-today-rest-dated"),
        ([("part", "within-48h", False), ("rest", "later", False)], "part-within-48h"),
    ],
)
def test_promises_have_the_grade_that_the_judge_gives(
    pledged: list[tuple[str, str, bool]], best: str
) -> None:
    assert grade(frozenset(pledged)).value == best


def test_a_line_without_a_time_is_heard_alike_at_any_hour() -> None:
    scenario = DESK.library.scenario("owner-receivables")
    case = Stage(DESK, scenario).case
    ear = DESK.library.ear
    fresh = type(ear).__mro__[1].read
    lines = lines_for(scenario, case, True, ear, sealed=False)
    for line in lines[::9]:
        if line.said.time == "none":
            first, later = (fresh(ear, line.text, now=case.at.replace(hour=hour)) for hour in (9, 17))
            assert first == later
