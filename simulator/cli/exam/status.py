"""考点里有哪些考试、谁考到哪儿了、还剩多少时间。不显示分数。"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, emit, show, table, tell

if TYPE_CHECKING:
    from datetime import datetime

    from simulator.training.exam.attempt import Attempt

NAME = "status"
HELP = "谁考到哪儿了"
HEAD = ("考试记录", "姓名", "座位", "状态", "通数", "还剩分钟", "断过", "回执")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("exam", nargs="?", metavar="考试", help="只看这一场")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        state = hall.state
        exams = [state.exam(options.exam)] if options.exam else list(state.exams.values())
        rows = [
            _row(read_record(hall, begun.id), hall.now())
            for begun in state.attempts.values()
            if begun.exam in {exam.id for exam in exams}
        ]
    for row in rows if options.json else ():
        emit(row)
    if not options.json:
        tell(*(f"{exam.id}：{exam.blueprint.title}{'（已收）' if exam.closed else ''}" for exam in exams))
        shown = [tuple("—" if value is None else str(value) for value in row.values()) for row in rows]
        show(table([HEAD, *shown]))
    return DONE


def _row(attempt: Attempt, now: datetime) -> dict[str, Any]:
    from simulator.training.exam.timing import left_at

    begun = sum(call.started is not None for call in attempt.calls)
    left = int(left_at(attempt, now).exam.total_seconds()) // 60
    return {
        "attempt": attempt.id,
        "name": attempt.candidate.name,
        "seat": attempt.candidate.seat,
        "state": _state(attempt, now),
        "call": f"{begun}/{len(attempt.calls)}",
        "minutes_left": None if attempt.seal else left,
        "breaks": len(attempt.breaks),
        "receipt": attempt.seal.code if attempt.seal else None,
    }


def _state(attempt: Attempt, now: datetime) -> str:
    from simulator.training.exam.timing import left_at

    if attempt.voided is not None:
        return "void"
    if attempt.seal is None:
        over = left_at(attempt, now).is_over and not attempt.paused()
        return "paused" if attempt.paused() else "time-over" if over else "sitting"
    if len(attempt.appeals) > len(attempt.decisions):
        return "appealed"
    if attempt.decisions:
        return "decided"
    if attempt.adjudications:
        return "adjudicated"
    if attempt.seconds:
        return "second-marked"
    return "marked" if attempt.marked else "submitted"
