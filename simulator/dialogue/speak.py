"""Sums and instants as they are said aloud, how long saying takes, and the templates of lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

DIGITS = "零一二三四五六七八九"
WEEKDAYS = "一二三四五六日"
CHARACTERS_PER_SECOND = 4.5
BREATH_SECONDS = 1
PLACEHOLDER = re.compile(r"\{([a-z0-9_.-]+)(?::(digits|date))?\}")


def speech(text: str) -> timedelta:
    """How long it takes to say `text`, with a breath before it, in whole seconds."""
    return timedelta(seconds=BREATH_SECONDS + round(len("".join(text.split())) / CHARACTERS_PER_SECOND))


def spoken_number(value: int) -> str:
    """A whole number below a hundred million the way people say sums: 1860 一千八百六, 21000 两万一."""
    if value == 0:
        return "零"
    high, low = divmod(value, 10000)
    if not high:
        return _below_ten_thousand(low)
    head = _below_ten_thousand(high) + "万"
    if not low:
        return head
    if low % 1000 == 0:
        return head + DIGITS[low // 1000]
    tail = _below_ten_thousand(low)
    return head + ("" if low >= 1000 else "零") + ("一" if tail.startswith("十") else "") + tail


def _below_ten_thousand(value: int) -> str:
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            word = "两" if digit == 2 and (unit >= 1000 or (unit == 1 and not words)) else DIGITS[digit]
            words += ("零" if gap and words else "") + word + name
            gap = False
            if not value and len(words) >= 2:
                break
        else:
            gap = True
    words = words.removeprefix("一") if words.startswith("一十") else words
    shortened = re.fullmatch(r"(.*[百千].)[百十]", words)
    return shortened.group(1) if shortened and "零" not in words else words


def spoken_amount(value: Decimal) -> str:
    """A sum in yuan: 50000 五万, 1860 一千八百六, 216.8 二百一十六块八."""
    whole, cents = divmod(round(value * 100), 100)
    if not cents:
        return spoken_number(whole)
    tenths, rest = divmod(cents, 10)
    tail = DIGITS[tenths] + (f"毛{DIGITS[rest]}" if rest else "")
    return f"{_in_full(whole)}块{tail}"


def _in_full(value: int) -> str:
    words = spoken_number(value)
    units = {"千": "百", "百": "十"}
    if len(words) >= 3 and words[-2] in units and words[-1] in DIGITS:
        return words + units[words[-2]]
    return words


def spoken_clock(moment: datetime) -> str:
    hour, minute = moment.hour, moment.minute
    if (hour, minute) == (12, 0):
        return "中午十二点"
    part = (
        "凌晨"
        if hour < 6
        else "上午"
        if hour < 12
        else "中午"
        if hour < 13
        else "下午"
        if hour < 18
        else "晚上"
    )
    if (hour, minute) == (18, 0):
        part = "下午"
    name = _hour(hour if hour <= 12 else hour - 12)
    minutes = {0: "", 15: "一刻", 30: "半", 45: "三刻"}.get(minute, f"{spoken_number(minute)}分")
    return f"{part}{name}点{minutes}"


def _hour(hour: int) -> str:
    return "两" if hour == 2 else spoken_number(hour) if hour else "零"


def spoken_day(day: date, today: date) -> str:
    ahead = (day - today).days
    if 0 <= ahead <= 2:
        return ("今天", "明天", "后天")[ahead]
    monday = today.toordinal() - today.weekday()
    weeks = (day.toordinal() - monday) // 7
    if weeks == 0 and ahead > 0:
        return f"周{WEEKDAYS[day.weekday()]}"
    if weeks == 1:
        return f"下周{WEEKDAYS[day.weekday()]}"
    month = "" if day.month == today.month and day.year == today.year else f"{spoken_number(day.month)}月"
    return f"{month}{spoken_number(day.day)}号"


def spoken_instant(moment: datetime, now: datetime) -> str:
    day = spoken_day(moment.date(), now.date())
    if (moment.hour, moment.minute) == (23, 59):
        return day
    return day + spoken_clock(moment)


def spoken(value: Any, now: datetime, style: str | None = None) -> str:
    """A fact as a person says it. `style` "digits" writes sums in figures and instants with their clock."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00") if style == "digits" else spoken_amount(value)
    if isinstance(value, datetime):
        if style == "digits":
            return f"{value.month}月{value.day}日{value:%H:%M}"
        return spoken_instant(value, now)
    if isinstance(value, date):
        return f"{value.month}月{value.day}号"
    return str(value)


def fill(template: str, look_up: Callable[[str], Any], now: datetime) -> str:
    """`template` with its `{path}` places filled. Raises KeyError for a path that does not exist."""

    def replace(match: re.Match[str]) -> str:
        return spoken(look_up(match.group(1)), now, match.group(2))

    return PLACEHOLDER.sub(replace, template)


def paths(template: str) -> tuple[str, ...]:
    """The paths that a template needs."""
    return tuple(match.group(1) for match in PLACEHOLDER.finditer(template))


def fact(root: object, path: str) -> Any:
    """The fact at a dotted path of attributes or mapping keys. Raises KeyError where there is none."""
    value: Any = root
    for part in path.split("."):
        name = part.replace("-", "_")
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif is_dataclass(value) and name in {field.name for field in fields(value)}:
            value = getattr(value, name)
        else:
            raise KeyError(path)
    if value is None:
        raise KeyError(path)
    return value
