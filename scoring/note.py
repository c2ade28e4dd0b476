"""The note after the call, graded against what was really said: reason, promise, next step, and nothing invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from scoring.hearing import Call
from scoring.promise import METHODS
from scoring.reasons import reasons_in
from scoring.scorecard import Evidence, Finding, Met, Pledged, PromiseMark, Section
from simulator.dialogue import AmountMention, TimeMention
from simulator.dialogue.speak import spoken_amount, spoken_instant
from simulator.reading.amounts import find_amounts
from simulator.reading.times import find_times

SPEAKS_OF_HIM = ("客户", "本人")  # in a note the customer is the debtor; in a call, one who owes him money
NOTE_TURN = 0  # the note is no turn of the call; its evidence stands in the note's own text
PROMISED = re.compile(r"承诺|答应|同意|保证|说好|约定|允诺|许诺|将于|会在|表示.{0,12}(?:还|付|存|转)")
NOTHING_PROMISED = re.compile(
    r"(?:未|没有?|无|拒绝|不肯|不愿)[^，。；、]{0,4}(?:承诺|答应|表态|确定|同意|约定|明确)|没有?准日子|无明确"
)
NEXT_STEP = re.compile(
    r"跟进|回访|再打|再联系|再拨|致电|回电|联系|提醒|复核|核查|核实|提交|申请|转交|上报|催收函|短信|查账|查收|确认到账"
)
REASON_WORDS = re.compile(r"因|原因|由于|称|说|表示|反映|自述")
PASSED = 2  # points of each criterion of the note


def grade_note(call: Call, promise: PromiseMark) -> Section:
    """The findings on `transcript.note`; times in it are read as of the end of the call."""
    text = (call.transcript.note or "").replace(*SPEAKS_OF_HIM)
    now = call.transcript.turns[-1].clock if call.transcript.turns else call.case.at
    times, amounts = find_times(text, now), find_amounts(text)
    findings = [
        _reason(text, call),
        _promise_time(text, times, promise, now),
        _promise_sum(text, amounts, promise),
        _method(text, promise),
        _next_step(text, times),
        _nothing_invented(text, times, amounts, call, promise),
    ]
    return Section(tuple(_as_written(finding, call) for finding in findings if finding is not None))


def _as_written(finding: Finding, call: Call) -> Finding:
    """The finding with the note's own words as its evidence."""
    if finding.evidence is None:
        return finding
    start, end = finding.evidence.start, finding.evidence.end
    return replace(finding, evidence=_words(call.transcript.note or "", start, end))


