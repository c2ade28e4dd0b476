"""看一份考试的成绩和改判。阅卷人交了自己的第二遍评分以后才能看。谁看过，考点日志里有。"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, emit, show
from simulator.errors import ExamError

if TYPE_CHECKING:
    from simulator.training.exam.attempt import Attempt
    from simulator.training.exam.hall import Person

NAME = "show"
HELP = "看一份考试的成绩"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--call", type=int, metavar="第几通", help="这一通的通话和整张成绩单")
    parser.add_argument("--json", action="store_true", help="整份记录，一个 JSON 对象")
    by_argument(parser, "考官或阅卷人")


def run(options: argparse.Namespace) -> int:
    from simulator.dialogue.plain import to_plain
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        person = signed_in(hall, options, Role.EXAMINER, Role.MARKER)
        attempt = read_record(hall, options.attempt)
        _check_blind(person, attempt)
        hall.showed(person.id, attempt.id, f"call {options.call}" if options.call else "result")
    if options.json:
        emit(to_plain(attempt))
    elif options.call:
        _show_call(attempt, options.call)
    else:
        from simulator.cli.exam._marking import result_text

        show(result_text(attempt))
        show("\n".join(_history(attempt)))
    return DONE


def _check_blind(person: Person, attempt: Attempt) -> None:
    """A marker who has not handed in yet must not see what others gave."""
    from simulator.training.exam.hall import Role

    if person.role is Role.MARKER and person.id not in {second.by for second in attempt.seconds}:
        raise ExamError("先交自己的第二遍评分（exam second），再看别人给的；不然就不是各评各的了")


def _show_call(attempt: Attempt, n: int) -> None:
    from simulator.authoring.stage import ExamStage
    from simulator.cli.scorecard_text import scorecard_text

    if not 1 <= n <= len(attempt.calls) or attempt.call(n).transcript is None:
        raise ExamError(f"没有第 {n} 通，或这一通没有打")
    transcript = attempt.call(n).transcript
    assert transcript is not None
    for turn in transcript.turns:
        show(f"{turn.n:>3} {'催收员' if turn.who == 'collector' else '　对方'}：{turn.text or '（不作声）'}")
    show(scorecard_text(ExamStage().desk.grade(transcript, dict(attempt.call(n).versions))))


def _history(attempt: Attempt) -> Iterator[str]:
    yield from (f"  停过：{stop.since:%H:%M}，{stop.by}，{stop.why}" for stop in attempt.stops)
    yield from (f"  加时 {item.minutes} 分钟：{item.by}，{item.why}" for item in attempt.extensions)
    if attempt.breaks:
        yield f"  断过 {len(attempt.breaks)} 次"
    yield from (f"  第二遍评分：{second.by}" for second in attempt.seconds)
    for appeal in attempt.appeals:
        yield f"  申诉：{appeal.text}"
    for word in attempt.words:
        yield f"  {word.by} 裁定：{word.why}"
        for ruling in word.rulings:
            place = ruling.place
            turn = f" 第 {place.turn} 轮" if place.turn is not None else ""
            yield f"    第 {place.call} 通{turn} {place.id} → {ruling.value}：{ruling.why}"
