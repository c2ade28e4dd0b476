"""Facts and conditions of rules."""

from datetime import date, datetime

import pytest

from scoring.conditions import FACTS, Moment, holds, look_up, within_hours
from scoring.rulebook import Condition, Source
from simulator.dialogue import Hearer
from tests.scoring.made import case_with

NOON = datetime(2026, 3, 11, 12)


def moment(
    clock: datetime = NOON, before: tuple[str, ...] = (), here: tuple[str, ...] = (), **facts: object
) -> Moment:
    return Moment(case_with(dict(facts)), clock, Hearer.DEBTOR, frozenset(before), frozenset(here))


@pytest.mark.parametrize(
    ("clock", "span", "inside"),
    [
        ("07:59", "08:00-22:00", False),
        ("08:00", "08:00-22:00", True),
        ("21:59", "08:00-22:00", True),
        ("22:00", "08:00-22:00", False),
        ("23:30", "22:00-08:00", True),
        ("07:59", "22:00-08:00", True),
        ("08:00", "22:00-08:00", False),
        ("00:00", "00:00-06:00", True),
        ("23:59", "18:00-24:00", True),
    ],
)
def test_a_span_of_hours_holds_its_first_minute_and_not_its_last(clock: str, span: str, inside: bool) -> None:
    assert within_hours(datetime.fromisoformat(f"2026-03-11T{clock}"), span) is inside


def test_every_fact_that_a_rule_may_name_can_be_looked_up() -> None:
    for name in FACTS:
        if name not in ("clock", "breached", "turn-again"):
            look_up(name, moment())


def test_an_unknown_fact_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        look_up("standing.mood", moment())


def test_again_means_an_earlier_turn_of_the_same_rule() -> None:
    again = Condition("turn-again", "is", True)
    assert not holds(again, moment(here=("abuse-insult",)), "abuse-insult")
    assert holds(again, moment(before=("abuse-insult",)), "abuse-insult")
    assert not holds(again, moment(before=("abuse-insult",)), "call-hours")


def test_breached_means_this_very_turn() -> None:
    both = Condition("breached", "is", "soft-violence")
    assert holds(both, moment(here=("soft-violence",)))
    assert not holds(both, moment(before=("soft-violence",)))


def test_a_rule_ends_with_the_last_thing_it_rests_on() -> None:
    source = Source("某办法", "full", since=date(2020, 1, 1), until=date(2025, 12, 31))
    assert source.in_force(date(2025, 12, 31))
    assert not source.in_force(date(2026, 1, 1))
    assert not source.in_force(date(2019, 12, 31))
