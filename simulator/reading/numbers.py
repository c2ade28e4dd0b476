"""Digits and clock or calendar words of a line, of whatever they are the number."""

from __future__ import annotations

_DIGITS = frozenset("0123456789零〇一二两三四五六七八九十百千万")
_CLOCKS = ("点半", "点钟", "点", "号", "日", "月", "时")
_DAYS = (
    "今天", "今晚", "今日", "明天", "明早", "明日", "后天", "大后天", "上午", "中午", "下午", "晚上", "傍晚", "周末", "月底", "月初", "月中", "下周", "本周", "这周", "下个月", "本月底",
    "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期天", "星期日", "礼拜一", "礼拜二", "礼拜三", "礼拜四", "礼拜五", "下班前",
)  # fmt: skip


def find_numbers(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of numbers, and spans of words that name a day or an hour."""
    numbers: list[tuple[int, int]] = []
    clocks: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if text[place] not in _DIGITS:
            place += 1
            continue
        end = place
        while end < len(text) and (
            text[end] in _DIGITS or (text[end] in ".,:" and text[end + 1 : end + 2].isdigit())
        ):
            end += 1
        numbers.append((place, end))
        unit = next((unit for unit in _CLOCKS if text.startswith(unit, end)), "")
        if unit or ":" in text[place:end]:
            clocks.append((place, end + len(unit)))
        place = end
    for word in _DAYS:
        here = text.find(word)
        while here >= 0:
            clocks.append((here, here + len(word)))
            here = text.find(word, here + 1)
    return numbers, clocks
