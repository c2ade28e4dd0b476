"""Times that are named and not meant: what day or hour it is, what a day is called, a time thrown back.

二十八号了, 都十点多了, 再有二十分钟就三月了, 明天除夕了, 都算今天的, 大中午的, 你说今晚就今晚？, 三点了还打.
"""

from __future__ import annotations

import re

from simulator.reading.time_expression import Expression

# 周五了 tells the day; 周五了结 and 后天了掉 settle something.
_OVER = re.compile(r"(?:多|快)?[了啦](?![结掉断清])")
_ALREADY = re.compile(
    r"(?:都快?|已经?|又|快|眼看|眼瞅着?|转眼|现在|这就?都|马上|马上就|眼下|今[天日儿]个?)(?:到|是)?$"
)
_SETTLED = re.compile(r"(?:就|定|改|好|到|[在等拖推])$")
_WILL_BE = re.compile(r"(?:就|又|也|都)(?:快)?(?:是|到|要|该)?")
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天1-7]"
_DATE = r"(?:[0-9一二三四五六七八九十]{1,3}月)?[0-9一二三四五六七八九十廿]{1,3}[号日]"
_CALLED = re.compile(
    rf"(?:大?后|[今明])[天日儿]个?(?:{_WEEKDAY}|{_DATE}|(?:[^0-9]{{2,3}}节|除夕|元旦|端午|中秋|大年三十|五一|国庆|圣诞))"
)
_LOUD = re.compile("^一?大|一大早$")
_GREETED = re.compile("好(?![吗不了点的,]*行|[吗不了点的])")
_HAILED = re.compile("[早晚]上?|[凌早清]晨|[上中下]午|(?:中秋|端午|元旦|国庆|圣诞|春节)节?")
_IS = re.compile("不?(?:也|正好|刚好|恰好|可)?(?:就|不就)?是")
_ENDED = re.compile("[了啊呀吗吧嘛]?(?:[,?!;。]|$)")
_ONLY_JUST = re.compile("才$")  # 才九点多就打
_OWED = re.compile("是[0-9一两二三四五六七八九]")  # 今天是八千零四块二
_ECHO = re.compile(r"[啊呀呢吗么嘛]?\?")


def tells_the_time(
    text: str, one: Expression, head: str, tail: str, before: Expression | None, after: Expression | None
) -> bool:
    """Whether `one` only says what time it is; `before` and `after` are its neighbours in the clause."""
    if tail.startswith("的") and (head.endswith("算") or _is_loud(text, one, head)):
        return True
    if head.endswith("都算") or (after and _thrown_back(text, one, after)):
        return True
    if before and _thrown_back(text, before, one):
        return True
    if (after and _equal(text, one, after)) or (before and _equal(text, before, one)):
        return True
    if one.clocked and _ONLY_JUST.search(head) and tail.startswith("就"):
        return True
    if after and _WILL_BE.fullmatch(tail) and _is_over(text, after):
        return True
    if (_GREETED.match(tail) and _HAILED.fullmatch(text, one.start, one.end)) or (
        one.running and (text.startswith("截", one.start) or _OWED.match(tail))
    ):
        return True
    over = _OVER.match(tail)
    if not over:
        return False
    if before and _WILL_BE.fullmatch(head) and not one.clocked:
        return True
    if _ALREADY.search(head) or is_called(text, one):
        return True
    hour = one.clocked and not head and len(tail) == over.end()
    return (one.running or hour) and not _SETTLED.search(head)


def _equal(text: str, first: Expression, second: Expression) -> bool:
    """这周日就是今天, 今天就是月底: a day and what else it is called."""
    today = (first.running and not first.clocked) or (second.running and not second.clocked)
    said = today and first.due.date() == second.due.date() and _IS.fullmatch(text, first.end, second.start)
    return bool(said) and _ENDED.match(text, second.end) is not None


def is_called(text: str, one: Expression) -> bool:
    """明天除夕, 后天星期六: a day and what it is called."""
    return _CALLED.fullmatch(text, one.start, one.end) is not None


def _is_loud(text: str, one: Expression, head: str) -> bool:
    return head.endswith("大") or _LOUD.search(text[one.start : one.end]) is not None


def _is_over(text: str, one: Expression) -> bool:
    return not one.clocked and _OVER.match(text, one.end) is not None


def _thrown_back(text: str, first: Expression, second: Expression) -> bool:
    """你说今晚就今晚？"""
    echo = (
        first.due == second.due
        and text[first.end : second.start] == "就"
        and text[first.start - 1 : first.start] == "说"
    )
    return echo and _ECHO.match(text, second.end) is not None
