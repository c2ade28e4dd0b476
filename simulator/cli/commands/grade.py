"""从通话记录重新打分：同样的记录，在哪台机器上都是同样的成绩单。

记录里的成绩单若是用别的版本打的，新旧并排给出，每一处变动都列明。
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from simulator.cli.inputs import lines_of
from simulator.cli.report import DONE, emit, show, tell

NAME = "grade"
HELP = "从通话记录重新打分"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("transcript", metavar="记录", help="play --out 存下的文件；- 是标准输入")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--html", type=Path, metavar="文件", help="把成绩单写成一页可以打印的网页")


def run(options: argparse.Namespace) -> int:
    from scoring.compare import compare
    from simulator.authoring.desk import Desk, program_version
    from simulator.training.record import read_record, scorecard_event

    with lines_of(options.transcript) as lines:
        record = read_record(lines, options.transcript)
    scorecard = Desk().grade(record.transcript, record.versions)
    card = scorecard.to_json()
    installed = {**card["versions"], "program": program_version()}
    compared = compare(record.scorecard, card, installed) if record.scorecard is not None else None
    if options.html:
        from simulator.authoring.report import report_html

        _write(options, report_html(record.transcript, scorecard, compared))
    if options.json:
        emit({**scorecard_event(card), **({"compared": compared} if compared else {})})
    elif not options.html:
        from simulator.cli.scorecard_text import scorecard_text

        show(scorecard_text(scorecard))
        if compared:
            from simulator.cli.compared_text import compared_text

            show(compared_text(compared))
    return DONE


def _write(options: argparse.Namespace, page: str) -> None:
    """Raises StorageError; never over the record itself."""
    from simulator.errors import StorageError
    from simulator.store.whole import write_whole

    record, path = options.transcript, options.html
    if os.path.exists(record) and os.path.exists(path) and os.path.samefile(record, path):
        raise StorageError(f"{path} 是通话记录本身，不能拿成绩单盖掉它；换个文件名")
    write_whole(path, page)
    tell(f"成绩单写到了 {path}")
