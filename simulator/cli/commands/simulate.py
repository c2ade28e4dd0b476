"""让几种水平的学员把一个情境打上很多遍：各有几成能过，断在哪里，一个数说明有多难。

难度用对数单位，所有情境在同一把尺子上：水平等于难度的学员，两通里过一通；水平高出 1，胜算是 2.7 倍。
尺子上的学员：新手 −2，学了一阵的 −1，稳当的 0，用心的 1，老手 2。数越大越难。
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, USAGE, emit, progress, show, table, tell

if TYPE_CHECKING:
    from simulator.authoring.proof.simulate import Difficulty, SkillResult

NAME = "simulate"
HELP = "让几种水平的学员打很多遍：通过率、断在哪里、有多难"
SHOWN_DEATHS = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("scenario", help="情境的 id，或情境文件的路径")
    parser.add_argument("--runs", type=int, default=100, metavar="N", help="每种学员打几通（默认 100）")
    parser.add_argument("--seed", type=int, default=1, help="种子：同样的种子和次数，得到同样的结果")
    parser.add_argument("--skill", nargs="+", metavar="学员", help="只要这几种学员；不给就是全部")
    parser.add_argument("--json", action="store_true", help="每种学员一个 JSON 对象，最后一个是难度")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.library import Library, user_folder
    from simulator.authoring.proof.simulate import Played, difficulty_of, result_of, run_all, tasks
    from simulator.authoring.proof.trainees import SKILLS
    from simulator.authoring.shapes import nearest
    from simulator.dialogue.plain import to_plain
    from simulator.errors import UnknownNameError

    known = [skill.id for skill in SKILLS]
    skills = options.skill or known
    for name in skills:
        if name not in known:
            raise UnknownNameError("学员", name, nearest(name, known) or known)
    if options.runs < 1:
        tell("peilian：--runs 至少是 1")
        return USAGE
    home = user_folder()
    Library(home).scenario(options.scenario)
    begun = time.monotonic()
    played: dict[str, list[Played]] = {name: [] for name in skills}
    todo = tasks(options.scenario, skills, options.runs, options.seed, home)
    for number, (task, calls) in enumerate(run_all(todo), 1):
        played[task.skill] += calls
        progress(number, len(todo))
    results = [result_of(name, played[name]) for name in skills]
    hard = None if options.skill else difficulty_of(options.scenario, results, options.runs, options.seed)
    if options.json:
        for result in results:
            emit(to_plain(result))
        if hard:
            emit(to_plain(hard))
    else:
        _show(results, hard)
    total = options.runs * len(skills)
    tell(f"打了 {total} 通，每秒 {total / (time.monotonic() - begun):.0f} 通。")
    return DONE


def _show(results: Sequence[SkillResult], hard: Difficulty | None) -> None:
    from simulator.authoring.proof.trainees import SKILLS

    titles = {skill.id: skill.title for skill in SKILLS}
    rows = [("学员", "", "通过", "95% 区间", "平均轮数", "平均分")]
    for one in results:
        share = f"{100 * one.passed / one.runs:.0f}%"
        between = f"{100 * one.low:.0f}–{100 * one.high:.0f}%"
        rows.append((one.skill, titles[one.skill], share, between, f"{one.turns:.1f}", f"{one.total:.0f}"))
    show(table(rows))
    for one in results:
        if one.deaths:
            worst = "；".join(
                f"{death.state} 里说 {death.act}（{death.calls} 通）" for death in one.deaths[:SHOWN_DEATHS]
            )
            show(f"{titles[one.skill]}没过的，最后断在：{worst}")
    if hard:
        show(f"难度 {hard.logit:+.2f}（误差 ±{hard.error:.2f}；0 是稳当的学员两通过一通，越大越难）")
