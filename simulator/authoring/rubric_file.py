"""Reads a rubric's YAML file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from scoring.rubric import CHECKS, Check, Criterion, Grade, PromiseTerms, Rubric, Wording
from simulator.authoring.facts import is_fact
from simulator.authoring.lines import report_unknown_fact
from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.rule_file import check_conditions, condition_shape, read_condition
from simulator.authoring.shapes import (
    PLACE,
    Flag,
    ListOf,
    MapOf,
    Name,
    Record,
    Text,
    Whole,
    check_id,
    may,
    need,
    report_unknown,
)
from simulator.dialogue import Severity
from simulator.dialogue.speak import PLACEHOLDER

PERCENT = Whole(0, 100)
MEANING = "“{kind}”是：{meaning}"
TURNS = ("first", "last", "debt", "after-debt", "late", "pledge", "found")
PLACES = ("before", "after", "instead", "polite")
SEVERITIES = tuple(severity.value for severity in Severity)
GRADES = tuple(grade.value for grade in Grade)
LISTS = ("acts", "before", "half-acts", "rules", "words", "grave")
NUMBERS = ("turns", "half-turns", "seconds", "least", "half-least", "longest", "share", "most-at-once")

# The fields that each kind of check needs, beside those it may have.
NEEDED: dict[str, tuple[str, ...]] = {
    "within": ("acts", "turns"),
    "before": ("acts", "before"),
    "said": ("acts",),
    "honorific": ("share",),
    "brief": ("longest",),
    "even": ("words",),
    "calm": ("words",),
    "care": ("words", "grave"),
    "unpressed": ("words",),
    "soon-after": ("words", "acts", "turns"),
    "history": ("words",),
    "clear": ("rules",),
    "leaves": ("acts", "turns"),
    "ended": ("words",),
}
ALLOWED: dict[str, tuple[str, ...]] = {
    "within": ("half-turns", "seconds"),
    "said": ("least", "half-least", "half-acts", "most-at-once", "figures"),
    "demand-first": ("before",),
    "courteous": ("least",),
    "clear": ("least",),
}


def rubric_shape() -> Record:
    conditions = ListOf(condition_shape(), or_one=True)
    check = Record(
        {
            "kind": need(Name("检查办法", CHECKS), "用哪一种检查"),
            **{key: may(ListOf(Text(), 1, or_one=True)) for key in LISTS},
            **{key: may(Whole(0, 1000)) for key in NUMBERS},
            "figures": may(Flag(), "要带数目才算"),
        }
    )
    wording = Record(
        {
            "turn": need(Name("哪一轮", TURNS)),
            "place": need(Name("位置", PLACES)),
            "say": need(ListOf(Text(), 1, or_one=True)),
        }
    )
    criterion = Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "why": need(Text(), "给学员看的道理"),
            "points": need(Whole(2, 100), "满分，要是偶数"),
            "check": need(check),
            "needed": may(Flag(), "没做到就不合格"),
            "only-if": may(conditions, "这些事实都成立才评"),
            "wording": may(wording, "可以怎么说"),
        }
    )
    promise = Record(
        {
            "points": need(Whole(0, 100)),
            "least": need(Name("承诺的档", GRADES), "至少要到哪一档"),
            "percent": need(MapOf(PERCENT, "承诺的档", GRADES)),
            "unconfirmed": need(PERCENT, "没复述的承诺剩几成"),
            "unbacked": need(PERCENT, "屡次爽约又无实据的承诺剩几成"),
            "broken": need(Whole(1, 50), "爽约几次算屡次"),
            "only-if": may(conditions),
        }
    )
    return Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "about": need(Text()),
            "pass-mark": need(Whole(1, 100), "合格线，满分 100"),
            "least-turns": need(Whole(1, 50), "至少说几轮"),
            "deductions": need(MapOf(Whole(0, 100), "轻重", SEVERITIES), "每处违规扣几分"),
            "fails": need(MapOf(Whole(1, 50), "轻重", SEVERITIES), "几处就不合格"),
            "promise": need(promise),
            "etiquette": need(ListOf(criterion, 1)),
            "tasks": need(ListOf(criterion, 1)),
        }
    )


def read_rubric(source: Source) -> Rubric | None:
    """The rubric of `source`, or None when anything is wrong; problems are reported to the source."""
    root = parse(source)
    if root is None:
        return None
    data = rubric_shape().read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    _check(data, source)
    if source.problems:
        return None
    return _rubric(data, hashlib.sha256(source.text.encode()).hexdigest())


def _check(data: dict[str, Any], source: Source) -> None:
    check_id(data, source)
    check_conditions(data["promise"].get("only-if", ()), source)
    seen: dict[str, int] = {}
    for item in (*data["etiquette"], *data["tasks"]):
        place: Node = item[PLACE]
        mark = place.value["id"].mark
        if item["id"] in seen:
            values = {"id": item["id"], "line": seen[item["id"]]}
            source.report(mark, "duplicate-id", "“{id}”用了两次，第一次在第 {line} 行", **values)
        seen.setdefault(item["id"], mark.line)
        if item["points"] % 2:
            values = {"below": item["points"] - 1, "above": item["points"] + 1}
            message = "满分要是偶数，一半才好算"
            source.report(
                place.value["points"].mark, "odd-points", message, "写 {below} 或 {above}", **values
            )
        check_conditions(item.get("only-if", ()), source)
        _check_kind(item["check"], source)
        _check_ids(item["check"], source)
        for text, node in _wordings(item):
            _check_template(text, node, source)


@cache
def _stems(package: str, *below: str) -> frozenset[str]:
    """The ids of the content files in a folder of a package."""
    folder = resources.files(package).joinpath(*below)
    return frozenset(
        item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml")
    )


def _check_ids(check: dict[str, Any], source: Source) -> None:
    place: Node = check[PLACE]
    acts, rules = _stems("simulator.reading", "acts"), _stems("scoring", "rulebooks", "cn")
    for key, what, known in (
        ("acts", "言语行为", acts),
        ("before", "言语行为", acts),
        ("half-acts", "言语行为", acts),
        ("rules", "规则", rules),
    ):
        if key in check:
            node = place.value[key]
            for name, item in zip(
                check[key], node.value if isinstance(node.value, list) else [node], strict=True
            ):
                if known and name not in known:
                    report_unknown(source, item.mark, what, name, known)


def _check_kind(check: dict[str, Any], source: Source) -> None:
    place: Node = check[PLACE]
    kind = check["kind"]
    for key in NEEDED.get(kind, ()):
        if key not in check:
            values = {"kind": kind, "key": key, "meaning": CHECKS[kind]}
            mark, message = place.value["kind"].mark, "“{kind}”还要写“{key}”"
            source.report(mark, "missing-field", message, MEANING, **values)
    for key in check:
        if key not in (PLACE, "kind", *NEEDED.get(kind, ()), *ALLOWED.get(kind, ())):
            values = {"kind": kind, "key": key, "meaning": CHECKS[kind]}
            source.report(place.keys[key], "unknown-field", "“{kind}”用不上“{key}”", MEANING, **values)


def _wordings(item: dict[str, Any]) -> Iterator[tuple[str, Node]]:
    if "wording" in item:
        node: Node = item["wording"][PLACE].value["say"]
        nodes = node.value if isinstance(node.value, list) else [node]
        yield from zip(item["wording"]["say"], nodes, strict=False)


def _check_template(text: str, node: Node, source: Source) -> None:
    for match in PLACEHOLDER.finditer(text):
        path = match.group(1)
        if not is_fact(path, of_the_call=True):
            report_unknown_fact(source, node.mark, path)


def _rubric(data: dict[str, Any], digest: str) -> Rubric:
    return Rubric(
        id=data["id"],
        title=data["title"],
        about=data["about"].strip(),
        pass_mark=data["pass-mark"],
        least_turns=data["least-turns"],
        etiquette=tuple(_criterion(item) for item in data["etiquette"]),
        tasks=tuple(_criterion(item) for item in data["tasks"]),
        promise=_promise(data["promise"]),
        deductions={Severity(key): value for key, value in data["deductions"].items()},
        fails={Severity(key): value for key, value in data["fails"].items()},
        digest=digest,
    )


def _promise(data: dict[str, Any]) -> PromiseTerms:
    return PromiseTerms(
        points=data["points"],
        percent={Grade(key): value for key, value in data["percent"].items()},
        least=Grade(data["least"]),
        unconfirmed=data["unconfirmed"],
        unbacked=data["unbacked"],
        broken=data["broken"],
        only_if=tuple(read_condition(item) for item in data.get("only-if", ())),
    )


def _criterion(data: dict[str, Any]) -> Criterion:
    wording = data.get("wording")
    return Criterion(
        id=data["id"],
        title=data["title"],
        why=data["why"].strip(),
        points=data["points"],
        check=_read_check(data["check"]),
        needed=data.get("needed", False),
        only_if=tuple(read_condition(item) for item in data.get("only-if", ())),
        wording=Wording(wording["turn"], wording["place"], tuple(wording["say"])) if wording else None,
    )


def _read_check(data: dict[str, Any]) -> Check:
    values: dict[str, Any] = {key.replace("-", "_"): tuple(data[key]) for key in LISTS if key in data}
    values.update({key.replace("-", "_"): data[key] for key in NUMBERS if key in data})
    return Check(kind=data["kind"], figures=data.get("figures", False), **values)


def schema() -> dict[str, Any]:
    base = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "rubric"}
    return {**base, **rubric_shape().schema()}
