"""成绩库里有哪些成绩。"""

from __future__ import annotations

import argparse

from simulator.cli.report import DONE, emit, show, table
from simulator.cli.results.common import add_selection, chosen

NAME = "list"
HELP = "列出成绩"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_selection(parser)
    parser.add_argument("--no-names", action="store_true", help="不写姓名，只写考号")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.dialogue.safe import safe
    from simulator.training.exam.blueprint import shown_points
    from simulator.training.exam.class_sheet import STATES, moment, verdict_of
    from simulator.training.exam.ledger import short_id

    ledger = chosen(options)
    if options.json:
        for sat in ledger.sat:
            emit(
                {
                    "id": sat.id,
                    "exam": sat.exam,
                    "blueprint": sat.blueprint,
                    "candidate": sat.candidate,
                    **({} if options.no_names else {"name": sat.name}),
                    "group": sat.group,
                    "number": sat.number,
                    "passed": sat.passed,
                    "points": sat.points,
                    "cut": sat.cut,
                    "state": sat.state,
                    "supervised": sat.supervised,
                    "practice": sat.practice,
                    "submitted": sat.submitted.isoformat(),
                    "head": sat.head,
                }
            )
        return DONE
    rows = [
        (
            short_id(sat.id),
            *([] if options.no_names else [safe(sat.name)]),
            safe(sat.group),
            verdict_of(sat),
            f"{shown_points(sat.points)}/{shown_points(sat.cut)}",
            STATES[sat.state],
            moment(sat.submitted),
        )
        for sat in ledger.sat
    ]
    show(table(rows))
    return DONE
