"""A call as it happened: turns, pledges, the ordered record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from simulator.dialogue.case import Case
from simulator.dialogue.terms import Hearer, Outcome, Speaker


@dataclass(frozen=True, slots=True)
class Pledge:
    """One payment the person on the line has said they will make.

    `amount` is yuan, None where no figure was given; `due` is None for a vague word (尽快). `source` is where the
    money comes from, in the persona's words, where it was said. `standing` marks a pledge that something stands
    behind (part paid during the call, a named source, an agreed reminder).
    """

    amount: Decimal | None
    due: datetime | None
    method: str | None = None
    source: str | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's contribution. `n` counts from 1; `clock` is the moment at which it begins.

    `hearer` is who listened to a collector's turn (for a persona's turn: who spoke). A persona's turn carries the
    pledges in force after it and `asks`, what it wants to know (an act id or a free word), if it asked anything.
    """

    n: int
    who: Speaker
    text: str
    clock: datetime
    hearer: Hearer
    state: str
    acts: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The record of one call, enough to grade it again anywhere. `note` is the trainee's note after the call."""

    case: Case
    seed: int
    turns: tuple[Turn, ...]
    outcome: Outcome | None
    note: str | None = None
