"""Marks, rulings and what they come to: what people and the machine say of a call, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """One mark of one call: `what` is `finding` (id of a criterion), `breach` (id of a rule, at `turn`) or `promise`
    (id `grade`, `confirmed` or `void`)."""

    call: int
    what: str
    id: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What one marker gave: a finding `yes`, `half` or `no`; a breach `breached` or `clean`; the promise's grade, or
    `yes`/`no` for confirmed and void."""

    what: str
    id: str
    turn: int | None
    value: str

    def place(self, call: int) -> Place:
        return Place(call, self.what, self.id, self.turn)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds at one place from now on, and why."""

    place: Place
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class CallResult:
    """`total` 0 to 100 and `passed` by the call's rubric; a call that was never begun has 0. `red_line`: a breach that
    fails the whole exam."""

    n: int
    part: str
    total: int
    passed: bool
    red_line: bool


@dataclass(frozen=True, slots=True)
class PartResult:
    """`points` is the mean of the part's calls, `cut` what it must reach, both in hundredths."""

    id: str
    title: str
    points: int
    cut: int

    @property
    def passed(self) -> bool:
        return self.points >= self.cut


@dataclass(frozen=True, slots=True)
class Result:
    """`points` is the mean of all calls in hundredths, `cut` what it must reach; `reasons` (Chinese) is empty for a
    pass."""

    passed: bool
    points: int
    cut: int
    calls: tuple[CallResult, ...]
    parts: tuple[PartResult, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondMarking:
    """A person's marks: by call, every mark that person was asked for."""

    by: str
    at: datetime
    marks: Mapping[int, tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Adjudication:
    by: str
    at: datetime
    why: str
    rulings: tuple[Ruling, ...]
    result: Result


@dataclass(frozen=True, slots=True)
class Appeal:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    by: str
    at: datetime
    upheld: bool
    why: str
    rulings: tuple[Ruling, ...]
    result: Result
