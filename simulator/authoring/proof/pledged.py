"""Promises as far as a proof must tell them apart: which part of the debt, in which stretch of time."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from scoring.rubric import Grade
from simulator.dialogue import Case, Outcome
from simulator.engine.persona import Effect, PledgeTerms

ALL, REST, PART, OPEN = "all", "rest", "part", "open"
UNDATED, TODAY, SOON, LATER = "none", "today", "within-48h", "later"
ORDER = (TODAY, SOON, LATER, UNDATED)
WITHIN = timedelta(hours=48)

# (which part of the debt, when, whether something stands behind it); a set: two alike count as one
Pledged = frozenset[tuple[str, str, bool]]
NOTHING: Pledged = frozenset()


def pledged_after(case: Case, before: Pledged, effect: Effect, amount: str, time: str) -> Pledged:
    """What stands promised after `effect`, when the trainee named a sum and a time of these classes."""
    kept = NOTHING if effect.withdraw else before
    if not effect.pledges:
        return kept
    return settled(
        kept
        | {(_part(case, terms, amount), _when(case, terms, time), terms.standing) for terms in effect.pledges}
    )


def settled(pledged: Pledged) -> Pledged:
    """The same promises without those that make no difference to a grade: of each part of the debt the first and the
    last, a word without a date only where there is no other, and one mark for all of standing behind them."""
    dated = {item for item in pledged if item[1] != UNDATED}
    backed = any(item[2] for item in pledged)
    if not dated:
        return frozenset({(OPEN, UNDATED, backed)}) if pledged else NOTHING
    found: set[tuple[str, str, bool]] = set()
    for part in {item[0] for item in dated}:
        times = sorted({item[1] for item in dated if item[0] == part}, key=ORDER.index)
        found |= {(part, times[0], backed), (part, times[0] if part == ALL else times[-1], backed)}
    return frozenset(found)


def _part(case: Case, terms: PledgeTerms, amount: str) -> str:
    name = terms.amount
    if name is None:
        return OPEN
    if name in ("total", "rest"):
        return ALL if name == "total" else REST
    if name == "said":
        if amount in ("within", "beyond"):
            return PART
        if amount == "full":
            return ALL
        name = "now"
    value = case.means.get(name)
    return ALL if isinstance(value, Decimal) and value >= case.debt.total else PART


def _when(case: Case, terms: PledgeTerms, time: str) -> str:
    if terms.due is None:
        return UNDATED
    if terms.due == "said":
        return time
    value = case.means.get(terms.due)
    return when(case.at, value) if isinstance(value, datetime) else UNDATED


def when(now: datetime, due: datetime) -> str:
    """The stretch of time in which `due` lies, seen from `now`."""
    if (due - timedelta(minutes=1)).date() <= now.date():
        return TODAY
    return SOON if due <= now + WITHIN else LATER


def _covers(some: Pledged, everything: Pledged) -> bool:
    """Whether these pay the whole debt. What is left over is so only beside what was promised before it."""
    whole = any(part == ALL for part, _, _ in some)
    return whole or (any(part == REST for part, _, _ in some) and some >= everything)


def grade(pledged: Pledged) -> Grade:
    """The best grade that such promises can earn."""
    today = frozenset(item for item in pledged if item[1] == TODAY)
    within = frozenset(item for item in pledged if item[1] in (TODAY, SOON))
    dated = frozenset(item for item in pledged if item[1] != UNDATED)
    if _covers(today, pledged):
        return Grade.FULL_TODAY
    if _covers(within, pledged):
        return Grade.FULL_WITHIN_48H
    if today and _covers(dated, dated):
        return Grade.PART_TODAY_REST_DATED
    if within:
        return Grade.PART_WITHIN_48H
    if dated:
        return Grade.DATED_LATER
    return Grade.VAGUE if pledged else Grade.NONE


def outcome(pledged: Pledged) -> Outcome:
    """How a call ends that ends by what was promised."""
    dated = frozenset(item for item in pledged if item[1] != UNDATED)
    if not pledged:
        return Outcome.UNRESOLVED
    if not dated:
        return Outcome.VAGUE
    return Outcome.PROMISE if _covers(dated, dated) else Outcome.PARTIAL


def standing(pledged: Pledged) -> bool:
    return any(item[2] for item in pledged)
