"""Days, months and instalments as they are said: single (三天), a span (五六天, 两三个月), rough (三十多天, 快一个月);
and what was said wrongly of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.reading.numerals import whole

DIGIT = "一二两三四五六七八九"
NUMBER = r"[0-9零〇一二两三四五六七八九十百]+"
DAYS_OF_MONTH = (28, 31)
HALF_MONTH = (13, 17)
NEXT = dict(zip("一二两三四五六七八", "二三三四五六七八九", strict=True))


@dataclass(frozen=True, slots=True)
class Misstated:
    """A figure at `start:end` that the account belies, why, and the right one in words."""

    start: int
    end: int
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class Count:
    """At least `low` and at most `high`."""

    low: int
    high: int

    def has(self, value: int) -> bool:
        return self.low <= value <= self.high

    def times(self, low: int, high: int) -> Count:
        return Count(self.low * low, self.high * high)


def count(words: str, rough: bool = False) -> Count | None:
    """The number that the words name; a `rough` one (三十多) reaches up to the next of its kind."""
    span = re.fullmatch(rf"(?P<tens>.*十)?(?P<one>[{DIGIT}])(?P<two>[{DIGIT}])", words)
    if span and NEXT.get(span["one"]) == span["two"]:
        tens = whole(span["tens"]) or 0 if span["tens"] else 0
        return Count(tens + (whole(span["one"]) or 0), tens + (whole(span["two"]) or 0))
    value = whole(words)
    if value is None:
        return None
    return (
        Count(value, max(value, value * 2 - 1) if value < 10 else value + _step(value))
        if rough
        else Count(value, value)
    )


def _step(value: int) -> int:
    """How far 多 may reach: 三十多 to 39, 一百多 to 199."""
    step = 10
    while value % (step * 10) == 0:
        step *= 10
    return step - 1


def days_of(months: Count, nearly: bool, more: bool) -> Count:
    """The days of so many months; `nearly` (快一个月) falls short of them, `more` (一个多月) goes beyond."""
    short, long = DAYS_OF_MONTH
    if nearly:
        return Count(months.low * short - 8, months.high * long)
    return Count(months.low * short, (months.high + 1) * long - 1 if more else months.high * long)
