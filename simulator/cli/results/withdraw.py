"""收回一张证书。它留在成绩库里，记着哪天、为什么收回。"""

from __future__ import annotations

import argparse

from simulator.cli.report import DONE, show
from simulator.cli.results.common import add_db, now, opened

NAME = "withdraw"
HELP = "收回证书"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="编号", help="证书编号")
    parser.add_argument("--because", required=True, metavar="理由", help="为什么收回")
    add_db(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.dialogue.safe import safe

    with opened(options) as results:
        results.certificates.withdraw(options.code, safe(options.because), now())
    show(f"{options.code} 已收回")
    return DONE
