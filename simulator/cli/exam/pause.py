"""考官暂停一份考试：时间停着，考生说不了话，等考官让它继续。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument
from simulator.cli.report import tell

NAME = "pause"
HELP = "考官暂停一份考试"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--why", required=True, metavar="理由")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.cli.exam._orders import ordered

    done = ordered(options, lambda sitting, by: sitting.pause(by, options.why))
    tell(f"{options.attempt} 暂停了。继续用 exam go-on。")
    return done
