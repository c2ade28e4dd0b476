"""考官给一份考试加时。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument
from simulator.cli.report import tell

NAME = "extend"
HELP = "考官给一份考试加时"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--minutes", type=int, required=True, metavar="分钟")
    parser.add_argument("--why", required=True, metavar="理由")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.cli.exam._orders import ordered

    done = ordered(options, lambda sitting, by: sitting.extend(by, options.minutes, options.why))
    tell(f"{options.attempt} 加了 {options.minutes} 分钟。")
    return done
