"""What a scenario's YAML file looks like."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from simulator.authoring.marked import Node, Source
from simulator.authoring.shapes import (
    BAD,
    Flag,
    Instant,
    ListOf,
    MapOf,
    Name,
    Number,
    Record,
    Text,
    Whole,
    may,
    need,
)
from simulator.dialogue import Channel
from simulator.engine.persona import DISPOSITION_MAX
from simulator.training.scenario import OBJECTIONS

DRAW = "draw"
GENDERS = ("male", "female")
LEGAL = ("none", "entrusted", "filed", "judged", "enforced")
DEBT_KINDS = ("credit-card", "consumer-loan", "business-loan", "private-loan", "small-loan")
GOALS = ("promise", "plan", "relay", "care")
CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")


class Clock:
    """A time of day, `18:00`."""

    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, str) and CLOCK.fullmatch(node.value):
            return node.value.zfill(5)
        shown = node.value if isinstance(node.value, (str, int, float)) else ""
        source.report(
            node.mark, "wrong-instant", "看不懂这个钟点“{value}”", '写成 "18:00"，要带引号', value=shown
        )
        return BAD

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}


class Means:
    """A sum (`8000`) or an instant counted from the day of the call (`{days: 2, at: "18:00"}`)."""

    _later = Record({"days": need(Whole(0, 60), "几天以后"), "at": need(Clock(), '几点，写成 "18:00"')})

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, dict):
            return Number().read(node, source)
        value = self._later.read(node, source)
        return value if isinstance(value, dict) and "at" in value and "days" in value else BAD

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [Number().schema(), self._later.schema()]}


def scenario_shape(personas: Collection[str], rubrics: Collection[str], rulebooks: Collection[str]) -> Record:
    person = {
        "name": need(Text(), f"姓名，或 {DRAW}（按种子抽）"),
        "gender": need(Name("性别", GENDERS)),
        "call": may(Text(), "怎么称呼，例如 {surname}总；不写就是先生/女士"),
    }
    standing = {
        "legal": may(Name("诉讼状态", LEGAL)),
        "agreed-from": may(Clock(), '写成 "18:00"'),
        "agreed-until": may(Clock(), '写成 "18:00"'),
        **{
            key: may(Flag())
            for key in (
                "suit-intended",
                "legal-department",
                "visit-arranged",
                "plan-in-force",
                "debt-disputed",
                "contact-supplied",
                "contact-refused",
                "illness",
                "objections-open",
            )
        },
        **{key: may(Whole(0, 999)) for key in ("connected-today", "attempts-today", "unreachable-days")},
    }
    return Record(
        {
            "id": need(Text()),
            "title": need(Text(), "给学员看的名字"),
            "persona": need(Name("角色", personas)),
            "difficulty": need(Whole(1, 5), "难度 1 到 5"),
            "channel": may(Name("渠道", {channel.value for channel in Channel})),
            "at": need(Instant(), "通话的日期和时间"),
            "goal": need(Name("目标", GOALS)),
            "rubric": need(Name("评分表", rubrics)),
            "rulebook": may(Name("规则库", rulebooks)),
            "brief": need(Text(), "给学员看的任务说明"),
            "debtor": need(Record(person)),
            "person": may(Record({**person, "relation": need(Text(), "是债务人的什么人")})),
            "debt": need(
                Record(
                    {
                        "creditor": need(Text()),
                        "product": need(Text()),
                        "kind": need(Name("债务类型", DEBT_KINDS)),
                        "principal": need(Number()),
                        "interest": may(Number()),
                        "penalty": may(Number()),
                        "daily-cost": need(Number(), "每天增加多少元"),
                        "days-overdue": need(Whole(0, 3650)),
                    }
                )
            ),
            "collector": need(
                Record(
                    {
                        "surname": need(Text()),
                        "number": need(Text(), "工号"),
                        "org": need(Text()),
                        "hotline": need(Text()),
                    }
                )
            ),
            "history": may(
                ListOf(
                    Record(
                        {
                            "days-ago": need(Whole(0, 365)),
                            "note": need(Text()),
                            "promised": may(Text()),
                            "kept": may(Flag()),
                        }
                    )
                )
            ),
            "broken-promises": may(Whole(0, 50)),
            "authority": may(
                Record(
                    {
                        "partial": may(Flag()),
                        "instalments": may(Whole(0, 60)),
                        "extension-days": may(Whole(0, 90)),
                        "waiver": may(Flag()),
                        "hardship": may(Flag()),
                    }
                )
            ),
            "standing": may(Record(standing)),
            "means": may(MapOf(Means())),
            "mood": may(MapOf(Whole(0, DISPOSITION_MAX)), "这通电话开始时和平常不一样的心态"),
            "objections": may(ListOf(Name("异议", OBJECTIONS)), "对方会提出什么；组卷时可以按它抽"),
            "hints": may(ListOf(Text())),
            "model": need(ListOf(Text(), 1), "一通能通过的示范"),
            "careless": need(ListOf(Text(), 1), "一通通不过的示范"),
        }
    )
