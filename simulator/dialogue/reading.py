"""What was understood of one turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from simulator.dialogue.terms import AmountKind, HeardAs, Severity, Signal


@dataclass(frozen=True, slots=True)
class Act:
    """A dialogue act with the words that show it. `why` names the phrase or the deciding n-grams."""

    id: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that breach a rule as far as words, hearer and channel can tell; the case may still excuse or worsen it."""

    rule: str
    severity: Severity
    heard_as: HeardAs
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time at which payment is asked for, offered or promised.

    `begin` is the first moment meant, `due` the last at which the words are still kept.
    """

    start: int
    end: int
    text: str
    begin: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class AmountMention:
    """A sum of money. `value` is yuan, or None where the words give no figure (全部, 一半, 两三千)."""

    start: int
    end: int
    text: str
    value: Decimal | None
    kind: AmountKind


@dataclass(frozen=True, slots=True)
class Manner:
    """How it was said. `length` is code points without white space; `courtesies` are spans of courteous words."""

    honorific: bool
    length: int
    courtesies: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything understood of one turn's words, all spans into `text` as it was typed."""

    text: str
    acts: tuple[Act, ...]
    cues: tuple[Cue, ...]
    times: tuple[TimeMention, ...]
    amounts: tuple[AmountMention, ...]
    manner: Manner
    signals: frozenset[Signal]
    unsure: bool

    @property
    def act_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(act.id for act in self.acts))

    @property
    def rule_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cue.rule for cue in self.cues))
