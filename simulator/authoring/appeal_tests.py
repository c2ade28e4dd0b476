"""Upheld appeals as tests of the rules: the call as it was spoken, and what should have come of it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.authoring.call_writing import call_test_text
from simulator.authoring.stage import ExamStage
from simulator.errors import ExamError
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.marking import ruled_card


def appeal_tests(attempt: Attempt, stage: ExamStage) -> Iterator[tuple[str, str]]:
    """Name and YAML of one test for every call in which an upheld appeal changed a mark. Raises ExamError for none."""
    upheld = [decision for decision in attempt.decisions if decision.upheld and decision.rulings]
    if not upheld:
        raise ExamError("这份没有改了分的、成立的申诉")
    for n in sorted({ruling.place.call for decision in upheld for ruling in decision.rulings}):
        call = attempt.call(n)
        if call.transcript is None:
            continue
        rulings = [ruling for ruling in attempt.rulings if ruling.place.call == n]
        scenario = stage.desk.library.scenario(call.scenario)
        whys = [
            f"# 第 {ruling.place.turn or '-'} 轮 {ruling.place.id} → {ruling.value}：{_line(ruling.why)}"
            for ruling in rulings
        ]
        text = call_test_text(scenario, call.transcript, ruled_card(call, rulings, stage))
        yield (
            _name(attempt, n),
            "\n".join(["# 申诉成立，改判如下", *whys, text]),
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _name(attempt: Attempt, call: int) -> str:
    """Without the candidate's id: a test outlives the exam and travels further."""
    receipt = attempt.seal.code[:9] if attempt.seal else ""
    return f"appeal-{receipt}-{call}.yaml"
