"""The class in tables: one row a candidate's attempt, one a call, one a breach, one an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.training.exam.analysis import Analysis, ItemFigures
from simulator.training.exam.credential import CHINA
from simulator.training.exam.ledger import Ledger, Sat, short_id
from simulator.training.exam.statistics import Answer, Figure

Cell = str | int | float
STATES = {"marked": "已评分", "appealed": "申诉中", "settled": "已裁定", "void": "作废"}
SEVERITIES = {"fatal": "红线", "major": "严重", "minor": "轻微", "ruled": "人工认定"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name and titles. Text cells are whatever people typed."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def class_table(ledger: Ledger, *, names: bool) -> Table:
    """One row an attempt; without `names` the hall's ids stand alone."""
    most = max((row.n for row in ledger.rated), default=0)
    titles = (
        "考号", *(["姓名"] if names else []), "班组", "第几次", "考试", "结论", "总分", "合格线", "状态", "监考", "交卷时间",
        *(f"第{n}通" for n in range(1, most + 1)), "红线", "严重", "轻微", "考试记录",
    )  # fmt: skip
    totals: dict[str, list[Cell]] = {sat.id: [""] * most for sat in ledger.sat}
    severities: dict[str, list[str]] = {sat.id: [] for sat in ledger.sat}
    for call in ledger.rated:
        totals[call.attempt][call.n - 1] = call.total
    for breach in ledger.broken:
        severities[breach.attempt].append(breach.severity)
    rows = (tuple(_attempt_row(one, totals[one.id], severities[one.id], names)) for one in ledger.sat)
    return Table("成绩", titles, tuple(rows))


def _attempt_row(sat: Sat, totals: Sequence[Cell], severities: Sequence[str], names: bool) -> Iterable[Cell]:
    yield short_id(sat.candidate)
    if names:
        yield sat.name
    yield from (sat.group, sat.number, sat.exam_title, verdict_of(sat), sat.points / 100, sat.cut / 100)
    yield from (STATES[sat.state], "有" if sat.supervised else "无", moment(sat.submitted))
    yield from totals
    yield from (severities.count(severity) for severity in ("fatal", "major", "minor"))
    yield sat.id


def verdict_of(sat: Sat) -> str:
    if sat.state == "void":
        return "作废"
    return "通过" if sat.passed else "未通过"


def moment(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def call_table(ledger: Ledger) -> Table:
    who = {sat.id: short_id(sat.candidate) for sat in ledger.sat}
    rows = tuple(
        (
            who[row.attempt],
            row.n,
            row.part,
            row.scenario,
            row.title,
            "通过" if row.passed else "未通过",
            row.total,
            row.deducted,
        )
        for row in ledger.rated
    )
    return Table("逐通", ("考号", "第几通", "部分", "情境", "标题", "结论", "得分", "违规扣分"), rows)


def breach_table(ledger: Ledger) -> Table:
    who = {sat.id: short_id(sat.candidate) for sat in ledger.sat}
    rows = tuple(
        (
            who[row.attempt],
            row.call,
            row.turn,
            row.rule,
            row.title,
            SEVERITIES[row.severity],
            row.points,
            row.words,
        )
        for row in ledger.broken
    )
    return Table("违规", ("考号", "第几通", "第几轮", "规则", "标题", "轻重", "扣分", "原话"), rows)


def item_table(analysis: Analysis) -> Table:
    """Difficulty and discrimination of every scenario, criterion and rule, with n and interval or the refusal."""
    titles = ("类别", "id", "标题", "人数", "难度 p", "p 区间", "区分度", "区分度区间", "α", "α 区间", "说明")
    rows = [
        *_item_rows("情境", analysis.scenarios),
        *_item_rows("评分项", analysis.criteria),
        *(
            _row("规则（犯的人）", one.id, one.title, one.breached, one.discrimination, None)
            for one in analysis.rules
        ),
    ]
    return Table("题目统计", titles, tuple(rows))


def _item_rows(kind: str, items: Sequence[ItemFigures]) -> Iterable[tuple[Cell, ...]]:
    return (
        _row(kind, item.id, item.title, item.difficulty, item.discrimination, item.alpha) for item in items
    )


def _row(kind: str, id: str, title: str, p: Answer, r: Answer, a: Answer | None) -> tuple[Cell, ...]:
    answers = [p, r, *([a] if a else [])]
    why = "；".join(dict.fromkeys(refused(answer) for answer in answers if not isinstance(answer, Figure)))
    return (kind, id, title, p.n, *_cells(p), *_cells(r), *(_cells(a) if a else ("", "")), why)


def _cells(answer: Answer) -> tuple[Cell, Cell]:
    if not isinstance(answer, Figure):
        return "", ""
    return round(answer.value, 3), f"{answer.low:.2f} 到 {answer.high:.2f}"


def refused(answer: Answer) -> str:
    """A refusal in words: how many there were, how many it takes, why."""
    return "" if isinstance(answer, Figure) else f"{answer.n} 人，至少要 {answer.least} 人：{answer.why}"


def shown(answer: Answer, *, percent: bool = False) -> str:
    """`0.71（0.62 到 0.79）`, or a dash where it was refused."""
    if not isinstance(answer, Figure):
        return "—"
    if percent:
        return f"{answer.value:.0%}（{answer.low:.0%} 到 {answer.high:.0%}）"
    return f"{answer.value:.2f}（{answer.low:.2f} 到 {answer.high:.2f}）"
