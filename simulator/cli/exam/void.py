"""作废一份考试，理由写明。记录不会删掉。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, tell

NAME = "void"
HELP = "作废一份考试"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--why", required=True, metavar="理由")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.hall import Role
    from simulator.training.exam.review import void_entry

    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        person = signed_in(hall, options, Role.EXAMINER)
        attempt = read_attempt(record.entries)
        record.add(void_entry(attempt, person.id, options.why), after=attempt.entries)
        tell(f"{options.attempt} 作废了，记录还在。")
    return DONE
