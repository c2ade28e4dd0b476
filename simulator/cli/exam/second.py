"""交第二遍评分。交了就不能改，和机器的不同处由考官裁定。"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, tell

NAME = "second"
HELP = "交第二遍评分"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument("sheet", type=Path, metavar="评分表", help="exam sheet 打印出来、填好的文件")
    by_argument(parser, "阅卷人")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.library import read_source
    from simulator.authoring.marking_sheet import read_second
    from simulator.authoring.stage import ExamStage
    from simulator.training.exam.attempt import read_attempt
    from simulator.training.exam.hall import Role
    from simulator.training.exam.review import may_second_mark, rulebook_of, second_entry

    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        person = signed_in(hall, options, Role.MARKER)
        attempt = read_attempt(record.entries)
        may_second_mark(attempt, person.id, looked=(person.id, attempt.id) in hall.state.looks)
        rulebook = rulebook_of(attempt, ExamStage())
        marks = read_second(read_source(options.sheet), attempt, rulebook)
        record.add(second_entry(person.id, marks), after=attempt.entries)
        tell(f"{options.attempt} 的第二遍评分交了，谢谢。")
    return DONE
