"""Whether the sums that are said to be owed, or to be added by waiting, are as the account has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scoring.counts import DAYS_OF_MONTH, NUMBER, Count, Misstated, count
from scoring.hearing import Call, Heard
from simulator.dialogue import AmountKind, AmountMention
from simulator.dialogue.case import Debt
from simulator.reading.amounts import find_amounts

BREAK = re.compile(r"[，。！？；,!?;\n：:]")
PAYING = re.compile(
    r"先还|先存|先付|先转|能还|能拿|还上|凑|剩|余|差(?!不多)|已经还|还了|付了|转了|工资|收入|货款|月供|免|押|回款|"
    r"承诺|答应|说好|最低|到账|入账|记|安排|处理"
)
EACH_TIME = re.compile(r"(?:每期|每个月|每月|一期|一个月)(?:还|就是|大概|差不多|只要)?$")
INSTALMENTS = re.compile(rf"分(?:成|为|作|个)?\s?(?P<n>{NUMBER})\s?(?:期|个月)")
PART_OF_A_DEAL = re.compile(r"每期|每月|每个月|一期")
ROUGHLY = re.compile(r"大概|大约|差不多|左右|近|多|来块|出头|上下|约|将近|不到")
# the words for a part of the debt and the fields that may be meant
PARTS = (
    ("本金", ("principal",)),
    ("利息", ("interest", "penalty")),
    ("违约金", ("penalty",)),
    ("滞纳金", ("penalty",)),
    ("罚息", ("penalty", "interest")),
)
A_DAY = re.compile(r"(?:每天|每日|一天|一日|天天)[^，。！？；,!?;天日]{0,8}$")
BY_WAITING = re.compile(
    rf"(?:(?P<n>{NUMBER})(?P<more>[多来])?(?P<unit>天|个月|个星期|周|个礼拜)|(?P<half>半个月))[，,]?[^，。！？；,!?;天月周]{{0,10}}"
    r"(?:多|涨|加|就是|要|费用|罚息|违约金)[^，。！？；,!?;天月周]{0,6}$"
)
WHOLE_DEBT = re.compile(
    r"欠款|欠了|欠着|欠|应还|总共|一共|合计|总额|共计|逾期|账单|本期|这期|未还|没还|待还|到期|总数|全部|结清"
)
TOGETHER = re.compile(r"连(?:同|着|上)?(?:本|利息|罚息|违约金|滞纳金)")
FLATLY = re.compile(r"欠|应还|待还|未还|没还")
FIVE_PERCENT = Decimal("0.05")
NEAR = (Decimal("0.9"), Decimal("1.3"))  # of an even share, what an instalment may be with its interest


def misstated(heard: Heard, call: Call) -> Iterator[Misstated]:
    """The sums of a turn that are not as the account has them."""
    if not heard.acts & {"state-debt", "explain-fees", "warn-cost"} and "confirm-promise" in heard.acts:
        return
    previous = 0
    for mention in heard.reading.amounts:
        clause = _clause_before(heard.text, mention, previous)
        before, previous = previous, mention.end
        if mention.kind is not AmountKind.EXACT or mention.value is None:
            continue
        leading_up = heard.text[before : mention.start]
        found = _cost_of_time(mention, mention.value, clause, leading_up, call.case.debt)
        found = found or _share(mention, mention.value, clause, heard, call.case.debt)
        if found is None and not A_DAY.search(clause):
            found = _owed(mention, clause, heard, call)
        if found is not None:
            yield found


def _clause_before(text: str, mention: AmountMention, previous: int) -> str:
    """The words of the clause up to the sum; a comma inside a figure does not part it."""
    start = max((match.end() for match in BREAK.finditer(text, previous, mention.start)), default=previous)
    return text[start : mention.start]


# what a day, or some days, add


def _cost_of_time(
    mention: AmountMention, value: Decimal, clause: str, leading_up: str, debt: Debt
) -> Misstated | None:
    if PAYING.search(clause) or not debt.daily_cost:
        return None
    if A_DAY.search(clause):
        if _close(value, debt.daily_cost, bool(ROUGHLY.search(clause))):
            return None
        right = f"{_money(debt.daily_cost)}元"
        return Misstated(
            mention.start, mention.end, f"说每天 {value:,} 元，账上每天 {_money(debt.daily_cost)} 元", right
        )
    waited = None if WHOLE_DEBT.search(clause) or TOGETHER.search(clause) else BY_WAITING.search(leading_up)
    days = _days(waited) if waited else None
    if days is None:
        return None
    low, high = debt.daily_cost * days.low, debt.daily_cost * days.high
    if low * (1 - FIVE_PERCENT) - 1 < value < high * (1 + FIVE_PERCENT) + 1:
        return None
    span = _money(low) if low == high else f"{_money(low)}到{_money(high)}"
    why = f"说的是 {value:,} 元，照每天 {_money(debt.daily_cost)} 元算是 {span} 元"
    return Misstated(mention.start, mention.end, why, f"{span}元")


def _days(waited: re.Match[str]) -> Count | None:
    if waited["half"]:
        return Count(14, 16)
    said = count(waited["n"], bool(waited["more"]))
    if said is None or waited["unit"] == "天":
        return said
    return said.times(*DAYS_OF_MONTH) if waited["unit"] == "个月" else said.times(7, 7)


# what one of several instalments is


def _share(mention: AmountMention, value: Decimal, clause: str, heard: Heard, debt: Debt) -> Misstated | None:
    parted = INSTALMENTS.search(heard.text[: mention.start])
    parts = count(parted["n"]) if parted else None
    if parts is None or not parts.low or not EACH_TIME.search(clause):
        return None
    even = debt.total / parts.low
    if even * NEAR[0] <= value <= even * NEAR[1]:
        return None
    why = f"说每期 {value:,} 元，{_money(debt.total)} 元分 {parts.low} 期，每期约 {_money(round(even, 2))} 元"
    return Misstated(mention.start, mention.end, why, f"{_money(round(even, 0))}元左右")


# what is owed, whole or in part


def _owed(mention: AmountMention, clause: str, heard: Heard, call: Call) -> Misstated | None:
    assert mention.value is not None
    right = _right_figures(clause, heard, call)
    if not right or _agrees(mention, heard.text, clause, right | _spoken_of(clause, heard, call)):
        return None
    main = call.case.debt.total if call.case.debt.total in right else max(right)
    others = "、".join(_money(value) for value in sorted(right - {main})[:2]) if len(right) == 2 else ""
    why = f"说的是 {mention.value:,} 元，账上是 {_money(main)}{'、' + others if others else ''} 元"
    return Misstated(mention.start, mention.end, why, f"{_money(main)}元")


def _right_figures(clause: str, heard: Heard, call: Call) -> set[Decimal]:
    """What the sum after these words must be, empty where it is no statement of what is owed."""
    if PAYING.search(clause) or PART_OF_A_DEAL.search(clause):
        return set()
    debt = call.case.debt
    if TOGETHER.search(clause):
        return {debt.total}
    parts = sorted((clause.rfind(word), fields) for word, fields in PARTS if word in clause)
    whole_debt = [match.start() for match in WHOLE_DEBT.finditer(clause)]
    if len(parts) == 1 and parts[-1][0] > max(whole_debt, default=-1):
        return {getattr(debt, field) for field in parts[-1][1]} - {Decimal(0)}
    if not (whole_debt or parts) or not heard.acts & {"state-debt", "explain-fees"}:
        return set()
    if parts and "本金" not in clause:
        return {debt.interest + debt.penalty} - {Decimal(0)}
    return {debt.total, debt.principal, debt.principal + debt.interest, debt.principal + debt.penalty}


def _spoken_of(clause: str, heard: Heard, call: Call) -> set[Decimal]:
    """Sums that are on the table: pledged, left over, or named by the persona, who is no authority on what is owed."""
    sums: set[Decimal] = set()
    for turn in call.answers:
        if turn.n < heard.turn.n:
            if not FLATLY.search(clause):
                sums.update(mention.value for mention in find_amounts(turn.text) if mention.value is not None)
            promised = sum((pledge.amount or Decimal(0) for pledge in turn.pledges), Decimal(0))
            if promised:
                sums.update((promised, call.case.debt.total - promised))
                sums.update(pledge.amount for pledge in turn.pledges if pledge.amount is not None)
    return sums


def _agrees(mention: AmountMention, text: str, clause: str, right: set[Decimal]) -> bool:
    assert mention.value is not None
    near = clause[-4:] + text[mention.end - 1 : mention.end + 3]
    rough = bool(ROUGHLY.search(near))
    return any(_close(mention.value, value, rough) for value in right)


def _close(said: Decimal, right: Decimal, rough: bool) -> bool:
    """Within a yuan of a debt, within a tenth of what is less than ten, within five percent where it is rough."""
    if abs(right - said) <= (right * FIVE_PERCENT if rough else Decimal("0.005")):
        return True
    return abs(right - said) < (1 if right >= 10 else right / 10)


def _money(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")
