"""Whether the days overdue, and the day it fell due, are as the account has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from scoring.counts import HALF_MONTH, NUMBER, Count, Misstated, count, days_of
from simulator.dialogue import Case

OVERDUE = r"(?:逾期|超期|拖欠|拖|欠|晚|过期)[了已经有到今天都快将近整一共是也就大概差不多]{0,6}?"
UNPAID = r"(?:没还|未还|没处理|没存|没到账|的?逾期)"
DAYS = re.compile(
    rf"{OVERDUE}(?P<one>{NUMBER})(?P<more>[多来])?天(?P<beyond>多)?|(?P<two>{NUMBER})(?P<many>[多来])?天{UNPAID}"
)
MONTHS = re.compile(
    rf"{OVERDUE}(?:快|将近|差不多)?(?:(?P<half>半个月)|(?P<n>{NUMBER})个(?P<more>多)?月(?P<beyond>多)?)"
    rf"|(?:快|将近)?(?:(?P<half2>半个月)|(?P<n2>{NUMBER})个(?P<more2>多)?月){UNPAID}"
)
FELL_DUE = re.compile(r"(?P<day>今天|昨天|前天|大前天)(?:就|刚|刚刚|才|已经)?到期(?!前|之前|还不)")
ON_THE = re.compile(
    r"(?:(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月)?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日](?:就|刚|才|已经)?到期(?!前|之前)"
)
AGO = {"今天": 0, "昨天": 1, "前天": 2, "大前天": 3}
GENERAL = re.compile(
    r"超过|满|如果|要是|一旦|万一|再|等到|假如|哪怕|之前那|上次|上个月那|上回|以内|之内|以上|以后|之后|每|协议|分期还款日"
)
SUPPOSED = re.compile(r"[，,]?(?:就|要|会|得|也|便|的?费用)")  # 拖十天就多…: what would come of it
BREAK = re.compile(r"[，。！？；,!?;\n：:]")


def misdated(text: str, case: Case) -> Iterator[Misstated]:
    """What the text says wrongly of how long it is overdue, once for each statement."""
    overdue = case.debt.days_overdue
    for match in DAYS.finditer(text):
        name = "one" if match["one"] else "two"
        said = count(match[name], bool(match["more"] or match["many"] or match["beyond"]))
        if said is not None and not said.has(overdue) and not _general(text, match):
            fix = text[match.start() : match.start(name)] + f"{overdue}天" + _after(match, "天")
            yield Misstated(*match.span(), f"说{_told(said)}天，账上逾期 {overdue} 天", _plain(fix))
    for match in MONTHS.finditer(text):
        said = _months(match)
        if said is not None and not said.has(overdue) and not _general(text, match):
            fix = f"逾期{overdue}天" if not (match["half2"] or match["n2"]) else f"{overdue}天没还"
            yield Misstated(*match.span(), f"说的是“{match.group()}”，账上逾期 {overdue} 天", fix)
    yield from _wrong_day(text, case)


def _general(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of no day in particular, or of another debt."""
    start = max((cut.end() for cut in BREAK.finditer(text, 0, match.start())), default=0)
    supposed = SUPPOSED.match(text, match.end())
    return bool(supposed or GENERAL.search(text[start : match.end() + 3]))


def _after(match: re.Match[str], unit: str) -> str:
    return match.group()[match.group().rindex(unit) + 1 :].removeprefix("多")


def _plain(words: str) -> str:
    """Without what said that the number was rough."""
    return re.sub(r"快|将近|大概|差不多", "", words)


def _told(said: Count) -> str:
    return f" {said.low} " if said.low == said.high else f" {said.low} 到 {said.high} "


def _months(match: re.Match[str]) -> Count | None:
    nearly = bool(re.search("快|将近|差不多", match.group()))
    if match["half"] or match["half2"]:
        return Count(HALF_MONTH[0] - (3 if nearly else 0), HALF_MONTH[1])
    said = count(match["n"] or match["n2"])
    if said is None:
        return None
    return days_of(said, nearly, bool(match["more"] or match["more2"] or match["beyond"]))


def _wrong_day(text: str, case: Case) -> Iterator[Misstated]:
    due, today = case.debt.due, case.at.date()
    for match in FELL_DUE.finditer(text):
        if due != today - timedelta(days=AGO[match["day"]]) and not _general(text, match):
            yield _due(match, due)
    for match in ON_THE.finditer(text):
        day, month = count(match["day"]), count(match["month"]) if match["month"] else None
        if day is None or _general(text, match):
            continue
        if day.low != due.day or (month is not None and month.low != due.month):
            yield _due(match, due)


def _due(match: re.Match[str], due: date) -> Misstated:
    right = f"{due.month}月{due.day}日到期"
    return Misstated(*match.span(), f"说的是“{match.group()}”，账上是{right}", right)
