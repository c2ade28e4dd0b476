"""What the clauses around make of a time whose own clause does not tell what it is for."""

from __future__ import annotations

import re

from simulator.reading.time_cues import (
    AMOUNT,
    ASKS_DAY,
    ASKS_WHEN,
    COMES_IN,
    ON_THE_WAY,
    OR_ELSE,
    OTHER,
    PAY,
    RECEIVABLE,
    REFUSED,
    SALARY,
    SPOKEN_TIME,
    THEIRS,
    YES_NO,
)
from simulator.reading.time_expression import WINDOW, Expression, Verdict, is_bare
from simulator.reading.time_stated import is_called
from simulator.reading.time_words import Kind


def by_neighbours(
    text: str,
    clauses: list[tuple[int, int]],
    number: int,
    inside: list[Expression],
    one: Expression,
    verdict: Verdict,
) -> Verdict:
    """What the clauses around a bare or neutral one make of it."""
    start, end = clauses[number]
    if verdict is Verdict.SALARY:
        return verdict if _pays_from(text, one.end, end) else Verdict.OTHER
    if verdict not in (Verdict.BARE, Verdict.NEUTRAL) or one is not inside[-1]:
        return verdict if verdict is not Verdict.NEUTRAL else Verdict.OTHER
    after = text[slice(*clauses[number + 1])] if number + 1 < len(clauses) else ""
    words = "" if OR_ELSE.match(after) else YES_NO.sub("", after)
    if verdict is Verdict.BARE:
        return _leaning(text, clauses, number, inside, words)
    own = (
        one.kind is Kind.NOW
        or THEIRS.search(text[start : one.start])
        or THEIRS.match(text, one.end)
        or RECEIVABLE.search(text[start:end])
        or SPOKEN_TIME.search(_THEN.sub("", after))
    )
    return Verdict.LEANT if not own and _pays_soon(text, clauses, number) else Verdict.OTHER


_THEN = re.compile("到时候?")


def _pays_from(text: str, begin: int, end: int) -> bool:
    """Whether a pay-day that ends at `begin`, in a clause that ends at `end`, is followed by a payment."""
    rest = text[end : end + WINDOW]
    if PAY.search(COMES_IN.sub("", text[begin : min(end, begin + WINDOW)])):
        return True
    return bool(PAY.search(rest) and not REFUSED.search(rest))


_STOPS = re.compile(rf"{SPOKEN_TIME.pattern}|{RECEIVABLE.pattern}|{SALARY.pattern}")


def _pays_soon(text: str, clauses: list[tuple[int, int]], number: int) -> bool:
    """Whether one of the next clauses pays, with nothing but steps on the way before it."""
    for start, end in clauses[number + 1 : number + 3]:
        words = YES_NO.sub("", text[start:end])
        if _pays(words):
            return True
        if text[start - 1] in "?。!;" or _STOPS.search(words) or OTHER.search(words) or REFUSED.search(words):
            return False
    return False


_NOT_YET = re.compile("[没未](?:有|来得及|能|钱)?$")  # 学费都还没交
_DONT = re.compile("别|甭|莫|不[要许准用]")


def _pays(words: str) -> bool:
    """Whether a clause speaks of payment alone."""
    pay, other = PAY.search(words), OTHER.search(words)
    while other and ON_THE_WAY.search(other.group()):
        other = OTHER.search(words, other.end())
    if (
        pay is None
        or _DONT.search(words, 0, pay.start())
        or _NOT_YET.search(words, 0, pay.start())
        or REFUSED.search(words)
        or RECEIVABLE.search(words)
    ):
        return False
    return other is None or other.start() >= pay.start()


