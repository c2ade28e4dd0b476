"""应考：在这个终端上考一场，一行一句。没有提示，不能回退，断了可以接着考。成绩会注明没有人监考。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._line import code_argument, code_of
from simulator.cli.exam._room import hall_argument, open_hall
from simulator.cli.report import DONE

NAME = "sit"
HELP = "应考：在这个终端上考一场"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("exam", metavar="考试")
    parser.add_argument("--as", dest="candidate", required=True, metavar="考生", help="你的代号")
    code_argument(parser)
    hall_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.stage import ExamStage, form_for
    from simulator.cli.exam._line import sit
    from simulator.errors import ExamError
    from simulator.store.chain import Seat
    from simulator.store.hall import attempt_file

    stage = ExamStage()
    with open_hall(options) as hall:
        exam = hall.state.exam(options.exam)
        if exam.blueprint.supervised:
            raise ExamError("这场考试只能在考场里考：由考官开 peilian serve，在考场的机器上进")
        person, seat = hall.redeem(options.candidate, code_of(options), f"sit {exam.id}")
        number = hall.next_number(exam, person)
        form = form_for(stage, exam, person.id, number)
        with hall.begin(exam, person, seat, form, supervised=False) as record:
            path = attempt_file(hall.folder, record.id)
            with Seat(path):
                sit(hall, record, stage, back=False)
    return DONE
