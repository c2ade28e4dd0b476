"""What an exam samples: which calls are drawn, how long they may take, what passes, who may sit and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

POINT = 100  # points of an exam are kept in hundredths: 8750 is 87.50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which scenarios a part draws from; an empty set asks nothing. `stages` are those of `STAGES`."""

    personas: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    objections: frozenset[str] = frozenset()
    scenarios: frozenset[str] = frozenset()
    easiest: int = 1
    hardest: int = 5


# days overdue, first and last, of each stage of an account
STAGES = {"1-5": (0, 5), "6-10": (6, 10), "11-30": (11, 30), "over-30": (31, 10**6)}


def stage_of(days_overdue: int) -> str:
    return next(name for name, (first, last) in STAGES.items() if first <= days_overdue <= last)


@dataclass(frozen=True, slots=True)
class Part:
    """`count` calls of `minutes` each; `cut` is the least mean of their totals, in hundredths of a point."""

    id: str
    title: str
    count: int
    minutes: int
    cut: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a group may begin; an empty group is everybody."""

    group: str
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Standard:
    """How the cut score was set: `error` is its standard error in hundredths of a point."""

    method: str
    judges: int
    error: int
    on: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A `practice` exam certifies nothing. A `supervised` one may be sat in a hall only. `shows` is what a candidate
    is told after submitting: `nothing`, `verdict` or `scorecard`. `minutes` bound the whole exam, `grace` is how many more a call that has begun may take. `cut` and the parts'
    cuts are in hundredths of a point. `most_failed` calls may fail and the exam still pass. An attempt may be
    appealed for `review_days` after it was marked. Forms may differ from the middle of all forms by
    `tolerance_points` (reachable score) and `tolerance_difficulty`, both in hundredths, on the mean of their calls.
    """

    id: str
    title: str
    about: str
    practice: bool
    supervised: bool
    shows: str
    minutes: int
    grace: int
    attempts: int
    wait_days: int
    parts: tuple[Part, ...]
    cut: int
    most_failed: int
    review_days: int
    valid_months: int
    tolerance_points: int
    tolerance_difficulty: int
    windows: tuple[Window, ...]
    standard: Standard | None
    digest: str

    @property
    def calls(self) -> int:
        return sum(part.count for part in self.parts)

    def part(self, id: str) -> Part:
        return next(part for part in self.parts if part.id == id)

    def may_begin(self, group: str, at: datetime) -> bool:
        """Whether somebody of that group may begin at that moment; `at` and the windows are local time."""
        mine = [window for window in self.windows if window.group in ("", group)]
        return not self.windows or any(window.opens <= at <= window.closes for window in mine)


@dataclass(frozen=True, slots=True)
class Item:
    """One call of a form."""

    n: int
    part: str
    scenario: str
    seed: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Form:
    """The calls that one seed drew, in the order in which they are sat. `reachable` and `difficulty` are means over
    its calls in hundredths: of a point, and of a logit or a step of difficulty (see `drawing.Offer`)."""

    blueprint: str
    seed: int
    items: tuple[Item, ...]
    reachable: int
    difficulty: int
    digest: str


def shown_points(value: int) -> str:
    return f"{value / POINT:.2f}".rstrip("0").rstrip(".")
