"""Figures against examples worked out by hand."""

import math

import pytest

from simulator.training.exam.statistics import (
    LEAST_FOR_ALPHA,
    LEAST_FOR_DISCRIMINATION,
    Figure,
    Refusal,
    alpha,
    correlation,
    discrimination,
    share,
)

GUTTMAN = [(1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 0)]  # variances 3/16, 4/16, 3/16; of the sums 20/16


def figure(answer: Figure | Refusal) -> Figure:
    assert isinstance(answer, Figure), answer
    return answer


class TestShare:
    def test_eight_of_ten_lie_between_49_and_94_percent(self) -> None:
        found = figure(share([1] * 8 + [0] * 2))
        assert (found.value, found.n) == (0.8, 10)
        assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=5e-5)

    def test_nobody_gives_no_figure(self) -> None:
        assert isinstance(share([]), Refusal)

    def test_even_one_candidate_who_failed_does_not_prove_that_all_will(self) -> None:
        found = figure(share([0.0]))
        assert found.low == pytest.approx(0)
        assert found.high == pytest.approx(0.7935, abs=5e-5)


class TestDiscrimination:
    def test_the_item_itself_is_taken_out_of_the_total(self) -> None:
        item, rest = [1, 1, 0, 0] * 5, [3, 1, 2, 0] * 5
        found = figure(discrimination(item, [a + b for a, b in zip(item, rest, strict=True)]))
        assert found.value == pytest.approx(1 / math.sqrt(5))
        assert (found.low, found.high) == pytest.approx((0.00585, 0.7427), abs=5e-5)

    def test_too_few_are_refused_with_the_number_it_takes(self) -> None:
        few = LEAST_FOR_DISCRIMINATION - 1
        scores, totals = [1.0] * few + [0.0], [3.0] * few + [1.0]
        assert isinstance(discrimination(scores, totals), Figure)
        refused = discrimination(scores[1:], totals[1:])
        assert isinstance(refused, Refusal)
        assert (refused.n, refused.least) == (few, LEAST_FOR_DISCRIMINATION)

    def test_where_all_score_alike_there_is_none(self) -> None:
        totals = [0.1 * n for n in range(30)]
        assert isinstance(discrimination([0.7] * 30, [0.7 + total for total in totals]), Refusal)
        assert isinstance(discrimination(totals, [total + 0.3 for total in totals]), Refusal)

    def test_a_correlation_never_leaves_minus_one_to_one(self) -> None:
        values = [0.1 + 0.2 * n for n in range(40)]
        found = correlation(values, [3 * value for value in values])
        assert found == pytest.approx(1)
        assert found is not None
        assert found <= 1


class TestAlpha:
    def test_the_scale_of_four_steps_has_three_quarters(self) -> None:
        found = figure(alpha(GUTTMAN * 10))
        assert found.value == pytest.approx(0.75)
        assert (found.low, found.high) == pytest.approx((0.5664, 0.8559), abs=5e-5)

    def test_parts_that_say_the_same_have_one(self) -> None:
        assert figure(alpha([(n, n) for n in range(30)])).value == pytest.approx(1)

    @pytest.mark.parametrize(
        "rows",
        [GUTTMAN, [(n,) for n in range(LEAST_FOR_ALPHA)], [(1, 2)] * LEAST_FOR_ALPHA, []],
        ids=["few candidates", "one part", "all alike", "nobody"],
    )
    def test_it_is_refused(self, rows: list[tuple[int, ...]]) -> None:
        assert isinstance(alpha(rows), Refusal)
