"""What a persona asks must be answered in kind: the table of answers covers every word that personas use."""

from pathlib import Path

import pytest

from scoring.answers import ANSWERS, NEEDS_AN_ACT
from scoring.scorecard import Finding
from simulator.authoring.library import Library
from tests.scoring.made import ROOT, made, whole

WORDS = sorted(
    {
        line.split("asks:", 1)[1].split(",")[0].strip(" }\n")
        for path in Path(ROOT / "personas").glob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "asks:" in line
    }
)


def answers(asks: str, acts: list[str]) -> Finding:
    changes = {5: {"对方": "嗯，那个怎么说？", "asks": asks}, 6: {"催收": "好，我说一下。", "acts": acts}}
    card = made(whole({"like": "good-call", "claim": "", "change": changes})).judge()
    return next(finding for finding in card.etiquette.findings if finding.id == "answers")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_that_a_persona_asks_by_has_its_answers(word: str) -> None:
    assert word in ANSWERS


def test_answers_are_acts_that_exist() -> None:
    acts = set(Library().act_titles())
    assert {act for answer in ANSWERS.values() for act in answer} <= acts
    assert set(ANSWERS) >= NEEDS_AN_ACT


@pytest.mark.parametrize(
    ("asks", "acts", "unanswered"),
    [
        ("cost", ["ask-commitment"], True),
        ("cost", ["warn-cost"], False),
        ("who", ["demand-payment"], True),
        ("who", ["self-identify"], False),
        ("manager", ["demand-payment"], True),
        ("manager", ["offer-escalation"], False),
        ("materials", ["warn-credit"], True),
        ("materials", ["offer-plan"], False),
        ("terms", ["warn-legal"], True),
        ("terms", ["offer-plan"], False),
    ],
)
def test_a_question_is_answered_by_what_answers_it_and_by_nothing_else(
    asks: str, acts: list[str], unanswered: bool
) -> None:
    assert ("都答了" in answers(asks, acts).why) is not unanswered
