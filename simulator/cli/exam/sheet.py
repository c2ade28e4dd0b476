"""打印一张第二遍评分用的空白表：通话和要评的每一项，不显示机器或别人给的分。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, show

NAME = "sheet"
HELP = "打印第二遍评分的空白表"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    by_argument(parser, "阅卷人")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.marking_sheet import second_sheet
    from simulator.training.exam.hall import Role
    from simulator.training.exam.review import may_second_mark

    with open_hall(options) as hall:
        person = signed_in(hall, options, Role.MARKER)
        attempt = read_record(hall, options.attempt)
        may_second_mark(attempt, person.id, looked=(person.id, attempt.id) in hall.state.looks)
    show(second_sheet(attempt).rstrip("\n"))
    return DONE
