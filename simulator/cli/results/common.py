"""What the parts of `results` share: which database, which attempts, the wall clock."""

from __future__ import annotations

import argparse
import os
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.store.keys import PublicKey
    from simulator.store.results.results import Results, Selection
    from simulator.training.exam.ledger import Ledger

DB = "PEILIAN_RESULTS"


def now() -> datetime:
    return datetime.now(UTC)


def add_db(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--db",
        metavar="成绩库",
        help=f"文件名，或 postgresql://…；不写就看 {DB}，再不然是用户文件夹里的 results.db",
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    add_db(parser)
    parser.add_argument(
        "--exam", default="", metavar="考试", help="只要这场考试（考点起的代号或组卷蓝图的 id）"
    )
    parser.add_argument("--group", default="", metavar="班组", help="只要这个班组")
    parser.add_argument("--candidate", default="", metavar="考号", help="只要这位考生")


def opened(options: argparse.Namespace) -> AbstractContextManager[Results]:
    from simulator.authoring.library import user_folder
    from simulator.store.results.results import Results

    where = options.db or os.environ.get(DB) or str(user_folder() / "results.db")
    return closing(Results(where, now()))


def selection(options: argparse.Namespace) -> Selection:
    from simulator.store.results.results import Selection

    return Selection(options.exam, options.group, options.candidate)


def chosen(options: argparse.Namespace) -> Ledger:
    """Everything of the wanted attempts. Raises RecordError when there is none."""
    from simulator.errors import RecordError

    with opened(options) as results:
        ledger = results.ledger(selection(options))
    if not ledger.sat:
        raise RecordError(
            "成绩库里没有这样的成绩；先用 results import 收进来，或放宽 --exam、--group、--candidate"
        )
    return ledger


def add_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key",
        action="append",
        required=True,
        type=Path,
        metavar="公钥",
        help="考点的公钥（centre.pub），可以给几把",
    )


def public_keys(options: argparse.Namespace) -> list[PublicKey]:
    from simulator.store.keys import load_public

    return [load_public(path) for path in options.key]
