"""Sums of money in a line of a call.

`exact` has a value in yuan: 五万, 三千二 (3200), 1.5万, 3k, 二百一十六块八 (216.8), 1,200元, 五千左右. A
bare number under a hundred needs 块/元/钱, a word of paying right before it, or to be all the line says; a
bare Arabic one of three digits or more (剩下42000明天还, 这260哪天还, 五点半3000) a word of paying in its
clause or a time before it. `part` has no value: 一半, 零头, 两三千, 三千多, 三百五百, 千把块, 最低还款额,
三成 of what is paid. `full` has none either: 全部, 结清, 一次性, unless its clause names a figure. Numbers
of people, days, hours, phones, hotlines, staff, cards and rates are no sums, and neither is the rough
百八十块. Four digits alone that end in no zero (3321) answer a question about a card or an identity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from simulator.dialogue import AmountKind, AmountMention
from simulator.reading.amount_patterns import (
    AFTER_TIME,
    AFTER_TIME_TAIL,
    BREAK,
    CARD_AFTER,
    COUNTED,
    COURTESY,
    DIALS,
    DIGIT,
    FAR_LABEL,
    FREE_PHONE,
    HOTLINE,
    INTO_CARD,
    LABEL,
    OFFERED,
    PAID_BEFORE,
    PATTERN,
    PAYING,
    SHORT_HOTLINE,
    SIGNS,
)
from simulator.reading.numerals import DIGITS, fold, number

_WINDOW = 14  # how far a word of paying may stand from a bare number; keeps a line's reading linear


def find_amounts(text: str) -> tuple[AmountMention, ...]:
    """The sums of one line, in order."""
    folded = fold(text)
    line = folded.text
    if SIGNS.isdisjoint(line):
        return ()
    found = list(_found(line))
    if not found:
        return ()
    clause_of = _clause_numbers(line)
    exact = {clause_of[start] for start, _, value, _ in found if value is not None}
    mentions: list[AmountMention] = []
    seen_full: set[int] = set()
    for start, end, value, kind in found:
        clause = clause_of[start]
        if kind is AmountKind.FULL:
            if clause in exact or clause in seen_full:
                continue
            seen_full.add(clause)
        first, last = folded.span(start, end)
        mentions.append(AmountMention(first, last, text[first:last], value, kind))
    return tuple(mentions)


def _clause_numbers(line: str) -> list[int]:
    numbers = [0] * len(line)
    breaks = {match.start() for match in BREAK.finditer(line)}
    clause = 0
    for offset in range(len(line)):
        clause += offset in breaks
        numbers[offset] = clause
    return numbers


_Found = tuple[int, int, Decimal | None, AmountKind]


def _found(line: str) -> Iterator[_Found]:
    at = 0
    while match := PATTERN.search(line, at):
        at = match.end()
        if match["rough"]:
            continue
        if match["full"]:
            yield match.start(), match.end(), None, AmountKind.FULL
        elif match["part"] or match["loose"]:
            yield match.start(), match.end(), None, AmountKind.PART
        elif match["some"] or match["range"]:
            if match["first"] and DIGITS[match["first"]] >= DIGITS[match["second"]]:
                at = match.start() + 1
            elif not _counts_something(line, match.end()):
                yield match.start(), match.end(), None, AmountKind.PART
        elif (money := _money(line, match)) is not None:
            yield money


def _counts_something(line: str, at: int) -> bool:
    return COUNTED.match(line, at) is not None


def _money(line: str, match: re.Match[str]) -> _Found | None:
    words, start, end = match["number"], match.start(), match.end()
    if _labelled(line, start):
        return None
    value = number(words)
    if value is None or value == 0 or value > 10**10:
        return None
    if match["unit"] or match["mao"] or match["sign"]:
        if _is_a_piece(line, match):
            return None
    elif _counts_something(line, end) or not _stands_alone(line, match, value):
        return None
    if match["more"]:
        return start, end, None, AmountKind.PART
    value = value / 10 + _change(match["fen"]) / 10 if match["mao"] else value + _change(match["jiao"])
    return start, end, value.normalize() + 0 if value % 1 else Decimal(int(value)), AmountKind.EXACT


def _labelled(line: str, start: int) -> bool:
    if LABEL.search(line[max(0, start - 8) : start]):
        return True
    before = line[start - 1 : start]
    if before == "号":
        return not line[start - 2 : start - 1].isdecimal() and line[start - 2 : start - 1] not in DIGITS
    return before != "" and (before in "第.之" or (before.isascii() and before.isalnum()))


def _is_a_piece(line: str, match: re.Match[str]) -> bool:
    """一块 (together, a piece) and 一钱, against 一块钱."""
    if match["number"] != "一" or match["jiao"]:
        return False
    unit = match.start() + 1
    return match["unit"] == "钱" or (line.startswith("块", unit) and not line.startswith("钱", unit + 1))


def _stands_alone(line: str, match: re.Match[str], value: Decimal) -> bool:
    """Whether a number without 块 is money: 三千二 is, 3200 where something is paid, 十五 hardly."""
    words = match["number"]
    start, end = match.start(), match.end()
    if end < len(line) and line[end].isascii() and line[end].isalnum():
        return False
    if match["scale"] or any(unit in words for unit in "百千万亿kw"):
        return not line.startswith(("一", "不"), end) or value >= 100
    if value < 10 or len(words.replace(",", "")) > 8 or _is_a_number_of(line, match):
        return False
    if PAID_BEFORE.search(line[max(0, start - 6) : start]):
        return True
    return (value >= 100 and _among_payment(line, start, end)) or _is_all(line, match, value)


def _is_a_number_of(line: str, match: re.Match[str]) -> bool:
    """Of a card, a member of staff, a phone or a hotline."""
    words, start, end = match["number"], match.start(), match.end()
    before = line[max(0, start - 6) : start]
    if CARD_AFTER.match(line, end) or INTO_CARD.search(before) or FREE_PHONE.match(line, start):
        return True
    dialled = DIALS.search(before) is not None
    if SHORT_HOTLINE.fullmatch(words) and dialled:
        return True
    if HOTLINE.fullmatch(words) and (dialled or not PAID_BEFORE.search(before)):
        return True
    head = _head(line, start)
    labels = list(FAR_LABEL.finditer(head))
    return bool(labels) and not PAYING.search(head, labels[-1].end())


def _head(line: str, start: int) -> str:
    """What stands before a number in its clause, as far as the window goes."""
    return BREAK.split(line[max(0, start - _WINDOW) : start])[-1]


def _among_payment(line: str, start: int, end: int) -> bool:
    head = _head(line, start)
    if PAYING.search(head) or (AFTER_TIME.search(head) and AFTER_TIME_TAIL.match(line, end)):
        return True
    return PAYING.search(BREAK.split(line[end : end + _WINDOW])[0]) is not None


def _is_all(line: str, match: re.Match[str], value: Decimal) -> bool:
    """A number that is all the line says, or all an offer says (3000吧，周五), courtesies aside."""
    words, start, end = match["number"], match.start(), match.end()
    rest = line[max(0, start - 12) : start] + line[end : end + 12]
    if OFFERED.match(line, end):
        rest = _head(line, start) + BREAK.split(line[end : end + _WINDOW])[0]
    if value < 50 or len(rest) >= 12 or COURTESY.sub("", rest):
        return False
    last_four = len(words) == 4 and words.isdecimal() and not words.endswith("0")
    return len(words) < 6 and not last_four and not words.startswith(("95", "12315", "0"))


def _change(jiao: str | None) -> Decimal:
    """The small change after 块: 八, 8毛, 零五毛, 五角三分."""
    if not jiao:
        return Decimal(0)
    digits = [number(char) or Decimal(0) for char in jiao if char in DIGIT or char in "0123456789"]
    digits = [digit for digit in digits if digit] or [Decimal(0)]
    if jiao.endswith("分") and len(digits) == 1:
        return digits[0] / 100
    return digits[0] / 10 + (digits[1] / 100 if len(digits) > 1 else 0)
