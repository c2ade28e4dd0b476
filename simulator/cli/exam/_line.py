"""The sitting on a plain terminal: one line is one turn. No hints, no going back, nothing to pick from."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from simulator.cli.report import show, tell
from simulator.errors import ExamError, StorageError

if TYPE_CHECKING:
    from simulator.authoring.stage import ExamStage
    from simulator.store.chain import Chain
    from simulator.store.hall import Hall
    from simulator.training.casefile import Section
    from simulator.training.exam.sitting import Look, Sitting

HELP = """每行是你说的一句话；空行是不作声。
/开始 接通下一通　/挂断 结束这一通　/小结 写这一通的小结　/时间 还剩多少　/交卷 交卷　/帮助 这段说明
（也可以打 /begin /hang /note /time /submit /help）"""
WORDS = {
    "/开始": "begin",
    "/挂断": "hang",
    "/小结": "note",
    "/时间": "time",
    "/交卷": "submit",
    "/帮助": "help",
}


def sit(hall: Hall, record: Chain, stage: ExamStage, *, back: bool) -> None:
    """Runs the sitting until it is handed in or the input ends (it can be taken up again)."""
    from simulator.training.exam.sitting import Sitting

    sitting = Sitting(record, stage, hall.now)
    if back:
        sitting.come_back(record.torn)
        _show_so_far(sitting, stage)
    else:
        show(HELP)
    _Line(sitting, stage).run(_lines())
    if sitting.look().phase == "over":
        finish(sitting, record, stage)
    else:
        tell(f"先停在这里，说过的都存着。接着考：请考官发新的座位码，再用 exam resume {sitting.attempt.id}")


def _lines() -> Iterator[str]:
    if hasattr(sys.stdin, "reconfigure"):
        with suppress(io.UnsupportedOperation):  # the seat code has been read: it is done already
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


class _Line:
    def __init__(self, sitting: Sitting, stage: ExamStage) -> None:
        self._sitting, self._stage = sitting, stage

    def run(self, lines: Iterator[str]) -> None:
        look = self._sitting.look()
        self._announce(look)
        while look.phase != "over":
            line = next(lines, None)
            if line is None:
                return
            try:
                self._take(line, lines)
            except (ExamError, StorageError) as error:
                tell(f"（{error}）")
            before, look = look, self._sitting.look()
            if (before.phase, before.call.n) != (look.phase, look.call.n):
                self._announce(look)

    def _take(self, line: str, lines: Iterator[str]) -> None:
        word = line.strip()
        action = WORDS.get(word, word.removeprefix("/") if word.startswith("/") else "say")
        if action == "say":
            self._say(line)
        elif action == "begin":
            for turn in self._sitting.begin():
                show(f"对方：{turn.text}")
        elif action == "hang":
            self._sitting.hang_up()
        elif action == "note":
            show("写小结，一行一条，单独一个 . 结束：")
            self._sitting.note("\n".join(iter(lambda: next(lines, "."), ".")))
        elif action == "time":
            _show_time(self._sitting.look())
        elif action == "submit":
            self._sitting.submit()
        else:
            show(HELP)

    def _say(self, line: str) -> None:
        if self._sitting.look().phase == "ready":
            if line.strip():
                tell("（还没接通：打 /开始）")
            return
        answer = self._sitting.say(line)
        if answer.reply:
            show(f"对方：{answer.reply.text or '（不说话）'}")

    def _announce(self, look: Look) -> None:
        if look.phase == "ready":
            _show_look(look, self._stage)
            _show_time(look)
            show("打 /开始 接通。" + ("上一通的小结现在可以写：/小结" if look.may_note else ""))
        elif look.phase == "done":
            show("\n没有电话要打了。小结写好以后，打 /交卷。")
        elif look.phase == "paused":
            show("\n考官暂停了考试，时间停着。请等一等。")


def _show_look(look: Look, stage: ExamStage) -> None:
    from simulator.training.casefile import case_sections

    call = look.call
    show_case(call.n, look.calls, call.minutes, look.brief, case_sections(stage.case_of(call)))


def show_case(n: int, of: int, minutes: int, brief: str, sections: Iterable[Section]) -> None:
    """What a candidate is given before a call, in the hall and at home alike."""
    show(f"\n第 {n} 通，共 {of} 通，最多 {minutes} 分钟。{brief}")
    for section in sections:
        show(f"【{section.title}】")
        for label, value in section.rows:
            show(f"  {label}　{value}" if label else f"  {value}")


def _show_time(look: Look) -> None:
    def minutes(seconds: float) -> str:
        return f"{int(seconds // 60)} 分 {int(seconds % 60)} 秒" if seconds >= 0 else "已经到了，尽快收尾"

    call = f"，这一通 {minutes(look.left.call.total_seconds())}" if look.left.call is not None else ""
    show(f"还剩 {minutes(look.left.exam.total_seconds())}{call}。")


def _show_so_far(sitting: Sitting, stage: ExamStage) -> None:
    """After a break: the call that is on, as far as it had come."""
    look = sitting.look()
    if look.call.started is not None and look.phase in ("call", "paused"):
        _show_look(look, stage)
        for turn in look.call.turns:
            show(f"{'　你' if turn.who == 'collector' else '对方'}：{turn.text or '（没有说话）'}")
        _show_time(look)


def finish(sitting: Sitting, record: Chain, stage: ExamStage) -> None:
    """The receipt; then the machine's marks, and what the candidate may see of them."""
    from simulator.cli.exam._marking import mark_record, result_text

    assert sitting.attempt.seal is not None
    show(f"\n交卷了。回执：{sitting.attempt.seal.code}　抄下来，以后查验用得着。")
    attempt = mark_record(record, stage)
    shows = attempt.blueprint.shows
    if shows == "nothing":
        show("成绩由考点公布。")
        return
    show(result_text(attempt))
    if shows == "scorecard":
        from simulator.cli.scorecard_text import scorecard_text

        for call in attempt.calls:
            if call.transcript is not None:
                show(f"\n—— 第 {call.n} 通 ——")
                show(scorecard_text(stage.desk.grade(call.transcript, dict(call.versions))))


def code_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", metavar="座位码", help="考官发的座位码；不写就从第一行读")


def code_of(options: argparse.Namespace) -> str:
    """The seat code, from the option or the first line of the input."""
    if options.code:
        return str(options.code)
    tell("座位码：")
    line = next(_lines(), None)
    if line is None:
        raise ExamError("没有座位码：加 --code，或在第一行写上")
    return line
