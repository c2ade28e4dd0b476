"""按组卷蓝图开一场考试。开考以后内容不能再换：换了，没开始的人就开不了考。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, tell

NAME = "open"
HELP = "按蓝图开一场考试"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("blueprint", metavar="蓝图", help="组卷蓝图的 id，或文件的路径")
    parser.add_argument("--as", dest="id", metavar="代号", help="这场考试的代号；不写就用蓝图的 id")
    by_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.blueprint_file import find_blueprint
    from simulator.authoring.stage import ExamStage
    from simulator.training.exam.drawing import draw
    from simulator.training.exam.hall import Role

    stage = ExamStage()
    blueprint = find_blueprint(stage.desk.library, options.blueprint)
    offers = stage.drawable(blueprint)
    draw(
        blueprint, offers, 0
    )  # a blueprint that yields no forms is found out now, not by the first candidate
    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        contents = stage.contents(offer.scenario for offer in offers)
        exam = hall.open_exam(options.by, blueprint, options.id or blueprint.id, contents, offers)
        tell(f"考试“{blueprint.title}”开了，代号 {exam.id}：{blueprint.calls} 通，{blueprint.minutes} 分钟。")
        tell(f"给考生发座位码：peilian exam seat 考生代号 --by {options.by}")
    return DONE
