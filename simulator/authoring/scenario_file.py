"""Reads a scenario's YAML file and draws the facts it leaves open."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.shapes import (
    BAD,
    PLACE,
    Flag,
    Instant,
    ListOf,
    MapOf,
    Name,
    Number,
    Record,
    Text,
    Whole,
    did_you_mean,
    may,
    need,
)
from simulator.dialogue import Case, Channel
from simulator.dialogue.case import Authority, Collector, Contacted, Debt, Person, Standing
from simulator.dialogue.speak import fact, paths
from simulator.engine.persona import DISPOSITION_MAX, Persona
from simulator.training.scenario import Scenario

DRAW = "draw"
GENDERS = ("male", "female")
LEGAL = ("none", "entrusted", "filed", "judged", "enforced")
DEBT_KINDS = ("credit-card", "consumer-loan", "business-loan", "private-loan", "small-loan")
GOALS = ("promise", "plan", "relay", "care")
CLOCK = r"HH:MM"


class Means:
    """A sum (`8000`) or an instant counted from the day of the call (`{days: 2, at: "18:00"}`)."""

    _later = Record({"days": need(Whole(0, 60), "几天以后"), "at": need(Text(), "几点，写成 18:00")})

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, dict):
            return Number().read(node, source)
        value = self._later.read(node, source)
        if not isinstance(value, dict) or "at" not in value or "days" not in value:
            return BAD
        try:
            datetime.strptime(value["at"], "%H:%M")
        except ValueError:
            source.report(
                node.value["at"].mark, "wrong-instant", f"看不懂“{value['at']}”", '写成 "18:00"，要带引号'
            )
            return BAD
        return value

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
        "agreed-from": may(Text(), CLOCK),
        "agreed-until": may(Text(), CLOCK),
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
            "title": need(Text()),
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
            "hints": may(ListOf(Text())),
            "model": need(ListOf(Text(), 1), "一通能通过的示范"),
            "careless": need(ListOf(Text(), 1), "一通通不过的示范"),
        }
    )


def read_scenario(
    source: Source, personas: Mapping[str, Persona], rubrics: Collection[str], rulebooks: Collection[str]
) -> Scenario | None:
    """The scenario of `source`, or None when anything is wrong; problems are reported to the source."""
    root = parse(source)
    if root is None:
        return None
    data = scenario_shape(personas, rubrics, rulebooks).read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    persona = personas[data["persona"]]
    scenario = _build(data, persona, hashlib.sha256(source.text.encode()).hexdigest())
    _check(data, scenario, persona, source)
    return None if source.problems else scenario


def _build(data: dict[str, Any], persona: Persona, digest: str) -> Scenario:
    at: datetime = data["at"]
    debtor = _person(data["debtor"])
    person = _person(data["person"]) if "person" in data else debtor
    drawn = {f"{key}.name" for key in ("debtor", "person") if data.get(key, {}).get("name") == DRAW}
    case = Case(
        scenario=data["id"],
        title=data["title"],
        persona=persona.id,
        kind=persona.kind,
        channel=Channel(data.get("channel", "phone")),
        at=at,
        difficulty=data["difficulty"],
        goal=data["goal"],
        rubric=data["rubric"],
        rulebook=data.get("rulebook", "cn"),
        debtor=debtor,
        person=person,
        debt=_debt(data["debt"], at),
        collector=_collector(data["collector"]),
        authority=Authority(**_fields(data.get("authority", {}))),
        standing=Standing(**_fields(data.get("standing", {}))),
        history=tuple(
            Contacted(
                (at - timedelta(days=item["days-ago"])).date(),
                item["note"],
                item.get("promised"),
                item.get("kept"),
            )
            for item in data.get("history", ())
        ),
        broken_promises=data.get("broken-promises", 0),
        means={name: _means(value, at) for name, value in data.get("means", {}).items()},
        mood=dict(data.get("mood", {})),
    )
    return Scenario(
        case=case,
        drawn=frozenset(drawn),
        brief=data["brief"].strip(),
        hints=tuple(data.get("hints", ())),
        model=tuple(data["model"]),
        careless=tuple(data["careless"]),
        digest=digest,
    )


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    return {key.replace("-", "_"): value for key, value in data.items() if key != PLACE}


def _person(data: dict[str, Any]) -> Person:
    name = data["name"]
    surname = "" if name == DRAW else name[0]
    person = Person(name, surname, data.get("call", ""), data["gender"], "", data.get("relation"))
    return person if name == DRAW else _named(person, surname, name)


def _named(person: Person, surname: str, name: str) -> Person:
    title = "先生" if person.gender == "male" else "女士"
    call = (person.call or "{surname}" + title).replace("{surname}", surname)
    return replace(person, name=name, surname=surname, call=call)


def _debt(data: dict[str, Any], at: datetime) -> Debt:
    parts = {key: Decimal(data.get(key, "0")) for key in ("principal", "interest", "penalty")}
    return Debt(
        creditor=data["creditor"],
        product=data["product"],
        kind=data["kind"],
        total=sum(parts.values(), Decimal(0)),
        daily_cost=Decimal(data["daily-cost"]),
        due=(at - timedelta(days=data["days-overdue"])).date(),
        days_overdue=data["days-overdue"],
        tail="",
        **parts,
    )


def _collector(data: dict[str, Any]) -> Collector:
    return Collector("小" + data["surname"], data["surname"], data["number"], data["org"], data["hotline"])


def _means(value: Any, at: datetime) -> Decimal | datetime:
    if isinstance(value, str):
        return Decimal(value)
    hour, minute = map(int, value["at"].split(":"))
    return (at + timedelta(days=value["days"])).replace(hour=hour, minute=minute, second=0)


def _check(data: dict[str, Any], scenario: Scenario, persona: Persona, source: Source) -> None:
    top: Node = data[PLACE]
    if data["id"] != source.stem:
        source.report(
            top.value["id"].mark,
            "id-differs",
            f"id 是“{data['id']}”，文件名却是“{source.stem}”",
            "两个要一样",
        )
    for name, kind in persona.needs:
        value = scenario.case.means.get(name)
        if value is None or isinstance(value, Decimal) != (kind == "yuan"):
            wanted = "一个金额" if kind == "yuan" else '一个时间 {days: …, at: "…"}'
            place = top.keys.get("means", top.keys["persona"])
            source.report(
                place, "missing-means", f"角色“{persona.id}”要情境在 means 里给出“{name}”：{wanted}"
            )
    feelings = {name for name, _ in persona.disposition}
    for name in scenario.case.mood:
        if name not in feelings:
            place = top.value["mood"].keys[name]
            source.report(
                place, "unknown-name", f"角色“{persona.id}”没有“{name}”这种心态", did_you_mean(name, feelings)
            )
    baked = bake(scenario, 0)
    for key in ("model", "careless"):
        for number, node in enumerate(top.value[key].value):
            for path in paths(data[key][number]):
                _check_path(baked, path, node, source)


def _check_path(case: Case, path: str, node: Node, source: Source) -> None:
    try:
        fact(case, path)
    except KeyError:
        source.report(node.mark, "unknown-fact", f"没有叫“{{{path}}}”的事实", "看看 docs 里的事实清单")


def bake(scenario: Scenario, seed: int) -> Case:
    """The case with every open fact drawn from `seed`. Digits are invented and belong to nobody."""
    digits = random.Random(f"{scenario.id}:{seed}")
    case = scenario.case
    faker = _faker(seed) if scenario.drawn else None
    debtor = replace(_drawn("debtor", case.debtor, scenario, faker), last4=f"{digits.randrange(10000):04d}")
    person = debtor
    if case.person.relation is not None:
        person = replace(
            _drawn("person", case.person, scenario, faker), last4=f"{digits.randrange(10000):04d}"
        )
    debt = replace(case.debt, tail=f"{digits.randrange(10000):04d}")
    return replace(case, debtor=debtor, person=person, debt=debt)


def _faker(seed: int) -> Any:
    from faker import Faker

    faker = Faker("zh_CN")
    faker.seed_instance(seed)
    return faker


def _drawn(key: str, person: Person, scenario: Scenario, faker: Any) -> Person:
    if f"{key}.name" not in scenario.drawn:
        return person
    surname = faker.last_name()
    given = faker.first_name_male() if person.gender == "male" else faker.first_name_female()
    return _named(person, surname, surname + given)
