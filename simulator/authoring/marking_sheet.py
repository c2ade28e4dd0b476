"""What people fill in by hand: the second marker's sheet, and the rulings of an adjudication or a decision.

A sheet shows the call and asks for every mark; it does not show what anybody else gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scoring.rubric import Grade
from scoring.rulebook import Rulebook
from scoring.scorecard import Met
from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.shapes import PLACE, Flag, ListOf, MapOf, Name, Record, Text, Whole, may, need
from simulator.dialogue import Speaker
from simulator.errors import ContentError
from simulator.training.exam.attempt import Attempt, SatCall
from simulator.training.exam.differences import Difference, places_of
from simulator.training.exam.marks import Mark, Place, Ruling

METS = tuple(met.value for met in Met)
GRADES = tuple(grade.value for grade in Grade)
SWITCH = ("yes", "no")
BREACH = ("breached", "clean")
PROMISE = {"grade": GRADES, "confirmed": SWITCH, "void": SWITCH}
WHATS = {"finding": "criterion", "breach": "rule", "promise": "promise"}


def second_sheet(attempt: Attempt) -> str:
    """A blank sheet in YAML, the calls as comments above their marks."""
    return "\n".join(_sheet_lines(attempt)) + "\n"


def _sheet_lines(attempt: Attempt) -> Iterator[str]:
    yield f"# {attempt.exam_title}：第二遍评分。把每个 _ 换成你的判断，再用 exam second 交上去。"
    yield f"# 评分项：{' | '.join(METS)}（做到、一半、没做到）"
    yield f"# 承诺的档：{' | '.join(GRADES)}；复述过、作废：yes | no"
    yield "# 违规：一处一行，写第几轮和规则的代号（peilian list rules）；没有就留空的 []"
    yield f"attempt: {attempt.id}"
    yield "calls:"
    for call in attempt.calls:
        if call.scorecard is not None:
            yield from _call_lines(call)


def _call_lines(call: SatCall) -> Iterator[str]:
    assert call.case is not None
    yield ""
    yield f"  # 第 {call.n} 通：{call.case.title}，{call.case.at:%Y-%m-%d %H:%M}"
    for turn in call.turns:
        who = "催收员" if turn.who is Speaker.COLLECTOR else "对方"
        yield f"  #   {turn.n:>2} {who}：{turn.text or '（不作声）'}"
    if call.note:
        yield f"  #   小结：{' '.join(call.note.split())}"
    yield f"  - call: {call.n}"
    yield "    findings:"
    titles = {item["id"]: item["title"] for item in _findings(call)}
    for place in places_of(call):
        if place.what == "finding":
            yield f"      {place.id}: _   # {titles[place.id]}"
    promise = [place for place in places_of(call) if place.what == "promise"]
    if promise:
        yield "    promise: {" + ", ".join(f"{place.id}: _" for place in promise) + "}"
    yield "    breaches: []   # 例如 - {turn: 3, rule: threaten-visit}"


def _findings(call: SatCall) -> list[Mapping[str, Any]]:
    assert call.scorecard is not None
    return [item for name in ("etiquette", "tasks") for item in call.scorecard[name]["findings"]]


def read_second(source: Source, attempt: Attempt, rulebook: Rulebook) -> dict[int, tuple[Mark, ...]]:
    """A filled-in sheet, complete. Raises ContentError with all that is wrong in it."""
    root = parse(source)
    shape = Record(
        {
            "attempt": need(Name("考试记录", (attempt.id,))),
            "calls": need(ListOf(_call_shape(rulebook), 1)),
        }
    )
    data = shape.read(root, source) if root else None
    if not isinstance(data, dict) or source.problems:
        raise ContentError(source.problems)
    given = {item["call"]: item for item in data["calls"]}
    for call in attempt.calls:
        if call.scorecard is not None:
            _check_complete(call, given.get(call.n), data[PLACE], source)
    if source.problems:
        raise ContentError(source.problems)
    return {n: _marks(item) for n, item in given.items()}


def _call_shape(rulebook: Rulebook) -> Record:
    breach = Record(
        {
            "turn": need(Whole(0, 999), "第几轮"),
            "rule": need(Name("规则", {rule.id for rule in rulebook.rules})),
        }
    )
    return Record(
        {
            "call": need(Whole(1, 99), "第几通"),
            "findings": need(MapOf(Name("判断", METS), "评分项")),
            "promise": may(Record({id: need(Name("判断", names)) for id, names in PROMISE.items()})),
            "breaches": need(ListOf(breach), "违规，没有就写 []"),
        }
    )


def _check_complete(call: SatCall, item: Mapping[str, Any] | None, top: Node, source: Source) -> None:
    if item is None:
        source.report(
            top.keys["calls"], "missing-field", "缺少“{key}”", "每一通都要评", key=f"第 {call.n} 通"
        )
        return
    place: Node = item[PLACE]
    wanted = {place.id for place in places_of(call) if place.what == "finding"}
    mark = place.keys["findings"]
    for id in sorted(wanted - item["findings"].keys()):
        source.report(mark, "missing-field", "缺少“{key}”", "每一项都要评", key=id)
    for id in sorted(item["findings"].keys() - wanted):
        source.report(mark, "unknown-field", "这里没有“{key}”这一项", "删掉它", key=id)
    if any(asked.what == "promise" for asked in places_of(call)) and "promise" not in item:
        source.report(place.mark, "missing-field", "缺少“{key}”", "承诺也要评", key="promise")
    own = {turn.n for turn in call.turns if turn.who is Speaker.COLLECTOR} | {0}
    for breach in item["breaches"]:
        if breach["turn"] not in own:
            where: Node = breach[PLACE]
            message = "第 {turn} 轮不是催收员说的"
            source.report(where.mark, "not-the-collectors-turn", message, "看上面的通话", turn=breach["turn"])


def _marks(item: Mapping[str, Any]) -> tuple[Mark, ...]:
    findings = [Mark("finding", id, None, value) for id, value in item["findings"].items()]
    promise = [
        Mark("promise", id, None, value) for id, value in item.get("promise", {}).items() if id != PLACE
    ]
    breaches = {(breach["rule"], breach["turn"]) for breach in item["breaches"]}
    return (*findings, *promise, *(Mark("breach", rule, turn, "breached") for rule, turn in sorted(breaches)))


def rulings_sheet(attempt: Attempt, found: Sequence[Difference], *, decision: bool) -> str:
    """A sheet for an adjudication, one line for each difference that is not settled, or for a decision."""
    lines = [f"attempt: {attempt.id}"]
    if decision:
        lines += [f"# 申诉：{appeal.text}" for appeal in attempt.appeals[len(attempt.decisions) :]]
        lines.append("upheld: _   # true 或 false")
    lines += ["why: _   # 总的理由，考生看得到", "rulings:" if found else "rulings: []"]
    for difference in found:
        place = difference.place
        people = "，".join(f"{who} {value}" for who, value in difference.people.items())
        turn = f", turn: {place.turn}" if place.turn is not None else ""
        lines.append(f"  # 机器 {difference.machine}；{people}")
        lines.append(f"  - {{call: {place.call}, {WHATS[place.what]}: {place.id}{turn}, value: _, why: _}}")
    return "\n".join(lines) + "\n"


def read_rulings(
    source: Source, attempt: Attempt, rulebook: Rulebook, *, decision: bool
) -> tuple[bool, str, tuple[Ruling, ...]]:
    """Upheld (True for an adjudication), why, and the rulings. Raises ContentError with all that is wrong."""
    rules = {rule.id for rule in rulebook.rules}
    criteria = {item["id"] for call in attempt.calls if call.scorecard for item in _findings(call)}
    ruling = Record(
        {
            "call": need(Whole(1, len(attempt.calls))),
            "criterion": may(Name("评分项", criteria)),
            "rule": may(Name("规则", rules)),
            "turn": may(Whole(0, 999)),
            "promise": may(Name("承诺的项目", PROMISE)),
            "value": need(Text(), "判成什么"),
            "why": need(Text(), "为什么"),
        }
    )
    upheld = {"upheld": need(Flag(), "申诉成立写 true，不成立写 false")} if decision else {}
    shape = Record(
        {
            "attempt": need(Name("考试记录", (attempt.id,))),
            **upheld,
            "why": need(Text(), "总的理由"),
            "rulings": need(ListOf(ruling), "没有就写 []"),
        }
    )
    root = parse(source)
    data = shape.read(root, source) if root else None
    rulings = (
        [_ruling(item, attempt, source) for item in data["rulings"]]
        if isinstance(data, dict) and not source.problems
        else []
    )
    if source.problems or not isinstance(data, dict):
        raise ContentError(source.problems)
    return data.get("upheld", True), data["why"].strip(), tuple(item for item in rulings if item)


def _ruling(item: Mapping[str, Any], attempt: Attempt, source: Source) -> Ruling | None:
    node: Node = item[PLACE]
    named = [what for what, key in WHATS.items() if key in item]
    if len(named) != 1 or (named == ["breach"]) != ("turn" in item):
        cure = "criterion、rule、promise 三样写一样；写 rule 就要写 turn"
        source.report(node.mark, "ruling-without-place", "这一条看不出裁的是哪一项", cure)
        return None
    what = named[0]
    place = Place(item["call"], what, item[WHATS[what]], item.get("turn"))
    values = BREACH if what == "breach" else METS if what == "finding" else PROMISE[place.id]
    if item["value"] not in values:
        mark = node.value["value"].mark
        message = "没有叫“{name}”的{what}"
        right = "、".join(values)
        source.report(
            mark, "unknown-name", message, "可以写：{right}", name=item["value"], what="判断", right=right
        )
        return None
    return (
        Ruling(place, item["value"], item["why"].strip()) if _is_there(place, attempt, node, source) else None
    )


def _is_there(place: Place, attempt: Attempt, node: Node, source: Source) -> bool:
    call = attempt.call(place.call)
    own = {turn.n for turn in call.turns if turn.who is Speaker.COLLECTOR} | {0}
    known = place.turn in own if place.what == "breach" else place in places_of(call)
    if not known:
        message = "第 {call} 通没有“{id}”这一项"
        source.report(node.mark, "no-such-place", message, "对照通话和成绩单", call=place.call, id=place.id)
    return known
