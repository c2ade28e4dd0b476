"""Every example of every rule, heard by the shipped ear and held against the facts of the example."""

from dataclasses import replace
from datetime import datetime
from functools import cache

from scoring.compliance import Law
from scoring.hearing import listen
from scoring.rulebook import Example, Rule
from simulator.dialogue import Case, Hearer, PersonaKind, Speaker, Transcript, Turn
from simulator.reading.ear import Ear
from tests.scoring.made import case_with, rulebook

KINDS = {Hearer.THIRD_PARTY: PersonaKind.THIRD_PARTY, Hearer.JOINTLY_LIABLE: PersonaKind.JOINTLY_LIABLE}
LEAST_RIGHT = 0.97
# The figures in these examples belong to no case; the arithmetic is tested in `calls/`.
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


def breached(example: Example) -> set[str]:
    case = case_of(example)
    turns = [Turn(1, Speaker.PERSONA, example.before or "喂", case.at, example.hearer, "talk")]
    turns.append(Turn(2, Speaker.COLLECTOR, example.text, case.at, example.hearer, "talk"))
    call = listen(Transcript(case, 1, tuple(turns), None), ear())
    breaches, _ = Law(rulebook(), case.at.date(), ear()).find(call)
    return {breach.rule for breach in breaches}


def wrong(rule: Rule) -> list[str]:
    missed = [example.text for example in rule.breached if rule.id not in breached(example)]
    raised = [example.text for example in rule.clean if rule.id in breached(example)]
    return missed + ([] if rule.id == OF_FIGURES else raised)


def test_the_examples_of_the_rules_are_judged_as_they_say() -> None:
    total = sum(len(rule.breached) + len(rule.clean) for rule in rulebook().rules)
    failing = {rule.id: wrong(rule) for rule in rulebook().rules}
    count = sum(map(len, failing.values()))
    assert 1 - count / total >= LEAST_RIGHT, {rule: lines for rule, lines in failing.items() if lines}


def test_no_rule_fails_most_of_its_own_examples() -> None:
    for rule in rulebook().rules:
        assert len(wrong(rule)) * 2 < len(rule.breached) + len(rule.clean), rule.id
