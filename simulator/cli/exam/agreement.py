"""机器和人、人和人评得一不一样：每个评分项、每条规则的 κ 和 95% 区间；评过两遍的太少就不给数。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, read_record, signed_in
from simulator.cli.report import DONE, emit, show, table, tell

NAME = "agreement"
HELP = "评分的一致程度（κ）"
BETWEEN = {"human-machine": "人和机器", "human-human": "人和人"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("exam", nargs="?", metavar="考试", help="只看这一场")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.dialogue.plain import to_plain
    from simulator.training.exam.agreement import Kappa, agreements
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        begun = [one.id for one in hall.state.attempts.values() if options.exam in (None, one.exam)]
        found = agreements([read_record(hall, id) for id in begun])

    def row(item: Kappa) -> tuple[str, ...]:
        value = f"{item.kappa:.2f}" if item.kappa is not None else "—"
        bounds = f"{item.low:.2f} – {item.high:.2f}" if item.low is not None else item.refused or ""
        return (
            BETWEEN[item.between],
            item.id,
            str(item.n),
            str(item.calls),
            f"{item.agree:.0%}",
            value,
            bounds,
        )

    for item in found if options.json else ():
        emit(to_plain(item))
    if not options.json and found:
        show(table([("谁和谁", "项目", "单位数", "通数", "相同", "κ", "95% 区间"), *map(row, found)]))
    if not found:
        tell("还没有评过两遍的考试。")
    return DONE
