"""Reads a blueprint's YAML file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path
from typing import Any

from simulator.authoring.library import SHIPPED, SUFFIX, Library, read_source
from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.shapes import (
    PLACE,
    Flag,
    Instant,
    ListOf,
    Name,
    Number,
    Record,
    Text,
    Whole,
    check_id,
    may,
    nearest,
    need,
)
from simulator.dialogue import Channel, PersonaKind
from simulator.errors import ContentError, UnknownNameError
from simulator.training.exam.blueprint import POINT, STAGES, Blueprint, Part, Standard, Wanted, Window
from simulator.training.scenario import OBJECTIONS

KINDS = ("certificate", "practice")
SHOWS = ("nothing", "verdict", "scorecard")
GOALS = ("promise", "plan", "relay", "care")
FOLDER = ("scoring", "blueprints")


def blueprint_shape(personas: Collection[str], scenarios: Collection[str]) -> Record:
    def some(what: str, names: Collection[str]) -> ListOf:
        return ListOf(Name(what, names), 1, or_one=True)

    wanted = Record(
        {
            "personas": may(some("角色", personas)),
            "scenarios": may(some("情境", scenarios), "只从这几个里抽"),
            "kinds": may(some("对方的身份", {kind.value for kind in PersonaKind})),
            "channels": may(some("渠道", {channel.value for channel in Channel})),
            "goals": may(some("目标", GOALS)),
            "stages": may(some("逾期阶段", tuple(STAGES)), "逾期天数的阶段"),
            "objections": may(some("异议", OBJECTIONS)),
            "difficulty": may(Record({"from": may(Whole(1, 5)), "to": may(Whole(1, 5))})),
        }
    )
    part = Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "draws": need(Whole(1, 20), "抽几通"),
            "minutes": need(Whole(1, 120), "每通最多几分钟"),
            "cut": need(Number(), "这部分平均要多少分，满分 100"),
            "from": need(wanted, "从哪些情境里抽"),
        }
    )
    window = Record(
        {"group": may(Text(), "哪个班；不写是所有人"), "from": need(Instant()), "until": need(Instant())}
    )
    standard = Record(
        {
            "method": need(Text(), "怎么定的合格线"),
            "judges": need(Whole(1, 100), "几位评委"),
            "error": need(Number(), "标准误，分"),
            "on": need(Text(), '哪天定的，写成 "2026-11-20"'),
            "note": may(Text()),
        }
    )
    return Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "about": need(Text()),
            "kind": need(Name("考试种类", KINDS), "发证的 certificate，还是演练 practice"),
            "supervised": need(Flag(), "是不是只能在考场里、有人看着考"),
            "shows": may(Name("交卷后给考生看什么", SHOWS), "不写就是 nothing"),
            "minutes": need(Whole(1, 600), "整场几分钟"),
            "grace": need(Whole(0, 30), "时间到了，正打着的一通还能再打几分钟"),
            "attempts": need(Whole(1, 20), "每人最多考几次"),
            "wait-days": may(Whole(0, 365), "两次之间隔几天"),
            "windows": may(ListOf(window), "谁什么时候可以开考；不写是随时"),
            "parts": need(ListOf(part, 1)),
            "cut": need(Number(), "总平均要多少分，满分 100"),
            "most-failed": need(Whole(0, 20), "最多几通没通过还算通过"),
            "review-days": need(Whole(0, 90), "出分以后几天之内可以申诉"),
            "valid-months": may(Whole(1, 120), "证书管几个月，不写是 12"),
            "parallel": need(
                Record({"points": need(Number()), "difficulty": need(Number())}),
                "各套卷子的平均可得分、平均难度，离中间最多差多少",
            ),
            "standard": may(standard, "合格线是怎么定的"),
        }
    )


def read_blueprint(source: Source, library: Library) -> Blueprint | None:
    """The blueprint of `source`, or None when anything is wrong; problems are reported to the source."""
    root = parse(source)
    if root is None:
        return None
    data = blueprint_shape(library.persona_ids(), library.scenario_ids()).read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    _check(data, source)
    return None if source.problems else _blueprint(data, hashlib.sha256(source.text.encode()).hexdigest())


def _check(data: dict[str, Any], source: Source) -> None:
    top: Node = data[PLACE]
    check_id(data, source)
    seen: set[str] = set()
    longest = 0
    for part in data["parts"]:
        place: Node = part[PLACE]
        longest += part["draws"] * part["minutes"]
        if part["id"] in seen:
            mark = place.value["id"].mark
            source.report(mark, "duplicate-id", "“{id}”用了两次", "换一个", id=part["id"])
        seen.add(part["id"])
        _check_cut(part["cut"], place.value["cut"], source)
    _check_cut(data["cut"], top.value["cut"], source)
    if longest > data["minutes"]:
        message = "整场 {minutes} 分钟，各通加起来要 {longest} 分钟"
        cure = "把 minutes 写到 {longest} 以上，或把每通写短"
        mark = top.value["minutes"].mark
        source.report(mark, "too-little-time", message, cure, minutes=data["minutes"], longest=longest)
    for window in data.get("windows", ()):
        if window["from"] >= window["until"]:
            mark = window[PLACE].value["until"].mark
            source.report(mark, "window-ends-early", "结束早于开始", "把 from 和 until 对调，或改日期")


def _check_cut(cut: str, node: Node, source: Source) -> None:
    if not 0 <= Decimal(cut) <= 100:
        message = "{value} 不在 {low} 到 {high} 之间"
        source.report(node.mark, "out-of-range", message, value=cut, low=0, high=100)


def _hundredths(value: str) -> int:
    return int(Decimal(value) * POINT)


def _blueprint(data: dict[str, Any], digest: str) -> Blueprint:
    standard = data.get("standard")
    return Blueprint(
        id=data["id"],
        title=data["title"],
        about=data["about"].strip(),
        practice=data["kind"] == "practice",
        supervised=data["supervised"],
        shows=data.get("shows", "nothing"),
        minutes=data["minutes"],
        grace=data["grace"],
        attempts=data["attempts"],
        wait_days=data.get("wait-days", 0),
        parts=tuple(_part(item) for item in data["parts"]),
        cut=_hundredths(data["cut"]),
        most_failed=data["most-failed"],
        review_days=data["review-days"],
        valid_months=data.get("valid-months", 12),
        tolerance_points=_hundredths(data["parallel"]["points"]),
        tolerance_difficulty=_hundredths(data["parallel"]["difficulty"]),
        windows=tuple(
            Window(item.get("group", ""), item["from"], item["until"]) for item in data.get("windows", ())
        ),
        standard=_standard(standard) if standard else None,
        digest=digest,
    )


def _part(data: dict[str, Any]) -> Part:
    wanted = data["from"]
    names = {
        key: frozenset(wanted.get(key, ()))
        for key in ("personas", "scenarios", "kinds", "channels", "goals", "stages", "objections")
    }
    hardness = wanted.get("difficulty", {})
    return Part(
        id=data["id"],
        title=data["title"],
        count=data["draws"],
        minutes=data["minutes"],
        cut=_hundredths(data["cut"]),
        wanted=Wanted(**names, easiest=hardness.get("from", 1), hardest=hardness.get("to", 5)),
    )


def _standard(data: dict[str, Any]) -> Standard:
    error = _hundredths(data["error"])
    return Standard(data["method"], data["judges"], error, data["on"], data.get("note"))


def blueprint_files(library: Library) -> dict[str, Path]:
    """All blueprints by id; a user's own takes the place of a shipped one."""
    folders = [SHIPPED.joinpath(*FOLDER), *([library.home.joinpath(*FOLDER)] if library.home else [])]
    files = (
        file
        for folder in folders
        if folder.is_dir()
        for file in sorted(folder.iterdir())
        if file.suffix == SUFFIX
    )
    return {file.stem: file for file in files}


def find_blueprint(library: Library, name: str) -> Blueprint:
    """The blueprint with that id, or of the file at that path. Raises UnknownNameError, ContentError."""
    if name.endswith((SUFFIX, ".yml")):
        path = Path(name)
    else:
        files = blueprint_files(library)
        if name not in files:
            raise UnknownNameError("组卷蓝图", name, nearest(name, list(files)))
        path = files[name]
    source = read_source(path)
    blueprint = read_blueprint(source, library)
    if blueprint is None:
        raise ContentError(source.problems)
    return blueprint


def schema() -> dict[str, Any]:
    base = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "blueprint"}
    shape = blueprint_shape((), ()).schema()
    wanted = shape["properties"]["parts"]["items"]["properties"]["from"]["properties"]
    for key in ("personas", "scenarios"):  # any id: authors write their own
        wanted[key] = ListOf(Text(), 1, or_one=True).schema()
    return {**base, **shape}
