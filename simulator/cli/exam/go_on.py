"""考官让暂停的考试继续。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument
from simulator.cli.report import tell

NAME = "go-on"
HELP = "考官让暂停的考试继续"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--why", default="", metavar="说明")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.cli.exam._orders import ordered

    done = ordered(options, lambda sitting, by: sitting.go_on(by, options.why))
    tell(f"{options.attempt} 继续，停着的时间不算。")
    return done
