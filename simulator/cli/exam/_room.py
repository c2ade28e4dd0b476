"""What the sub-commands of `exam` share: which hall, who is asking, which attempt."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import ExamError

if TYPE_CHECKING:
    from simulator.store.hall import Hall
    from simulator.training.exam.attempt import Attempt
    from simulator.training.exam.hall import Person, Role

HALL, SECRET = "PEILIAN_HALL", "PEILIAN_SECRET"


def hall_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hall",
        type=Path,
        metavar="文件夹",
        default=os.environ.get(HALL),
        help=f"考点的文件夹；默认看 {HALL}",
    )


def by_argument(parser: argparse.ArgumentParser, who: str = "考官") -> None:
    hall_argument(parser)
    parser.add_argument(
        "--by", required=True, metavar="代号", help=f"你是哪位{who}；口令放在 {SECRET}，不然会问你"
    )


def hall_folder(options: argparse.Namespace) -> Path:
    if options.hall is None:
        raise ExamError(f"没说是哪个考点：加 --hall 文件夹，或设好 {HALL}")
    return Path(options.hall)


def open_hall(options: argparse.Namespace) -> Hall:
    from simulator.store.hall import Hall

    return Hall(hall_folder(options))


def signed_in(hall: Hall, options: argparse.Namespace, *roles: Role) -> Person:
    """Who `--by` is, after the secret has been checked."""
    return hall.sign_in(options.by, _secret(), options.action, *roles)


def _secret() -> str:
    given = os.environ.get(SECRET)
    if given:
        return given
    if not sys.stdin.isatty():
        raise ExamError(f"要口令：放在环境变量 {SECRET} 里，或在终端上运行")
    from getpass import getpass

    return getpass("口令：")


def read_record(hall: Hall, attempt: str) -> Attempt:
    from simulator.training.exam.attempt import read_attempt

    with hall.open_record(attempt) as record:
        return read_attempt(record.entries)
