"""Thousands of calls by scripted trainees: how many pass, where calls die, and how hard a scenario is.

Difficulty is one number in logits, as in a Rasch model: the ability at which half the calls pass. The abilities of the
scripted skills are fixed (see `trainees.SKILLS`), so that all scenarios stand on one scale: 0 is where the steady
trainee passes every second time; one more takes odds of e to one more.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from simulator.authoring.proof.lines import QuickDesk, examples
from simulator.authoring.proof.trainees import SKILLS, Skill, Trainee, Words, words_for
from simulator.authoring.scenario_file import bake
from simulator.dialogue import Case, Outcome, Speaker
from simulator.training.practice import Practice

CASES = 4  # that the draws of a scenario are made for; more would only make other names
CHUNK = 25  # calls that are handed to a process at a time
Z = 1.96  # of a confidence of 95 %
STEPS = 40  # of Newton's method, far more than it takes
FARTHEST = 6.0  # logits: beyond this all or none pass, and no number would mean anything


@dataclass(frozen=True, slots=True)
class Played:
    """How one call went. `state` is the last in which there was still something to say, `act` the trainee's last."""

    passed: bool
    total: int
    turns: int
    outcome: Outcome
    state: str
    act: str


@dataclass(frozen=True, slots=True)
class Death:
    state: str
    act: str
    calls: int


@dataclass(frozen=True, slots=True)
class SkillResult:
    """`low` and `high` bound the share of passes with 95 % confidence (Wilson)."""

    skill: str
    runs: int
    passed: int
    low: float
    high: float
    turns: float
    total: float
    deaths: tuple[Death, ...]


@dataclass(frozen=True, slots=True)
class Difficulty:
    """`logit` is the ability at which half the calls pass, `error` its standard error; `runs` are calls of each skill."""

    scenario: str
    logit: float
    error: float
    runs: int
    seed: int


@dataclass(frozen=True, slots=True)
class Task:
    scenario: str
    skill: str
    first: int
    last: int
    seed: int
    home: Path | None


def difficulty(scenario: str, runs: int, seed: int, home: Path | None = None) -> Difficulty:
    """How hard the scenario of that id or file is, by `runs` calls of each measuring skill."""
    measuring = [skill.id for skill in SKILLS if skill.ability is not None]
    results = [
        result_of(
            skill, [played for task in tasks(scenario, [skill], runs, seed, home) for played in run(task)]
        )
        for skill in measuring
    ]
    return difficulty_of(scenario, results, runs, seed)


def tasks(scenario: str, skills: Sequence[str], runs: int, seed: int, home: Path | None) -> list[Task]:
    return [
        Task(scenario, skill, first, min(first + CHUNK, runs), seed, home)
        for first in range(0, runs, CHUNK)
        for skill in skills
    ]


def run_all(todo: Sequence[Task]) -> Iterator[tuple[Task, list[Played]]]:
    """Every task with its calls, in order, on every processor there is."""
    workers = min(os.cpu_count() or 1, len(todo))
    if workers < 2:
        yield from ((task, run(task)) for task in todo)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from zip(todo, pool.map(run, todo), strict=True)


def run(task: Task) -> list[Played]:
    skill = next(skill for skill in SKILLS if skill.id == task.skill)
    return [_play(task, skill, number) for number in range(task.first, task.last)]


@cache
def _desk(home: Path | None) -> QuickDesk:
    return QuickDesk(home, hasty=True)


@cache
def _case(scenario: str, seed: int, home: Path | None) -> tuple[Case, Words]:
    desk = _desk(home)
    found = desk.library.scenario(scenario)
    case = bake(found, seed)
    rules = desk.library.rulebook(case.rulebook).rules
    breaches = [
        example.text
        for rule in rules
        for example in rule.breached[:1]
        if case.kind.hearer(True) in rule.hearers
    ]
    return case, words_for(found, case, examples(home), breaches)


def _play(task: Task, skill: Skill, number: int) -> Played:
    desk = _desk(task.home)
    scenario = desk.library.scenario(task.scenario)
    case, words = _case(task.scenario, task.seed + number % CASES, task.home)
    seed = task.seed + number
    practice = Practice(case, seed, desk.player(scenario), desk.library.ear, desk.versions(scenario))
    trainee = Trainee(skill, words, random.Random(f"{scenario.id}:{skill.id}:{task.seed}:{number}"))
    state = practice.situation.state
    while not practice.is_over:
        state = practice.situation.state
        line = trainee.next(practice)
        if line is None:
            break
        practice.say(line)
    outcome = practice.leave()
    card = desk.grade(practice.transcript, practice.versions, advice=False)
    said = [turn for turn in practice.turns if turn.who is Speaker.COLLECTOR]
    last = said[-1] if said else None
    act = ((*last.breaches, *last.acts, "silence") if last and last.text else ("silence",))[0]
    return Played(card.passed, card.total, len(said), outcome, state, act)


def result_of(skill: str, calls: Sequence[Played]) -> SkillResult:
    passed = sum(call.passed for call in calls)
    low, high = wilson(passed, len(calls))
    died = Counter((call.state, call.act) for call in calls if not call.passed)
    return SkillResult(
        skill,
        len(calls),
        passed,
        low,
        high,
        sum(call.turns for call in calls) / len(calls),
        sum(call.total for call in calls) / len(calls),
        tuple(Death(state, act, count) for (state, act), count in died.most_common()),
    )


def wilson(passed: int, runs: int) -> tuple[float, float]:
    """The interval in which the true share lies with 95 % confidence."""
    share, per = passed / runs, Z * Z / runs
    middle = (share + per / 2) / (1 + per)
    half = Z * sqrt(share * (1 - share) / runs + per / (4 * runs)) / (1 + per)
    return max(0.0, middle - half), min(1.0, middle + half)


def difficulty_of(scenario: str, results: Sequence[SkillResult], runs: int, seed: int) -> Difficulty:
    """The maximum-likelihood difficulty, each skill counted with half a pass and half a failure more than it had, so
    that the number stays finite where all pass or none."""
    abilities = {skill.id: skill.ability for skill in SKILLS}
    seen = [
        (ability, result.passed + 0.5, result.runs + 1.0)
        for result in results
        if (ability := abilities[result.skill]) is not None
    ]
    logit, weight = 0.0, 1.0
    for _ in range(STEPS):
        expected = [(count, 1 / (1 + exp(logit - ability))) for ability, _, count in seen]
        gap = sum(count * chance for count, chance in expected) - sum(passed for _, passed, _ in seen)
        weight = sum(count * chance * (1 - chance) for count, chance in expected)
        logit = max(-FARTHEST, min(FARTHEST, logit + max(-1.0, min(1.0, gap / weight))))
    return Difficulty(scenario, round(logit, 2), round(1 / sqrt(weight), 2), runs, seed)
