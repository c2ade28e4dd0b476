"""考生申诉：在申诉期以内，写明不服哪里、为什么。要考官新发的座位码，证明是本人。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._line import code_argument, code_of
from simulator.cli.exam._room import hall_argument, open_hall
from simulator.cli.report import DONE, tell

NAME = "appeal"
HELP = "考生申诉"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--text", required=True, metavar="理由", help="不服哪里，为什么")
    code_argument(parser)
    hall_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.review import appeal_entry

    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        code = code_of(options)
        attempt = read_attempt(record.entries)
        appeal_entry(attempt, options.text, hall.now())  # what is not allowed does not cost the code
        hall.redeem(attempt.candidate.id, code, f"appeal {attempt.id}")
        record.refresh()
        attempt = read_attempt(record.entries)
        record.add(appeal_entry(attempt, options.text, hall.now()), after=attempt.entries)
        tell("申诉收到了，和考试记录存在一起；考点会写明理由答复。")
    return DONE
