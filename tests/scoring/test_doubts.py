"""Veiled words are shown to a human: never counted, never silently passed."""

from scoring.compliance import Law
from scoring.scorecard import Scorecard
from tests.scoring.made import made, rulebook, whole

VEILED = "再这样下去，后果自负。"


def card(**line: object) -> Scorecard:
    return made(whole({"like": "good-call", "claim": "", "change": {12: {"催收": VEILED, **line}}})).judge()


def test_veiled_words_cost_nothing_and_are_shown() -> None:
    judged = card()
    assert not judged.breaches
    assert judged.deducted == 0
    assert "后果自负" in {doubt.evidence.text for doubt in judged.needs_human}
    assert all(doubt.why for doubt in judged.needs_human)


def test_what_is_already_a_breach_needs_no_human() -> None:
    rules = {doubt.rule for doubt in card().needs_human}
    rule = min(rules)
    assert rule not in {doubt.rule for doubt in card(breaks=[rule]).needs_human}


def test_lawful_words_are_shown_to_nobody() -> None:
    assert not made(whole({"like": "good-call", "claim": ""})).judge().needs_human


def test_the_phrases_of_a_rulebook_are_compiled_once() -> None:
    call = made(whole({"like": "good-call", "claim": ""}))
    day = call.transcript.case.at.date()
    assert Law(rulebook(), day, call.ear).phrasebook is Law(rulebook(), day, call.ear).phrasebook
