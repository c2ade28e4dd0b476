"""把成立的申诉变成测试：改判的那几通写成通话测试，放进 tests/calls；规则改对以前，它们是不过的。"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, show

NAME = "rule-test"
HELP = "把成立的申诉变成规则的测试"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("tests/calls"),
        metavar="文件夹",
        help="写到哪里；不写就是 tests/calls",
    )
    by_argument(parser, "出题人")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.appeal_tests import appeal_tests
    from simulator.authoring.stage import ExamStage
    from simulator.errors import StorageError
    from simulator.store.whole import write_whole
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        person = signed_in(hall, options, Role.AUTHOR)
        attempt = read_record(hall, options.attempt)
        hall.showed(person.id, attempt.id, "rule-test")
    for name, text in appeal_tests(attempt, ExamStage()):
        path = options.out / name
        if path.exists():
            raise StorageError(f"{path} 已经有了，不会盖掉它；先看看，再移开")
        write_whole(path, text)
        show(str(path))
    return DONE
