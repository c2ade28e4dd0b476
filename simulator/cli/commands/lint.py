"""检查内容文件：哪里不对、为什么、怎么改，一次全说完。每一种问题都可以用 peilian explain 查看详情。"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, FOUND_WRONG, emit, render, show, tell

if TYPE_CHECKING:
    from simulator.errors import Diagnostic

NAME = "lint"
HELP = "检查角色、情境、规则、评分表文件"
FORMATS = ("text", "json", "sarif")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", type=Path, metavar="路径", help="文件或文件夹")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="text 给人看；json 每行一个对象；sarif 给代码平台"
    )
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="就是 --format json"
    )


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.library import Library, user_folder
    from simulator.authoring.lint import lint

    problems, count = lint(options.path, Library(user_folder()))
    _show(problems, options.format, options.lang)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if options.lang == "en":
        tell(f"{count} files, {errors} errors, {warnings} warnings.")
    else:
        tell(f"看了 {count} 个文件，{errors} 处错误，{warnings} 处提醒。")
    return FOUND_WRONG if errors else DONE


def _show(problems: Sequence[Diagnostic], form: str, language: str) -> None:
    from simulator.authoring.diagnostics import in_language
    from simulator.dialogue.plain import to_plain

    if form == "sarif":
        from simulator.authoring.desk import program_version
        from simulator.authoring.sarif import to_sarif

        emit(to_sarif(problems, program_version(), language))
        return
    for problem in problems:
        said = in_language(problem, language)
        if form == "json":
            emit(to_plain(said))
        else:
            show(render(said, language))
