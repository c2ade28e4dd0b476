"""Breaches that show only when words are laid beside the case: wrong figures, concessions nobody granted, debt facts
told too early, a demand while a plan runs, a caller who never said who he is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.hearing import VERIFIED, Call, Heard
from simulator.dialogue import AmountKind, AmountMention, Case, Hearer, PersonaKind
from simulator.reading.amounts import find_amounts
from simulator.reading.numerals import whole

NUMBER = r"[0-9零〇一二两三四五六七八九十百]+"
DAYS = re.compile(
    rf"(?:逾期|超期|拖欠|拖|欠|晚|过期)[了已经有到今天都快整一共是]{{0,5}}(?P<one>{NUMBER})(?P<more>多)?天"
    rf"|(?P<two>{NUMBER})(?P<many>多)?天(?:没还|未还|没处理|没存|没到账|的?逾期)"
)
GENERAL = re.compile(
    r"超过|满|如果|要是|一旦|万一|再|等到|假如|哪怕|之前那|上次|上个月|以内|之内|以上|以后|之后"
)
INSTALMENTS = re.compile(rf"分(?:成|为|作|个)?\s?(?P<n>{NUMBER})\s?(?:期|个月)")
EXTENSION = re.compile(
    rf"(?:延期|延长|宽限|缓|延|推迟|晚)(?:个|到|给您|给你|您|你|上)?\s?(?P<n>{NUMBER})\s?(?:天|日)(?!内|之内)"
)
PENDING = re.compile(
    r"申请|审批|审核|批准|批下来|为准|评估|试试|争取|不能保证|不一定|能不能|看看能|问一下|请示"
)
REFUSING = re.compile(r"不行|不能|没办法|不可以|没法|恐怕|做不了|没有这|不好办")
BREAK = re.compile(r"[，。！？；,!?;\n：:]")
PAYING = re.compile(
    r"先还|先存|先付|先转|能还|能拿|还上|凑|剩|余|差|已经还|还了|付了|转了|工资|收入|货款|每期|每月|月供|减|免|押|回款|"
    r"承诺|答应|说好|最低|到账|入账|记|安排|处理"
)
ROUGHLY = re.compile(r"大概|大约|差不多|左右|近|多|来块|出头|上下|约")
PARTS = (
    ("本金", ("principal",)),
    ("利息", ("interest", "penalty")),
    ("违约金", ("penalty",)),
    ("滞纳金", ("penalty",)),
    ("罚息", ("penalty", "interest")),
    ("每天", ("daily_cost",)),
    ("每日", ("daily_cost",)),
    ("一天", ("daily_cost",)),
    ("一日", ("daily_cost",)),
)  # fmt: skip
WHOLE_DEBT = re.compile(
    r"欠款|欠了|欠着|欠|应还|总共|一共|合计|总额|共计|逾期|账单|本期|这期|未还|没还|待还|到期|总数|全部|结清"
)
DEBT_WORDS = re.compile(r"欠|逾期|没还|未还|还款|账单|到期|贷款|借款|分期|信用卡|罚息|催收")
TOLD_EARLY = frozenset(("state-debt", "explain-fees"))
SPEAKS_OF_DEBT = frozenset((*TOLD_EARLY, "demand-payment", "warn-cost", "warn-credit", "remind-obligation"))
FIVE_PERCENT = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule that the words at `start:end` of the turn breach when held against the case, and how."""

    rule: str
    start: int
    end: int
    why: str


def shown_by_case(heard: Heard, call: Call) -> Iterator[Shown]:
    """What this turn breaches by the case, whatever the ear made of it."""
    if heard.turn.hearer not in VERIFIED:
        yield from _told_early(heard)
    if heard.turn.hearer is not Hearer.THIRD_PARTY:
        yield from _wrong_amounts(heard, call)
        yield from _wrong_days(heard, call.case)
        yield from _beyond_authority(heard, call.case)
        yield from _while_a_plan_runs(heard, call.case)


def never_identified(call: Call) -> tuple[Heard, Shown] | None:
    """The first turn that speaks of the debt, in a call in which the collector never says who he is."""
    if call.first(("self-identify",)) or len(call.spoken) < 2 or call.case.kind is PersonaKind.THIRD_PARTY:
        return None
    found = call.first(SPEAKS_OF_DEBT)
    if found is None:
        return None
    heard, act = found
    return heard, Shown("identify-self", act.start, act.end, "谈到了欠款，却从头到尾没有说自己是谁")


