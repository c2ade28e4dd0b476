"""Sums and instants are said as people say them, and mean what they meant."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.dialogue.speak import spoken_amount, spoken_day, spoken_instant
from simulator.reading.amounts import find_amounts
from simulator.reading.times import find_times

NOW = datetime(2026, 3, 11, 10, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("50000", "五万"),
        ("8000", "八千"),
        ("1860", "一千八百六"),
        ("21480", "两万一千四百八"),
        ("300", "三百"),
        ("1100", "一千一"),
        ("12000", "一万二"),
        ("10500", "一万零五百"),
        ("2005", "两千零五"),
        ("15", "十五"),
        ("216.8", "二百一十六块八"),
        ("12380.45", "一万两千三百八十块四毛五"),
    ],
)
def test_sums_are_said_as_people_say_them(value: str, words: str) -> None:
    assert spoken_amount(Decimal(value)) == words


@given(st.integers(min_value=100, max_value=999_999))
def test_a_spoken_sum_is_heard_as_the_same_sum(value: int) -> None:
    heard = find_amounts(f"我先还{spoken_amount(Decimal(value))}块")
    assert [mention.value for mention in heard] == [Decimal(value)]


@given(
    st.datetimes(min_value=datetime(2026, 3, 11, 11), max_value=datetime(2026, 3, 18)).filter(
        lambda moment: 8 <= moment.hour < 22
    )
)
def test_a_spoken_instant_is_heard_as_the_same_instant(moment: datetime) -> None:
    moment = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    if moment <= NOW:
        return
    heard = find_times(f"我{spoken_instant(moment, NOW)}还", NOW)
    assert [mention.due for mention in heard] == [moment]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 11), "今天"),
        (date(2026, 3, 13), "后天"),
        (date(2026, 3, 15), "周日"),
        (date(2026, 3, 17), "下周二"),
        (date(2026, 3, 25), "二十五号"),
        (date(2026, 4, 5), "四月五号"),
    ],
)
def test_days_are_named_from_today(day: date, words: str) -> None:
    assert spoken_day(day, NOW.date()) == words
