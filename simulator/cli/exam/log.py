"""考点日志：谁在什么时候做了什么。"""

from __future__ import annotations

import argparse
import json

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, show

NAME = "log"
HELP = "考点日志"
HIDDEN = ("secret", "public", "blueprint", "contents", "offers", "seed")


def arguments(parser: argparse.ArgumentParser) -> None:
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        for entry in hall.log:
            body = {key: value for key, value in entry.content.items() if key not in HIDDEN}
            shown = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
            show(f"{entry.n:>5} {entry.at.astimezone():%Y-%m-%d %H:%M:%S} {entry.kind:<8} {shown}")
    return DONE
