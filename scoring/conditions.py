"""The facts that rules may ask about, and whether a condition on them holds."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from scoring.rulebook import Condition
from simulator.dialogue import Case, Channel, Hearer
from simulator.dialogue.case import Authority, Standing

DEBT_KINDS = ("credit-card", "consumer-loan", "business-loan", "private-loan", "small-loan")
LEGAL_STAGES = ("none", "entrusted", "filed", "judged", "enforced")
GOALS = ("promise", "plan", "relay", "care")


def _fields(prefix: str, kind: type) -> dict[str, str]:
    names = {bool: "flag", int: "number"}
    hints = typing.get_type_hints(kind)
    return {
        f"{prefix}.{name.replace('_', '-')}": names[hint] for name, hint in hints.items() if hint in names
    }


# What may be asked about, and what kind of answer it has: flag, number, clock, rule, or the words it may be.
FACTS: dict[str, str | tuple[str, ...]] = {
    "hearer": tuple(Hearer),
    "channel": tuple(Channel),
    "clock": "clock",
    "goal": GOALS,
    "debt.kind": DEBT_KINDS,
    "days-overdue": "number",
    "broken-promises": "number",
    "earlier-calls": "number",
    "turn-again": "flag",
    "breached": "rule",
    **_fields("authority", Authority),
    **_fields("standing", Standing),
    "standing.legal": LEGAL_STAGES,
    "standing.agreed-hours": "flag",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a condition is looked at: the case, the clock, who listens, and which rules were broken.

    `broken_before` are rules broken in earlier turns, `broken_here` those whose words stand in this very turn.
    """

    case: Case
    clock: datetime
    hearer: Hearer
    broken_before: frozenset[str] = frozenset()
    broken_here: frozenset[str] = frozenset()


def hold(conditions: Iterable[Condition], moment: Moment, rule: str = "") -> bool:
    """Whether every condition holds (an empty list does); `rule` is the rule that asks."""
    return all(holds(condition, moment, rule) for condition in conditions)


def holds(condition: Condition, moment: Moment, rule: str = "") -> bool:
    if condition.fact == "breached":
        return condition.value in moment.broken_here
    if condition.fact == "turn-again":
        return (rule in moment.broken_before) == condition.value
    if condition.fact == "clock":
        inside = within_hours(moment.clock, str(condition.value))
        return inside == (condition.test == "within")
    found = look_up(condition.fact, moment)
    if condition.test == "is":
        return found == condition.value
    if not isinstance(found, int) or not isinstance(condition.value, int):
        raise TypeError(f"{condition.fact} is no number")
    return found >= condition.value if condition.test == "at-least" else found < condition.value


def look_up(name: str, moment: Moment) -> str | int | bool:
    """The fact of that name. Raises KeyError where there is none."""
    case = moment.case
    plain: dict[str, str | int] = {
        "hearer": moment.hearer.value,
        "channel": case.channel.value,
        "goal": case.goal,
        "debt.kind": case.debt.kind,
        "days-overdue": case.debt.days_overdue,
        "broken-promises": case.broken_promises,
        "earlier-calls": len(case.history),
    }
    if name in plain:
        return plain[name]
    if name == "standing.agreed-hours":
        return in_agreed_hours(case.standing, moment.clock)
    group, _, field = name.partition(".")
    if name not in FACTS or group not in ("authority", "standing"):
        raise KeyError(name)
    value: str | int | bool = getattr(getattr(case, group), field.replace("-", "_"))
    return value


def in_agreed_hours(standing: Standing, clock: datetime) -> bool:
    """Whether the debtor has agreed to be rung at this hour."""
    if standing.agreed_from is None or standing.agreed_until is None:
        return False
    return within_hours(clock, f"{standing.agreed_from}-{standing.agreed_until}")


def within_hours(clock: datetime, span: str) -> bool:
    """Whether the time of day lies in `HH:MM-HH:MM`: the first moment is inside, the last is not."""
    first, last = (read_time(part) for part in span.split("-"))
    now = clock.time()
    return first <= now < last if first < last else now >= first or now < last


def read_time(words: str) -> time:
    """`HH:MM` as a time of day; 24:00 is midnight. Raises ValueError."""
    hour, _, minute = words.strip().partition(":")
    return time(int(hour) % 24 if int(hour) <= 24 else int(hour), int(minute))
