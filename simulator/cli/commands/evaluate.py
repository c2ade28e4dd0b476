"""耳朵听得准不准：拿一份标好的语料，逐个行为、逐条规则报准确率、召回率，并和关键词过滤比一比。"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.report import DONE, emit, show, table
from simulator.errors import StorageError

if TYPE_CHECKING:
    from simulator.reading.evaluate import Count, Figures

NAME = "evaluate"
HELP = "在标注语料上量耳朵的准确度"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, help="一个标注文件（JSON Lines），或放着它们的文件夹")
    parser.add_argument(
        "--second", type=Path, metavar="文件", help="第二个人对同样句子的标注，逐条算一致性 κ"
    )
    parser.add_argument(
        "--worst", type=int, default=10, metavar="N", help="列出几句听错的（默认 10；密封的语料写 0）"
    )
    parser.add_argument(
        "--letters", action="store_true", help="再和只看字串、没有短语的模型比（当场训练，要几分钟）"
    )
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.evaluation import compare_raters, evaluate, letters_only, read_lines

    lines = read_lines(options.corpus)
    if not lines:
        raise StorageError(f"{options.corpus} 里没有标好的句子")
    result = evaluate(lines, letters_only() if options.letters else None)
    agreement = compare_raters(lines, read_lines(options.second)) if options.second else {}
    if options.json:
        emit({name: _plain(figures) for name, figures in result.figures.items()} | {"kappa": agreement})
        return DONE
    show("\n".join(_report(result.figures, agreement)))
    for line, why in result.wrong[: options.worst]:
        show(f"  {line.id}：{line.text}\n    {why}")
    return DONE


NAMES = {
    "ear": "这只耳朵",
    "disturbed": "同样的句子改头换面以后",
    "keywords": "关键词过滤",
    "letters": "只看字串的模型",
}


def _report(all_figures: Mapping[str, Figures], agreement: Mapping[str, Any]) -> Iterator[str]:
    for name, figures in all_figures.items():
        yield f"{NAMES[name]}（{figures.lines} 句）"
        if figures.acts:
            low, high = figures.macro_interval
            yield f"  言语行为 macro-F1　{figures.macro:.3f}（95% 区间 {low:.3f}–{high:.3f}）"
        yield f"  有没有违规：召回　{_share(figures.breach_recall, figures.breach_interval)}"
        yield f"  认对是哪一条　{figures.right_rule:.1%}"
        yield f"  合规的话被误判　{_share(figures.lawful_flagged, figures.lawful_interval)}，形近句 {figures.twins_flagged:.1%}"
        yield f"  合规的话被判红线　{figures.fatal_on_lawful} 句"
    yield ""
    ear = all_figures["ear"]
    rows = [("", "准确率", "召回率", "F1", "句数"), *_rows(ear.acts), *_rows(ear.rules)]
    yield table(rows)
    yield ""
    yield "最常混的：" + "；".join(
        f"{missed} → {given} {times} 次" for missed, given, times in ear.confusions
    )
    for label, kappa in agreement.items():
        yield f"  κ {label}　{kappa:.2f}"


def _rows(counts: Mapping[str, Count]) -> Iterator[tuple[str, ...]]:
    for label, count in sorted(counts.items(), key=lambda item: item[1].f1):
        yield (
            label,
            f"{count.precision:.2f}",
            f"{count.recall:.2f}",
            f"{count.f1:.2f}",
            str(count.hit + count.missed),
        )


def _share(share: float, interval: tuple[float, float]) -> str:
    return f"{share:.1%}（{interval[0]:.1%}–{interval[1]:.1%}）"


def _plain(figures: Figures) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(figures)
