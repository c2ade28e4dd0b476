"""不用屏幕打一通电话：每行是你说的一轮，空行是不作声，输入结束就是挂断。"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.inputs import lines_of
from simulator.cli.report import DONE, emit, show

if TYPE_CHECKING:
    from simulator.dialogue import Turn
    from simulator.training.record import Event

NAME = "play"
HELP = "不用屏幕打一通电话（可接管道）"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", help="情境的 id，或一个情境文件的路径")
    parser.add_argument("--seed", type=int, default=1, help="种子：同样的种子和话，得到同样的答话和成绩单")
    parser.add_argument(
        "--script", default="-", metavar="文件", help="从文件读每一轮的话；- 是标准输入（默认）"
    )
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 事件")
    parser.add_argument("--note", metavar="文件", help="打完以后写的催收小结，一起评")
    parser.add_argument("--out", type=Path, metavar="文件", help="把通话记录存到这个文件，每一轮先存好再显示")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.desk import Desk
    from simulator.dialogue.safe import safe
    from simulator.store.journal import Journal
    from simulator.training.record import note_event, scorecard_event

    desk = Desk()
    scenario = desk.library.scenario(options.scenario)
    with ExitStack() as stack:
        lines = stack.enter_context(lines_of(options.script))
        journal = stack.enter_context(Journal(options.out)) if options.out else None

        def keep(event: Event) -> None:
            if journal:
                journal.keep(event)
            if options.json:
                emit(event)

        practice = desk.open_call(scenario, options.seed, keep)
        _show_turns(options, practice.turns)
        for line in lines:
            if practice.is_over:
                break
            before = len(practice.turns)
            practice.say(line)
            _show_turns(options, practice.turns[before:])
        practice.leave()
        if options.note:
            with lines_of(options.note) as note:
                practice.note = safe("\n".join(note), lines=True)
            keep(note_event(practice.note))
        scorecard = desk.grade(practice.transcript, practice.versions)
        keep(scorecard_event(scorecard.to_json()))
        if not options.json:
            from simulator.cli.scorecard_text import scorecard_text

            show(scorecard_text(scorecard))
    return DONE


def _show_turns(options: argparse.Namespace, turns: tuple[Turn, ...]) -> None:
    if not options.json:
        for turn in turns:
            show(f"{'　你' if turn.who == 'collector' else '对方'}：{turn.text or '（没有说话）'}")
