"""Every example of every rule, heard by the shipped ear and held against the facts of the example."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import yaml

from scoring.compliance import Law
from scoring.hearing import listen
from scoring.rulebook import Example, Rule
from simulator.dialogue import Case, Hearer, PersonaKind, Speaker, Transcript, Turn
from simulator.reading.amounts import find_amounts
from simulator.reading.ear import Ear
from tests.scoring.made import case_with, rulebook

KINDS = {Hearer.THIRD_PARTY: PersonaKind.THIRD_PARTY, Hearer.JOINTLY_LIABLE: PersonaKind.JOINTLY_LIABLE}
# Examples that the shipped ear does not hear as their file says, by rule: a list that may only shrink.
KNOWN_MISSES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "known_misses.yaml").read_text(encoding="utf-8")
)
# The sum that a lawful example of this rule names is what its debtor owes; elsewhere in the tests figures are figures.
OF_FIGURES = "amount-accuracy"


@cache
def ear() -> Ear:
    return Ear.load()


def case_of(example: Example) -> Case:
    facts = dict(example.facts)
    clock, agreed = facts.pop("clock", None), facts.pop("standing.agreed-hours", False)
    kind = facts.pop("debt.kind", None)
    for of_the_turn in ("hearer", "turn-again", "breached"):
        facts.pop(of_the_turn, None)
    case = case_with({**facts, "channel": example.channel.value})
    case = replace(case, kind=KINDS.get(example.hearer, PersonaKind.DEBTOR))
    if kind:
        case = replace(case, debt=replace(case.debt, kind=str(kind)))
    if clock:
        case = replace(case, at=datetime.fromisoformat(f"2026-03-11T{clock}"))
    if agreed:
        standing = replace(case.standing, agreed_from=f"{case.at:%H:%M}", agreed_until="23:59")
        case = replace(case, standing=standing)
    return case


def owing_what_it_says(case: Case, text: str) -> Case:
    """The case with the first sum of the text as its total."""
    sums = [mention.value for mention in find_amounts(text) if mention.value is not None]
    return replace(case, debt=replace(case.debt, total=sums[0])) if sums else case


def breached(example: Example, figures_agree: bool = False) -> set[str]:
    case = case_of(example)
    if figures_agree:
        case = owing_what_it_says(case, example.text)
    turns = [Turn(1, Speaker.PERSONA, example.before or "喂", case.at, example.hearer, "talk")]
    turns.append(Turn(2, Speaker.COLLECTOR, example.text, case.at, example.hearer, "talk"))
    call = listen(Transcript(case, 1, tuple(turns), None), ear())
    breaches, _ = Law(rulebook(), case.at.date(), ear()).find(call)
    return {breach.rule for breach in breaches}


def wrong(rule: Rule) -> list[str]:
    missed = [example.text for example in rule.breached if rule.id not in breached(example)]
    agree = rule.id == OF_FIGURES
    return missed + [example.text for example in rule.clean if rule.id in breached(example, agree)]


@pytest.mark.parametrize("rule", rulebook().rules, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_are_judged_as_they_say_but_for_known_misses(rule: Rule) -> None:
    assert wrong(rule) == KNOWN_MISSES.get(rule.id, [])


def test_known_misses_are_few_and_name_examples_that_exist() -> None:
    texts = {
        rule.id: {example.text for example in (*rule.breached, *rule.clean)} for rule in rulebook().rules
    }
    for rule, lines in KNOWN_MISSES.items():
        assert set(lines) <= texts[rule], rule
    total = sum(len(rule.breached) + len(rule.clean) for rule in rulebook().rules)
    assert sum(map(len, KNOWN_MISSES.values())) * 40 <= total
