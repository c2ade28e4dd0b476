"""给蓝图能抽到的每个情境模拟出难度，存进用户文件夹，以后抽卷子按它配平。内容没变的不重做。"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, show, tell
from simulator.errors import ExamError

if TYPE_CHECKING:
    from pathlib import Path

NAME = "figures"
HELP = "模拟每个情境的难度，给抽卷子用"
SEED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("blueprint", metavar="蓝图", help="组卷蓝图的 id，或文件的路径")
    parser.add_argument("--runs", type=int, default=100, metavar="N", help="每种水平的学员打几通（默认 100）")


def run(options: argparse.Namespace) -> int:
    import json

    from simulator.authoring.blueprint_file import find_blueprint
    from simulator.authoring.stage import FIGURES, ExamStage, read_figures
    from simulator.store.whole import write_whole

    if options.runs < 1:
        raise ExamError("--runs 至少是 1")
    stage = ExamStage()
    path = stage.desk.home / FIGURES
    figures = read_figures(path)
    for offer in stage.drawable(find_blueprint(stage.desk.library, options.blueprint)):
        digest = stage.figure_digest(offer.scenario)
        if figures.get(offer.scenario, {}).get("digest") == digest:
            continue
        hard = _simulated(offer.scenario, options.runs, stage.desk.home)
        figures[offer.scenario] = {"digest": digest, "difficulty": hard}
        write_whole(
            path, json.dumps(figures, indent=1, sort_keys=True) + "\n"
        )  # each at once: it takes minutes
        show(f"{offer.scenario} {hard / 100:+.2f}")
    tell(f"难度存在 {path}。")
    return DONE


def _simulated(scenario: str, runs: int, home: Path) -> int:
    """In hundredths of a logit."""
    from simulator.authoring.proof.simulate import difficulty_of, result_of, run_all, tasks
    from simulator.authoring.proof.trainees import SKILLS

    skills = [skill.id for skill in SKILLS if skill.ability is not None]
    calls = list(run_all(tasks(scenario, skills, runs, SEED, home)))
    results = [
        result_of(skill, [one for task, some in calls if task.skill == skill for one in some])
        for skill in skills
    ]
    return round(100 * difficulty_of(scenario, results, runs, SEED).logit)
