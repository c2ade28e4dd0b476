"""检查内容文件：哪里不对、为什么、怎么改，一次全说完。"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.report import DONE, FOUND_WRONG, emit, render, show, tell

NAME = "lint"
HELP = "检查角色、情境、规则、评分表文件"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", type=Path, help="文件或文件夹")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.library import Library, user_folder
    from simulator.authoring.lint import lint
    from simulator.dialogue.plain import to_plain

    problems, count = lint(options.path, Library(user_folder()))
    for problem in problems:
        if options.json:
            emit(to_plain(problem))
        else:
            show(render(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    tell(f"看了 {count} 个文件，{errors} 处错误，{len(problems) - errors} 处提醒。")
    return FOUND_WRONG if errors else DONE
