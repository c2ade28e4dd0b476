"""Which of the times in a line are times of payment.

Each expression is judged by the words that govern it: those after it up to the next expression or the end
of the clause; then those before it; a clause that is nothing but a time and courtesy stands by itself or
leans on the clause after it. Payment words accept; calls, answers, visits, due dates and income reject;
so do refusal, denial, the past, and a condition nobody on the line controls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from simulator.reading.time_cues import (
    AGAIN,
    AMOUNT,
    BREAK,
    CORRECTED,
    DENIED,
    DONE,
    EVERY,
    FILLER,
    FUTURE,
    IS_TODAY,
    MONEY,
    NOT_KEPT,
    NOT_THAT,
    NOUN_AFTER,
    ON_THE_WAY,
    OTHER,
    PAID_THEN,
    PAY,
    PROMISED,
    PROMISED_LATE,
    PROMISING,
    READ_BACK,
    RECEIVABLE,
    REFUSED,
    REFUSED_LATE,
    REPORTED,
    SALARY,
    SAYING,
    SPAN_FREE,
    SPAN_SPENT,
    SPOKEN_TIME,
    YES_NO,
)
from simulator.reading.time_hanging import hanging
from simulator.reading.time_words import Kind

_WINDOW = 60  # how far context is looked for, in characters; keeps a line's reading linear


@dataclass(frozen=True, slots=True)
class Expression:
    """A time placed in the calendar, not yet known to be one of payment. Offsets: the folded line."""

    start: int
    end: int
    begin: datetime
    due: datetime
    kind: Kind = Kind.DAYS
    past: bool = False
    gone: bool = False  # swallowed by a range
    ahead: bool = False
    anchored: bool = True
    own_day_said: bool = False
    clocked: bool = False


class _Verdict(Enum):
    PAY = auto()
    BARE = auto()
    SALARY = auto()
    NEUTRAL = auto()
    OTHER = auto()


def payment_times(text: str, found: list[Expression]) -> list[Expression]:
    """The times of payment, in order, refinements drawn together, corrected ones dropped."""
    judged = _judge_all(text, [one for one in found if not one.gone])
    paid = [one for one, verdict in judged if verdict in (_Verdict.PAY, _Verdict.BARE)]
    if not paid:
        paid = [one for one, verdict in judged if verdict is _Verdict.SALARY][:1]
    return _refined(text, _uncorrected(text, paid))


def _judge_all(text: str, found: list[Expression]) -> list[tuple[Expression, _Verdict]]:
    clauses = _clauses(text, found)
    unsure = hanging(text, clauses)
    judged: list[tuple[Expression, _Verdict]] = []
    index = 0
    for number, (_, end) in enumerate(clauses):
        inside: list[Expression] = []
        while index < len(found) and found[index].start < end:
            inside.append(replace(found[index], past=True) if number in unsure else found[index])
            index += 1
        if inside:
            judged.extend(_judge_clause(text, clauses, number, inside))
    return judged


def _clauses(text: str, found: list[Expression]) -> list[tuple[int, int]]:
    """Clauses as half-open spans. A break inside an expression is none."""
    inner = {offset for one in found for offset in range(one.start, one.end)}
    starts, ends = {one.start for one in found}, {one.end for one in found}
    spans: list[tuple[int, int]] = []
    start = 0
    for match in BREAK.finditer(text):
        listed = match.group() == " " and match.start() in ends and match.end() in starts
        if match.start() in inner or listed:
            continue
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _judge_clause(
    text: str, clauses: list[tuple[int, int]], number: int, inside: list[Expression]
) -> list[tuple[Expression, _Verdict]]:
    start, end = clauses[number]
    verdicts: list[tuple[Expression, _Verdict]] = []
    following: _Verdict | None = None
    for place in range(len(inside) - 1, -1, -1):
        one = inside[place]
        head_from = inside[place - 1].end if place else start
        tail_to = inside[place + 1].start if place + 1 < len(inside) else end
        head, tail = text[head_from : one.start], text[one.end : tail_to]
        if place + 1 < len(inside) and head.endswith(("是", "说")):
            tail, following = _without_the_other(tail, following)
        if one.past or _ruled_out(text, start, one, head, tail, place > 0):
            verdict = _Verdict.OTHER
        else:
            verdict = _governed(one, head, tail, following if _is_bare(tail) else None)
            if following is None or not _is_bare(tail):
                verdict = _by_neighbours(text, clauses, number, inside, one, verdict)
        following = verdict if not one.past else None
        verdicts.append((one, verdict))
    return verdicts[::-1]


def _without_the_other(tail: str, following: _Verdict | None) -> tuple[str, _Verdict | None]:
    """我说的是后天不是明天: the second time is denied, and says nothing of the first."""
    words = NOT_THAT.sub("", tail)
    return words, following if words == tail else None


def _is_bare(words: str) -> bool:
    return not FILLER.sub("", words)


def _ruled_out(text: str, start: int, one: Expression, head: str, tail: str, later: bool) -> bool:
    """Denied, reported from earlier, recurring, past, the name of today, or a span already spent."""
    before = text[max(start, one.start - _WINDOW) : one.start]
    if EVERY.search(head) or NOUN_AFTER.match(tail) or (DENIED.search(head) and not YES_NO.search(head)):
        return True
    if REPORTED.search(before) and not _spoken_now(before):
        return True
    if _TODAY_NAMED.fullmatch(text, one.start, one.end) and not tail and text.startswith(",", one.end):
        return True
    if _DRAGGED.search(head) and not _ASKED.search(tail):
        return True
    if IS_TODAY.search(before) and (not tail or tail[0] in "了是号"):
        return True
    if one.kind is Kind.SPAN and _spent(one, head, tail):
        return True
    done = _done(head, tail) and not _RESULT.match(text, one.end + len(tail))
    return not one.ahead and (done or _promised(before, tail))


def _promised(before: str, tail: str) -> bool:
    """Of a promise made earlier: 9号答应的没到账, 周五没兑现, 答应周五还的."""
    if NOT_KEPT.search(tail):
        return True
    if _NOW_SAID.search(before):
        return False
    late = PROMISING.search(before) and PROMISED_LATE.search(tail)
    return bool(late or PROMISED.search(tail) or SAYING.search(tail))


# 今天11号，我15号还: the first tells the date of the call.
_TODAY_NAMED = re.compile(
    r"今[天日儿]个?(?:[0-9一二三四五六七八九十]{1,3}月)?[0-9一二三四五六七八九十廿]{1,3}[号日]"
)
_DRAGGED = re.compile(r"拖[到至]$")
_ASKED = re.compile("[行可成好能]")
# 三点之前还了，我就不打电话: the second clause makes a condition of the first.
_RESULT = re.compile(r",[我您你咱们这边]{0,2}[就也]")
_NOW_SAID = re.compile(r"刚才|刚刚|刚说|这次|现在")
_SAID_BEFORE = re.compile(
    r"上次|上回|昨|前[天几两次回]|之前|以前|当时|上个?(?:月|周|星期|礼拜)|那[天次回]|头[一]?[次回]|[两三几][次回]|本来|原|每次|老是|总是|去年|前面"
    r"|过[^,]{0,6}$|好的|(?:[0-9一二三四五六七八九十][号日]|(?:周|星期|礼拜)[一二三四五六日天])[您你又也就]{0,2}(?:说|答应|承诺)"
)


def _spoken_now(before: str) -> bool:
    """说 or 答应 said in this call (您刚才说三点), not of an earlier one."""
    return _SAID_BEFORE.search(before) is None


def _spent(one: Expression, head: str, tail: str) -> bool:
    if one.anchored:
        return bool(re.search(r"(?:了|已经|逾期|超期|拖欠?|欠|长达)$", head))
    return bool(SPAN_SPENT.search(head)) or not SPAN_FREE.match(tail)


def _done(head: str, tail: str) -> bool:
    match = DONE.search(tail)
    if (
        match
        and not FUTURE.search(tail[: match.start()] + tail[match.end() :])
        and not FUTURE.search(head[-4:])
    ):
        return True
    return bool(re.search(r"(?:已经|早就|刚刚?)(?:在)?$", head))


def _governed(one: Expression, head: str, tail: str, following: _Verdict | None) -> _Verdict:
    """The verdict of the clause itself: what comes first after the time, else what comes last before it."""
    words = YES_NO.sub("", tail)
    pay, refused = PAY.search(words), REFUSED.search(words)
    other = _other(head, words, pay is not None)
    if (of_income := _of_income(head, words, pay, refused is not None)) is not None:
        return of_income
    if refused and (pay is None or refused.start() <= pay.start() or REFUSED_LATE.search(words, pay.start())):
        return _Verdict.OTHER
    if other and (pay is None or other.start() <= pay.start()):
        return _Verdict.OTHER
    if pay:
        return _Verdict.PAY
    if following is not None:
        return following
    return _before(one, head, words)


def _other(head: str, words: str, pays: bool) -> re.Match[str] | None:
    """What else the time is for; what one does on the way to paying (晚上回家转给您) is nothing else."""
    other = OTHER.search(words)
    while other and (
        (pays and ON_THE_WAY.search(other.group())) or (AGAIN.search(other.group()) and MONEY.search(head))
    ):
        other = OTHER.search(words, other.end())
    return other


def _of_income(head: str, words: str, pay: re.Match[str] | None, refused: bool) -> _Verdict | None:
    """The time at which money comes in: OTHER, or SALARY where a pay-day can date the payment."""
    around, latest = head + "|" + words, len(head) + 1 + (pay.start() if pay else len(words))
    source, salary = RECEIVABLE.search(around), SALARY.search(around)
    if source and source.start() <= latest:
        return _Verdict.OTHER
    if salary is None or salary.start() > latest or re.search("[用拿]", head):
        return None
    return _Verdict.OTHER if refused or PAID_THEN.search(around) else _Verdict.SALARY


def _before(one: Expression, head: str, words: str) -> _Verdict:
    head = YES_NO.sub("", head)
    pays, others = list(PAY.finditer(head)), list(OTHER.finditer(head))
    bare = _is_bare(words)
    last = others[-1] if bare and others else None
    if last and not _read_back(head, last) and (not pays or pays[-1].start() < last.start()):
        return _Verdict.OTHER
    if bare and pays and not REFUSED.search(head):
        return _Verdict.PAY
    if bare and _is_bare(head) and one.kind is not Kind.NOW:
        return _Verdict.BARE
    if bare and one.kind is Kind.NOW and not words and not head:
        return _Verdict.BARE
    return _Verdict.NEUTRAL


def _read_back(head: str, last: re.Match[str]) -> bool:
    return "确认" in last.group() or READ_BACK.search(head) is not None


def _by_neighbours(
    text: str,
    clauses: list[tuple[int, int]],
    number: int,
    inside: list[Expression],
    one: Expression,
    verdict: _Verdict,
) -> _Verdict:
    """What the clauses around a bare or neutral one make of it."""
    start, end = clauses[number]
    if verdict is _Verdict.SALARY:
        return verdict if _pays_from(text, one.end, end) else _Verdict.OTHER
    if verdict not in (_Verdict.BARE, _Verdict.NEUTRAL) or one is not inside[-1]:
        return verdict if verdict is not _Verdict.NEUTRAL else _Verdict.OTHER
    after = text[slice(*clauses[number + 1])] if number + 1 < len(clauses) else ""
    words = YES_NO.sub("", after)
    if verdict is _Verdict.BARE:
        return _leaning(text, clauses, number, inside, words)
    own = one.kind is Kind.NOW or RECEIVABLE.search(text[start:end]) or SPOKEN_TIME.search(after)
    return _Verdict.PAY if not own and _pays(words) else _Verdict.OTHER


def _pays_from(text: str, begin: int, end: int) -> bool:
    """Whether a pay-day that ends at `begin`, in a clause that ends at `end`, is followed by a payment."""
    rest = text[end : end + _WINDOW]
    if PAY.search(text[begin : min(end, begin + _WINDOW)]):
        return True
    return bool(PAY.search(rest) and not REFUSED.search(rest))


def _pays(words: str) -> bool:
    """Whether a clause speaks of payment alone."""
    pay, other = PAY.search(words), OTHER.search(words)
    if pay is None or REFUSED.search(words) or RECEIVABLE.search(words):
        return False
    return other is None or other.start() >= pay.start()


def _leaning(
    text: str, clauses: list[tuple[int, int]], number: int, inside: list[Expression], words: str
) -> _Verdict:
    """A clause that is only a time goes with another matter right after it (明天上午，我再打给您)."""
    last = inside[-1]
    closed = (
        re.search(r"[吧吗行好可]", text[last.end : clauses[number][1]])
        or text[clauses[number][1] : clauses[number][1] + 1] in "?。!"
    )
    pay, other, refused = PAY.search(words), OTHER.search(words), REFUSED.search(words)
    if not closed and not SPOKEN_TIME.search(words):
        if other and (pay is None or other.start() < pay.start()):
            return _Verdict.OTHER
        if refused and (pay is None or refused.start() <= pay.start() + 2):
            return _Verdict.OTHER
        if pay is None and RECEIVABLE.search(words):
            return _Verdict.OTHER
    if number and not closed and not words:
        previous = text[slice(*clauses[number - 1])]
        if re.search(r"电话|回电|回复|答复|联系[我您你]", previous) and not PAY.search(
            YES_NO.sub("", previous)
        ):
            return _Verdict.OTHER
    return _Verdict.BARE


def _uncorrected(text: str, paid: list[Expression]) -> list[Expression]:
    """明天，不对，后天: only what comes after the correction counts."""
    kept: list[Expression] = []
    for one in paid:
        gap = text[kept[-1].end : one.start] if kept else ""
        if CORRECTED.search(gap) or (gap.endswith(",还是") and text.startswith("吧", one.end)):
            kept.clear()
        kept.append(one)
    return kept


def _refined(text: str, paid: list[Expression]) -> list[Expression]:
    """明天吧，下午三点: an hour narrows the day before it into one mention; a time said twice is one."""
    kept: list[Expression] = []
    for one in paid:
        if kept and _repeats(text, kept[-1], one):
            continue
        if kept and _narrows(text, kept[-1], one):
            one = replace(one, start=kept[-1].start)
            kept.pop()
        kept.append(one)
    return kept


def _repeats(text: str, first: Expression, second: Expression) -> bool:
    if (first.begin, first.due) != (second.begin, second.due) or second.start - first.end > _WINDOW:
        return False
    return not AMOUNT.search(text[first.end : second.start])


def _narrows(text: str, first: Expression, second: Expression) -> bool:
    if second.start - first.end >= 12:
        return False
    gap = text[first.end : second.start]
    if (
        first.kind is not Kind.DAYS
        or not second.clocked
        or AMOUNT.search(gap)
        or re.search("还是|或|要么|要不|、", gap)
    ):
        return False
    return first.begin <= second.due <= first.due and not first.clocked
