"""Say it better: the smallest change of the trainee's own sentence, in this call's words."""

from typing import Any

from scoring.scorecard import Better, Scorecard
from tests.scoring.made import made, whole


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
    card = judged(change={12: {"催收": said, "acts": ["empathize"], "breaks": {"threat-expose": "去你单位"}}})
    better = better_of(card, "threat-expose")
    assert better.improved.startswith("您的难处我听到了，")
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
