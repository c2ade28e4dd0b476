"""Borderline regression: where the line of totals on examiners' grades meets "borderline".

Examiners who saw the calls gave each a grade of 1 to 5; for every scenario the totals are regressed on the grades. The
exam's cut is the mean of the scenarios'.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from simulator.training.exam.panel import CutScore, Graded, Panel, Part, hundredths, made

LEAST_EXAMINERS = 3
LEAST_CALLS = 20
LEAST_GRADES = 3
BORDERLINE = 2  # of grades 1 fail · 2 borderline · 3 pass · 4 good · 5 excellent


def gaps(panel: Panel) -> Iterable[str]:
    examiners = {call.judge for call in panel.graded}
    if len(examiners) < LEAST_EXAMINERS:
        yield f"只有 {len(examiners)} 位考官给过总评；至少要 {LEAST_EXAMINERS} 位"
    if not panel.graded:
        yield "没有一通给过总评的电话"
    for scenario, calls in _by_scenario(panel).items():
        grades = {call.grade for call in calls}
        if len(calls) < LEAST_CALLS:
            yield f"{scenario} 只有 {len(calls)} 通；少于 {LEAST_CALLS} 通，回归线不可靠"
        elif len(grades) < LEAST_GRADES:
            yield f"{scenario} 的总评只用了 {len(grades)} 档；至少要 {LEAST_GRADES} 档才能画线"
        elif _line(calls).slope <= 0:
            yield f"{scenario} 总评越高得分反而不高：评分表和考官看的不是一回事，先查清再定线"


def _by_scenario(panel: Panel) -> dict[str, list[Graded]]:
    calls: dict[str, list[Graded]] = {}
    for call in sorted(panel.graded, key=lambda call: (call.scenario, call.attempt, call.judge)):
        calls.setdefault(call.scenario, []).append(call)
    return calls


@dataclass(frozen=True, slots=True)
class _Line:
    slope: float
    cut: float
    error: float
    fit: float


def _line(calls: Sequence[Graded]) -> _Line:
    """Least squares of totals on grades, read at the borderline grade. The error is that of the line there."""
    n = len(calls)
    x_mean, y_mean = fmean(call.grade for call in calls), fmean(call.total for call in calls)
    xx = math.fsum((call.grade - x_mean) ** 2 for call in calls)
    xy = math.fsum((call.grade - x_mean) * (call.total - y_mean) for call in calls)
    yy = math.fsum((call.total - y_mean) ** 2 for call in calls)
    slope = xy / xx
    left = math.fsum((call.total - y_mean - slope * (call.grade - x_mean)) ** 2 for call in calls)
    error = math.sqrt(left / (n - 2) * (1 / n + (BORDERLINE - x_mean) ** 2 / xx))
    return _Line(slope, y_mean + slope * (BORDERLINE - x_mean), error, 1 - left / yy if yy else 0.0)


def cut_score(panel: Panel) -> CutScore:
    lines = {scenario: (_line(calls), len(calls)) for scenario, calls in _by_scenario(panel).items()}
    parts = tuple(
        Part(scenario, None, hundredths(line.cut), hundredths(line.error), n, hundredths(line.fit))
        for scenario, (line, n) in lines.items()
    )
    cut = fmean(line.cut for line, _ in lines.values())
    error = math.sqrt(math.fsum(line.error**2 for line, _ in lines.values())) / len(lines)
    return made(panel, {}, parts, cut, error)
