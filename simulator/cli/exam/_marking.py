"""Marking a record that was handed in, and results as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.training.exam.blueprint import shown_points

if TYPE_CHECKING:
    from simulator.authoring.stage import ExamStage
    from simulator.store.chain import Chain
    from simulator.training.exam.attempt import Attempt


def mark_record(record: Chain, stage: ExamStage) -> Attempt:
    """The attempt with the machine's marks; they are added to the record where they were missing."""
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.keeping import MovedError, New
    from simulator.training.exam.marking import machine_marks

    record.refresh()
    attempt = read_attempt(record.entries)
    if attempt.seal and not attempt.marked:
        marks = New("marks", machine_marks(attempt, stage), signed=True)
        try:
            record.add(marks, after=attempt.entries)
        except MovedError:
            return mark_record(record, stage)
    return read_attempt(record.entries)


def result_text(attempt: Attempt) -> str:
    return "\n".join(_lines(attempt))


def _lines(attempt: Attempt) -> Iterator[str]:
    result = attempt.result
    if attempt.voided is not None:
        yield f"这份考试作废：{attempt.voided}"
    if result is None:
        yield "还没有评分"
        return
    verdict = "通过" if attempt.passed else "未通过"
    yield f"成绩：{verdict}　{shown_points(result.points)} 分（合格线 {shown_points(result.cut)}）"
    yield from (f"  原因：{reason}" for reason in result.reasons)
    for part in result.parts:
        mark = "✓" if part.passed else "✗"
        yield f"  {mark} {part.title}　{shown_points(part.points)}（要 {shown_points(part.cut)}）"
    for call in result.calls:
        scenario = attempt.call(call.n).scenario
        red = "　红线" if call.red_line else ""
        yield f"    第 {call.n} 通 {scenario}　{call.total} 分　{'通过' if call.passed else '未通过'}{red}"
    if not attempt.supervised:
        yield "  （本机自考，没有人监考）"
