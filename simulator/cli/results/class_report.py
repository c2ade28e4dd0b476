"""班级报告：一页可以打印的网页，说这个班栽在哪几条规则、哪几项上；不写任何人的名字。"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.report import DONE, tell
from simulator.cli.results.common import add_selection, chosen

NAME = "report"
HELP = "写班级报告（网页）"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="网页的文件名")
    add_selection(parser)
    parser.add_argument("--title", metavar="标题", help="不写就用班组和考试的名字")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.class_report import class_report_html
    from simulator.store.whole import write_whole
    from simulator.training.exam.analysis import analyse

    ledger = chosen(options)
    title = options.title or options.group or "、".join(sorted({sat.exam_title for sat in ledger.sat}))
    write_whole(options.file, class_report_html(analyse(ledger), title))
    tell(f"班级报告写到了 {options.file}")
    return DONE
