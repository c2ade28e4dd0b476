"""The same words are right in one call and wrong in another: the facts of the case decide, or a human does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.compliance import Law
from scoring.hearing import listen
from simulator.dialogue import Hearer, Speaker, Transcript, Turn
from tests.scoring.made import Ear, case_with, rulebook

SITUATIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "situations.yaml").read_text(encoding="utf-8")
)
SIDES = ("right", "human", "wrong")


def outcome(item: dict[str, Any], facts: dict[str, Any]) -> str:
    """What becomes of the words in a call with these facts: `right`, `human` or `wrong`."""
    given = {**item.get("facts", {}), **facts}
    hearer = Hearer(given.pop("hearer", "debtor"))
    kind = given.pop("debt.kind", None)
    case = case_with(given)
    if kind:
        case = replace(case, debt=replace(case.debt, kind=kind))
    words, rule = item["words"], item["rule"]
    cues = ((rule, words),) if item.get("cue", True) else ()
    ear = Ear({words: tuple((act, words) for act in item.get("acts", ()))}, {words: cues})
    turns = (
        Turn(1, Speaker.PERSONA, "喂。", case.at, hearer, "talk"),
        Turn(2, Speaker.COLLECTOR, words, case.at, hearer, "talk"),
    )
    breaches, doubts = Law(rulebook(), case.at.date(), ear).find(
        listen(Transcript(case, 1, turns, None), ear)
    )
    if rule in {breach.rule for breach in breaches}:
        return "wrong"
    return "human" if rule in {doubt.rule for doubt in doubts} else "right"


CASES = [
    pytest.param(item, side, id=f"{item['rule']}-{side}-{item['words']}")
    for item in SITUATIONS
    for side in SIDES
    if side in item
]


@pytest.mark.parametrize(("item", "side"), CASES)
def test_the_facts_of_the_call_decide(item: dict[str, Any], side: str) -> None:
    assert outcome(item, item[side]) == side


@pytest.mark.parametrize(
    "item", [item for item in SITUATIONS if "never" in item], ids=lambda item: item["words"]
)
def test_what_no_facts_excuse_is_a_breach_whatever_the_case(item: dict[str, Any]) -> None:
    hearer = "third-party" if item["rule"] == "identify-self" else "debtor"
    for facts in (
        {},
        {"standing.legal": "enforced"},
        {"authority.waiver": True},
        {"standing.visit-arranged": True},
    ):
        assert outcome(item, {"hearer": hearer, **item.get("wrong", {}), **facts}) == "wrong", facts


def test_every_rule_has_a_lawful_situation_or_says_why_there_is_none() -> None:
    told = {item["rule"]: set(item) for item in SITUATIONS if {"right", "human", "never"} & set(item)}
    assert set(told) == {rule.id for rule in rulebook().rules}
