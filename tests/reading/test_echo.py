"""Repeating a promise back: the same sum and the same time, or the day of it; never a later hour."""

from datetime import datetime
from decimal import Decimal

import pytest

from simulator.dialogue import Manner, Pledge, Reading
from simulator.reading.amounts import find_amounts
from simulator.reading.echo import echoes
from simulator.reading.times import find_times

NOW = datetime(2026, 3, 11, 10, 30)
PLEDGES = (
    Pledge(Decimal(8000), datetime(2026, 3, 11, 12, 30)),
    Pledge(Decimal(42000), datetime(2026, 3, 13, 15, 0)),
)


@pytest.mark.parametrize(
    ("words", "echo"),
    [
        ("今天中午十二点半前还8000元，后天下午三点前还42000元", "matches"),
        ("今天还8000元，周五还42000元", "matches"),
        ("今天还8000元，周五下午还42000元", "matches"),
        ("一共还50000元", "matches"),
        ("今天下午六点前还8000元", "differs"),
        ("后天下午四点前还42000元", "differs"),
        ("后天下午两点前还42000元", "differs"),
        ("今天还9000元", "differs"),
        ("明天还8000元", "differs"),
        ("那就这么定了", None),
    ],
)
def test_what_is_repeated_is_compared_with_what_was_promised(words: str, echo: str | None) -> None:
    reading = Reading(
        words,
        (),
        (),
        find_times(words, NOW),
        find_amounts(words),
        Manner(False, len(words)),
        frozenset(),
        False,
    )
    assert echoes(reading, PLEDGES) == echo
