"""What a page is told: plain JSON data. A candidate hears nothing of acts, breaches, states or marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from simulator.dialogue import Case, Turn
from simulator.training.casefile import case_sections
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.blueprint import Blueprint, shown_points
from simulator.training.exam.sitting import Look
from simulator.training.exam.timing import left_at, running

Data = dict[str, Any]


def turns_view(turns: Sequence[Turn]) -> list[Data]:
    return [{"n": turn.n, "who": turn.who.value, "text": turn.text} for turn in turns]


def case_view(case: Case) -> list[Data]:
    return [asdict(section) for section in case_sections(case)]


def _ms(span: timedelta | None) -> int | None:
    """Whole milliseconds; negative when overdrawn."""
    return None if span is None else span // timedelta(milliseconds=1)


def exam_view(exam: str, blueprint: Blueprint) -> Data:
    return {
        "id": exam,
        "title": blueprint.title,
        "about": blueprint.about,
        "calls": blueprint.calls,
        "minutes": blueprint.minutes,
        "practice": blueprint.practice,
    }


def seat_view(attempt: Attempt, look: Look, case: Case | None) -> Data:
    """The candidate's page in an exam; `case` is that of the call it is about."""
    title, _, brief = look.brief.partition("\n")
    call = look.call
    return {
        "phase": look.phase,
        "exam": {"title": attempt.exam_title, "practice": attempt.blueprint.practice},
        "call": {
            "n": call.n,
            "of": look.calls,
            "minutes": call.minutes,
            "title": title,
            "brief": brief,
            "begun": call.started is not None,
            "ended": call.ended is not None,
            "ended_by": call.ended_by,
            "channel": case.channel.value if case else "phone",
            "turns": turns_view(call.turns),
            "case": case_view(case) if case else [],
        },
        "left": {
            "exam": _ms(look.left.exam),
            "call": _ms(look.left.call),
            "grace": _ms(look.left.grace),
        },
        "note": _note_view(attempt, look),
        "stop": attempt.stops[-1].why if attempt.paused() else None,
        "added": sum(extension.minutes for extension in attempt.extensions),
        "receipt": look.seal.code if look.seal else None,
        "submitted_by": attempt.submitted_by,
        "result": result_view(attempt),
        "shows": attempt.blueprint.shows,
    }


def _note_view(attempt: Attempt, look: Look) -> Data | None:
    """The note that may be written now: on the call that ended last."""
    if not look.may_note:
        return None
    ended = [call for call in attempt.calls if call.ended][-1]
    return {
        "call": ended.n,
        "text": ended.note or "",
        "ended_by": ended.ended_by,
        "turns": turns_view(ended.turns),
    }


def result_view(attempt: Attempt) -> Data | None:
    """As much of the result as the blueprint shows; None before marking, or where it shows nothing."""
    shows, result = attempt.blueprint.shows, attempt.result
    if shows == "nothing" or result is None or attempt.seal is None:
        return None
    return {
        "passed": attempt.passed,
        "points": shown_points(result.points),
        "cut": shown_points(result.cut),
        "reasons": list(result.reasons),
        "parts": [
            {
                "title": part.title,
                "points": shown_points(part.points),
                "cut": shown_points(part.cut),
                "passed": part.passed,
            }
            for part in result.parts
        ],
        "scorecards": [call.n for call in attempt.calls if call.transcript] if shows == "scorecard" else [],
    }


def attempt_row(attempt: Attempt, now: datetime) -> Data:
    """One line of the examiner's page. No marks: they are read where they are signed for."""
    left = left_at(attempt, now)
    on = running(attempt)
    return {
        "attempt": attempt.id,
        "exam": attempt.exam,
        "candidate": attempt.candidate.id,
        "name": attempt.candidate.name,
        "group": attempt.candidate.group,
        "seat": attempt.candidate.seat,
        "state": _state(attempt),
        "call": sum(call.started is not None for call in attempt.calls),
        "calls": len(attempt.calls),
        "turns": len(on.turns) if on else 0,
        "left": None if attempt.seal else _ms(left.exam),
        "call_left": None if attempt.seal else _ms(left.call),
        "added": sum(extension.minutes for extension in attempt.extensions),
        "breaks": len(attempt.breaks),
        "why": attempt.stops[-1].why if attempt.paused() else "",
        "receipt": attempt.seal.code if attempt.seal else None,
        "submitted_by": attempt.submitted_by,
        "marked": attempt.marked is not None,
    }


def _state(attempt: Attempt) -> str:
    if attempt.voided is not None:
        return "void"
    if attempt.seal:
        return "over"
    if attempt.paused():
        return "paused"
    if running(attempt):
        return "call"
    return "between"


def waiting_row(candidate: Mapping[str, str], state: str) -> Data:
    """Somebody who has a code (`waiting`) or has signed in (`lobby`) and has not begun."""
    return {**candidate, "attempt": None, "state": state, "left": None, "call": 0, "calls": 0}
