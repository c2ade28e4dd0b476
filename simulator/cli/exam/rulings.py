"""打印一张裁定用的表：第二遍评分和机器不同、还没裁定的每一处；--decision 是答复申诉用的。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, show

NAME = "rulings"
HELP = "打印裁定用的表，列出评分不同的地方"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--decision", action="store_true", help="答复申诉用的表")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.marking_sheet import rulings_sheet
    from simulator.training.exam.differences import differences
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        person = signed_in(hall, options, Role.EXAMINER)
        attempt = read_record(hall, options.attempt)
        hall.showed(person.id, attempt.id, "differences")
    open_still = [found for found in differences(attempt) if found.ruling is None]
    show(rulings_sheet(attempt, open_still, decision=options.decision).rstrip("\n"))
    return DONE
