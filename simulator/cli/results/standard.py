"""定合格线：按评委的评分（Angoff 法两轮，或边界回归法）算出合格线和它的标准误。

评委太少、评分不全就不给合格线，并说还缺什么。文件怎么写见 docs/results.zh-CN.md。
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, FOUND_WRONG, emit, show, table, tell
from simulator.cli.results.common import add_db, now, opened

if TYPE_CHECKING:
    from simulator.training.exam.panel import CutScore, Panel

NAME = "standard"
HELP = "定合格线（Angoff、边界回归）"
METHODS = {"angoff": "Angoff 法", "borderline-regression": "边界回归法"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="定线的 YAML 文件")
    parser.add_argument("--blank", action="store_true", help="先写一张空的评分表格，给评委填")
    parser.add_argument("--keep", action="store_true", help="把合格线存进成绩库，和用它的成绩连在一起")
    add_db(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.panel_file import read_panel
    from simulator.training.exam.standard import cut_score, shortcomings

    if options.blank:
        return _write_blank(options.file)
    with ExitStack() as stack:
        results = stack.enter_context(opened(options)) if options.keep or options.db else None
        panel = read_panel(options.file, results.total) if results else read_panel(options.file)
        gaps = shortcomings(panel)
        if gaps:
            for line in _so_far(panel):
                tell(line)
            tell(*(f"peilian：还不能定合格线：{gap}" for gap in gaps))
            return FOUND_WRONG
        cut = cut_score(panel)
        if options.json:
            emit({"event": "cut-score", **cut.to_json()})
        else:
            show(_text(cut))
        if results and options.keep:
            digest = results.standards.keep(cut.to_json(), now())
            tell(f"存进了成绩库：{digest[:16]}")
            others = results.standards.judged_otherwise(digest)
            if others:
                tell(f"注意：有 {others} 份成绩的蓝图写的是这次定线，用的合格线却不是它；查一查蓝图里的 cut")
    return DONE


def _write_blank(file: Path) -> int:
    """Never over a sheet that is there."""
    from simulator.authoring.panel_file import blank_sheet
    from simulator.errors import StorageError
    from simulator.store.whole import write_whole

    path, content = blank_sheet(file)
    if path.exists():
        raise StorageError(f"{path} 已经有了，不会盖掉它；要重来就先把它移开")
    write_whole(path, content)
    tell(f"空表写到了 {path}；评委填好“份额”（0 到 100），第二轮讨论以后再填")
    return DONE


def _so_far(panel: Panel) -> Iterator[str]:
    """What the first round gave, for the panel to talk about."""
    from simulator.training.exam.angoff import judge_cuts

    cuts = judge_cuts(panel, 1)
    if cuts:
        given = "，".join(f"{judge} {cut:.1f}" for judge, cut in sorted(cuts.items()))
        yield f"第一轮各评委的线：{given}"


def _text(cut: CutScore) -> str:
    from simulator.training.exam.blueprint import shown_points as points

    head = [
        ("合格线", f"{points(cut.cut)} 分（满分 100）"),
        ("标准误", f"{points(cut.error)} 分"),
        ("办法", METHODS[cut.method.value]),
        ("评委", f"{len(cut.judges)} 位：{'、'.join(cut.judges)}"),
        ("考试", cut.exam),
        ("定线日", cut.held.isoformat()),
        ("刚好合格的人", cut.borderline),
    ]
    if cut.first is not None and cut.first_error is not None:
        head.insert(2, ("第一轮", f"{points(cut.first)} 分，标准误 {points(cut.first_error)} 分"))
    fit = "R²" if cut.method == "borderline-regression" else "评委的标准差"
    rows = [("情境", "评分项", "线", "标准误", "评分数", fit)]
    for part in cut.parts:
        fitted = points(part.fit)
        rows.append(
            (
                part.scenario,
                part.criterion or "整通",
                points(part.cut),
                points(part.error),
                str(part.n),
                fitted,
            )
        )
    own = "，".join(f"{judge} {points(value)}" for judge, value in cut.by_judge)
    return "\n\n".join([table(head), table(rows), *([f"各评委的线：{own}"] if own else []), _snippet(cut)])


def _snippet(cut: CutScore) -> str:
    """What the blueprint has to say, ready to be copied into it."""
    from simulator.training.exam.blueprint import shown_points as points

    on = cut.held.isoformat()
    return (
        "写进组卷蓝图：\n"
        f"cut: {points(cut.cut)}\n"
        f'standard: {{method: {cut.method.value}, judges: {len(cut.judges)}, error: {points(cut.error)}, on: "{on}"}}'
    )