def _finding(
    id: str, title: str, met: Met, why: str, matters: str, evidence: Evidence | None = None
) -> Finding:
    points = {Met.YES: PASSED, Met.HALF: PASSED // 2, Met.NO: 0}[met]
    return Finding(id, title, met, points, PASSED, why, matters, evidence)


def _words(text: str, start: int, end: int) -> Evidence:
    return Evidence(NOTE_TURN, start, end, text[start:end])


def _reason(text: str, call: Call) -> Finding | None:
    told: set[str] = set()
    for turn in call.answers:
        told |= reasons_in(turn.text)
    title, matters = "记下了没还的原因", "下一个同事不用再问一遍。"
    if not told:
        return None
    written = reasons_in(text)
    if written & told:
        return _finding(
            "note-reason", title, Met.YES, f"写了“{_first(written & told)}”，和他说的一样。", matters
        )
    if written:
        why = f"写的是“{_first(written)}”，他说的是“{_first(told)}”。"
        return _finding("note-reason", title, Met.NO, why, matters)
    if REASON_WORDS.search(text):
        return _finding("note-reason", title, Met.HALF, f"提到了原因，没写清是“{_first(told)}”。", matters)
    return _finding("note-reason", title, Met.NO, f"他说了原因（{_first(told)}），没有写。", matters)


def _first(names: set[str] | frozenset[str]) -> str:
    return min(names)


def _promise_time(
    text: str, times: Sequence[TimeMention], promise: PromiseMark, now: datetime
) -> Finding | None:
    dated = [pledge for pledge in promise.pledges if pledge.due is not None]
    title, matters = "记下了答应的日子和钟点", "到点没到账，同事才知道该几点跟进。"
    if not promise.pledges:
        return None
    if not dated:
        if NOTHING_PROMISED.search(text) or not times:
            return _finding("note-when", title, Met.YES, "没有准日子，也没有替他编一个。", matters)
        first = times[0]
        evidence = _words(text, first.start, first.end)
        why = f"他没有给准日子，小结里却写了“{first.text}”。"
        return _finding("note-when", title, Met.NO, why, matters, evidence)
    hit = [pledge for pledge in dated if any(_same_time(mention, pledge) for mention in times)]
    expected = "、".join(spoken_instant(pledge.due, now) for pledge in dated if pledge.due)
    if len(hit) == len(dated):
        return _finding("note-when", title, Met.YES, f"写了{expected}。", matters)
    if hit:
        return _finding("note-when", title, Met.HALF, f"只写了一笔的日子，应该有{expected}。", matters)
    day = next((mention for mention in times if any(_same_day(mention, pledge) for pledge in dated)), None)
    if day is not None:
        evidence = _words(text, day.start, day.end)
        return _finding(
            "note-when", title, Met.HALF, f"日子对，钟点不对：应该是{expected}。", matters, evidence
        )
    if times:
        evidence = _words(text, times[0].start, times[0].end)
        return _finding(
            "note-when", title, Met.NO, f"写的是“{times[0].text}”，他答应的是{expected}。", matters, evidence
        )
    return _finding("note-when", title, Met.NO, f"没有写日子，应该是{expected}。", matters)


def _same_time(mention: TimeMention, pledge: Pledged) -> bool:
    """The same last moment, or, where the pledge is for a whole day, that day."""
    assert pledge.due is not None
    return mention.due.replace(second=0) == pledge.due.replace(second=0)


def _same_day(mention: TimeMention, pledge: Pledged) -> bool:
    assert pledge.due is not None
    return mention.due.date() == pledge.due.date()


def _promise_sum(text: str, amounts: Sequence[AmountMention], promise: PromiseMark) -> Finding | None:
    sums = [pledge.amount for pledge in promise.pledges if pledge.amount is not None]
    title, matters = "记下了答应的数目", "多一千少一千，下一通电话就说不清了。"
    if not sums:
        return None
    named = {mention.value for mention in amounts if mention.value is not None}
    hit = [value for value in sums if value in named]
    expected = "、".join(f"{spoken_amount(value)}元" for value in sums)
    full = any(word in text for word in ("全部", "结清", "还清", "全额", "付清"))
    rest = any(word in text for word in ("余下", "剩余", "剩下", "其余", "余款"))
    if len(hit) == len(sums) or sum(sums, Decimal(0)) in named or (len(sums) == 1 and full and not named):
        return _finding("note-sum", title, Met.YES, f"写了{expected}。", matters)
    if hit and rest:
        return _finding("note-sum", title, Met.YES, f"写了{expected}。", matters)
    if hit:
        return _finding("note-sum", title, Met.HALF, f"数目没有写全，应该有{expected}。", matters)
    wrong = next((mention for mention in amounts if mention.value is not None), None)
    if wrong is not None:
        evidence = _words(text, wrong.start, wrong.end)
        return _finding(
            "note-sum", title, Met.NO, f"写的是“{wrong.text}”，他答应的是{expected}。", matters, evidence
        )
    return _finding("note-sum", title, Met.NO, f"没有写数目，应该是{expected}。", matters)


def _method(text: str, promise: PromiseMark) -> Finding | None:
    if not any(pledge.due for pledge in promise.pledges):
        return None
    title, matters = "记下了怎么还", "查账的人要知道钱从哪条路来。"
    word = next((word for word in (*METHODS, promise.method or "") if word and word in text), None)
    if word is None:
        return _finding("note-method", title, Met.NO, "没有写怎么还。", matters)
    start = text.index(word)
    return _finding(
        "note-method", title, Met.YES, f"写了“{word}”。", matters, _words(text, start, start + len(word))
    )


def _next_step(text: str, times: Sequence[TimeMention]) -> Finding:
    title, matters = "写明下一步和时间", "没有时间的下一步，等于没有。"
    step = NEXT_STEP.search(text)
    if step is None:
        return _finding("note-next", title, Met.NO, "没有写下一步做什么。", matters)
    evidence = _words(text, step.start(), step.end())
    clause = text[max(0, step.start() - 16) : step.end() + 16]
    clock = re.search(
        r"[0-9一二两三四五六七八九十]+\s?[点时:：]|上午|中午|下午|晚上|今天|明天|后天|周[一二三四五六日]|[0-9]+[日号]",
        clause,
    )
    if clock is None:
        return _finding("note-next", title, Met.HALF, "写了下一步，没有写什么时候。", matters, evidence)
    return _finding("note-next", title, Met.YES, "下一步和时间都有。", matters, evidence)


def _nothing_invented(
    text: str,
    times: Sequence[TimeMention],
    amounts: Sequence[AmountMention],
    call: Call,
    promise: PromiseMark,
) -> Finding:
    title, matters = "没有编造", "小结会成为下一通电话的依据，也会被复核。"
    denied = NOTHING_PROMISED.search(text)
    claimed = PROMISED.search(NOTHING_PROMISED.sub(lambda match: "－" * len(match.group()), text))
    if claimed and not denied and not promise.pledges:
        evidence = _words(text, claimed.start(), claimed.end())
        return _finding("note-true", title, Met.NO, "通话里没有任何承诺，小结写成了有。", matters, evidence)
    if denied and promise.pledges and not claimed:
        evidence = _words(text, denied.start(), denied.end())
        return _finding("note-true", title, Met.NO, "对方答应了，小结写成了没有。", matters, evidence)
    known = _known_sums(call, promise)
    for mention in amounts:
        if mention.value is not None and not any(abs(mention.value - value) < 1 for value in known):
            why = f"“{mention.text}”这个数，通话和账上都没有。"
            return _finding(
                "note-true", title, Met.NO, why, matters, _words(text, mention.start, mention.end)
            )
    if not text.strip():
        return _finding("note-true", title, Met.NO, "小结是空的。", matters)
    return _finding("note-true", title, Met.YES, "写的都对得上。", matters)


def _known_sums(call: Call, promise: PromiseMark) -> set[Decimal]:
    """Every sum of the account, of the promise, and that was spoken of in the call."""
    debt = call.case.debt
    known = {debt.total, debt.principal, debt.interest, debt.penalty, debt.daily_cost}
    sums = [pledge.amount for pledge in promise.pledges if pledge.amount is not None]
    known.update((*sums, sum(sums, Decimal(0)), debt.total - sum(sums, Decimal(0))))
    for turn in call.transcript.turns:
        known.update(mention.value for mention in find_amounts(turn.text) if mention.value is not None)
    return known
