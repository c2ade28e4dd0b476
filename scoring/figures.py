"""Breaches that show only when words are laid beside the case: wrong figures, concessions nobody granted, debt facts
told too early, a demand while a plan runs, a caller who never said who he is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.counts import NUMBER
from scoring.hearing import VERIFIED, Call, Heard
from scoring.overdue import misdated
from scoring.sums import misstated
from simulator.dialogue import AmountKind, Case, Channel, Hearer, PersonaKind
from simulator.reading.numerals import whole

INSTALMENTS = re.compile(rf"分(?:成|为|作|个)?\s?(?P<n>{NUMBER})\s?(?:期|个月)")
EXTENSION = re.compile(
    rf"(?:延期|延长|宽限|缓|延|推迟|晚)(?:个|到|给您|给你|您|你|上)?\s?(?P<n>{NUMBER})\s?(?:天|日)(?!内|之内)"
)
PENDING = re.compile(
    r"申请|审批|审核|批准|批下来|为准|评估|试试|争取|不能保证|不一定|能不能|看看能|问一下|请示"
)
REFUSING = re.compile(r"不行|不能|没办法|不可以|没法|恐怕|做不了|没有这|不好办")
DEBT_WORDS = re.compile(r"欠|逾期|没还|未还|还款|账单|到期|贷款|借款|分期|信用卡|罚息|催收")
TOLD_EARLY = frozenset(("state-debt", "explain-fees"))
SPEAKS_OF_DEBT = frozenset((*TOLD_EARLY, "demand-payment", "warn-cost", "warn-credit", "remind-obligation"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule that the words at `start:end` of the turn breach when held against the case, how, and the right words."""

    rule: str
    start: int
    end: int
    why: str
    fix: str | None = None


def shown_by_case(heard: Heard, call: Call) -> Iterator[Shown]:
    """What this turn breaches by the case, whatever the ear made of it."""
    first_message = call.case.channel is Channel.SMS and heard.before is None
    if heard.turn.hearer is Hearer.THIRD_PARTY or (heard.turn.hearer not in VERIFIED and not first_message):
        yield from _told_early(heard)
    if heard.turn.hearer is not Hearer.THIRD_PARTY:
        for wrong in (*misstated(heard, call), *misdated(heard.text, call.case)):
            yield Shown("amount-accuracy", wrong.start, wrong.end, wrong.why, wrong.fix)
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


def _beyond_authority(heard: Heard, case: Case) -> Iterator[Shown]:
    if "offer-plan" not in heard.acts or PENDING.search(heard.text) or REFUSING.search(heard.text):
        return
    for pattern, granted, unit, plan in (
        (INSTALMENTS, case.authority.instalments, "期", "申请分期，期数以审批为准"),
        (EXTENSION, case.authority.extension_days, "天", "申请延期，天数以审批为准"),
    ):
        for match in pattern.finditer(heard.text):
            offered = whole(match.group("n"))
            if offered is not None and offered > max(granted, 1):
                limit = f"权限最多 {granted} {unit}" if granted else "没有这项权限"
                yield Shown(
                    "unauthorised-waiver", match.start(), match.end(), f"许了 {offered} {unit}，{limit}", plan
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
