"""Figures of a set of marks, each with its n and an interval, or a refusal that says how many are needed.

A `Refusal` stands where a figure would mislead: with few candidates a coefficient swings so widely that it says more of
who happened to sit than of the exam. Intervals are 95 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

Z = 1.959963984540054  # of the 95 % interval
LEAST_FOR_DISCRIMINATION = 20
LEAST_FOR_ALPHA = 30
LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate from `n` candidates, with its interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no figure: `n` were there, `least` would be needed."""

    n: int
    least: int
    why: str


Answer = Figure | Refusal


def share(scores: Sequence[float]) -> Answer:
    """The mean of scores from 0 to 1: of an item its difficulty p (high is easy). Interval of Wilson."""
    n = len(scores)
    if not n:
        return Refusal(0, 1, "没有人做过")
    p = min(1.0, max(0.0, fmean(scores)))
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return Figure(p, max(0.0, middle - half), min(1.0, middle + half), n)


def discrimination(scores: Sequence[float], totals: Sequence[float]) -> Answer:
    """How far those who do well elsewhere do well here: the correlation with the total less this item.

    For marks of 0 and 1 it is the corrected point-biserial. Interval of Fisher's z.
    """
    n = len(scores)
    if n < LEAST_FOR_DISCRIMINATION:
        return Refusal(n, LEAST_FOR_DISCRIMINATION, "人太少，区分度会随一两个人大起大落")
    r = correlation(scores, [total - score for score, total in zip(scores, totals, strict=True)])
    if r is None:
        return Refusal(n, LEAST_FOR_DISCRIMINATION, "所有人得分都一样，分不出高下")
    return Figure(r, *_fisher(r, n), n)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's r; None where one side does not vary."""
    x_mean, y_mean = fmean(xs), fmean(ys)
    xx = math.fsum((x - x_mean) ** 2 for x in xs)
    yy = math.fsum((y - y_mean) ** 2 for y in ys)
    if _is_flat(xx, xs) or _is_flat(yy, ys):
        return None
    xy = math.fsum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return max(-1.0, min(1.0, xy / math.sqrt(xx * yy)))


def _is_flat(spread: float, values: Sequence[float]) -> bool:
    """Equal values differ by rounding once a total has been subtracted from."""
    return spread <= 1e-18 * max(1.0, math.fsum(value * value for value in values))


def _fisher(r: float, n: int) -> tuple[float, float]:
    if abs(r) == 1:
        return r, r
    z, half = math.atanh(r), Z / math.sqrt(n - 3)
    return math.tanh(z - half), math.tanh(z + half)


def alpha(rows: Sequence[Sequence[float]]) -> Answer:
    """Cronbach's α of a table: one row a candidate, one column a part, every cell filled. Interval of Bonett."""
    n = len(rows)
    parts = len(rows[0]) if rows else 0
    if n < LEAST_FOR_ALPHA:
        return Refusal(n, LEAST_FOR_ALPHA, "人太少，信度不可靠")
    if parts < LEAST_PARTS:
        return Refusal(n, LEAST_FOR_ALPHA, f"只有 {parts} 部分；至少要 {LEAST_PARTS} 部分才谈得上彼此一致")
    whole = _variance([math.fsum(row) for row in rows])
    if whole == 0:
        return Refusal(n, LEAST_FOR_ALPHA, "所有人总分都一样，分不出高下")
    inside = math.fsum(_variance(column) for column in zip(*rows, strict=True))
    value = parts / (parts - 1) * (1 - inside / whole)
    return Figure(value, *_bonett(value, n, parts), n)


def _bonett(value: float, n: int, parts: int) -> tuple[float, float]:
    if value >= 1:
        return 1.0, 1.0
    half = Z * math.sqrt(2 * parts / ((parts - 1) * (n - 2)))
    return 1 - math.exp(math.log(1 - value) + half), 1 - math.exp(math.log(1 - value) - half)


def _variance(values: Sequence[float]) -> float:
    mean = fmean(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
