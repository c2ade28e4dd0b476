"""What a check gives and looks at, and the small words that all checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scoring.hearing import Call, Heard
from scoring.rubric import Check
from scoring.scorecard import Breach, Evidence, Met, PromiseMark

PRESSING = (
    "demand-payment", "ask-commitment", "warn-credit", "warn-cost", "warn-legal", "warn-service", "refuse-delay",
    "remind-obligation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    met: Met
    why: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """All that checks may look at."""

    call: Call
    breaches: Sequence[Breach]
    promise: PromiseMark


Decide = Callable[[Check, Judged], Mark | None]


def quote(heard: Heard, start: int = 0, end: int | None = None) -> Evidence:
    stop = len(heard.text) if end is None else min(end, len(heard.text))
    start = min(start, stop)
    return Evidence(heard.turn.n, start, stop, heard.text[start:stop])


def act_at(heard: Heard, ids: Iterable[str]) -> Evidence:
    act = heard.act(tuple(ids))
    return quote(heard, act.start, act.end) if act else quote(heard)


def yes(why: str, evidence: Evidence | None) -> Mark:
    return Mark(Met.YES, why, evidence)


def half(why: str, evidence: Evidence | None) -> Mark:
    return Mark(Met.HALF, why, evidence)


def no(why: str, evidence: Evidence | None = None) -> Mark:
    return Mark(Met.NO, why, evidence)


def proves(heard: Heard, mark: Mark) -> Mark:
    """A turn into which everything is crammed proves half at most."""
    if heard.crammed and mark.met is Met.YES:
        return half(mark.why + "但这一轮塞进了太多事，对方接不住。", mark.evidence)
    return mark


def at(heard: Heard) -> str:
    return f"第 {heard.turn.n} 轮"
