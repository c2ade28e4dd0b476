"""The case: every fact of a call that the persona may speak of and the judge must know, fixed before the first word.

A case is a scenario whose draws have been made; it is written into the call's record whole, so that a call can be
graded anywhere without the scenario file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from simulator.dialogue.terms import Channel, PersonaKind


@dataclass(frozen=True, slots=True)
class Person:
    """`call` is how the person is politely addressed (郑总, 林女士); `last4` the invented last digits of an id."""

    name: str
    surname: str
    call: str
    gender: str
    last4: str
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed at the call's clock, in yuan. `total` = principal + interest + penalty; `daily_cost` grows on it."""

    creditor: str
    product: str
    kind: str
    total: Decimal
    principal: Decimal
    interest: Decimal
    penalty: Decimal
    daily_cost: Decimal
    due: date
    days_overdue: int
    tail: str


@dataclass(frozen=True, slots=True)
class Collector:
    """Who the trainee is: `org` is the employer (the creditor itself or its agency), `number` the 工号."""

    name: str
    surname: str
    number: str
    org: str
    hotline: str


@dataclass(frozen=True, slots=True)
class Contacted:
    """An entry of the notes of earlier calls."""

    on: date
    note: str
    promised: str | None = None
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """What the collector may offer by himself; everything else is 申请, 以审批为准."""

    partial: bool = True
    instalments: int = 0
    extension_days: int = 0
    waiver: bool = False
    hardship: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Facts that rules of truth and contact depend on. Clock times are `HH:MM`, days and counts whole numbers."""

    legal: str = "none"
    suit_intended: bool = False
    legal_department: bool = False
    visit_arranged: bool = False
    plan_in_force: bool = False
    debt_disputed: bool = False
    connected_today: int = 0
    attempts_today: int = 1
    unreachable_days: int = 0
    contact_supplied: bool = False
    contact_refused: bool = False
    agreed_from: str | None = None
    agreed_until: str | None = None
    illness: bool = False
    objections_open: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """All facts of one call. `person` is who picks up; `means` are named sums and instants only the persona knows;
    `mood` are numbers of the persona's disposition that differ from its own at the start of this call."""

    scenario: str
    title: str
    persona: str
    kind: PersonaKind
    channel: Channel
    at: datetime
    difficulty: int
    goal: str
    rubric: str
    rulebook: str
    debtor: Person
    person: Person
    debt: Debt
    collector: Collector
    authority: Authority
    standing: Standing
    history: tuple[Contacted, ...]
    broken_promises: int
    means: dict[str, Decimal | datetime]
    mood: dict[str, int]

    def addressed(self) -> Case:
        """The same case with the one on the line as its debtor where that person owes too: advice speaks to them."""
        return replace(self, debtor=self.person) if self.kind is PersonaKind.JOINTLY_LIABLE else self
