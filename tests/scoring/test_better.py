"""Say it better: the smallest change of the trainee's own sentence, in this call's words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.better import better_breach
from scoring.compliance import Law
from scoring.hearing import listen
from scoring.scorecard import Better, Scorecard
from simulator.dialogue import Hearer, PersonaKind, Speaker, Transcript, Turn
from tests.scoring.made import Ear, case_with, made, rulebook, whole

KINDS = {Hearer.THIRD_PARTY: PersonaKind.THIRD_PARTY, Hearer.JOINTLY_LIABLE: PersonaKind.JOINTLY_LIABLE}


def judged(**changes: Any) -> Scorecard:
    return made(whole({"like": "good-call", "claim": "", **changes})).judge()


def better_of(card: Scorecard, id: str) -> Better:
    findings = (*card.etiquette.findings, *card.tasks.findings)
    found = next((finding.better for finding in findings if finding.id == id), None)
    better = found or next(breach.better for breach in card.breaches if breach.rule == id)
    assert better is not None
    return better


def test_only_the_offending_clause_goes() -> None:
    said = "您的难处我听到了，再不还我们就去你单位。"
    card = judged(
        change={
            12: {
                "催收": said,
                "acts": {"empathize": "您的难处我听到了"},
                "breaks": {"threat-expose": "去你单位"},
            }
        }
    )
    better = better_of(card, "threat-expose")
    assert better.improved.startswith("您的难处我听到了。")
    assert ("cut", "再不还我们就去你单位。") in better.diff
    assert "单位" not in better.improved


def test_the_condition_that_leads_up_to_a_threat_goes_with_it() -> None:
    said = "您好，今天再不还，我就去你单位找领导。"
    card = judged(change={12: {"催收": said, "breaks": {"threat-expose": "我就去你单位找领导"}}})
    assert "再不还" not in better_of(card, "threat-expose").improved


def test_a_missing_identity_is_put_before_the_greeting() -> None:
    card = judged(change={2: {"催收": "请问是郑总本人吗？", "acts": ["verify-identity"]}})
    assert better_of(card, "identity").improved == "您好，我是江禾银行的小陈，工号2036。请问是郑总本人吗？"


def test_a_missing_repetition_is_written_out_with_this_promise() -> None:
    card = judged(cut=[16, 17])
    improved = better_of(card, "confirm-promise").improved
    assert improved == (
        "那我记一下：今天中午十二点之前还八千，后天上午九点之前还四万二，走手机银行，对吧？"
        "后天上午八点半我给您去个电话提醒一声。"
    )


def test_a_bald_you_becomes_a_polite_one() -> None:
    bald = {"催收": "你账上现在能动的有多少？", "acts": ["ask-ability"]}
    others = {
        4: {"催收": "你的经营贷昨天到期，50000元还没扣成，今天上午能还上吗？"},
        6: {"催收": "货款卡住了，是怎么卡住的？"},
    }
    card = judged(
        change={
            10: bald,
            **others,
            8: {"催收": "现在每天多25元费用。"},
            12: {"催收": "要是再拖，你拿什么补上？"},
        }
    )
    better = better_of(card, "honorific")
    assert better.improved == "郑总，您的经营贷昨天到期，50000元还没扣成，今天上午能还上吗？"
    assert ("cut", "你") in better.diff
    assert any(step == "put" and words.endswith("您") for step, words in better.diff)


def test_a_wording_that_would_itself_be_a_breach_is_passed_over() -> None:
    data = whole(
        {"like": "good-call", "claim": "", "change": {12: {"催收": "别装糊涂。", "breaks": ["abuse-insult"]}}}
    )
    call = made(data)
    first = better_of(call.judge(), "abuse-insult").improved
    call.ear.cues[first] = (("abuse-insult", first),)
    second = better_of(call.judge(), "abuse-insult").improved
    assert second != first


CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "better.yaml").read_text(encoding="utf-8")
)


def clauses_heard(item: dict[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The acts of the sentence, and of each of its clauses said alone, as the ear of a test hears them."""
    acts = {words: act for act, words in item.get("acts", {}).items()}
    heard: dict[str, tuple[tuple[str, str], ...]] = {words: ((act, words),) for words, act in acts.items()}
    return {**heard, item["said"]: tuple((act, words) for words, act in acts.items())}


def mended(item: dict[str, Any]) -> Better:
    hearer = Hearer(item.get("hearer", "debtor"))
    case = replace(case_with(item.get("case", {})), kind=KINDS.get(hearer, PersonaKind.DEBTOR))
    ear = Ear(clauses_heard(item), {item["said"]: ((item["rule"], item["bad"]),)})
    turns = (
        Turn(1, Speaker.PERSONA, item.get("before", "喂。"), case.at, hearer, "talk"),
        Turn(2, Speaker.COLLECTOR, item["said"], case.at, hearer, "talk"),
    )
    call = listen(Transcript(case, 1, turns, None), ear)
    law = Law(rulebook(), case.at.date(), ear)
    breaches, _ = law.find(call)
    breach = next(breach for breach in breaches if breach.rule == item["rule"])
    better = better_breach(breach, breaches, call, law)
    assert better is not None
    return better


@pytest.mark.parametrize("item", CASES, ids=lambda item: f"{item['rule']}-{item['said']}")
def test_a_sentence_is_changed_no_more_than_it_must_be(item: dict[str, Any]) -> None:
    improved = mended(item).improved
    assert improved == item.get("is", improved)
    assert item.get("keeps", "") in improved
    assert item.get("says", "") in improved
    assert "drops" not in item or item["drops"] not in improved


@pytest.mark.parametrize("item", CASES, ids=lambda item: f"{item['rule']}-{item['said']}")
def test_nobody_but_the_debtor_is_asked_whether_it_is_he(item: dict[str, Any]) -> None:
    if item.get("hearer") == "third-party":
        assert "本人吗" not in mended(item).improved


def test_a_missing_demand_goes_before_the_goodbye() -> None:
    card = judged(change={20: {"催收": "谢谢郑总。再见。", "acts": ["thank", "close"]}}, cut=[18, 19])
    assert better_of(card, "next-contact").improved.endswith("给您去个电话提醒一声。谢谢郑总。再见。")


def test_what_a_turn_has_said_already_is_not_said_twice() -> None:
    card = judged(change={20: {"催收": "谢谢郑总配合。", "acts": ["thank"]}})
    assert better_of(card, "closing").improved.count("谢谢") == 1


def test_a_statement_goes_before_the_question_that_ends_the_turn() -> None:
    card = judged(
        change={
            8: {"催收": "嗯，明白。", "acts": []},
            6: {"催收": "货款卡住了，着急吧？是怎么卡住的？", "acts": ["empathize", "ask-reason"]},
        }
    )
    improved = better_of(card, "gains-losses").improved
    assert improved.endswith("是怎么卡住的？")
    assert "每天多25元" in improved
