"""接着考：窗口关了、机器断了电以后，从停下的那一句接着来。要考官新发的座位码。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._line import code_argument, code_of
from simulator.cli.exam._room import hall_argument, open_hall
from simulator.cli.report import DONE

NAME = "resume"
HELP = "断了以后接着考"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    code_argument(parser)
    hall_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.stage import ExamStage
    from simulator.cli.exam._line import sit
    from simulator.errors import ExamError
    from simulator.store.chain import Seat
    from simulator.store.hall import attempt_file
    from simulator.training.exam.attempt import read_attempt

    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        attempt = read_attempt(record.entries)
        if attempt.supervised:
            raise ExamError("这份是在考场里考的，只能在考场里接着考：由考官开 peilian serve")
        with Seat(attempt_file(hall.folder, attempt.id)):
            hall.redeem(attempt.candidate.id, code_of(options), f"resume {attempt.id}")
            sit(hall, record, ExamStage(), back=True)
    return DONE
