"""收一场考试：以后没有人能再开考，考着的接着考完。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, tell

NAME = "close"
HELP = "收一场考试，不再有人开考"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("exam", metavar="考试")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        hall.close_exam(options.by, options.exam)
        tell(f"{options.exam} 收了。")
    return DONE
