"""没听懂的话：把练习里谁也没听懂的话按样子归到一起，标一次，一样的都算标了。

列出来（list）、标注（label）、看看要是认了这些标注，以前的成绩会怎么变（effect）、导出成语料（export）。
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.report import DONE, emit, show, table, tell

if TYPE_CHECKING:
    from simulator.authoring.desk import Desk
    from simulator.authoring.inbox import Group, Kept, Label
    from simulator.authoring.inbox_labels import Effect

NAME = "inbox"
HELP = "没听懂的话：归类、标注、导出、看影响"

CALLS, LABELS = "calls", Path("inbox", "labels.jsonl")
SHOWN = 24
HEARERS = {
    "debtor": "本人",
    "debtor-unverified": "没核实的人",
    "jointly-liable": "共同借款人",
    "third-party": "不相干的人",
}
CHANNELS = {"phone": "电话", "sms": "短信", "letter": "信函", "visit": "上门"}


def arguments(parser: argparse.ArgumentParser) -> None:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--records",
        type=Path,
        nargs="+",
        default=[],
        metavar="记录",
        help="另外再看这些通话记录（play --out 存下的文件，或放着它们的文件夹）",
    )
    common.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    below = parser.add_subparsers(dest="action", metavar="做什么", required=True)
    listing = below.add_parser("list", parents=[common], help="列出没听懂的话，说得最多的在前")
    listing.add_argument("--all", action="store_true", help="标过的也列出来")
    labelling = below.add_parser("label", parents=[common], help="标一句；一样的都算标了")
    labelling.add_argument("line", metavar="哪一句", help="list 列出的编号，或那句话本身")
    for name, words in (
        ("acts", "这句话做了什么：言语行为的 id 或中文名，用逗号隔开"),
        ("breaches", "犯了哪几条规则：id 或中文名"),
        ("maybe", "认真的第二个人也可能标的"),
    ):
        labelling.add_argument(f"--{name}", default="", metavar="名字", help=words)
    labelling.add_argument("--by", default="", metavar="谁", help="标注人")
    below.add_parser("effect", parents=[common], help="认了这些标注，以前的成绩会怎么变")
    exporting = below.add_parser("export", parents=[common], help="把标好的话写成语料，一行一个 JSON")
    exporting.add_argument("--prefix", default="inbox", metavar="前缀", help="语料编号的前缀（默认 inbox）")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.desk import Desk
    from simulator.authoring.inbox import gather, read_kept
    from simulator.authoring.inbox_labels import read_labels

    desk = Desk()
    labels = read_labels(desk.home / LABELS)
    kept, problems = read_kept([desk.home / CALLS, *options.records])
    tell(*(f"跳过：{problem}" for problem in problems))
    if options.action == "effect":
        return _effect(kept, labels, desk, options)
    groups = gather(kept, labels, desk.library.ear)
    return {"list": _list, "label": _label, "export": _export}[options.action](groups, desk, options)


def _list(groups: list[Group], desk: Desk, options: argparse.Namespace) -> int:
    wanted = [group for group in groups if options.all or group.label is None]
    if options.json:
        for group in wanted:
            emit(_plain(group))
        return DONE
    if wanted:
        show(table([("编号", "次数", "话", "谁在听", "渠道", "对方在问", "对方上一句"), *map(_row, wanted)]))
    labelled = sum(group.label is not None for group in groups)
    tell(
        f"{len(groups)} 种话没听懂，标过 {labelled} 种。"
        + ("标一句：peilian inbox label 编号 --acts 行为" if wanted and not options.all else "")
    )
    return DONE


def _row(group: Group) -> tuple[str, ...]:
    hearers = Counter(HEARERS[item.hearer] for item in group.instances)
    channels = Counter(CHANNELS[item.channel] for item in group.instances)
    return (
        group.id,
        str(len(group.instances)),
        _short(group.text) + (f"　→ {_told(group.label)}" if group.label else ""),
        "、".join(hearers),
        "、".join(channels),
        "、".join(group.asked[:2]) or "－",
        _short(group.instances[0].before) or "－",
    )


def _told(label: Label) -> str:
    return "、".join([*label.acts, *(f"！{rule}" for rule in label.breaches)])


def _plain(group: Group) -> dict[str, Any]:
    from simulator.dialogue.plain import to_plain

    return {
        "id": group.id,
        "text": group.text,
        "count": len(group.instances),
        "instances": to_plain(group.instances),
        "label": to_plain(group.label),
    }


def _label(groups: list[Group], desk: Desk, options: argparse.Namespace) -> int:
    from datetime import datetime

    from simulator.authoring.inbox import Label, find, named
    from simulator.authoring.inbox_labels import label_event
    from simulator.errors import RecordError
    from simulator.reading.decide import OUT_OF_SCOPE
    from simulator.store.journal import Journal

    group = find(groups, options.line)
    acts_known, rules_known = desk.library.act_titles(), desk.library.rule_titles()
    acts = named(_words(options.acts), acts_known, "言语行为")
    breaches = named(_words(options.breaches), rules_known, "规则")
    maybe = named(_words(options.maybe), {**acts_known, **rules_known}, "言语行为或规则")
    if not acts and not breaches:
        raise RecordError("标什么？--acts 写做了什么，--breaches 写犯了什么；什么也没做就写 --acts 无关")
    if OUT_OF_SCOPE in acts and len(acts) > 1:
        raise RecordError(f"“无关”（{OUT_OF_SCOPE}）只能单独标：有别的行为就不是无关")
    label = Label(group.form, group.text, acts or (OUT_OF_SCOPE,), breaches, maybe, options.by)
    event = label_event(label, datetime.now())
    path = desk.home / LABELS
    with Journal(path, resume=path.exists()) as journal:
        journal.keep(event)
    tell(f"记下了：“{_short(group.text)}” {_told(label)}，一样的 {len(group.instances)} 句都算标了。")
    tell("看看成绩会怎么变：peilian inbox effect；导出成语料：peilian inbox export")
    if options.json:
        emit(event)
    return DONE


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()]


def _export(groups: list[Group], desk: Desk, options: argparse.Namespace) -> int:
    from simulator.authoring.inbox_labels import corpus_lines

    lines = list(corpus_lines(groups, desk.library.ear, options.prefix))
    for line in lines:
        emit(line)
    tell(f"{len(lines)} 句。看过没有个人信息，再放进 simulator/reading/corpus/train/。")
    return DONE


def _effect(
    kept: Iterable[Kept], labels: Mapping[str, Label], desk: Desk, options: argparse.Namespace
) -> int:
    from simulator.authoring.inbox_labels import effects

    changed = flipped = 0
    for effect in effects(kept, labels, desk):
        changed += 1
        flipped += effect.compared["verdict"][0] != effect.compared["verdict"][1]
        _show_effect(effect, options)
    tell(
        f"{len(labels)} 条标注，{changed} 通电话的分会变，其中 {flipped} 通的结果会翻过来。"
        "现在什么也没改：导出、放进语料、重新训练以后才算数。"
    )
    return DONE


def _show_effect(effect: Effect, options: argparse.Namespace) -> None:
    from simulator.cli.compared_text import VERDICTS, moved_lines

    if options.json:
        emit({"record": effect.record.name, "lines": list(effect.lines), **effect.compared})
        return
    show(f"{effect.title}（{effect.record.name}）")
    for line in effect.lines:
        show(f"  没听懂的：“{line}”")
    for when, place in (("现在", 0), ("标了以后", 1)):
        verdict, total = effect.compared["verdict"][place], effect.compared["total"][place]
        show(f"  {when}：{VERDICTS[verdict]}　{total} 分")
    for line in moved_lines(effect.compared):
        show(line)


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
