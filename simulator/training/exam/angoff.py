"""Angoff: the mean of what judges expect of somebody who is only just good enough.

For every item each judge says what share of it (0 to 100) such a candidate would earn: of a criterion the chance to meet
it, of a whole scenario the total. They do so twice, with talk in between; the second round counts. A judge's cut is the
weighted mean of the shares, the panel's cut the mean of the judges', its error the spread of the judges over the root of
their number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import fmean, stdev

from simulator.training.exam.panel import ROUNDS, CutScore, Item, Panel, Part, hundredths, made

LEAST_JUDGES = 5


def gaps(panel: Panel) -> Iterable[str]:
    if len(panel.judges) < LEAST_JUDGES:
        yield f"只有 {len(panel.judges)} 位评委；少于 {LEAST_JUDGES} 位，一个人的松紧就能左右合格线"
    rated = {(rating.judge, rating.round, rating.scenario, rating.criterion) for rating in panel.ratings}
    for number in ROUNDS:
        missing = [
            (judge, item)
            for judge in panel.judges
            for item in panel.items
            if (judge, number, *item.key) not in rated
        ]
        if missing:
            judge, item = missing[0]
            name = f"{item.scenario}{f' 的 {item.criterion}' if item.criterion else ''}"
            yield f"第 {number} 轮还缺 {len(missing)} 个评分，先缺的是 {judge} 给 {name} 的"


def judge_cuts(panel: Panel, number: int) -> dict[str, float]:
    """Each judge's own cut in one round, in points of 100; judges who have not rated every item are left out."""
    given = {
        (rating.judge, rating.scenario, rating.criterion): rating.share
        for rating in panel.ratings
        if rating.round == number
    }
    whole = sum(item.weight for item in panel.items)
    cuts = {}
    for judge in panel.judges:
        shares = [given.get((judge, *item.key)) for item in panel.items]
        if whole and None not in shares:
            weighed = zip(shares, panel.items, strict=True)
            cuts[judge] = sum((share or 0) * item.weight for share, item in weighed) / whole
    return cuts


def cut_score(panel: Panel) -> CutScore:
    first, last = (judge_cuts(panel, number) for number in ROUNDS)
    parts = tuple(_part(panel, item) for item in panel.items)
    return made(panel, last, parts, *_mean_and_error(last.values()), *_mean_and_error(first.values()))


def _part(panel: Panel, item: Item) -> Part:
    shares = [
        rating.share
        for rating in panel.ratings
        if rating.round == ROUNDS[-1] and (rating.scenario, rating.criterion) == item.key
    ]
    mean, error = _mean_and_error(shares)
    return Part(
        item.scenario,
        item.criterion,
        hundredths(mean),
        hundredths(error),
        len(shares),
        hundredths(stdev(shares)),
    )


def _mean_and_error(values: Iterable[float]) -> tuple[float, float]:
    values = list(values)
    return fmean(values), stdev(values) / math.sqrt(len(values))
