"""给交了卷还没评分的记录评分：通常交卷时就评了，机器正好断电的才要补。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, show, tell

NAME = "mark"
HELP = "给交了卷的补评分"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", nargs="*", metavar="考试记录", help="不写就是所有没评分的")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.stage import ExamStage
    from simulator.cli.exam._marking import mark_record
    from simulator.training.exam.hall import Role

    stage = ExamStage()
    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        for id in options.attempt or list(hall.state.attempts):
            attempt = read_record(hall, id)
            if attempt.seal and not attempt.marked:
                with hall.open_record(id) as record:
                    mark_record(record, stage)
                show(id)
            elif options.attempt:
                tell(f"{id}：{'已经评过分了' if attempt.marked else '还没交卷'}")
    return DONE
