"""A time placed in the calendar, and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from simulator.reading.time_cues import FILLER
from simulator.reading.time_words import Kind

WINDOW = 60  # how far context is looked for, in characters; keeps a line's reading linear


@dataclass(frozen=True, slots=True)
class Expression:
    """A time placed in the calendar, not yet known to be one of payment. Offsets: the folded line."""

    start: int
    end: int
    begin: datetime
    due: datetime
    kind: Kind = Kind.DAYS
    past: bool = False
    gone: bool = False  # swallowed by a range
    ahead: bool = False
    coming: bool = False  # cannot have gone by: 三点前, 半小时内, 晚上 said in the morning
    far: bool = False  # a season or more away by the words alone: more likely gone by, 3月份我就把卡注销了
    running: bool = False  # the day or minute of the call itself
    anchored: bool = True
    own_day_said: bool = False
    clocked: bool = False


class Verdict(Enum):
    PAY = auto()
    BARE = auto()
    LEANT = auto()  # of payment only by the clauses after it, and only where no other time is
    SALARY = auto()
    NEUTRAL = auto()
    REFUSED = auto()
    OTHER = auto()


Judged = tuple[Expression, Verdict]


def is_bare(words: str) -> bool:
    return not FILLER.sub("", words)
