"""题目统计：每个情境、评分项、规则有多难，分不分得出高下，整张卷子可不可靠。

人数不够时不给数字，说明要多少人。
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulator.cli.report import DONE, emit, show, table
from simulator.cli.results.common import add_selection, chosen

if TYPE_CHECKING:
    from simulator.training.exam.analysis import Analysis
    from simulator.training.exam.statistics import Answer

NAME = "items"
HELP = "题目统计：难度、区分度、α"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_selection(parser)
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.analysis import analyse

    analysis = analyse(chosen(options))
    if options.json:
        for event in _events(analysis):
            emit(event)
    else:
        show(_text(analysis))
    return DONE


def _text(analysis: Analysis) -> str:
    from simulator.training.exam.class_sheet import refused, shown

    exam = [
        ("人数", str(len(analysis.sat)), ""),
        ("通过", shown(analysis.passed, percent=True), ""),
        ("几通之间的 α", shown(analysis.alpha), refused(analysis.alpha)),
    ]
    rows = [("类别", "id", "得分率 / 犯的人", "区分度", "α")]
    for kind, found in (("情境", analysis.scenarios), ("评分项", analysis.criteria)):
        for item in found:
            inner = shown(item.alpha) if item.alpha else ""
            rows.append(
                (kind, item.id, shown(item.difficulty, percent=True), shown(item.discrimination), inner)
            )
    for rule in analysis.rules:
        rows.append(("规则", rule.id, shown(rule.breached, percent=True), shown(rule.discrimination), ""))
    whys = [item.discrimination for item in analysis.criteria] + [
        item.alpha for item in analysis.scenarios if item.alpha
    ]
    notes = dict.fromkeys(refused(answer) for answer in whys)
    return "\n\n".join([table(exam), table(rows), *(f"— 是不给数字：{note}" for note in notes if note)])


def _events(analysis: Analysis) -> Iterator[dict[str, Any]]:
    yield {
        "event": "exam",
        "n": len(analysis.sat),
        "left_out": analysis.left_out,
        "passed": _plain(analysis.passed),
        "alpha": _plain(analysis.alpha),
    }
    for kind, items in (("scenario", analysis.scenarios), ("criterion", analysis.criteria)):
        for item in items:
            figures = {"difficulty": _plain(item.difficulty), "discrimination": _plain(item.discrimination)}
            inner = {"alpha": _plain(item.alpha)} if item.alpha else {}
            yield {"event": kind, "id": item.id, "title": item.title, **figures, **inner}
    for rule in analysis.rules:
        yield {
            "event": "rule",
            "id": rule.id,
            "title": rule.title,
            "severity": rule.severity,
            "candidates": rule.candidates,
            "calls": rule.calls,
            "breached": _plain(rule.breached),
            "discrimination": _plain(rule.discrimination),
        }


def _plain(answer: Answer) -> dict[str, Any]:
    """A figure, or a refusal that says how many it takes."""
    from simulator.training.exam.statistics import Figure

    if isinstance(answer, Figure):
        return {
            "value": round(answer.value, 4),
            "low": round(answer.low, 4),
            "high": round(answer.high, 4),
            "n": answer.n,
        }
    return {"value": None, "n": answer.n, "least": answer.least, "why": answer.why}
