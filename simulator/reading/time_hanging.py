"""Clauses whose times are no times of payment because the payment hangs on money that is still to come.

等客户周五打款，当天就转 and 钱周四到账，到了我就转 hang; 周五发工资，最晚周六还 names a payment time apart.
"""

from __future__ import annotations

import re

from simulator.reading.time_cues import (
    ASKED,
    CONDITION,
    FIRM,
    HANGS,
    MAY_HANG,
    PAID_APART,
    RECEIVABLE,
    SALARY,
    SPOKEN_TIME,
    STOP,
    TO_COME,
)

_Clauses = list[tuple[int, int]]


# 明天找人借，借到了还你: what others have to grant first.
_GOT_ANY = re.compile("(?:预支|[借贷要讨批挣赚])(?:[到了来完成]|[下出回]来)")
_GOT = re.compile(
    "[我等]?(?P<v>预支|[借贷要讨批挣赚])(?:到|了|来|完|成|下来|出来|回来){1,2}(?:就|再|才|马上|立马|我|一定|给|把){0,3}[^,]{0,3}[还转打付补结给]"
)


def hanging(text: str, clauses: _Clauses) -> frozenset[int]:
    """The numbers of the clauses in which no time counts."""
    named = _names_source(text)  # asked of the whole line once: most lines name no money to come
    found = _conditional(text, clauses) if named else set()
    if named or MAY_HANG.search(text) or _GOT_ANY.search(text):
        found |= _sources(text, clauses)
    return frozenset(found)


def _conditional(text: str, clauses: _Clauses) -> set[int]:
    """From a clause of condition (等, 如果) on money to the end of the sentence or to a firm word."""
    found: set[int] = set()
    until = -1
    for number, (start, end) in enumerate(clauses):
        words = text[start:end]
        firm = FIRM.search(words) is not None
        if not firm and CONDITION.search(words) and _names_source(words):
            if start >= until:
                stop = STOP.search(text, end)
                until = stop.start() if stop else len(text)
            found.add(number)
        elif start < until:
            if firm:
                until = -1
            else:
                found.add(number)
    return found


def _names_source(words: str) -> bool:
    return bool(RECEIVABLE.search(words) or SALARY.search(words))


def _sources(text: str, clauses: _Clauses) -> set[int]:
    """Clauses that say when money comes in, where the next one hangs the payment on it or dates it itself."""
    found: set[int] = set()
    for number in range(1, len(clauses)):
        before, words = text[slice(*clauses[number - 1])], text[slice(*clauses[number])]
        if HANGS.search(words):
            if not SPOKEN_TIME.search(words):
                found.add(number)
            asked = text[clauses[number - 1][1]] == "?"
            earlier = text[slice(*clauses[max(number - 2, 0)])]
            if not asked and (TO_COME.search(before) or _names_source(before) or _names_source(earlier)):
                found.add(number - 1)
        elif (got := _GOT.match(words)) and got["v"] in before:
            found |= {number - 1, number}
        elif _tells_income(before) and SPOKEN_TIME.search(words) and PAID_APART.search(words):
            found.add(number - 1)
    return found


def _tells_income(words: str) -> bool:
    """钱周四到账, told and neither asked for nor promised to the other side."""
    return bool(TO_COME.search(words) and not ASKED.search(words) and not PAID_APART.search(words))
