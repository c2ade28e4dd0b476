"""A promise counts from the call's own clock, and is graded by what, when and whether it was repeated back."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.promise import worth
from scoring.rubric import Grade
from scoring.scorecard import PromiseMark
from tests.scoring.made import made, rubric

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "promises.yaml").read_text(encoding="utf-8")
)


def promise(said: str, pledges: list[dict[str, Any]]) -> PromiseMark:
    """The promise of a call in which these pledges are made at that moment and nothing follows."""
    turns = [
        {"对方": "喂"},
        {"催收": "您好，请问是郑总本人吗？", "acts": ["greet", "verify-identity"]},
        {"对方": "是我", "verified": True},
        {"催收": "请您今天还清。", "acts": ["demand-payment"]},
        {"对方": "行。", "clock": said, "pledges": pledges},
    ]
    return made({"claim": "", "turns": turns}).judge().promise


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["claim"])
def test_a_promise_is_graded_on_the_clock_of_its_own_turn(case: dict[str, Any]) -> None:
    mark = promise(case["said"], case["pledges"])
    assert mark.grade.value == case["grade"]
    assert mark.within_48h == case["within"]


def test_the_timeline_shows_the_moment_the_limit_and_each_payment() -> None:
    case = CASES[1]
    json = (
        made({"claim": "", "turns": [{"对方": "行。", "clock": case["said"], "pledges": case["pledges"]}]})
        .judge()
        .to_json()
    )
    timeline = json["promise"]["timeline"]
    assert timeline["made"] == "2026-03-09T16:00:00"
    assert timeline["limit"] == "2026-03-11T16:00:00"
    assert timeline["pledges"][0]["due"] == "2026-03-11T20:00:00"
    assert timeline["pledges"][0]["within_48h"] is False


def test_a_pledge_keeps_the_clock_of_the_turn_in_which_it_was_first_made() -> None:
    pledges = [{"amount": 50000, "due": "2026-03-11T10:00"}]
    turns = [
        {"对方": "周三上午十点。", "clock": "2026-03-09T10:30", "pledges": pledges},
        {"催收": "好。"},
        {"对方": "嗯。", "clock": "2026-03-09T10:40"},
    ]
    (pledge,) = made({"claim": "", "turns": turns}).judge().promise.pledges
    assert pledge.made == datetime(2026, 3, 9, 10, 30)
    assert pledge.turn == 1


@settings(deadline=None)
@given(minutes=st.integers(0, 6000))
def test_a_later_hour_never_makes_a_better_promise(minutes: int) -> None:
    said = datetime(2026, 3, 9, 16)

    def grade(due: datetime) -> Grade:
        return promise(said.isoformat(), [{"amount": 50000, "due": due.isoformat()}]).grade

    earlier, later = said + timedelta(minutes=minutes), said + timedelta(minutes=minutes + 37)
    assert grade(earlier).rank >= grade(later).rank


def test_better_grades_are_worth_more() -> None:
    percents = [rubric().promise.percent.get(grade, 0) for grade in Grade]
    assert percents == sorted(percents, reverse=True)


def test_an_outsiders_promise_is_worth_nothing_even_when_people_grade_it_again() -> None:
    mark = promise("2026-03-11T10:30", [{"amount": 50000, "due": "2026-03-11T15:00"}])
    ruled = replace(mark, confirmed=True)
    assert worth(ruled, rubric().promise) > worth(mark, rubric().promise)
    assert worth(replace(ruled, payer="third-party"), rubric().promise) == 0
