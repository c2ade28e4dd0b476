"""把封存的考试记录收进成绩库：先验明，再收。

同一份收几次都一样；记录后来有了申诉、裁定，再收一次就换成新的。验不过的不收。
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, FOUND_WRONG, emit, show, tell
from simulator.cli.results.common import add_db, add_keys, now, opened, public_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "import"
HELP = "把封存的考试记录收进成绩库"
SAID = {"new": "收进来了", "grown": "换成了更新的", "same": "已经有了"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("records", nargs="+", type=Path, metavar="记录", help="考试记录，或装着记录的文件夹")
    add_keys(parser)
    add_db(parser)
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.errors import RecordError
    from simulator.store.results.importing import import_record, proof_with, read_record

    prove = proof_with(*public_keys(options))
    refused = 0
    with opened(options) as results:
        for path in _files(options.records):
            try:
                content = read_record(path)
                proof = prove(content, str(path))
                kept = import_record(results, content, proof, now())
            except RecordError as error:
                tell(f"peilian：{error}")
                refused += 1
                continue
            if options.json:
                emit({"event": "import", "file": str(path), "kept": kept.value})
            else:
                show(f"{path.stem}：{SAID[kept.value]}")
    if refused:
        tell(f"有 {refused} 份没收")
    return FOUND_WRONG if refused else DONE


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        yield from sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
