"""班级表：.xlsx 有四页（成绩、逐通、违规、题目统计），.csv 只有成绩一页。

谁写的名字、说的话都当文字，不会变成公式。
"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.report import DONE, USAGE, tell
from simulator.cli.results.common import add_selection, chosen

NAME = "sheet"
HELP = "写班级表（.xlsx 或 .csv）"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="以 .xlsx 或 .csv 结尾")
    add_selection(parser)
    parser.add_argument("--no-names", action="store_true", help="不写姓名，只写考号")


def run(options: argparse.Namespace) -> int:
    from simulator.store.sheets import csv_of, xlsx_of
    from simulator.store.whole import write_whole
    from simulator.training.exam.analysis import analyse
    from simulator.training.exam.class_sheet import breach_table, call_table, class_table, item_table

    kind = options.file.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        tell(f"peilian：不会写 {options.file.name}；文件名要以 .xlsx 或 .csv 结尾")
        return USAGE
    ledger = chosen(options)
    first = class_table(ledger, names=not options.no_names)
    if kind == ".csv":
        write_whole(options.file, csv_of(first))
    else:
        rest = (call_table(ledger), breach_table(ledger), item_table(analyse(ledger)))
        write_whole(options.file, xlsx_of((first, *rest)))
    tell(f"班级表写到了 {options.file}，{len(ledger.sat)} 份成绩")
    return DONE
