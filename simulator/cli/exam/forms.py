"""看一个蓝图抽出来的卷子是不是一样难：抽若干套，列出每套的情境、平均可得分和平均难度。"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, emit, show, table, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.training.exam.blueprint import Blueprint, Form
    from simulator.training.exam.drawing import Offer

NAME = "forms"
HELP = "抽若干套卷子，比一比难度"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("blueprint", metavar="蓝图", help="组卷蓝图的 id，或文件的路径")
    parser.add_argument("--count", type=int, default=20, metavar="套数", help="抽几套")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.blueprint_file import find_blueprint
    from simulator.authoring.stage import ExamStage
    from simulator.dialogue.plain import to_plain
    from simulator.training.exam.drawing import draw

    stage = ExamStage()
    blueprint = find_blueprint(stage.desk.library, options.blueprint)
    offers = stage.drawable(blueprint)
    forms = [draw(blueprint, offers, seed) for seed in range(1, options.count + 1)]
    if options.json:
        for form in forms:
            emit(to_plain(form))
    else:
        show(table(_rows(forms)))
        _tell_spread(blueprint, offers, forms)
    return DONE


def _rows(forms: Sequence[Form]) -> list[tuple[str, ...]]:
    from simulator.training.exam.blueprint import shown_points

    rows: list[tuple[str, ...]] = [("种子", "可得分", "难度", "情境")]
    for form in forms:
        scenarios = " ".join(item.scenario for item in form.items)
        rows.append((str(form.seed), shown_points(form.reachable), shown_points(form.difficulty), scenarios))
    return rows


def _tell_spread(blueprint: Blueprint, offers: Sequence[Offer], forms: Sequence[Form]) -> None:
    from simulator.training.exam.blueprint import POINT, shown_points
    from simulator.training.exam.drawing import middle

    wanted = middle(blueprint, offers)
    for title, values, centre, tolerance in (
        ("平均可得分", [form.reachable for form in forms], wanted.reachable, blueprint.tolerance_points),
        ("平均难度", [form.difficulty for form in forms], wanted.difficulty, blueprint.tolerance_difficulty),
    ):
        tell(
            f"{title}：{shown_points(min(values))} 到 {shown_points(max(values))}，"
            f"中间 {centre / POINT:.2f}，容差 ±{shown_points(tolerance)}"
        )
    len({tuple(sorted(item.scenario for item in form.items)) for form in forms})
    if not all(offer.measured for offer in offers):
        tell("难度是作者写的档（1 到 5）；用 exam figures 模拟出来，就按模拟的难度配平。")
