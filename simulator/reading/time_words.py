"""The words times are made of: a line in, pieces out (days, parts of a day, clock faces, spans, past
times).

A piece knows where it stands and what it means at `now`; joining pieces and deciding what is a time of
*payment* is the business of `times.py` and `time_context.py`. Every pattern is bounded and none nests a
repeat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from simulator.reading.calendar_words import (
    FEASTS,
    HOLIDAYS,
    Days,
    add_months,
    add_workdays,
    before_spring_festival,
    last_minute,
    midnight,
    month_end,
    next_feast,
    next_month_day,
    next_year_day,
    week_start,
)
from simulator.reading.numerals import number, whole
from simulator.reading.time_patterns import (
    DOUBLE,
    HOUR_HEAD,
    HOUR_TAIL,
    LITTLE_HEAD,
    LITTLE_TAIL,
    TOKEN,
)


class Kind(StrEnum):
    DAYS = "days"
    PART = "part"
    CLOCK = "clock"
    SPAN = "span"
    NOW = "now"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day in hours. `clock_from`: the first hour a clock face in it can mean."""

    name: str
    begin: int
    due: int
    clock_from: int
    joins: bool = True  # False: takes no clock face (下班前)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock face. `minutes` may be negative (差五分三点); `sharp` is False for 三点多, three to four."""

    hour: int
    minutes: int
    sharp: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch from the call on. `anchored` when the words say so (之内, 再过), else context decides."""

    begin: datetime
    due: datetime
    anchored: bool


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    start: int
    end: int
    value: Days | Part | Clock | Span | None = None


MORNING = Part("morning", 6, 12, 0)
_PARTS = (
    (re.compile("凌晨|后半夜"), Part("small hours", 0, 6, 0)),
    (re.compile("天亮"), Part("daybreak", 0, 6, 0, joins=False)),
    (re.compile("天黑"), Part("before dark", 0, 19, 12, joins=False)),
    (re.compile("上班"), Part("before opening", 0, 9, 0, joins=False)),
    (re.compile("下班.*前"), Part("before closing", 0, 18, 12, joins=False)),
    (re.compile("下班"), Part("after closing", 18, 24, 12, joins=False)),
    (re.compile("[中正]午|晌午$"), Part("noon", 11, 13, 11)),
    (re.compile("傍|擦黑"), Part("dusk", 17, 19, 12)),
    (re.compile("下午|午后|后晌|[下晏]昼|下半"), Part("afternoon", 12, 18, 12)),
    (re.compile("晚|夜|黑"), Part("evening", 18, 22, 18)),
    (re.compile("."), MORNING),
)


def pieces(text: str, now: datetime) -> Iterator[Piece]:
    """All pieces of a folded line, none overlapping. Words that name no possible date are passed over."""
    at = 0
    while match := TOKEN.search(text, at):
        at = max(match.end(), at + 1)
        name = match.lastgroup or ""
        if name == "every":
            yield Piece(Kind.PAST, match.start(), match.end())
            continue
        try:
            piece = _READERS[name](match, now)
        except (ValueError, OverflowError):
            piece = None
        if piece is not None:
            yield Piece(piece[0], match.start(), match.end(), piece[1])


# 等了一下午 tells how long, and names no afternoon.
_STRETCH = re.compile("一整?个?(?:[上下]午|晚上|早上|中午)")
_Meaning = tuple[Kind, Days | Part | Clock | Span | None]


def _past(match: re.Match[str], now: datetime) -> _Meaning:
    return Kind.PAST, None


def _now(match: re.Match[str], now: datetime) -> _Meaning:
    return Kind.NOW, Span(now, now, anchored=False)


def _part(match: re.Match[str], now: datetime) -> _Meaning:
    if _STRETCH.match(match.group()):
        return Kind.PAST, None
    return Kind.PART, next(part for pattern, part in _PARTS if pattern.search(match.group()))


def _counts(words: str) -> tuple[int, int] | None:
    """Least and most of 三, 3-5, 三四, 十五六."""
    for mark in "到至-~":
        if mark in words:
            low, high = (whole(side) for side in words.split(mark, 1))
            return None if low is None or high is None else (low, high)
    if words == "十来":
        return 10, 10
    if words == "半":
        return 0, 0
    if double := DOUBLE.match(words):
        low, high = _digits(double)
        return (low, high) if low < high else None
    count = whole(words)
    return None if count is None else (count, count)


def _digits(double: re.Match[str]) -> tuple[int, int]:
    if double[1]:
        tens = double[3] or ""
        return whole(double[1] + tens) or 0, whole(double[2] + tens) or 0
    return whole("十" + double[5]) or 0, whole("十" + double[6]) or 0


def _span(match: re.Match[str], now: datetime) -> _Meaning | None:
    words, unit, half = match["sn"], match["su"], bool(match["sh"])
    after = bool(match["ss"] and "后" in match["ss"])
    anchored = bool(match["sp"]) or match["ss"] is not None
    if unit[-1] in "时头钟nh":
        extra = (
            30 if (half and not match["sm"]) or unit.startswith("个半") else whole(match["sm"] or "零") or 0
        )
        return _short_span(words, unit, extra, after, anchored, now)
    if not anchored or words == "0":
        return None
    counts = _counts(words)
    if counts is None or counts[1] > 3660:
        return None
    first, last = (_days_on(now.date(), count, unit, half or words == "半") for count in counts)
    return Kind.SPAN, Span(midnight(first) if after else now, last_minute(last), anchored=True)


def _short_span(
    words: str, unit: str, extra: int, after: bool, anchored: bool, now: datetime
) -> _Meaning | None:
    """`extra`: what comes on top, in minutes (一个小时二十分钟), of a quarter or a minute its half."""
    step = timedelta(minutes={"刻钟": 15, "分钟": 1, "min": 1}.get(unit, 60))
    decimal = number(words) if "." in words else None
    counts = _counts(words) if decimal is None else None
    if counts is None and decimal is None:
        return None
    most = float(decimal) if decimal is not None else counts[1] if counts else 0
    most = 0.5 if words == "半" else most
    return _from_now(step * most + step * extra / 60, after, anchored, now)


def _from_now(delta: timedelta, after: bool, anchored: bool, now: datetime) -> _Meaning:
    return Kind.SPAN, Span(now + delta if after else now, now + delta, anchored)


def _days_on(day: date, count: int, unit: str, half: bool) -> date:
    if "月" in unit:
        half = half or unit == "个半月"
        return add_months(day, count) + timedelta(days=15 if half else 0)
    if unit == "年":
        return add_months(day, count * 12 + (6 if half else 0))
    return day + timedelta(days=count * (7 if unit[-1] in "周期拜" else 1))


def _workdays(match: re.Match[str], now: datetime) -> _Meaning | None:
    counts = _counts(match["wd"])
    if counts is None or not 0 < counts[1] < 1000:
        return None
    return Kind.SPAN, Span(now, last_minute(add_workdays(now.date(), counts[1])), bool(match["wds"]))


def _iso(match: re.Match[str], now: datetime) -> _Meaning:
    day = date(int(match["iy"]), int(match["im"]), int(match["id"]))
    return Kind.DAYS, Days(day, day)


def _slash(match: re.Match[str], now: datetime) -> _Meaning:
    day = next_year_day(now.date(), int(match["lm"]), int(match["ld"]))
    return Kind.DAYS, Days(day, day)


# 本日 is today, 听日 (Cantonese) and 名天 (a slip) tomorrow.
_DAY_NAMES = str.maketrans("本听名", "今明明")


def _relative(match: re.Match[str], now: datetime) -> _Meaning:
    words = match["rel"]
    if words[0] == "大":
        first = last = 2 + words.count("大")
    else:
        said = ["今明后".index(char) for char in words.translate(_DAY_NAMES) if char in "今明后"]
        first, last = said[0], max(said)
    today = now.date()
    days = Days(today + timedelta(first), today + timedelta(last), ahead=first > 0)
    return Kind.DAYS, days


def _weeks(word: str | None) -> int:
    return 0 if not word else word.count("下")


def _weekday(match: re.Match[str], now: datetime) -> _Meaning:
    today, said = now.date(), match["ww"]
    names = "一二三四五六日"
    if match["w1"]:
        first = (
            int(match["w1"]) - 1 if match["w1"] in "1234567" else names.index(match["w1"].replace("天", "日"))
        )
        last = names.index(match["w2"]) if match["w2"] else first
    else:
        first, last = 5, 6
    monday = week_start(today, _weeks(said))
    begin, end = monday + timedelta(first), monday + timedelta(last)
    if said:
        return Kind.DAYS, Days(begin, end, ahead="下" in said)
    week = timedelta(weeks=1)
    if end < today:
        return Kind.DAYS, Days(begin + week, end + week)
    return Kind.DAYS, Days(begin, end, again=(begin + week, end + week))


def _week(match: re.Match[str], now: datetime) -> _Meaning:
    monday = week_start(now.date(), _weeks(match["wk"]))
    return Kind.DAYS, Days(monday, monday + timedelta(6), ahead="下" in (match["wk"] or ""))


_MONTH_PARTS = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "下旬": (21, 31)}


def _monthpart(match: re.Match[str], now: datetime) -> _Meaning | None:
    today = now.date()
    words = match["mp"].replace("低", "底")
    if not words.startswith("月") and not words.endswith("旬") and not match["mx"]:
        return None
    if (match["mx"] or "").startswith("个") and not match["mq"]:
        return None
    first = _month_meant(today, match["mq"], match["mm"])
    if match["mpy"] == "明年":
        first = first.replace(year=today.year + 1)
    days = _month_part(first, words.lstrip("月"))
    if days[1] < today and not match["mq"] and not match["mpy"]:
        days = _month_part(add_months(first, 12 if match["mm"] else 1), words.lstrip("月"))
    return Kind.DAYS, Days(*days, ahead="下" in (match["mq"] or ""))


def _datebare(match: re.Match[str], now: datetime) -> _Meaning:
    """A date without 号: 5月18还, 这个月25."""
    today = now.date()
    if match["bn"]:
        found = next_year_day(
            today, 1 if match["bn"] == "元" else whole(match["bn"]) or 0, whole(match["bd"]) or 0
        )
        return Kind.DAYS, Days(found, found)
    found = add_months(today.replace(day=1), _weeks(match["bq"])).replace(day=whole(match["be"]) or 0)
    return Kind.DAYS, Days(found, found, ahead="下" in match["bq"])


def _month_part(first: date, words: str) -> tuple[date, date]:
    end = month_end(first.year, first.month)
    begin_day, end_day = _MONTH_PARTS.get(words, (end.day, end.day))
    return first.replace(day=begin_day), first.replace(day=min(end_day, end.day))


def _month_meant(today: date, said: str | None, named: str | None) -> date:
    if named:
        month = 1 if named == "元" else whole(named) or 0
        return date(today.year, month, 1)
    return add_months(today.replace(day=1), _weeks(said))


def _year_meant(words: str | None, today: date) -> int | None:
    if not words:
        return None
    return int(words[:4]) if words[0] == "2" else today.year + "今明后".index(words[0])


_MARKS = frozenset("号日到至-~、")


def _monthday(match: re.Match[str], now: datetime) -> _Meaning | None:
    today = now.date()
    year = _year_meant(match["my"], today)
    placed = _dated(match, today, year)
    if placed is None:
        return None
    found, rolled = placed
    earlier = whole(match["d0"].rstrip("号日到至-~、")) if match["d0"] else None
    begin = found.replace(day=earlier) if earlier and earlier < found.day else found
    ahead = "下" in (match["md"] or "") or bool(year and year > today.year)
    return Kind.DAYS, Days(begin, found, again=(rolled, rolled) if rolled else None, ahead=ahead)


def _dated(match: re.Match[str], today: date, year: int | None) -> tuple[date, date | None] | None:
    """The date meant, and the next one like it where the words roll on."""
    day = whole(match["dd"]) or 0
    if match["d0"] and match["d0"][0] in "二廿十" and match["d0"][-1] not in _MARKS:
        day += (whole(match["d0"]) or 0) // 10 * 10
    if match["mn"]:
        month = 1 if match["mn"] == "元" else whole(match["mn"]) or 0
        if year:
            return date(year, month, day), None
        found = next_year_day(today, month, day)
        return found, found.replace(year=found.year + 1) if (month, day) != (2, 29) else None
    if match["md"]:
        first = add_months(today.replace(day=1), _weeks(match["md"]))
        return first.replace(day=min(day, month_end(first.year, first.month).day)), None
    if year:
        return None
    found = next_month_day(today, day)
    return found, next_month_day(found + timedelta(1), day)


def _month(match: re.Match[str], now: datetime) -> _Meaning:
    today = now.date()
    if match["on"]:
        month = 1 if match["on"] == "元" else whole(match["on"]) or 0
        year = _year_meant(match["oy"], today) or today.year + (month < today.month)
        first = date(year, month, 1)
    else:
        first = add_months(today.replace(day=1), _weeks(match["oq"]))
    return Kind.DAYS, Days(first, month_end(first.year, first.month), ahead="下" in (match["oq"] or ""))


def _year(match: re.Match[str], now: datetime) -> _Meaning | None:
    today = now.date()
    if match["yp"] == "年前":
        eve = before_spring_festival(today)
        return None if eve is None else (Kind.DAYS, Days(today, eve, until=True))
    year = _year_meant(match["yq"], today) or today.year
    end = date(year, 12, 31)
    return Kind.DAYS, Days(end if match["yp"] else today, end, ahead=year > today.year)


def _festival(match: re.Match[str], now: datetime) -> _Meaning | None:
    today, words = now.date(), match["fe"]
    name = next((name for name in (*FEASTS, *HOLIDAYS) if words.startswith(name)), None)
    if name:
        coming = next_feast(name, today + timedelta(1 if match["fb"] else 0))
        if coming is None:
            return None
        last = coming - timedelta(1) if match["fb"] else coming
        return Kind.DAYS, Days(today if match["fb"] else last, last, until=bool(match["fb"]))
    eve = before_spring_festival(today)
    if eve is None or not (match["fb"] or words in ("除夕", "大年三十", "年三十")):
        return None
    return Kind.DAYS, Days(today if match["fb"] else eve, eve, until=bool(match["fb"]))


def _to(match: re.Match[str], now: datetime) -> _Meaning | None:
    hour = whole(match["th"] or match["uh"])
    less = match["tq"] or match["uq"]
    minutes = 15 if less == "一刻" else whole(less[:-1])
    return None if hour is None or minutes is None or minutes > 59 else (Kind.CLOCK, Clock(hour, -minutes))


def _colon(match: re.Match[str], now: datetime) -> _Meaning | None:
    return Kind.CLOCK, Clock(int(match["ch"]), int(match["cm"]))


def _is_a_little(match: re.Match[str]) -> bool:
    """一点 that is no hour: 还上一点, 快一点, 一点钱."""
    head = match.string[max(0, match.start() - 3) : match.start()]
    if LITTLE_TAIL.match(match.string, match.end()):
        return True
    if HOUR_TAIL.match(match.string, match.end()):
        return LITTLE_HEAD.search(head) is not None and head[-1] not in "这那"
    return LITTLE_HEAD.search(head) is not None or HOUR_HEAD.search(head) is None


def _are_points(match: re.Match[str]) -> bool:
    """有三点, 这三点 of a talk; 那四点半 and 那两点之前 are hours."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    an_hour = match["m"] or match["half"] or match["quarter"] or HOUR_TAIL.match(match.string, match.end())
    return before in ("有", "提") or (before in ("这", "那") and not an_hour)


def _clock(match: re.Match[str], now: datetime) -> _Meaning | None:
    hour = whole(match["h"])
    if hour is None:
        return None
    if match.group() in ("一点", "1点"):
        if _is_a_little(match):
            return None
    elif _are_points(match):
        return None
    if match["h0"] == "十一":
        hour = 12
    return Kind.CLOCK, Clock(hour, _minutes(match), sharp=not match["odd"])


def _minutes(match: re.Match[str]) -> int:
    if match["m"]:
        return whole(match["m"].lstrip("过零〇") or "零") or 0
    return 30 if match["half"] else {"一": 15, "三": 45}.get(match["quarter"] or "", 0)


_READERS: dict[str, Callable[[re.Match[str], datetime], _Meaning | None]] = {
    "past": _past, "workdays": _workdays, "span": _span, "iso": _iso, "slash": _slash, "relative": _relative,
    "weekday": _weekday, "week": _week, "monthpart": _monthpart, "datebare": _datebare,
    "monthday": _monthday, "month": _month,
    "year": _year, "festival": _festival, "part": _part, "to": _to, "colon": _colon,
    "clock": _clock, "now": _now,
}  # fmt: skip
