"""What a persona's YAML file looks like."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from simulator.authoring.names import Titled
from simulator.authoring.shapes import Flag, ListOf, MapOf, Name, Record, Shape, Text, Whole, may, need
from simulator.dialogue import HeardAs, Outcome, PersonaKind, Signal
from simulator.engine.persona import AMOUNT_CLASSES, DISPOSITION_MAX, ECHOES, TIME_CLASSES

BY_PLEDGE = "by-pledge"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def hearable_names(heard: Collection[str]) -> Titled:
    """Everything that a persona may listen for: acts, rules, signals, and ways a breach is felt."""
    ids = (*heard, *(signal.value for signal in Signal), *(way.value for way in HeardAs))
    return Titled(ids, lambda: heard if isinstance(heard, Mapping) else {})


def persona_shape(heard: Collection[str]) -> Record:
    """The shape of a persona file, its keys in the order in which the formatter writes them.

    `heard` are the act and rule ids that may be listened for, a mapping where their titles are known.
    """
    names = hearable_names(heard)
    hearable = ListOf(Name("言语行为、规则或信号", names), 1, or_one=True)
    words = ListOf(Text(), 1, or_one=True)
    delta = MapOf(Whole(-DISPOSITION_MAX, DISPOSITION_MAX), "心态")
    bound = Record({"at-least": may(Whole(0, DISPOSITION_MAX)), "below": may(Whole(0, DISPOSITION_MAX + 1))})
    guard = {
        "hears": may(hearable, "听到其中任何一样"),
        "along-with": may(hearable, "同时还都听到"),
        "without": may(hearable, "一样也没听到"),
        "feeling": may(MapOf(bound, "心态"), "心态的范围，例如 trust: {at-least: 5}"),
        "remembers": may(words, "记得这些"),
        "not-yet": may(words, "还没有这些"),
        "amount": may(ListOf(Name("金额类别", AMOUNT_CLASSES), 1, or_one=True)),
        "time": may(ListOf(Name("时间类别", TIME_CLASSES), 1, or_one=True)),
        "echo": may(Name("复述情况", ECHOES)),
        "verified": may(Flag()),
        "pledged": may(Flag()),
        "after": may(words, "对方上一句在问什么"),
    }
    pledge = Record(
        {
            "amount": may(Text(), "means 里的名字、said、total 或 rest"),
            "due": may(Text(), "means 里的名字或 said；不写就是没准日子"),
            "method": may(Text()),
            "source": may(Text(), "钱从哪儿来"),
            "standing": may(Flag(), "有实据撑着的承诺"),
        }
    )
    effect = {
        "moves": may(delta, "心态的变化"),
        "remember": may(words),
        "forget": may(words),
        "pledge": may(ListOf(pledge, 1, or_one=True), "答应了什么"),
        "withdraw": may(Flag(), "收回以前答应的"),
        "verify": may(Flag(), "承认自己就是本人"),
        "asks": may(Text(), "这句话在问什么"),
    }
    say = ListOf(Text(), 1, or_one=True)
    transition = Record(
        {
            **guard,
            "say": need(say, "至少写一句话"),
            **effect,
            "to": may(Text(), "到哪个状态；不写就留在这里"),
            "once": may(Flag(), "只用一次"),
        }
    )
    feel = Record({**guard, "moves": may(delta), "lead": may(say), "once": may(Flag())})
    state = Record(
        {
            "about": may(Text()),
            "on": may(ListOf(transition)),
            "final": may(Name("通话结果", {*(outcome.value for outcome in Outcome), BY_PLEDGE})),
            "left": may(Name("通话结果", {outcome.value for outcome in Outcome})),
        }
    )
    return Record(
        {
            "id": need(Text(), "和文件名一样"),
            "title": need(Text(), "给他起的名字"),
            "kind": need(Name("角色类型", {kind.value for kind in PersonaKind}), "接电话的是谁"),
            "about": need(Text(), "是什么样的人"),
            "voice": need(Text(), "说话什么样"),
            "disposition": need(
                MapOf(Whole(0, DISPOSITION_MAX), "心态"), "心态，0 到 10，例如 {patience: 5, trust: 4}"
            ),
            "memory": may(MapOf(Text(), "记忆"), "记得住的事: 说明"),
            "needs": may(MapOf(Name("means 的类型", {"yuan", "instant"})), "情境必须给的 means"),
            "opens": may(ListOf(Text()), "接起电话的第一声"),
            "gives-up": need(ListOf(Text(), 1), "该说的都说过了，最后一句，说完就挂"),
            "start": need(Text(), "从哪个状态开始"),
            "feels": may(ListOf(feel)),
            "always": may(ListOf(transition), "任何状态下都先看这些"),
            "states": need(MapOf(state, "状态"), "状态: 在这个状态里怎么回应"),
            "otherwise": may(ListOf(transition), "本状态没有合适的，再看这些"),
        }
    )


def schema(heard: Collection[str]) -> dict[str, Any]:
    shape: Shape = persona_shape(heard)
    return {"$schema": DRAFT, "title": "persona", **shape.schema()}