def _leaning(
    text: str, clauses: list[tuple[int, int]], number: int, inside: list[Expression], words: str
) -> Verdict:
    """A clause that is only a time goes with another matter right after it (明天上午，我再打给您)."""
    last = inside[-1]
    if AMOUNT.search(text[last.end : clauses[number][1]]):
        return Verdict.BARE
    if is_called(text, last) and text.startswith(",", last.end) and not is_bare(words):
        return Verdict.LEANT if _pays_soon(text, clauses, number) else Verdict.OTHER
    if last.running and last.clocked and last.own_day_said and not _pays(words):
        return Verdict.OTHER
    if number and _answers(text, clauses[number - 1], last, clauses[number][1]):
        return Verdict.OTHER
    if _is_echoed(text, clauses, number, last, words) or _is_doubted(text, clauses, number):
        return Verdict.OTHER
    closed = (
        re.search(r"[吧吗行好可]", text[last.end : clauses[number][1]])
        or text[clauses[number][1] : clauses[number][1] + 1] in "?。!"
    )
    pay, other, refused = PAY.search(words), OTHER.search(words), REFUSED.search(words)
    if not closed and not SPOKEN_TIME.search(words):
        if other and (pay is None or other.start() < pay.start()):
            return Verdict.OTHER
        if refused and (pay is None or refused.start() <= pay.start() + 2):
            return Verdict.OTHER
        if pay is None and RECEIVABLE.search(words):
            return Verdict.OTHER
    if number and not closed and not words:
        previous = text[slice(*clauses[number - 1])]
        if re.search(r"电话|回电|回复|答复|联系[我您你]", previous) and not PAY.search(
            YES_NO.sub("", previous)
        ):
            return Verdict.OTHER
    return Verdict.BARE


_EASED = re.compile("周转|[可还够]以|能|行|有钱|方便|宽裕|来得及")


def _is_echoed(text: str, clauses: list[tuple[int, int]], number: int, one: Expression, words: str) -> bool:
    """八点？八点我还没睡醒: the time is thrown back, and what is said of it decides."""
    if not text.startswith("?", clauses[number][1]) or number + 1 == len(clauses):
        return False
    said = text[one.start : one.end].lstrip("这本个那")
    if (
        said not in words
        or PAY.search(words)
        or _EASED.search(words)
        or text.startswith("?", clauses[number + 1][1])
    ):
        return False
    return not is_bare(words.replace(said, ""))


_DOUBTED = re.compile(
    r"[那这我也就怕可真恐能肯定是的]{0,4}(?:来不及|不行|不成|不可能|没可能|太[赶早紧急]|赶不[上及]|够呛|没戏|[做办]不到)(?!的话|[^,]{0,4}[吗,]就)"
)
_BY_NOW = re.compile("[^,]{0,6}(?:都|已经)[^,]{1,8}了")


def _is_doubted(text: str, clauses: list[tuple[int, int]], number: int) -> bool:
    """五点？这都四点了，来不及."""
    if not text.startswith("?", clauses[number][1]) or number + 1 == len(clauses):
        return False
    place = number + 1
    if place + 1 < len(clauses) and _BY_NOW.fullmatch(text, *clauses[place]):
        place += 1
    return _DOUBTED.match(text, *clauses[place]) is not None


# 是哪天放的，4月1号？ and 几号收到通知的，1号还是2号？ ask of what has been.
_WAS_ASKED = re.compile(
    "(?:(?:[借放贷办扣发还转付存]|[借办放转还打]给?[您你我]们?|开通|签)|[收接看听][到见][^,]{0,8})的$"
)


def _answers(text: str, before: tuple[int, int], one: Expression, end: int) -> bool:
    """你们几点下班？九点？ and 今天几号？13号: an answer to a question of something else."""
    words = text[slice(*before)]
    if ASKS_WHEN.search(words) and _WAS_ASKED.search(words) and "说" not in words:
        return True
    mark = text[before[1] : before[1] + 1]
    asked = (mark == "?" or (mark == "," and text.startswith("?", end))) and not PAY.search(
        YES_NO.sub("", words)
    )
    return asked and bool(
        (
            ASKS_WHEN.search(words)
            and (OTHER.search(words) or SALARY.search(words) or RECEIVABLE.search(words))
        )
        or (one.running and ASKS_DAY.search(words))
    )
