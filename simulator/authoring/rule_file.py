"""Reads a rule's YAML file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from scoring.conditions import FACTS, read_time
from scoring.rulebook import GROUPS, HOW_VERIFIED, MENDS, Condition, Example, Rewording, Rise, Rule
from scoring.rulebook import Source as Origin
from simulator.authoring.ear_files import unmark
from simulator.authoring.facts import is_fact
from simulator.authoring.lines import report_unknown_fact
from simulator.authoring.marked import Mark, Node, Source, parse
from simulator.authoring.shapes import (
    BAD,
    PLACE,
    Flag,
    ListOf,
    MapOf,
    Name,
    Record,
    Text,
    check_id,
    closest,
    may,
    need,
)
from simulator.dialogue import Channel, HeardAs, Hearer, Severity
from simulator.dialogue.speak import PLACEHOLDER
from simulator.reading.phrases import Phrase, PhraseError, compile_phrase

KEPT = "phrases-kept-when-negated"
PHRASE_KEYS = ("phrases", KEPT, "needs-human")
LEAST_EXAMPLES = 2
TESTS = ("is", "at-least", "below", "outside", "within")
HOURS = re.compile(r"(?:[01]\d|2[0-4]):[0-5]\d-(?:[01]\d|2[0-4]):[0-5]\d")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
SEVERITIES = tuple(severity.value for severity in Severity)
HEARERS = tuple(hearer.value for hearer in Hearer)
CHANNELS = tuple(channel.value for channel in Channel)


class Scalar:
    """A word, a whole number, or true and false."""

    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, (str, int, bool)):
            return node.value
        source.report(node.mark, "wrong-type", "这里要一个词、一个整数，或 true / false")
        return BAD

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer", "boolean"]}


class Day:
    """A date, `2025-02-28`."""

    def read(self, node: Node, source: Source) -> Any:
        try:
            return date.fromisoformat(str(node.value))
        except ValueError:
            message = "看不懂这个日期“{value}”"
            source.report(node.mark, "wrong-date", message, "写成 2025-02-28 这样", value=node.value)
            return BAD

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def condition_shape() -> Record:
    values = {test: may(Scalar()) for test in TESTS}
    return Record({"fact": need(Name("事实", tuple(FACTS)), "哪一项事实"), **values})


def worded_shape() -> Record:
    """A condition that may ask for words too, and for more facts beside its own."""
    more = {
        "saying": may(Text(), "这句话里要有的说法，写成短语"),
        "also": may(ListOf(condition_shape(), or_one=True), "这些事实也要成立"),
    }
    return Record({**condition_shape().fields, **more})


@cache
def rule_shape() -> Record:
    conditions = ListOf(condition_shape(), or_one=True)
    worded = ListOf(worded_shape(), or_one=True)
    words = ListOf(Text())
    example = Record(
        {
            "say": need(Text()),
            "hearer": may(Name("听的人", HEARERS)),
            "channel": may(Name("渠道", CHANNELS)),
            "before": may(Text(), "对方上一句话"),
            "facts": may(MapOf(Scalar(), "事实", tuple(FACTS))),
        }
    )
    origin = Record(
        {
            "document": need(Text(), "文件名"),
            "article": may(Text(), "第几条"),
            "from": may(Day()),
            "until": may(Day()),
            "how": need(Name("核实程度", HOW_VERIFIED)),
            "note": may(Text()),
        }
    )
    rewording = Record(
        {
            "say": need(Text(), "换成什么"),
            "for": may(ListOf(Text(), 1, or_one=True), "有这些说法（短语）的小句换成它；不写就是单独一句"),
            "joins": may(Flag(), "接着小句里前面的字说，只从短语的第一个字换起"),
            "hearers": may(ListOf(Name("听的人", HEARERS), 1, or_one=True), "说给谁听才用"),
            "when": may(worded, "这些事实都成立、对方和自己的话里有这些说法才用"),
        }
    )
    rise = Record(
        {"to": need(Name("轻重", SEVERITIES)), "when": need(conditions), "why": need(Text(), "为什么更重")}
    )
    return Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "group": need(Name("组别", GROUPS)),
            "severity": need(Name("轻重", SEVERITIES)),
            "heard-as": need(Name("听着像什么", {way.value for way in HeardAs})),
            "hearers": need(ListOf(Name("听的人", HEARERS), 1, or_one=True), "谁在听时适用"),
            "channels": need(ListOf(Name("渠道", CHANNELS), 1, or_one=True), "在什么渠道适用"),
            "rises": may(ListOf(rise)),
            "when": may(conditions, "这些事实都成立，话才算违规"),
            "unless": may(worded, "有一项成立就不算"),
            "human-when": may(worded, "有一项成立就请人来看"),
            "shown-by-facts": may(conditions, "不用话，事实都成立就违规"),
            "sources": need(ListOf(origin, 1), "依据"),
            "rule": need(Text(), "一句话说清这条规矩"),
            "why": need(Text(), "给学员看的道理"),
            "say-instead": need(ListOf(Text(), 1), "该怎么说，对谁都说得"),
            "instead": may(ListOf(rewording), "只换几个字，或只对某些人说的说法；排在 say-instead 前面"),
            "mend": may(Name("改法", MENDS), "replace 换掉（不写就是它），leave-out 拿掉就行，whole 整句换"),
            "phrases": may(words),
            KEPT: may(words),
            "needs-human": may(words, "机器断不了、要人看的说法"),
            "breached": need(ListOf(example), "犯规的例子，[[…]] 标出凭据"),
            "clean": need(ListOf(example), "不犯规的近邻例子"),
        }
    )


def read_rule(source: Source) -> Rule | None:
    """The rule of `source`, or None when anything is wrong; problems are reported to the source."""
    root = parse(source)
    if root is None:
        return None
    data = rule_shape().read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    _check(data, source)
    if source.problems:
        return None
    return _rule(data, hashlib.sha256(source.text.encode()).hexdigest())


def check_conditions(items: Iterable[dict[str, Any]], source: Source) -> None:
    """Reports every condition whose test or value does not suit its fact."""
    for item in items:
        _check_condition(item, source)


def read_condition(item: dict[str, Any]) -> Condition:
    test = next(test for test in TESTS if test in item)
    saying = _phrase(item["saying"]) if "saying" in item else None
    also = tuple(read_condition(other) for other in item.get("also", ()))
    return Condition(item["fact"], test, item[test], saying, also)


def _check_condition(item: dict[str, Any], source: Source) -> None:
    place: Node = item[PLACE]
    given = [test for test in TESTS if test in item]
    if len(given) != 1:
        message = "一个条件要且只要一个比法"
        source.report(place.mark, "wrong-condition", message, "可以写：{right}", right="、".join(TESTS))
        return
    fact, test, value = item["fact"], given[0], item[given[0]]
    kind = FACTS[fact]
    fitting = {
        "clock": ("outside", "within"),
        "number": ("is", "at-least", "below"),
        "day": ("at-least", "below"),
    }
    allowed = fitting.get(kind, ("is",)) if isinstance(kind, str) else ("is",)
    if test not in allowed:
        values = {"fact": fact, "test": test, "right": "、".join(allowed)}
        message = "“{fact}”不能用 {test} 来比"
        source.report(place.keys[test], "wrong-condition", message, "用 {right}", **values)
        return
    _check_value(fact, kind, value, place.value[test], source)
    check_conditions(item.get("also", ()), source)
    if "saying" in item:
        _check_phrase(place.value["saying"], source)


def _check_value(
    fact: str, kind: str | tuple[str, ...], value: str | int | bool, node: Node, source: Source
) -> None:
    problem, cure, right = "", "", ""
    if isinstance(kind, tuple):
        if value not in kind:
            problem = "“{fact}”没有“{value}”这种情形"
            cure, right = closest(str(value), kind)
    elif kind == "flag" and not isinstance(value, bool):
        problem = "“{fact}”只有 true 和 false"
    elif kind == "number" and (isinstance(value, bool) or not isinstance(value, int)):
        problem = "“{fact}”要和一个整数比"
    elif kind == "clock" and not (isinstance(value, str) and HOURS.fullmatch(value)):
        problem, cure = f"看不懂这段钟点“{value}”", '写成 "08:00-22:00"，要带引号'
    elif kind == "moment" and not (isinstance(value, str) and MOMENT.fullmatch(value)):
        problem, cure = f"看不懂这个钟点“{value}”", '写成 "22:05"，要带引号'
    elif kind == "day" and not (isinstance(value, str) and DAY.fullmatch(value)):
        problem, cure = f"看不懂这一天“{value}”", '写成 "2026-03-31"，要带引号'
    elif kind == "rule" and not isinstance(value, str):
        problem = "“{fact}”后面要一条规则的 id"
    if problem:
        source.report(node.mark, "wrong-condition", problem, cure, fact=fact, value=value, right=right)
    elif kind == "clock":
        first, last = (read_time(part) for part in str(value).split("-"))
        if first == last:
            source.report(node.mark, "wrong-condition", "“{value}”是空的一段", value=value)


def _check(data: dict[str, Any], source: Source) -> None:
    top: Node = data[PLACE]
    check_id(data, source)
    for key in ("when", "unless", "human-when", "shown-by-facts"):
        check_conditions(data.get(key, ()), source)
    for item in data.get("instead", ()):
        _check_rewording(item, source)
    for rise in data.get("rises", ()):
        check_conditions(rise["when"], source)
    check_templates(data["say-instead"], top.value["say-instead"], source)
    _check_phrases(data, source)
    for origin in data["sources"]:
        if "from" in origin and "until" in origin and origin["until"] < origin["from"]:
            source.report(origin[PLACE].keys["until"], "wrong-date", "失效日期在生效日期之前")
    for key, marked in (("breached", True), ("clean", False)):
        if len(data[key]) < LEAST_EXAMPLES:
            message = "“{key}”至少要 {least} 个例子，只有 {count} 个"
            values = {"key": key, "least": LEAST_EXAMPLES, "count": len(data[key])}
            source.report(top.keys[key], "too-few", message, **values)
        for item in data[key]:
            _check_example(item, marked, data, source)


def _check_example(item: dict[str, Any], marked: bool, data: dict[str, Any], source: Source) -> None:
    place: Node = item[PLACE]
    said: Node = place.value["say"]
    try:
        _, spans = unmark(item["say"])
    except ValueError as error:
        source.report(said.mark, "marks-differ", str(error), "每个 [[ 后面都要有 ]]")
        return
    if marked and not spans and not item.get("facts") and data.get("phrases"):
        cure = "把犯规的那几个字放进 [[ 和 ]] 中间"
        source.report(said.mark, "no-evidence", "犯规的例子要用 [[…]] 标出凭据", cure)
    if spans and not marked:
        source.report(said.mark, "marks-differ", "不犯规的例子里不该有 [[…]]")
    for key, allowed in (("hearer", data["hearers"]), ("channel", data["channels"])):
        if marked and key in item and item[key] not in allowed:
            message = "这条规则不管“{value}”，这个例子不会算违规"
            source.report(place.value[key].mark, "out-of-reach", message, value=item[key])
    for name, value in item.get("facts", {}).items():
        kind = "moment" if FACTS[name] == "clock" else FACTS[name]
        _check_value(name, kind, value, place.value["facts"].value[name], source)


def check_templates(texts: Iterable[str], node: Node, source: Source) -> None:
    """Reports every place of a wording that no case can fill."""
    nodes = node.value if isinstance(node.value, list) else [node]
    for text, place in zip(texts, nodes, strict=False):
        for match in PLACEHOLDER.finditer(text):
            if not is_fact(match.group(1)):
                report_unknown_fact(source, place.mark, match.group(1))


def _check_rewording(item: dict[str, Any], source: Source) -> None:
    place: Node = item[PLACE]
    check_templates([item["say"]], place.value["say"], source)
    check_conditions(item.get("when", ()), source)
    if "for" in item:
        node = place.value["for"]
        for phrase in node.value if isinstance(node.value, list) else [node]:
            _check_phrase(phrase, source)


def _check_phrases(data: dict[str, Any], source: Source) -> None:
    for key in PHRASE_KEYS:
        if key in data:
            for item in data[PLACE].value[key]:
                _check_phrase(item, source)


def _check_phrase(item: Node, source: Source) -> None:
    try:
        _phrase(str(item.value))
    except PhraseError as error:
        mark = Mark(item.mark.line, item.mark.column + 1 + error.place, error.width)
        piece = str(item.value)[error.place : error.place + error.width]
        message = "短语里的“{piece}”不对：{fault}"
        cure = "短语的写法：{cure}" if error.help else ""
        source.report(mark, "bad-phrase", message, cure, piece=piece, fault=error.message, cure=error.help)


@cache
def _phrase(text: str) -> Phrase:
    """A phrase is looked at when it is checked and again when its rule is built. Raises PhraseError."""
    return compile_phrase(text, _lexicon())


@cache
def _lexicon() -> dict[str, list[str]]:
    """The word lists that phrases share."""
    text = resources.files("simulator.reading").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    source = Source("lexicon.yaml", text)
    node = parse(source)
    return {} if node is None else dict(MapOf(ListOf(Text())).read(node, source))


def _rule(data: dict[str, Any], digest: str) -> Rule:
    return Rule(
        id=data["id"],
        title=data["title"],
        group=data["group"],
        severity=Severity(data["severity"]),
        heard_as=HeardAs(data["heard-as"]),
        hearers=frozenset(map(Hearer, data["hearers"])),
        channels=frozenset(map(Channel, data["channels"])),
        rule=data["rule"],
        why=data["why"].strip(),
        say_instead=tuple(data["say-instead"]),
        sources=tuple(_origin(item) for item in data["sources"]),
        rises=tuple(
            Rise(Severity(item["to"]), _conditions(item["when"]), item["why"])
            for item in data.get("rises", ())
        ),
        when=_conditions(data.get("when", ())),
        unless=_conditions(data.get("unless", ())),
        shown_by_facts=_conditions(data.get("shown-by-facts", ())),
        phrases=tuple((_phrase(text), key == KEPT) for key in PHRASE_KEYS[:2] for text in data.get(key, ())),
        needs_human=tuple(map(_phrase, data.get(PHRASE_KEYS[2], ()))),
        human_when=_conditions(data.get("human-when", ())),
        instead=tuple(other for item in data.get("instead", ()) for other in _rewordings(item, data)),
        mend=data.get("mend", MENDS[0]),
        breached=tuple(_example(item, data) for item in data["breached"]),
        clean=tuple(_example(item, data) for item in data["clean"]),
        digest=digest,
    )


def _conditions(items: Collection[dict[str, Any]]) -> tuple[Condition, ...]:
    return tuple(read_condition(item) for item in items)


def _rewordings(item: dict[str, Any], rule: dict[str, Any]) -> Iterator[Rewording]:
    """One for each phrase that it may take the place of."""
    hearers = frozenset(map(Hearer, item.get("hearers", rule["hearers"])))
    when = _conditions(item.get("when", ()))
    for phrase in item.get("for", (None,)):
        meets = None if phrase is None else _phrase(phrase)
        yield Rewording(item["say"], meets, hearers, when, item.get("joins", False))


def _origin(data: dict[str, Any]) -> Origin:
    return Origin(
        data["document"],
        data["how"],
        data.get("article"),
        data.get("from"),
        data.get("until"),
        data.get("note"),
    )


def _example(data: dict[str, Any], rule: dict[str, Any]) -> Example:
    text, spans = unmark(data["say"])
    return Example(
        text=text,
        spans=spans,
        hearer=Hearer(data.get("hearer", rule["hearers"][0])),
        channel=Channel(data.get("channel", rule["channels"][0])),
        before=data.get("before"),
        facts=tuple((key, value) for key, value in data.get("facts", {}).items()),
    )


def schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rule",
        **rule_shape().schema(),
    }
