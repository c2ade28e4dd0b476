"""What holds for every call: judging is pure, stays inside the text, and never gives something for nothing."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.scorecard import Met, Scorecard, Section
from simulator.training.record import dump
from tests.scoring.made import CALLS, call_files, made, read_call, rulebook, whole

ACTS = ("greet", "self-identify", "verify-identity", "state-debt", "demand-payment", "ask-reason", "ask-ability", "offer-partial",
        "offer-plan", "warn-credit", "warn-cost", "warn-legal", "confirm-promise", "announce-followup", "thank", "close",
        "ask-commitment", "empathize", "ask-relay", "withhold-details")  # fmt: skip
RULES = tuple(rule.id for rule in rulebook().rules)
PIECES = (
    "您好，",
    "请问是郑总本人吗？",
    "50000元",
    "逾期三天",
    "今天下午三点前",
    "明天",
    "再不还就",
    "谢谢，再见。",
    "ok",
    "😀",
    "\u200b",
    "分12期",
    "，",
    "。",
    "你",
)

words = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
collector = st.fixed_dictionaries(
    {
        "催收": words,
        "acts": st.lists(st.sampled_from(ACTS), max_size=4, unique=True),
        "breaks": st.lists(st.sampled_from(RULES), max_size=2, unique=True),
    }
)
pledges = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "amount": st.integers(1, 60000),
            "due": st.sampled_from(["2026-03-11T18:00", "2026-03-20T12:00"]),
        },
    ),
    max_size=2,
)
persona = st.fixed_dictionaries(
    {"对方": words},
    optional={"verified": st.just(True), "pledges": pledges, "asks": st.sampled_from(["who", "how"])},
)
calls = st.fixed_dictionaries(
    {
        "claim": st.just("any"),
        "rubric": st.sampled_from(["first-party", "hardship", "third-party"]),
        "turns": st.lists(st.one_of(collector, persona), max_size=12),
        "case": st.fixed_dictionaries({"kind": st.sampled_from(["debtor", "third-party", "jointly-liable"])}),
    },
    optional={"note": words},
)
easy = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@easy
@given(calls)
def test_judging_twice_gives_the_same_bytes(data: dict[str, Any]) -> None:
    first, second = made(copy.deepcopy(data)), made(copy.deepcopy(data))
    assert dump(first.judge().to_json()) == dump(second.judge().to_json())


def unadvised(card: Scorecard) -> Scorecard:
    """The scorecard less all that tells what could have been said instead."""

    def plain(section: Section) -> Section:
        return Section(tuple(replace(item, better=None, say_instead=()) for item in section.findings))

    return replace(
        card,
        etiquette=plain(card.etiquette),
        tasks=plain(card.tasks),
        breaches=tuple(replace(breach, better=None) for breach in card.breaches),
        what_would_change=(),
    )


@easy
@given(calls)
def test_without_advice_the_marks_are_the_same(data: dict[str, Any]) -> None:
    call = made(data)
    assert call.judge(advice=False) == unadvised(call.judge())


@pytest.mark.parametrize("path", call_files(), ids=lambda path: path.stem)
def test_without_advice_the_marks_of_every_call_are_the_same(path: Path) -> None:
    call = read_call(path)
    assert call.judge(advice=False) == unadvised(call.judge())


@easy
@given(calls)
def test_every_offset_lies_inside_its_text(data: dict[str, Any]) -> None:
    call = made(data)
    card = call.judge()
    texts = {turn.n: turn.text for turn in call.transcript.turns}
    shown = [finding.evidence for finding in (*card.etiquette.findings, *card.tasks.findings)]
    shown += [breach.evidence for breach in card.breaches]
    for evidence in shown:
        if evidence is not None:
            assert 0 <= evidence.start <= evidence.end <= len(texts[evidence.turn])
            assert texts[evidence.turn][evidence.start : evidence.end] == evidence.text


@easy
@given(calls)
def test_points_add_up_and_stay_in_bounds(data: dict[str, Any]) -> None:
    card = made(data).judge(advice=False)
    for section in (card.etiquette, card.tasks):
        for finding in section.findings:
            assert finding.points == {Met.YES: finding.of, Met.HALF: finding.of // 2, Met.NO: 0}[finding.met]
    assert 0 <= card.promise.points <= card.promise.of
    assert 0 <= card.total <= 100
    assert card.passed == (not card.reasons)


@easy
@given(calls)
def test_the_changes_that_are_named_do_flip_a_failed_call(data: dict[str, Any]) -> None:
    card = made(data).judge()
    if not card.passed and card.what_would_change:
        assert not any(change.flips for change in card.what_would_change[:-1])


@easy
@given(rule=st.sampled_from(RULES), turn=st.integers(2, 10))
def test_one_more_breach_never_raises_the_total(rule: str, turn: int) -> None:
    data = whole({"like": "good-call", "claim": ""})
    clean = made(copy.deepcopy(data)).judge(advice=False)
    data["turns"][turn * 2 - 3]["breaks"] = [rule]
    worse = made(data).judge(advice=False)
    assert worse.total <= clean.total


@easy
@given(order=st.permutations([0, 1, 2]))
def test_the_order_of_unrelated_turns_does_not_matter(order: list[int]) -> None:
    asides = [
        {"催收": "按时还上，往后用款也方便。", "acts": ["state-benefit"]},
        {"催收": "我们一起想办法。", "acts": ["offer-help"]},
        {"催收": "您的信息我们会保密。", "acts": ["assure-privacy"]},
    ]
    put = [turn for index in order for turn in (asides[index], {"对方": "嗯。"})]
    call = made(whole({"like": "good-call", "claim": "", "put": {9: put}}))
    card = call.judge()
    plain = made(
        whole(
            {"like": "good-call", "claim": "", "put": {9: [t for a in asides for t in (a, {"对方": "嗯。"})]}}
        )
    )
    assert card.total == plain.judge().total
    assert card.passed


def test_there_are_calls_to_judge() -> None:
    assert len(list(CALLS.glob("*.yaml"))) >= 25
