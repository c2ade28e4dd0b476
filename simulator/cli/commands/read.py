"""看看每一句话被听成了什么：言语行为、违规、时间、金额，各有依据。"""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.cli.inputs import lines_of
from simulator.cli.report import DONE, emit, show
from simulator.dialogue import Channel, Hearer
from simulator.errors import RecordError

if TYPE_CHECKING:
    from simulator.dialogue import Reading

NAME = "read"
HELP = "逐句显示听懂了什么"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", metavar="文件", help="每行一句，或每行一个 JSON 对象；- 是标准输入"
    )
    parser.add_argument("--hearer", type=Hearer, choices=list(Hearer), default=Hearer.DEBTOR, help="谁在听")
    parser.add_argument("--channel", type=Channel, choices=list(Channel), default=Channel.PHONE, help="渠道")
    parser.add_argument(
        "--now", type=_instant, default=None, metavar="时间", help="通话时刻，例如 2026-03-11T10:30"
    )
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


_instant.__name__ = "时间，写成 2026-03-11T10:30"


def run(options: argparse.Namespace) -> int:
    from simulator.reading.ear import Ear

    ear = Ear.load()
    with lines_of(options.file) as lines:
        for number, line in enumerate(lines, 1):
            item = _item(line, number, options)
            reading = ear.read(
                item["text"],
                hearer=item["hearer"],
                channel=item["channel"],
                now=item["now"],
                before=item["before"],
            )
            if options.json:
                emit(reading_json(item["id"], reading))
            else:
                show(reading_text(reading))
    return DONE


def _item(line: str, number: int, options: argparse.Namespace) -> dict[str, Any]:
    item: dict[str, Any] = {"id": str(number), "text": line}
    if line.lstrip().startswith("{"):
        try:
            item = {"id": str(number), **json.loads(line)}
            item["text"] = str(item["text"])
        except (ValueError, KeyError, RecursionError):
            item = {"id": str(number), "text": line}
    try:
        return {
            "id": item["id"],
            "text": item["text"],
            "hearer": Hearer(item.get("hearer") or options.hearer),
            "channel": Channel(item.get("channel") or options.channel),
            "now": _instant(item["now"]) if item.get("now") else options.now or datetime.now(),
            "before": item.get("before"),
        }
    except (ValueError, TypeError) as error:
        raise RecordError(f"第 {number} 行：{error}") from error


def reading_json(id: object, reading: Reading) -> dict[str, Any]:
    """The reading in the documented form of `peilian read --json`."""
    from simulator.dialogue.plain import money

    return {
        "id": id,
        "text": reading.text,
        "acts": [{"id": act.id, "start": act.start, "end": act.end, "why": act.why} for act in reading.acts],
        "breaches": [
            {
                "rule": cue.rule,
                "severity": cue.severity.value,
                "start": cue.start,
                "end": cue.end,
                "why": cue.why,
            }
            for cue in reading.cues
        ],
        "times": [
            {
                "text": mention.text,
                "start": mention.begin.isoformat(timespec="minutes"),
                "end": mention.due.isoformat(timespec="minutes"),
            }
            for mention in reading.times
        ],
        "amounts": [
            {
                "text": mention.text,
                "value": None if mention.value is None else money(mention.value),
                "kind": mention.kind.value,
            }
            for mention in reading.amounts
        ],
        "unsure": reading.unsure,
    }


def reading_text(reading: Reading) -> str:
    lines = [reading.text or "（空）"]
    lines += [f"  {act.id}：{reading.text[act.start : act.end]}　（{act.why}）" for act in reading.acts]
    lines += [
        f"  ！{cue.rule}（{cue.severity.value}）：{reading.text[cue.start : cue.end]}　（{cue.why}）"
        for cue in reading.cues
    ]
    lines += [f"  时间 {mention.text} → {mention.due:%Y-%m-%d %H:%M}" for mention in reading.times]
    lines += [
        f"  金额 {mention.text} → {mention.value if mention.value is not None else '未定'}"
        for mention in reading.amounts
    ]
    if reading.unsure:
        lines.append("  （没把握）")
    return "\n".join(lines)
