"""The case file as plain rows: what the one who calls is given before the call, in a hall, a browser or a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from simulator.dialogue import Case, PersonaKind

CHANNELS = {"phone": "电话", "sms": "短信", "letter": "信函", "visit": "上门"}
GOALS = {
    "promise": "拿到两天之内的还款承诺",
    "plan": "谈成对方做得到的方案",
    "relay": "请人转告，不透露一个字的账",
    "care": "先顾人，再谈账",
}
LEGAL = {"entrusted": "已委托律师", "filed": "已立案", "judged": "已判决", "enforced": "执行中"}
KEPT = {True: "做到了", False: "没做到"}


@dataclass(frozen=True, slots=True)
class Section:
    """`rows` are label and value; a label may be empty."""

    title: str
    rows: tuple[tuple[str, str], ...]


def case_sections(case: Case) -> tuple[Section, ...]:
    found = (
        Section("找谁", tuple(_who(case))),
        Section("欠款", tuple(_debt(case))),
        Section("以往", tuple(_history(case))),
        Section("你能做主的", tuple(("", offer) for offer in _offers(case))),
        Section("你是", tuple(_self(case))),
        Section("这通电话" if case.channel == "phone" else "这次联系", tuple(_setting(case))),
    )
    return tuple(section for section in found if section.rows)


def _yuan(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00") + " 元"


def _who(case: Case) -> Iterator[tuple[str, str]]:
    yield "姓名", f"{case.debtor.name}（{case.debtor.call}）"
    yield "身份证尾号", case.debtor.last4
    person = case.person
    if case.kind is PersonaKind.JOINTLY_LIABLE:
        yield "打给", f"{person.name}（{person.call}），{person.relation}"
        yield "其身份证尾号", person.last4
    elif person.relation is not None:
        yield "打给", f"预留联系人（{person.relation}）"
    standing = case.standing
    if standing.debt_disputed:
        yield "注意", "对方提过异议，还没答复"
    if standing.illness:
        yield "注意", "对方家里有病人"
    if standing.connected_today:
        yield "注意", f"今天已接通 {standing.connected_today} 次"


def _debt(case: Case) -> Iterator[tuple[str, str]]:
    debt = case.debt
    yield "债权人", debt.creditor
    yield "产品", f"{debt.product} ··{debt.tail}"
    yield "应还", _yuan(debt.total)
    for label, value in (("本金", debt.principal), ("利息", debt.interest), ("罚息", debt.penalty)):
        if value:
            yield f"· {label}", _yuan(value)
    yield "逾期", f"{debt.days_overdue} 天（{debt.due:%m-%d} 到期）"
    yield "每天增加", _yuan(debt.daily_cost)
    if case.standing.legal in LEGAL:
        yield "法律", LEGAL[case.standing.legal]


def _history(case: Case) -> Iterator[tuple[str, str]]:
    if not case.history:
        yield "", "这是第一次联系"
    for entry in case.history:
        promised = f"；当时答应：{entry.promised}" if entry.promised else ""
        kept = f"，{KEPT[entry.kept]}" if entry.promised and entry.kept is not None else ""
        yield f"{entry.on:%m-%d}", f"{entry.note}{promised}{kept}"
    if case.broken_promises:
        yield "注意", f"已经爽约 {case.broken_promises} 次"


def _offers(case: Case) -> Iterator[str]:
    may = case.authority
    offers = [
        "先还一部分" if may.partial else "",
        f"分期，最多 {may.instalments} 期" if may.instalments else "",
        f"展期，最多 {may.extension_days} 天" if may.extension_days else "",
        "减免" if may.waiver else "",
        "代为申请困难方案" if may.hardship else "",
    ]
    listed = [offer for offer in offers if offer]
    yield from listed
    yield "别的都要申请，以审批为准" if listed else "没有：都要申请"


def _self(case: Case) -> Iterator[tuple[str, str]]:
    me = case.collector
    yield "你", f"{me.name}，工号 {me.number}"
    yield "单位", me.org
    yield "客服电话", me.hotline


def _setting(case: Case) -> Iterator[tuple[str, str]]:
    yield "时间", f"{case.at:%Y-%m-%d %H:%M}"
    yield "渠道", CHANNELS[case.channel.value]
    yield "目标", GOALS.get(case.goal, case.goal)
