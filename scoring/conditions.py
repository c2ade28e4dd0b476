"""The facts that rules may ask about, and whether a condition on them holds."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from scoring.rulebook import Condition
from scoring.words import says
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
    "answered": "flag",
    "breached": "rule",
    "day": "day",
    "debt.total": "number",
    "debt.principal": "number",
    "collector.in-house": "flag",
    "collector.law-firm": "flag",
    "authority.any-plan": "flag",
    **_fields("authority", Authority),
    **_fields("standing", Standing),
    "standing.legal": LEGAL_STAGES,
    "standing.agreed-hours": "flag",
    "standing.agreed-night": "flag",
}
DAYTIME = "08:00-22:00"  # outside it nobody is rung who has not asked for it
LAW_FIRM = "律师事务所"


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a condition is looked at: the case, the clock, who listens, and which rules were broken.

    `broken_before` are rules broken in earlier turns, `broken_here` those whose words stand in this very turn. `words`
    is the sentence in question, `answered` whether the other side had said anything by then.
    """

    case: Case
    clock: datetime
    hearer: Hearer
    broken_before: frozenset[str] = frozenset()
    broken_here: frozenset[str] = frozenset()
    words: str = ""
    answered: bool = True


def hold(conditions: Iterable[Condition], moment: Moment, rule: str = "") -> bool:
    """Whether every condition holds (an empty list does); `rule` is the rule that asks."""
    return all(holds(condition, moment, rule) for condition in conditions)


def holds(condition: Condition, moment: Moment, rule: str = "") -> bool:
    if condition.saying is not None and not says(condition.saying, moment.words):
        return False
    return _holds(condition, moment, rule) and hold(condition.also, moment, rule)


def _holds(condition: Condition, moment: Moment, rule: str) -> bool:
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
    return _reaches(found, condition.value) == (condition.test == "at-least")


def _reaches(found: str | int | bool, value: str | int | bool) -> bool:
    """Two numbers, or two days written `2026-03-31`. Raises TypeError for anything else."""
    if isinstance(found, str) and isinstance(value, str):
        return found >= value
    if isinstance(found, int) and isinstance(value, int):
        return found >= value
    raise TypeError(f"{found} and {value} cannot be compared")


def look_up(name: str, moment: Moment) -> str | int | bool:
    """The fact of that name. Raises KeyError where there is none."""
    found = _of_the_call(name, moment)
    if found is not None:
        return found
    group, _, field = name.partition(".")
    if name not in FACTS or group not in ("authority", "standing"):
        raise KeyError(name)
    value: str | int | bool = getattr(getattr(moment.case, group), field.replace("-", "_"))
    return value


def _of_the_call(name: str, moment: Moment) -> str | int | bool | None:
    """Facts that no field of the case's parts has by that very name."""
    case = moment.case
    facts: dict[str, Callable[[], str | int | bool]] = {
        "hearer": lambda: moment.hearer.value,
        "channel": lambda: case.channel.value,
        "goal": lambda: case.goal,
        "answered": lambda: moment.answered,
        "day": lambda: moment.clock.date().isoformat(),
        "debt.kind": lambda: case.debt.kind,
        "debt.total": lambda: int(case.debt.total),
        "debt.principal": lambda: int(case.debt.principal),
        "days-overdue": lambda: case.debt.days_overdue,
        "broken-promises": lambda: case.broken_promises,
        "earlier-calls": lambda: len(case.history),
        "collector.in-house": lambda: case.collector.org == case.debt.creditor,
        "collector.law-firm": lambda: LAW_FIRM in case.collector.org,
        "authority.any-plan": lambda: has_plan(case.authority),
        "standing.agreed-hours": lambda: in_agreed_hours(case.standing, moment.clock),
        "standing.agreed-night": lambda: agreed_to_nights(case.standing),
    }
    return facts[name]() if name in facts else None


def has_plan(authority: Authority) -> bool:
    """Whether there is anything beside paying at once that the collector may offer or apply for."""
    return authority.instalments > 1 or authority.extension_days > 0 or authority.hardship or authority.waiver


def agreed_to_nights(standing: Standing) -> bool:
    """Whether the hours that the debtor agreed to reach into the night."""
    if standing.agreed_from is None or standing.agreed_until is None:
        return False
    first, last = read_time(standing.agreed_from), read_time(standing.agreed_until)
    morning, night = (read_time(part) for part in DAYTIME.split("-"))
    return first < morning or last > night or last <= first


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
