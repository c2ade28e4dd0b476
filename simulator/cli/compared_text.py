"""An earlier scorecard beside the new one, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.cli.scorecard_text import GRADES, SEVERITIES
from simulator.dialogue.safe import safe

Plain = Mapping[str, Any]
VERDICTS = {"pass": "通过", "fail": "未通过"}
METS = {"yes": "做到", "half": "做到一半", "no": "没做到"}
VERSIONS = {
    "program": "程序",
    "scenario": "情境",
    "persona": "角色",
    "rubric": "评分表",
    "rulebook": "规则库",
    "ear": "听力",
}
KINDS = {"breach": "违规", "promise": "承诺", "etiquette": "礼仪", "tasks": "核心任务", "note": "小结"}


def compared_text(compared: Plain) -> str:
    """What `scoring.compare` found, line by line. Half of it comes from a record anybody may have written to."""
    return safe("\n".join(_lines(compared)), lines=True)


def _lines(compared: Plain) -> Iterator[str]:
    yield ""
    yield "和记录里的成绩单不一样"
    if compared["same_versions"]:
        yield "  版本都没变，成绩单却不一样：记录里的成绩单被改过，或通话内容被改过"
    else:
        yield f"  换了版本：{'、'.join(VERSIONS.get(name, name) for name in compared['versions_changed'])}"
    for when, place in (("当时", 0), ("现在", 1)):
        total, mark = compared["total"][place], compared["pass_mark"][place]
        verdict = VERDICTS.get(compared["verdict"][place], "读不出")
        yield f"  {when}：{verdict}　{_number(total)} 分（及格 {_number(mark)} 分）"
    if not compared["moved"]:
        yield "  每一项的分都没有变"
    yield from moved_lines(compared)


def moved_lines(compared: Plain) -> Iterator[str]:
    """Each mark that moved, with its words."""
    for item in compared["moved"]:
        place = f"第 {item['turn']} 轮" if item["turn"] else "小结里" if item["turn"] == 0 else ""
        turn = f"（{place}“{item['text']}”）" if place and item["text"] else ""
        title = f"·{item['title']}" if item["title"] else ""
        old, new = _state(item["what"], item["old"]), _state(item["what"], item["new"])
        yield f"  · {KINDS[item['what']]}{title}{turn}：{old} → {new}"


def _number(value: int | None) -> str:
    return "？" if value is None else str(value)


def _state(what: str, mark: Plain | None) -> str:
    if mark is None:
        return "没有"
    points = _number(mark["points"])
    if what == "breach":
        return f"{SEVERITIES.get(mark['severity'], '？')}，扣 {points} 分"
    name = GRADES.get(mark["grade"], "？") if what == "promise" else METS.get(mark["met"], "？")
    void = "（作废）" if mark.get("void") else ""
    loose = what == "promise" and mark["grade"] != "none" and not mark["confirmed"]
    return f"{name}{void}{'（没有完整复述）' if loose else ''} {points}/{_number(mark['of'])}"
