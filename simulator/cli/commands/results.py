"""考试成绩：收进成绩库，出班级表、题目统计、班级报告、证书和学习记录，定合格线。

成绩库默认在用户文件夹里，用 --db 或 PEILIAN_RESULTS 换成别的文件或 postgresql:// 地址。
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

NAME = "results"
HELP = "成绩：班级表、统计、合格线、证书"


def arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(
        dest="what", metavar="做什么", title="做什么", required=True, parser_class=type(parser)
    )
    for name, module in _parts().items():
        part = below.add_parser(name, help=module.HELP, description=module.__doc__)
        module.arguments(part)
        part.set_defaults(part=module.run)


def run(options: argparse.Namespace) -> int:
    result: int = options.part(options)
    return result


def _parts() -> dict[str, ModuleType]:
    from simulator.cli.results import (
        certify,
        class_report,
        imports,
        items,
        listing,
        sheet,
        standard,
        verify,
        withdraw,
        xapi,
    )

    modules = (imports, listing, sheet, items, class_report, standard, certify, verify, withdraw, xapi)
    return {module.NAME: module for module in modules}
