"""Scripted trainees stand in the order of their skill, and the same seed gives the same calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.authoring.proof.simulate import (
    Played,
    SkillResult,
    difficulty,
    difficulty_of,
    result_of,
    run,
    tasks,
    wilson,
)
from simulator.authoring.proof.trainees import SKILLS
from simulator.dialogue import Outcome
from tests.proof.home import sound_home

RUNS = 12


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_home(tmp_path_factory.mktemp("home"))


def calls(skill: str, home: Path, seed: int = 1) -> list[Played]:
    return [played for task in tasks("wet-month", [skill], RUNS, seed, home) for played in run(task)]


def measured(passed: list[int], of: int = 100) -> list[SkillResult]:
    names = [skill.id for skill in SKILLS if skill.ability is not None]
    return [
        result_of(name, [Played(number < count, 0, 5, Outcome.PROMISE, "s", "a") for number in range(of)])
        for name, count in zip(names, passed, strict=True)
    ]


def test_an_expert_passes_more_than_a_novice_and_nobody_by_saying_nothing(home: Path) -> None:
    passed = {name: sum(one.passed for one in calls(name, home)) for name in ("silent", "novice", "expert")}
    assert passed["silent"] == 0
    assert passed["novice"] < passed["expert"]
    assert passed["expert"] >= RUNS - 2


def test_the_same_seed_gives_the_same_calls_and_another_others(home: Path) -> None:
    assert calls("learner", home) == calls("learner", home)
    assert calls("learner", home) != calls("learner", home, seed=2)


def test_a_task_done_alone_gives_what_it_gives_among_others(home: Path) -> None:
    whole = calls("novice", home)
    assert run(tasks("wet-month", ["novice"], RUNS, 1, home)[0]) == whole


def test_a_failed_call_says_where_it_died(home: Path) -> None:
    result = result_of("rude", calls("rude", home))
    assert sum(death.calls for death in result.deaths) == result.runs - result.passed
    assert {death.state for death in result.deaths} <= {"answering", "talking", "money", "agreed", "gone"}


def test_fewer_passes_mean_a_greater_difficulty() -> None:
    levels = [[95, 98, 99, 100, 100], [50, 70, 85, 95, 99], [10, 25, 50, 75, 90], [0, 1, 5, 20, 50], [0] * 5]
    numbers = [difficulty_of("x", measured(level), 100, 1).logit for level in levels]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(numbers)


def test_a_scenario_that_follows_the_scale_gets_the_difficulty_it_was_made_with() -> None:
    shares = [1 / (1 + 2.718281828 ** (0.5 - skill.ability)) for skill in SKILLS if skill.ability is not None]
    found = difficulty_of("x", measured([round(1000 * share) for share in shares], 1000), 1000, 1)
    assert abs(found.logit - 0.5) < 0.05


def test_difficulty_can_be_asked_for_by_whoever_draws_a_form(home: Path) -> None:
    found = difficulty("wet-month", 3, 1, home)
    assert (found.scenario, found.runs, found.seed) == ("wet-month", 3, 1)
    assert found == difficulty("wet-month", 3, 1, home)


@pytest.mark.parametrize(("passed", "runs"), [(0, 10), (5, 10), (10, 10), (1, 1), (500, 1000)])
def test_the_interval_holds_the_share_that_was_seen(passed: int, runs: int) -> None:
    low, high = wilson(passed, runs)
    assert 0 <= low <= passed / runs + 1e-9
    assert passed / runs - 1e-9 <= high <= 1
    assert low < high
