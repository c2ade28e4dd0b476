"""学习记录：把考试写成 xAPI 语句，每行一条，可以送进任何学习记录库（LRS）。

每一轮、每处违规、每通电话和整场考试各有语句；人只写考号。
"""

from __future__ import annotations

import argparse

from simulator.cli.report import DONE, USAGE, emit, tell
from simulator.cli.results.common import add_selection, opened, selection

NAME = "xapi"
HELP = "写 xAPI 语句（JSON 行）"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_selection(parser)
    parser.add_argument(
        "--centre",
        required=True,
        metavar="网址",
        help="考点自己的网址，语句里的 id 都在它下面，如 https://exam.example.cn",
    )
    parser.add_argument("--xapi-version", choices=("1.0.3", "2.0.0"), default="1.0.3", help="写哪一版的语句")


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.proof import read_chain
    from simulator.training.exam.xapi import is_address, moments_of, statements

    if not is_address(options.centre):
        tell(f"peilian：“{options.centre}”不是网址；要像 https://exam.example.cn 这样")
        return USAGE
    with opened(options) as results:
        for sat in results.ledger(selection(options)).sat:
            entries, _ = read_chain(results.record(sat.id).encode())
            attempt = read_attempt(entries)
            for statement in statements(attempt, moments_of(entries), options.centre, options.xapi_version):
                emit(statement)
    return DONE
