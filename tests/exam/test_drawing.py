"""Forms of one blueprint are alike, the same seed draws the same form, and what cannot be drawn is said."""

from dataclasses import replace
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulator.authoring.blueprint_file import blueprint_files, find_blueprint
from simulator.errors import ExamError
from simulator.training.exam.blueprint import Part, Wanted, stage_of
from simulator.training.exam.drawing import draw, fits, form_digest, form_of, middle
from tests.exam.made import blueprint, offer, stage

OFFERS = [offer(f"s{n}", 1 + n % 5) for n in range(15)]
PLAN = blueprint(
    parts=(Part("all", "全部", 4, 10, 6000, Wanted()),), tolerance_difficulty=30, tolerance_points=100
)


@given(some.integers(0, 2**48))
def test_every_form_lies_within_the_tolerances(seed: int) -> None:
    form = draw(PLAN, OFFERS, seed)
    levels = {one.scenario: one.difficulty for one in OFFERS}
    drawn = [levels[item.scenario] for item in form.items]
    assert abs(fmean(drawn) - middle(PLAN, OFFERS).difficulty) <= PLAN.tolerance_difficulty
    assert len({item.scenario for item in form.items}) == 4
    assert form.digest == form_digest(form)


def test_the_same_seed_draws_the_same_form_whatever_the_order_of_the_library() -> None:
    assert draw(PLAN, OFFERS, 5) == draw(PLAN, OFFERS[::-1], 5)


def test_different_seeds_draw_different_forms() -> None:
    forms = {frozenset(item.scenario for item in draw(PLAN, OFFERS, seed).items) for seed in range(40)}
    assert len(forms) > 20


@settings(max_examples=30)
@given(some.integers(0, 2**40))
def test_attempts_of_one_candidate_share_no_scenario_while_there_are_others(exam: int) -> None:
    sat = [{item.scenario for item in form_of(PLAN, OFFERS, exam, "li-lei", n).items} for n in (1, 2)]
    assert not sat[0] & sat[1]


def test_when_all_has_been_sat_it_is_drawn_again() -> None:
    few = OFFERS[:5]
    assert form_of(PLAN, few, 1, "li-lei", 2).items


def test_candidates_cannot_tell_their_forms_from_each_others() -> None:
    one, other = (form_of(PLAN, OFFERS, 1, name, 1) for name in ("li-lei", "han-mei"))
    assert one.seed != other.seed


@pytest.mark.parametrize(
    ("wanted", "fitting"),
    [
        (Wanted(), True),
        (Wanted(personas=frozenset({"p", "q"})), True),
        (Wanted(personas=frozenset({"q"})), False),
        (Wanted(stages=frozenset({"6-10"})), False),
        (Wanted(objections=frozenset({"no-money"})), True),
        (Wanted(objections=frozenset({"recording"})), False),
        (Wanted(easiest=4), False),
        (Wanted(hardest=3), True),
        (Wanted(channels=frozenset({"sms"})), False),
        (Wanted(kinds=frozenset({"debtor"}), goals=frozenset({"plan"})), False),
    ],
)
def test_a_part_draws_what_fits_all_it_asks(wanted: Wanted, fitting: bool) -> None:
    assert fits(wanted, offer("s", objections=frozenset({"no-money", "no-time"}))) is fitting


def test_a_part_with_too_little_to_draw_from_says_how_much_there_is() -> None:
    with pytest.raises(ExamError, match="只有 3 个"):
        draw(PLAN, OFFERS[:3], 1)


def test_tolerances_that_no_form_meets_are_said_with_the_figures() -> None:
    plan = replace(PLAN, parts=(Part("all", "全部", 1, 10, 0, Wanted()),), tolerance_difficulty=0)
    with pytest.raises(ExamError, match=r"3\.50±0"):
        draw(plan, [offer("a", 3), offer("b", 4)], 1)


@pytest.mark.parametrize(("days", "name"), [(1, "1-5"), (6, "6-10"), (30, "11-30"), (31, "over-30")])
def test_stages_are_those_of_the_trade(days: int, name: str) -> None:
    assert stage_of(days) == name


@pytest.mark.parametrize("name", sorted(blueprint_files(stage().desk.library)))
def test_every_shipped_blueprint_draws_a_hundred_parallel_forms(name: str) -> None:
    plan = find_blueprint(stage().desk.library, name)
    offers = stage().drawable(plan)
    forms = [draw(plan, offers, seed) for seed in range(100)]
    centre = middle(plan, offers)
    assert max(abs(form.reachable - centre.reachable) for form in forms) <= plan.tolerance_points + 1
    assert max(abs(form.difficulty - centre.difficulty) for form in forms) <= plan.tolerance_difficulty + 1