def _wrong_amounts(heard: Heard, call: Call) -> Iterator[Shown]:
    if not heard.acts & {"state-debt", "explain-fees", "warn-cost"} and "confirm-promise" in heard.acts:
        return
    previous = 0
    for mention in heard.reading.amounts:
        clause = _clause_before(heard.text, mention, previous)
        previous = mention.end
        if mention.kind is not AmountKind.EXACT or mention.value is None:
            continue
        right = _right_figures(clause, heard, call)
        if right and not _agrees(mention, heard.text, clause, right | _spoken_of(heard, call)):
            known = "、".join(f"{value:,}" for value in sorted(right)[:3])
            yield Shown(
                "amount-accuracy",
                mention.start,
                mention.end,
                f"说的是 {mention.value:,} 元，账上是 {known} 元",
            )


def _clause_before(text: str, mention: AmountMention, previous: int) -> str:
    """The words of the clause up to the sum; a comma inside a figure does not part it."""
    start = max((match.end() for match in BREAK.finditer(text, previous, mention.start)), default=previous)
    return text[start : mention.start]


def _right_figures(clause: str, heard: Heard, call: Call) -> set[Decimal]:
    """What the sum after these words must be, empty where it is no statement of what is owed."""
    if PAYING.search(clause):
        return set()
    debt = call.case.debt
    parts = sorted((clause.rfind(word), fields) for word, fields in PARTS if word in clause)
    whole_debt = [match.start() for match in WHOLE_DEBT.finditer(clause)]
    if parts and len(parts) < 2 and parts[-1][0] > max(whole_debt, default=-1):
        return {getattr(debt, field) for field in parts[-1][1]} - {Decimal(0)}
    if not (whole_debt or parts) or not heard.acts & {"state-debt", "explain-fees"}:
        return set()
    return {debt.total, debt.principal, debt.principal + debt.interest, debt.principal + debt.penalty}


def _spoken_of(heard: Heard, call: Call) -> set[Decimal]:
    """Sums that are on the table: named by the persona, pledged, or left over."""
    sums: set[Decimal] = set()
    for turn in call.answers:
        if turn.n < heard.turn.n:
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
    return any(
        abs(value - mention.value) < 1 or (rough and abs(value - mention.value) <= value * FIVE_PERCENT)
        for value in right
    )


def _wrong_days(heard: Heard, case: Case) -> Iterator[Shown]:
    for match in DAYS.finditer(heard.text):
        said = whole(match.group("one") or match.group("two"))
        more = bool(match.group("more") or match.group("many"))
        start = max((cut.end() for cut in BREAK.finditer(heard.text, 0, match.start())), default=0)
        if said is None or GENERAL.search(heard.text[start : match.end() + 3]):
            continue
        overdue = case.debt.days_overdue
        if said != overdue and not (more and said <= overdue < said * 2):
            yield Shown(
                "amount-accuracy", match.start(), match.end(), f"说逾期 {said} 天，账上是 {overdue} 天"
            )


def _beyond_authority(heard: Heard, case: Case) -> Iterator[Shown]:
    if "offer-plan" not in heard.acts or PENDING.search(heard.text) or REFUSING.search(heard.text):
        return
    for pattern, granted, unit in (
        (INSTALMENTS, case.authority.instalments, "期"),
        (EXTENSION, case.authority.extension_days, "天"),
    ):
        for match in pattern.finditer(heard.text):
            offered = whole(match.group("n"))
            if offered is not None and offered > max(granted, 1):
                limit = f"权限最多 {granted} {unit}" if granted else "没有这项权限"
                yield Shown(
                    "unauthorised-waiver", match.start(), match.end(), f"许了 {offered} {unit}，{limit}"
                )


def _while_a_plan_runs(heard: Heard, case: Case) -> Iterator[Shown]:
    act = heard.act(("demand-payment",))
    if not case.standing.plan_in_force or act is None:
        return
    for mention in heard.reading.amounts:
        whole_debt = mention.kind is AmountKind.FULL or (
            mention.value is not None and mention.value >= case.debt.total
        )
        if whole_debt:
            yield Shown("stop-after-agreement", act.start, act.end, "分期协议正在履行，却要对方还全部")
            return


def _told_early(heard: Heard) -> Iterator[Shown]:
    act = heard.act(TOLD_EARLY)
    if act is None or not DEBT_WORDS.search(heard.text):
        return
    if heard.turn.hearer is Hearer.THIRD_PARTY:
        yield Shown("third-party-disclosure", act.start, act.end, "听的人不是债务人")
    else:
        yield Shown("verify-before-disclosure", act.start, act.end, "还没有核实对方是谁")
