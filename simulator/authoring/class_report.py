"""The report for the intake: what a class got wrong, on one page to print; loads nothing and runs nothing.

It names nobody: it is about the teaching, and hangs on walls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.dialogue.safe import safe
from simulator.training.exam.analysis import Analysis, ItemFigures
from simulator.training.exam.class_sheet import SEVERITIES, moment, refused, shown
from simulator.training.exam.statistics import Figure

STEP = 10  # points to a bar of the histogram
WEAKEST = 8
TOP = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram: `low` to under `low` + 10 points (the last one to 100); `height` in percent of the
    tallest."""

    low: int
    count: int
    height: float


def class_report_html(analysis: Analysis, title: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {
        "shown": shown,
        "percent": lambda answer: shown(answer, percent=True),
        "refused": refused,
    }
    cuts = sorted({sat.cut for sat in analysis.sat})
    return environment.get_template("class.html").render(
        title=title,
        analysis=analysis,
        exams=sorted({sat.exam_title for sat in analysis.sat}),
        first=moment(min(sat.submitted for sat in analysis.sat))[:10] if analysis.sat else "",
        last=moment(max(sat.submitted for sat in analysis.sat))[:10] if analysis.sat else "",
        passed=sum(sat.passed for sat in analysis.sat),
        middle=_median(analysis.points),
        bars=_bars(analysis.points),
        cuts=[cut / TOP for cut in cuts],
        weakest=sorted(analysis.criteria, key=_ease)[:WEAKEST],
        scenarios=sorted(analysis.scenarios, key=_ease),
        severities=SEVERITIES,
    )


def _ease(item: ItemFigures) -> tuple[float, str]:
    return (item.difficulty.value if isinstance(item.difficulty, Figure) else 2.0, item.id)


def _median(points: Sequence[int]) -> float | None:
    if not points:
        return None
    half = len(points) // 2
    return (points[half] if len(points) % 2 else (points[half - 1] + points[half]) / 2) / TOP


def _bars(points: Sequence[int]) -> list[Bar]:
    counts = [0] * (100 // STEP)
    for one in points:
        counts[min(one // (STEP * TOP), len(counts) - 1)] += 1
    tallest = max(counts) or 1
    return [Bar(place * STEP, count, round(100 * count / tallest, 2)) for place, count in enumerate(counts)]


def _shown(value: Any) -> Any:
    return safe(value, lines=True) if isinstance(value, str) and not isinstance(value, Markup) else value
