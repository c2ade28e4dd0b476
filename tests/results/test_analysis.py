"""Item statistics: who is counted, and what the figures are of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from simulator.training.exam.analysis import analyse, counted
from simulator.training.exam.ledger import Ledger
from simulator.training.exam.statistics import Figure, Refusal
from tests.results.hall import START
from tests.results.many import class_of, sat_by


class TestCounted:
    def test_practice_annulled_and_second_attempts_are_left_out(self) -> None:
        first = sat_by(1)
        again = sat_by(1, id="h/duty.c001.2", number=2, opened=START + timedelta(days=8))
        kept = counted([again, first, sat_by(2, practice=True), sat_by(3, state="void"), sat_by(4)])
        assert [one.id for one in kept] == [first.id, sat_by(4).id]

    def test_after_an_annulled_first_attempt_the_second_counts(self) -> None:
        again = sat_by(1, id="h/duty.c001.2", number=2, opened=START + timedelta(days=8))
        assert counted([sat_by(1, state="void"), again]) == (again,)

    def test_the_analysis_says_how_many_were_left_out(self) -> None:
        ledger = class_of(40)
        sat = (*ledger.sat[:-1], replace(ledger.sat[-1], practice=True))
        found = analyse(replace(ledger, sat=sat))
        assert (len(found.sat), found.left_out) == (39, 1)
        assert all(figure.difficulty.n == 39 for figure in found.scenarios)


class TestFigures:
    def test_a_criterion_that_fewer_meet_has_a_smaller_share(self) -> None:
        found = {item.id: item.difficulty for item in analyse(class_of(41)).criteria}
        assert [round(found[id].value, 2) for id in ("greeting", "ability", "confirm-promise")] == [
            0.73,
            0.49,
            0.24,
        ]  # type: ignore[union-attr]

    def test_what_the_better_ones_do_better_tells_apart(self) -> None:
        for item in analyse(class_of(40)).criteria:
            assert isinstance(item.discrimination, Figure)
            assert item.discrimination.low > 0

    def test_two_calls_that_agree_give_a_high_alpha(self) -> None:
        alpha = analyse(class_of(40)).alpha
        assert isinstance(alpha, Figure)
        assert alpha.value > 0.95

    def test_a_small_class_gets_shares_but_no_coefficients(self) -> None:
        found = analyse(class_of(8))
        assert isinstance(found.alpha, Refusal)
        assert all(isinstance(item.difficulty, Figure) for item in found.criteria)
        assert all(isinstance(item.discrimination, Refusal) for item in found.criteria)

    def test_a_rule_counts_people_and_calls_apart(self) -> None:
        (rule,) = analyse(class_of(36)).rules
        assert (rule.candidates, rule.calls) == (12, 15)
        assert isinstance(rule.breached, Figure)
        assert rule.breached.value == pytest.approx(1 / 3)
        assert isinstance(rule.discrimination, Figure)
        assert rule.discrimination.value > 0

    def test_the_order_of_rows_changes_nothing(self) -> None:
        ledger = class_of(36)
        turned = Ledger(ledger.sat[::-1], ledger.rated[::-1], ledger.found[::-1], ledger.broken[::-1])
        one, other = analyse(ledger), analyse(turned)
        assert one.alpha == other.alpha
        assert [item.difficulty for item in one.criteria] == [item.difficulty for item in other.criteria]
        assert [rule.words for rule in one.rules] == [rule.words for rule in other.rules]

    def test_nobody_at_all_is_no_error(self) -> None:
        found = analyse(Ledger())
        assert not found.sat
        assert isinstance(found.passed, Refusal)
