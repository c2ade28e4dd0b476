"""What a rule advises to say is itself lawful, whoever listens, as the shipped ear hears it."""

from dataclasses import replace
from datetime import date

import pytest

from scoring.advice import sentences
from scoring.better import better_breach
from scoring.compliance import Law
from scoring.conditions import Moment
from scoring.edits import is_decent
from scoring.hearing import listen
from scoring.rulebook import Example, Rule
from simulator.dialogue import Case, Channel, Hearer, PersonaKind, Speaker, Transcript, Turn
from tests.scoring.made import case_with, rulebook
from tests.scoring.test_rule_examples import KINDS, breached, case_of, ear


def case_for(hearer: Hearer, channel: Channel) -> Case:
    case = case_with({"channel": channel.value, "broken-promises": 1})
    return replace(case, kind=KINDS.get(hearer, PersonaKind.DEBTOR))


@pytest.mark.parametrize("rule", rulebook().rules, ids=lambda rule: rule.id)
def test_what_a_rule_would_have_said_instead_breaks_nothing(rule: Rule) -> None:
    channel = Channel.PHONE if Channel.PHONE in rule.channels else Channel.SMS
    for hearer in sorted(rule.hearers):
        moment = Moment(case_for(hearer, channel), case_for(hearer, channel).at, hearer)
        own = [item.say for item in rule.instead if item.meets is None and hearer in item.hearers]
        wordings = sentences(rule, moment)
        assert wordings
        lawful = [words for words in wordings if not breached(Example(words, (), hearer, channel))]
        assert lawful, hearer
        if own:
            assert lawful[0] == wordings[0], (hearer, wordings[0])


@pytest.mark.parametrize("rule", rulebook().rules, ids=lambda rule: rule.id)
def test_every_example_that_is_caught_is_mended_decently(rule: Rule) -> None:
    law = Law(rulebook(), date(2026, 3, 11), ear())
    unmended = []
    for example in rule.breached:
        case = case_of(example)
        turns = (
            Turn(1, Speaker.PERSONA, example.before or "喂", case.at, example.hearer, "talk"),
            Turn(2, Speaker.COLLECTOR, example.text, case.at, example.hearer, "talk"),
        )
        call = listen(Transcript(case, 1, turns, None), ear())
        breaches, _ = law.find(call)
        for breach in breaches:
            if breach.rule != rule.id:
                continue
            better = better_breach(breach, breaches, call, law)
            if better is None:
                unmended.append(example.text)
                continue
            assert is_decent(better.improved)
            assert example.hearer is not Hearer.THIRD_PARTY or "本人吗" not in better.improved
            assert example.channel is not Channel.SMS or better.improved.startswith("【江禾银行】")
    assert not unmended
