"""Which of the times in a line are times of payment.

Each expression is judged by the words that govern it: those after it up to the next expression or the end
of the clause; then those before it; a clause that is nothing but a time and courtesy stands by itself or
leans on the clause after it, and a clause of some step on the way (下午我去趟银行，给你存上) too, as long as
no other time is one of payment. Payment words accept; calls, answers, visits, due dates and income reject;
so do refusal, denial, the past, and a condition nobody on the line controls. What words nobody listed say of a time is
learnt (`time_around`), and outvotes all this where it is sure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from simulator.reading.time_around import speaks_for
from simulator.reading.time_beside import is_aside
from simulator.reading.time_cues import (
    AGAIN,
    AMOUNT,
    BREAK,
    CORRECTED,
    LISTED,
    MONEY,
    NOT_THAT,
    ON_THE_WAY,
    OTHER,
    OURS,
    OUT_OF,
    PAID_THEN,
    PAY,
    READ_BACK,
    RECEIVABLE,
    REFUSED,
    REFUSED_LATE,
    SAID_AGAIN,
    SALARY,
    SHORT_PAY,
    THEIRS,
    THEN,
    UNPAID,
    VOW,
    WARNED,
    YES_NO,
)
from simulator.reading.time_expression import WINDOW, Expression, Judged, Verdict, is_bare
from simulator.reading.time_hanging import hanging
from simulator.reading.time_neighbours import by_neighbours
from simulator.reading.time_ruled_out import is_ruled_out
from simulator.reading.time_stated import tells_the_time
from simulator.reading.time_words import Kind


def payment_times(text: str, found: list[Expression]) -> list[Expression]:
    """The times of payment among `found`, in order, refinements drawn together, corrected ones dropped."""
    judged = _judge_all(text, found)
    listed = _standing(text, judged)
    if not listed:
        listed = [one for one, verdict in judged if verdict is Verdict.SALARY][:1]
    known = {one.start for one in listed}
    paid = [
        one
        for place, one in enumerate(found)
        if not one.past and speaks_for(text, found, place, one.start in known)
    ]
    return _refined(text, _uncorrected(text, paid))


def _standing(text: str, judged: list[Judged]) -> list[Expression]:
    """Those of payment, without what is said again to refuse it and what merely leans where another stands."""
    refused = [one for one, verdict in judged if verdict is Verdict.REFUSED]
    firm = [
        one
        for place, (one, verdict) in enumerate(judged)
        if verdict in (Verdict.PAY, Verdict.BARE)
        and not any(one.due == other.due and one.end <= other.start for other in refused)
        and not (place and verdict is Verdict.BARE and _is_apposed(text, judged[place - 1], one))
    ]
    firm = [one for one in firm if len(firm) == 1 or not is_aside(text, one)]
    leant = [
        one
        for one, verdict in judged
        if verdict is Verdict.LEANT and not any(_outweighs(text, other, one) for other in firm)
    ]
    return sorted([*firm, *leant], key=lambda one: one.start)


def _is_apposed(text: str, before: Judged, one: Expression) -> bool:
    """发薪日十五号，今天，可…: the second says the first again."""
    gap = text[before[0].end : one.start]
    told = before[1] in (Verdict.OTHER, Verdict.SALARY) and not before[0].past
    same = (
        before[0].due == one.due
        if told
        else one.running and gap.endswith("是") and _is_monthly(text, before[0])
    )
    return (
        same
        and _APPOSED.fullmatch(gap) is not None
        and (text.startswith(",", one.end) or (text[one.start - 1] == "是" and text[one.end :] in _OVER))
    )


def _is_monthly(text: str, one: Expression) -> bool:
    """还款日是每月18号，也就是今天."""
    return text.startswith("每", one.start)


_APPOSED = re.compile(",(?:(?:也?就|正|刚好|正好|不就)是)?")
_OVER = ("", "。", "!", "了", "啊", "呀")


def _outweighs(text: str, firm: Expression, leant: Expression) -> bool:
    first, second = sorted((firm, leant), key=lambda one: one.start)
    within = firm is first and firm.begin <= leant.begin and leant.due <= firm.due
    return not within and not THEN.search(text[first.end : second.start])


def _judge_all(text: str, found: list[Expression]) -> list[Judged]:
    clauses = _clauses(text, found)
    unsure = hanging(text, clauses)
    judged: list[Judged] = []
    index = len(found)
    listed: Verdict | None = None  # of the clause after, where it goes on with a list of times
    for number in range(len(clauses) - 1, -1, -1):
        inside: list[Expression] = []
        while index and found[index - 1].start >= clauses[number][0]:
            index -= 1
            inside.append(replace(found[index], past=True) if number in unsure else found[index])
        if inside:
            of_clause = _judge_clause(text, clauses, number, inside[::-1], listed)
            judged.extend(of_clause[::-1])
            listed = _as_listed(text, clauses[number], of_clause)
        else:
            listed = None
    return judged[::-1]


def _as_listed(text: str, clause: tuple[int, int], judged: list[Judged]) -> Verdict | None:
    """What 三点 and 9号 in 三点，四点，你们打三回 and 9号，12号答应的都没到 share with the time after them."""
    one, verdict = judged[0]
    if one.kind is Kind.NOW or not is_bare(text[clause[0] : one.start]):
        return None
    tail = text[one.end : clause[1]]
    return verdict if is_bare(tail) or LISTED.search(tail) else None


def _clauses(text: str, found: list[Expression]) -> list[tuple[int, int]]:
    """Clauses as half-open spans. A break inside an expression is none."""
    starts, ends = {one.start for one in found}, {one.end for one in found}
    spans: list[tuple[int, int]] = []
    start = place = 0
    for match in BREAK.finditer(text):
        while place < len(found) and found[place].end <= match.start():
            place += 1
        inside = place < len(found) and found[place].start <= match.start()
        listed = match.group() == " " and match.start() in ends and match.end() in starts
        if inside or listed:
            continue
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _judge_clause(
    text: str, clauses: list[tuple[int, int]], number: int, inside: list[Expression], listed: Verdict | None
) -> list[Judged]:
    start, end = clauses[number]
    verdicts: list[Judged] = []
    following: Verdict | None = None
    for place in range(len(inside) - 1, -1, -1):
        one = inside[place]
        head_from = inside[place - 1].end if place else start
        tail_to = inside[place + 1].start if place + 1 < len(inside) else end
        head, tail = text[head_from : one.start], text[one.end : tail_to]
        if place + 1 < len(inside) and head.endswith(("是", "说")):
            tail, following = _without_the_other(tail, following)
        before = inside[place - 1] if place else None
        after = inside[place + 1] if place + 1 < len(inside) else None
        shared = listed is Verdict.OTHER and after is None and text.startswith(",", end) and is_bare(tail)
        told_before = before and not (before.running and not before.clocked) and SAID_AGAIN.match(head)
        if one.past or shared or told_before or tells_the_time(text, one, head, tail, before, after):
            verdict = Verdict.OTHER
        elif _is_vowed(text, one, tail_to):
            verdict = Verdict.PAY
        elif is_ruled_out(text, start, one, head, tail):
            verdict = Verdict.OTHER
        else:
            verdict = _governed(one, head, tail, following if is_bare(tail) else None)
            if following is None or not is_bare(tail):
                verdict = by_neighbours(text, clauses, number, inside, one, verdict)
        if verdict is Verdict.REFUSED and after and _OR_ELSE.fullmatch(tail):
            verdict = Verdict.OTHER
        following = verdict if not one.past else None
        verdicts.append((one, verdict))
    return verdicts[::-1]


def _is_vowed(text: str, one: Expression, end: int) -> bool:
    """周五还不上我是你孙子, said in the clause that ends at `end` or at the head of the next."""
    if "不" not in text and "没" not in text:
        return False
    vow = VOW.search(text, one.end, end + WINDOW)
    return vow is not None and vow.start() <= end + 1


def _without_the_other(tail: str, following: Verdict | None) -> tuple[str, Verdict | None]:
    """我说的是后天不是明天: the second time is denied, and says nothing of the first."""
    words = NOT_THAT.sub("", tail)
    return words, following if words == tail else None


# 三点不行四点也可以 refuses nothing yet.
_OR_ELSE = re.compile("(?:要是)?(?:不行|不成|来不及|不方便)(?:的话)?,?(?:就|那就|再)?")


def _governed(one: Expression, head: str, tail: str, following: Verdict | None) -> Verdict:
    """The verdict of the clause itself: what comes first after the time, else what comes last before it."""
    words = YES_NO.sub("", tail)
    pay, refused = PAY.search(words), REFUSED.search(words)
    other = _other(head, words, pay is not None)
    if (of_income := _of_income(head, words, pay, refused is not None)) is not None:
        return of_income
    if refused and (pay is None or refused.start() <= pay.start() or REFUSED_LATE.search(words, pay.start())):
        return Verdict.OTHER if WARNED.search(words) or UNPAID.search(words) else Verdict.REFUSED
    if other and (pay is None or other.start() <= pay.start()):
        return Verdict.OTHER
    if pay:
        return Verdict.PAY
    if following is not None:
        return following
    if SHORT_PAY.fullmatch(words) and (is_bare(head) or AMOUNT.search(head) or OURS.search(head)):
        return Verdict.PAY
    return _before(one, head, words)


def _other(head: str, words: str, pays: bool) -> re.Match[str] | None:
    """What else the time is for; what one does on the way to paying (晚上回家转给您) is nothing else."""
    other = OTHER.search(words)
    while other and (
        (ON_THE_WAY.search(other.group()) and (pays or not THEIRS.search(head + words)))
        or (AGAIN.search(other.group()) and MONEY.search(head))
    ):
        other = OTHER.search(words, other.end())
    return other


def _of_income(head: str, words: str, pay: re.Match[str] | None, refused: bool) -> Verdict | None:
    """The time at which money comes in: OTHER, or SALARY where a pay-day can date the payment."""
    around, latest = head + "|" + words, len(head) + 1 + (pay.start() if pay else len(words))
    source, salary = RECEIVABLE.search(around), SALARY.search(around)
    if (
        source
        and source.start() <= latest
        and not (pay and (OUT_OF.search(around[: source.start()]) or _is_for_us(head, source)))
    ):
        return Verdict.OTHER
    if salary and around.startswith("发的", salary.start() - 2) and "再" not in words:
        return Verdict.OTHER
    if salary is None or salary.start() > latest or re.search("[用拿]", head):
        return None
    return Verdict.OTHER if refused or PAID_THEN.search(around) else Verdict.SALARY


def _is_for_us(head: str, source: re.Match[str]) -> bool:
    """您十点前给我转进来: the collector's 我; 我哥下午给我转钱 is income."""
    return source.group() == "给我" and ("您" in head or "你" in head or is_bare(head))


