"""把内容文件整理成一个样子：名字的顺序、缩进、换行。话和注释一字不动；整理两遍和一遍一样。"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.report import DONE, FOUND_WRONG, render, show, tell

NAME = "format"
HELP = "整理内容文件的写法，不改内容"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", type=Path, metavar="路径", help="文件或文件夹")
    parser.add_argument("--check", action="store_true", help="只看哪些要整理，不动文件；有就以 1 退出")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.lint import content_files

    files = [file for path in options.path for file in content_files(path)]
    found = [_format(file, options.check, options.lang) for file in files]
    changed, broken = found.count("changed"), found.count("broken")
    doing = "要整理" if options.check else "整理了"
    tell(f"看了 {len(files)} 个文件，{doing} {changed} 个" + (f"，{broken} 个动不了。" if broken else "。"))
    return FOUND_WRONG if broken or (options.check and changed) else DONE


def _format(file: Path, check: bool, language: str) -> str:
    """What came of one file: `same`, `changed` or `broken`."""
    from simulator.authoring.diagnostics import in_language
    from simulator.authoring.formatter import UnformattableError, format_text
    from simulator.authoring.lint import open_source
    from simulator.store.whole import write_whole

    source = open_source(file)
    try:
        text = None if source.problems else format_text(source)
    except UnformattableError as error:
        tell(f"{file}：{error}")
        return "broken"
    if text is None:
        tell(*(render(in_language(problem, language), language) for problem in source.problems))
        return "broken"
    if text == source.text:
        return "same"
    if not check:
        write_whole(file, text)
    show(str(file))
    return "changed"
