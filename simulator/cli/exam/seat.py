"""给考生发座位码。一个码用一次，十二小时内有效；再发一个，前一个就作废。断了要接着考，也发一个新的。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, show

NAME = "seat"
HELP = "给考生发单次有效的座位码"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("candidate", nargs="*", metavar="考生")
    parser.add_argument("--group", metavar="班", help="给整个班每人发一个")
    parser.add_argument("--seat", default="", metavar="座位", help="坐在哪里，例如 A3")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.errors import ExamError
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        people = hall.state.people.values()
        class_of = [
            one.id for one in people if one.here and one.role is Role.CANDIDATE and one.group == options.group
        ]
        wanted = [*options.candidate, *(class_of if options.group else ())]
        if not wanted:
            raise ExamError("没说给谁发：写考生的代号，或用 --group 班")
        alone = len(wanted) == 1 and not options.group
        for candidate in wanted:
            code = hall.issue_code(options.by, candidate, options.seat)
            show(code if alone else f"{candidate} {code}")
    return DONE