_NOW_HEADS = ("", "就", "那就", "那")


def _before(one: Expression, head: str, words: str) -> Verdict:
    if not is_bare(words):
        return Verdict.NEUTRAL
    head = YES_NO.sub("", head)
    pays, others = list(PAY.finditer(head)), list(OTHER.finditer(head))
    last = others[-1] if others else None
    read_back = last is not None and _read_back(head, last)
    if last and not read_back and (not pays or pays[-1].start() < last.start()):
        return Verdict.OTHER
    if pays and not REFUSED.search(head):
        return Verdict.PAY
    bare = not words and head in _NOW_HEADS if one.kind is Kind.NOW else is_bare(head) or read_back
    return Verdict.BARE if bare else Verdict.NEUTRAL


def _read_back(head: str, last: re.Match[str]) -> bool:
    return "确认" in last.group() or READ_BACK.search(head) is not None


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
    if first.due != second.due or second.start - first.end > WINDOW:
        return False
    return not AMOUNT.search(text[first.end : second.start])


def _narrows(text: str, first: Expression, second: Expression) -> bool:
    wide = (
        second.kind is Kind.DAYS and first.due - first.begin > timedelta(days=6) > second.due - second.begin
    )
    if second.start - first.end >= (16 if wide else 12):
        return False
    gap = text[first.end : second.start]
    if (
        first.kind not in (Kind.DAYS, Kind.PART)
        or not (second.clocked or wide)
        or AMOUNT.search(gap)
        or re.search("还是|或|要么|要不|、", gap)
    ):
        return False
    return first.begin <= second.due <= first.due and not (first.clocked and first.begin == first.due)
