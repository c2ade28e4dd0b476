"""Reads a scenario's YAML file and draws the facts it leaves open."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from simulator.authoring.lines import check_lines
from simulator.authoring.marked import Node, Source, parse
from simulator.authoring.scenario_shape import DRAW, scenario_shape
from simulator.authoring.shapes import PLACE, check_id, report_unknown
from simulator.dialogue import Case, Channel, PersonaKind
from simulator.dialogue.case import Authority, Collector, Contacted, Debt, Person, Standing
from simulator.dialogue.speak import fact
from simulator.engine.persona import Persona
from simulator.training.scenario import Scenario

SPOKEN = ("brief", "hints", "model", "careless")


def read_scenario(
    source: Source, personas: Mapping[str, Persona], rubrics: Collection[str], rulebooks: Collection[str]
) -> Scenario | None:
    """The scenario of `source`, or None when anything is wrong; problems are reported to the source."""
    found = read_scenario_data(source, personas, rubrics, rulebooks)
    return found[1] if found else None


def read_scenario_data(
    source: Source, personas: Mapping[str, Persona], rubrics: Collection[str], rulebooks: Collection[str]
) -> tuple[dict[str, Any], Scenario] | None:
    """The same, with the data that it was built from."""
    root = parse(source)
    if root is None:
        return None
    data = scenario_shape(tuple(personas), rubrics, rulebooks).read(root, source)
    if not isinstance(data, dict) or source.problems:
        return None
    persona = personas[data["persona"]]
    scenario = _build(data, persona, hashlib.sha256(source.text.encode()).hexdigest())
    _check(data, scenario, persona, source)
    return None if source.problems else (data, scenario)


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
        objections=tuple(data.get("objections", ())),
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
    check_id(data, source)
    _check_means(top, scenario, persona, source)
    feelings = {name for name, _ in persona.disposition}
    for name in scenario.case.mood:
        if name not in feelings:
            report_unknown(
                source, top.value["mood"].keys[name], f"心态（角色“{persona.id}”）", name, feelings
            )
    _check_person(data, persona, source)
    if not source.problems:
        baked = _baked(scenario, 0, _Anybody())
        for key in SPOKEN:
            if key in data:
                check_lines(top.value[key], lambda path: _has(baked, path), baked.means, source)


def _check_means(top: Node, scenario: Scenario, persona: Persona, source: Source) -> None:
    for name, kind in persona.needs:
        value = scenario.case.means.get(name)
        if value is None or isinstance(value, Decimal) != (kind == "yuan"):
            source.report(
                top.keys.get("means", top.keys["persona"]),
                "missing-means",
                "角色“{persona}”要情境在 means 里给出“{name}”",
                "在 means 里写上 {name}，写成{form}",
                persona=persona.id,
                name=name,
                form="一个金额：8000" if kind == "yuan" else '一个时间：{days: 1, at: "18:00"}',
            )
    at_hand = scenario.case.means.get("now")
    if isinstance(at_hand, Decimal) and at_hand > scenario.case.debt.total:
        source.report(
            top.keys["means"],
            "means-above-debt",
            "手上现有 {now} 元，比欠的 {total} 元还多：先还一部分就会还过头",
            "把 means 里的 now 改成不超过欠款，或者把欠款改大",
            now=f"{at_hand:,}",
            total=f"{scenario.case.debt.total:,}",
        )


def _check_person(data: dict[str, Any], persona: Persona, source: Source) -> None:
    is_debtor = persona.kind is PersonaKind.DEBTOR
    if is_debtor == ("person" in data):
        source.report(
            data[PLACE].keys.get("person", data[PLACE].keys["persona"]),
            "person-differs",
            "角色“{persona}”就是欠款人本人，不该另写 person"
            if is_debtor
            else "接电话的“{persona}”不是欠款人，要写 person",
            "删掉 person" if is_debtor else "写上 person: {{name: draw, gender: female, relation: 妻子}}",
            persona=persona.id,
        )


def _has(case: Case, path: str) -> bool:
    try:
        fact(case, path)
    except KeyError:
        return False
    return True


def bake(scenario: Scenario, seed: int) -> Case:
    """The case with every open fact drawn from `seed`. Digits are invented and belong to nobody."""
    return _baked(scenario, seed, _faker(seed) if scenario.drawn else None)


def _baked(scenario: Scenario, seed: int, faker: Any) -> Case:
    digits = random.Random(f"{scenario.id}:{seed}")
    case = scenario.case
    debtor = replace(_drawn("debtor", case.debtor, scenario, faker), last4=f"{digits.randrange(10000):04d}")
    person = debtor
    if case.person.relation is not None:
        person = replace(
            _drawn("person", case.person, scenario, faker), last4=f"{digits.randrange(10000):04d}"
        )
    debt = replace(case.debt, tail=f"{digits.randrange(10000):04d}")
    return replace(case, debtor=debtor, person=person, debt=debt)


class _Anybody:
    """Draws the same name always. To know which facts there are, any will do, and Faker is slow to start."""

    def last_name(self) -> str:
        return "某"

    first_name_male = first_name_female = last_name


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
