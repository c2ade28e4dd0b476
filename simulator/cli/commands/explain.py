"""说明一样东西：一种诊断、一条规则、一种言语行为、一项评分。看什么、为什么、例子、怎么改。"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, show

if TYPE_CHECKING:
    from simulator.authoring.explaining import Explained

NAME = "explain"
HELP = "说明一种诊断、一条规则、一种言语行为或一项评分"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", help="它的 id，例如 unknown-name、verify-identity；中文名也行")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.explaining import explain
    from simulator.authoring.library import Library, user_folder

    found = explain(options.id, Library(user_folder()), options.lang)
    show("\n\n".join(_text(explained) for explained in found))
    return DONE


def _text(explained: Explained) -> str:
    lines = [explained.title]
    for head, words in explained.paragraphs:
        lines += ["", f"{head}", *(f"  {line}" for word in words for line in word.split("\n"))]
    return "\n".join(lines)
