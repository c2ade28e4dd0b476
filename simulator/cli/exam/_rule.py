"""Adjudications and decisions come from the same kind of sheet, and both end in a new result."""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, show


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("sheet", type=Path, metavar="裁定表", help="exam rulings 打印出来、填好的文件")
    by_argument(parser)


def ruled(options: argparse.Namespace, *, decision: bool) -> int:
    from simulator.authoring.library import read_source
    from simulator.authoring.marking_sheet import read_rulings
    from simulator.authoring.stage import ExamStage
    from simulator.cli.exam._marking import result_text
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.hall import Role
    from simulator.training.exam.review import may_rule, rulebook_of, ruling_entry

    stage = ExamStage()
    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        person = signed_in(hall, options, Role.EXAMINER)
        attempt = read_attempt(record.entries)
        may_rule(attempt, person.id, decision=decision)
        sheet = read_source(options.sheet)
        upheld, why, rulings = read_rulings(sheet, attempt, rulebook_of(attempt, stage), decision=decision)
        entry = ruling_entry(attempt, person.id, upheld if decision else None, why, rulings, stage)
        record.add(entry, after=attempt.entries)
        show(result_text(read_attempt(record.entries)))
    return DONE
