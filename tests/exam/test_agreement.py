"""κ is what the textbooks say, its interval covers what it should, and there is none where there is too little."""

import random
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.training.exam.agreement import (
    LEAST_CALLS,
    LEAST_CONTRAST,
    Pair,
    agreements,
    cohen,
    interval,
    kappa,
)
from simulator.training.exam.attempt import read_attempt
from simulator.training.exam.marks import Mark
from simulator.training.exam.review import second_entry
from tests.exam.made import marked, second_marks

CASES = yaml.safe_load((Path(__file__).parent / "kappas.yaml").read_text(encoding="utf-8"))


def pairs_of(counts: list[list[Any]]) -> list[Pair]:
    values = [(str(one), str(other)) for one, other, times in counts for _ in range(times)]
    return [Pair(str(n), one, other) for n, (one, other) in enumerate(values)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_kappa_is_the_known_value(case: dict[str, Any]) -> None:
    assert cohen(pairs_of(case["pairs"])) == pytest.approx(case["kappa"], abs=1e-4)


def test_where_chance_alone_agrees_on_everything_there_is_no_kappa() -> None:
    assert cohen(pairs_of([["yes", "yes", 40]])) is None


def test_with_one_unit_a_call_the_interval_is_that_of_the_large_sample_formula() -> None:
    pairs = pairs_of([["yes", "yes", 80], ["yes", "no", 20], ["no", "yes", 40], ["no", "no", 60]])
    n, agree, chance = 200, 0.7, 0.5
    simple = sqrt(agree * (1 - agree) / (n * (1 - chance) ** 2))
    bounds = interval(pairs)
    assert bounds
    low, high = bounds
    assert (high - low) / 2 / 1.96 == pytest.approx(simple, rel=0.05)


def test_turns_of_one_call_are_not_counted_as_so_many_calls() -> None:
    chance = random.Random(3)
    calls = [(chance.random() < 0.5, chance.random() < 0.75) for _ in range(40)]
    one_each, ten_each = [], []
    for n, (value, same) in enumerate(calls):
        pair = Pair(str(n), str(value), str(value == same))
        one_each.append(pair)
        ten_each += [pair] * 10
    assert interval(ten_each) == pytest.approx(interval(one_each))


def test_too_few_calls_are_refused_with_the_number_it_takes() -> None:
    pairs = pairs_of([["yes", "yes", 15], ["no", "no", LEAST_CALLS - 16]])
    found = kappa("finding", "greeting", "human-machine", pairs)
    assert (found.kappa, found.low) == (None, None)
    assert str(LEAST_CALLS) in (found.refused or "")


def test_what_was_hardly_ever_given_is_refused() -> None:
    pairs = pairs_of([["clean", "clean", 400], ["breached", "clean", LEAST_CONTRAST - 1]])
    assert str(LEAST_CONTRAST) in (kappa("breach", "x", "human-human", pairs).refused or "")


def test_markers_who_gave_nothing_but_one_value_are_refused() -> None:
    assert "没有意义" in (
        kappa("finding", "x", "human-machine", pairs_of([["yes", "yes", 50]])).refused or ""
    )


def test_enough_gives_a_figure_inside_its_interval() -> None:
    found = kappa(
        "finding", "x", "human-machine", pairs_of([["yes", "yes", 20], ["yes", "no", 5], ["no", "no", 15]])
    )
    assert found.refused is None
    assert found.kappa is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.kappa < found.high


def test_every_pair_of_markers_is_compared_mark_by_mark_and_turn_by_turn() -> None:
    at, attempt = marked(["您好，请问是本人吗？", "我是客服。", "今天能还吗？"])
    at.record.add(second_entry("qian", second_marks(attempt)))
    at.record.add(second_entry("sun", second_marks(attempt, Mark("breach", "threaten-suit", 4, "breached"))))
    found = {(one.between, one.id): one for one in agreements([read_attempt(at.record.entries)])}
    assert found["human-human", "greeting"].n == 1
    assert found["human-machine", "greeting"].n == 2
    suit = found["human-human", "threaten-suit"]
    assert suit.n == 3
    assert suit.agree == pytest.approx(2 / 3)
