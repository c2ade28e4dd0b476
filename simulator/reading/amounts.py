"""Sums of money in a line of a call.

`exact` has a value in yuan: 五万, 三千二 (3200), 1.5万, 3k, 二百一十六块八 (216.8), 1,200元, 五千左右. A
bare number under a hundred, or any bare Arabic number, needs 块/元/钱, a word of paying before it, or to
be all the line says. `part` has none: 一半, 零头, 两三千, 三千多, 千把块, 最低还款额, 三成 of what is
paid. `full` has none either: 全部, 结清, 一次性, unless its clause names a figure. Numbers of people,
days, hours, phones, staff and rates are no sums, and neither is the rough 百八十块.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from simulator.dialogue import AmountKind, AmountMention
from simulator.reading.numerals import DIGITS, fold, number

_C = "零〇一二两俩三仨四五六七八九"
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3}){1,3}(?![0-9])(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,4})?"
_NUMBER = rf"(?:{_ARABIC}|[{_C}十廿卅])[0-9{_C}十廿卅百千万亿kw]{{0,14}}"
_UNIT = r"块钱?|元(?!旦|月|宵|素)|圆|钱|rmb|RMB|人民币"
_PAYS = (
    r"(?:还|付|打|转|存|交|缴|补|拿|凑|汇|给[您你]?|先|扣|借|剩|差|欠|清)(?:了|的|款|进|上|过|来|去"
    r"|给[您你]|出来?|掉|出|到|够|齐)?(?:是|也|就)?$|金额[是为:]?$|[本]金[是为:]?$|[¥]$|款项?[:是为]?$"
)
_NOT_MONEY = (
    r"[个天日号月年点时分秒期次通遍回位人家岁周楼层室栋页条项度米斤公里级倍步届名份%折座章码颗段口宗件笔台]"
    r"|小时|星期|礼拜|工作日|个百分|多(?:个|天|次|岁|年|人)|来(?:个|天|次|岁|年)|毫|:|/"
)
_PATTERN = re.compile(
    r"(?P<rough>(?<![" + _C + r"0-9])(?:百八十|十块八块|百儿八十|三块五块)(?:块钱?|元)?)"
    r"|(?P<loose>(?:百|千|万)(?:把|来)块钱?|(?:好)?几[十百千万](?:块钱?|元)?|[上数](?:百|千|万)(?:块钱?"
    r"|元)|数[千万]|几块钱?|两三块|几个钱)"
    rf"|(?<![周拜期])(?P<range>(?P<first>[{_C}])(?P<second>[{_C}])(?:[十百千万]{{1,2}})(?:块钱?|元|多)?"
    rf"|(?P<low>[0-9]{{1,6}}(?:\.[0-9])?[百千万kw]?)[到至\-~](?P<high>[0-9]{{1,6}}(?:\.[0-9])?)(?P<rangeunit>[百千万kw](?:块"
    rf"|元)?|块钱?|元)"
    rf"|[{_C}]百?[到至][{_C}][百千万](?:块钱?|元)?)"
    r"|(?P<part>(?<=[还付打转存交拿凑补])(?:一点儿?|一些|点儿?)(?![钟半前]|[0-9])|最低还款(?:额|金额)?"
    r"|最低额|最低(?=[0-9还]|$)|零头|一小?半|小半|大半|一?大?(?<!干)部分(?!人|银行|客户|是)|一少部分"
    r"|(?:百分之[一二三四五六七八九十0-9]{1,4}|[0-9]{1,3}%|[一二三四五六七八九两]成)(?=.{0,3}$"
    r"|[,。吧行可先]))"
    r"|(?P<full>一次性|全部(?!都?是|家当|情况|资料|的人)|全款|全额|结清(?!证明|了没)|还清|付清|缴清|交清"
    r"|清[掉零账](?!单)|一分不[少差]|全都(?=还|付|结|转)|所有(?:的)?(?:欠款|款项?|钱))"
    rf"|(?<![周拜期])(?P<money>(?P<sign>¥"
    rf"|rmb)?(?P<number>{_NUMBER})(?P<more>[多来几余](?P<scale>[千万百])?)?(?:(?P<unit>{_UNIT})(?P<jiao>零?[0-9{_C}](?![0-9{_C}十百千万天个月号点日年期])[毛角分]?(?:[0-9{_C}]分)?)?(?:钱)?"
    rf"|(?P<mao>[毛角](?:钱)?))?整?)"
)
_PAYING = re.compile(_PAYS)
_NO_MONEY = re.compile(_NOT_MONEY)
_LABEL = re.compile(
    r"(?:工号|尾号|编号|号码|账号|卡号|电话|热线|拨打|拨|致电|手机|座机|分机|合同号?|单号"
    r"|订单|验证码|短号|第|转拨|身份证|后四位|末四位|密码|代码|坐席|房|客服)(?:号|是|为|:"
    r"|的|转)*$"
)
_BREAK = re.compile(r"[,;!?。\n](?![0-9]{3}(?![0-9]))|[,;!?。\n](?=[^0-9])")
_AFTER_TIME = frozenset("天点前后号午晚内底末")
_COURTESY = re.compile(
    r"[吧呢啊呀哈嘛吗么哦嗯好行成可以我您你那就先也只能,.?!。 、最多至少左右大概差不多怎么样]"
)


def find_amounts(text: str) -> tuple[AmountMention, ...]:
    """The sums of one line, in order."""
    folded = fold(text)
    line = folded.text
    found = list(_found(line))
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
    breaks = {match.start() for match in _BREAK.finditer(line)}
    clause = 0
    for offset in range(len(line)):
        clause += offset in breaks
        numbers[offset] = clause
    return numbers


_Found = tuple[int, int, Decimal | None, AmountKind]


def _found(line: str) -> Iterator[_Found]:
    at = 0
    while match := _PATTERN.search(line, at):
        at = match.end()
        if match["rough"]:
            continue
        if match["full"]:
            yield match.start(), match.end(), None, AmountKind.FULL
        elif match["part"] or match["loose"]:
            yield match.start(), match.end(), None, AmountKind.PART
        elif match["range"]:
            if match["first"] and DIGITS[match["first"]] >= DIGITS[match["second"]]:
                at = match.start() + 1
            elif not _counts_something(line, match.end()):
                yield match.start(), match.end(), None, AmountKind.PART
        elif (money := _money(line, match)) is not None:
            yield money


def _counts_something(line: str, at: int) -> bool:
    return _NO_MONEY.match(line, at) is not None


def _money(line: str, match: re.Match[str]) -> _Found | None:
    words, start, end = match["number"], match.start(), match.end()
    head = line[max(0, start - 8) : start]
    if _LABEL.search(head) or (start and _labelled(line[start - 1])):
        return None
    named = bool(match["unit"] or match["mao"] or match["sign"])
    value = number(words)
    if value is None or value == 0 or value > 10**10:
        return None
    if not named and (_counts_something(line, end) or not _stands_alone(line, match, value)):
        return None
    if match["unit"] == "钱" and words in ("一",):
        return None
    if (
        named
        and value == 1
        and words == "一"
        and line.startswith("块", start + 1)
        and not line.startswith("钱", start + 2)
    ):
        return None
    if match["more"]:
        return start, end, None, AmountKind.PART
    value = value / 10 if match["mao"] else value + _change(match["jiao"])
    return start, end, value.normalize() + 0 if value % 1 else Decimal(int(value)), AmountKind.EXACT


def _labelled(before: str) -> bool:
    return before in "第.之号" or (before.isascii() and before.isalnum())


def _stands_alone(line: str, match: re.Match[str], value: Decimal) -> bool:
    """Whether a number without 块 is money: 三千二 is, 3200 where something is paid, 十五 hardly."""
    words = match["number"]
    start, end = match.start(), match.end()
    if end < len(line) and line[end].isascii() and line[end].isalnum():
        return False
    if match["scale"] or any(unit in words for unit in "百千万亿kw"):
        return not line.startswith(("一", "不"), end) or value >= 100
    if value < 10 or len(words) > 8:
        return False
    if _PAYING.search(line[max(0, start - 6) : start]):
        return True
    if (
        value >= 100
        and line[start - 1 : start] in _AFTER_TIME
        and not line[end : end + 1].strip(",;!?。.吧行可还")
    ):
        return True
    rest = line[max(0, start - 12) : start] + line[end : end + 12]
    return (
        value >= 50
        and len(rest) < 12
        and not _COURTESY.sub("", rest)
        and len(words) < 6
        and not words.startswith(("95", "12315", "0"))
    )


def _change(jiao: str | None) -> Decimal:
    """The small change after 块: 八, 8毛, 零五毛, 五角三分."""
    if not jiao:
        return Decimal(0)
    digits = [number(char) or Decimal(0) for char in jiao if char in _C or char in "0123456789"]
    digits = [digit for digit in digits if digit] or [Decimal(0)]
    if jiao.endswith("分") and len(digits) == 1:
        return digits[0] / 100
    return digits[0] / 10 + (digits[1] / 100 if len(digits) > 1 else 0)
