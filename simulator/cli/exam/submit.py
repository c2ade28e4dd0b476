"""交卷：考生自己交（座位码），或考官收（口令、理由）。交了就封存、评分，打印回执。"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.cli.exam._line import code_argument
from simulator.cli.exam._room import hall_argument, open_hall, signed_in
from simulator.cli.report import DONE

if TYPE_CHECKING:
    from simulator.store.hall import Hall

NAME = "submit"
HELP = "交卷、收卷"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("--by", metavar="代号", help="考官收卷时写自己的代号；不写就是考生自己交")
    parser.add_argument("--why", default="", metavar="理由", help="考官为什么收")
    code_argument(parser)
    hall_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.stage import ExamStage
    from simulator.cli.exam._line import finish
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.sitting import Sitting

    stage = ExamStage()
    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        by = _who(hall, options, read_attempt(record.entries).candidate.id)
        sitting = Sitting(record, stage, hall.now)
        sitting.submit(by, options.why)
        finish(sitting, record, stage)
    return DONE


def _who(hall: Hall, options: argparse.Namespace, candidate: str) -> str:
    from simulator.cli.exam._line import code_of
    from simulator.errors import ExamError
    from simulator.training.exam.hall import Role

    if options.by is None:
        hall.redeem(candidate, code_of(options), f"submit {options.attempt}")
        return "candidate"
    if not options.why:
        raise ExamError("考官收卷要写理由：--why")
    return signed_in(hall, options, Role.EXAMINER).id
