"""The vocabulary of checks: which function decides which kind (see `scoring.rubric.CHECKS`)."""

from __future__ import annotations

from scoring import manner_checks as manner
from scoring import objection_checks as objection
from scoring import task_checks as task
from scoring.marks import Decide, Judged, Mark
from scoring.rubric import Check

KINDS: dict[str, Decide] = {
    "within": task.within,
    "before": task.before,
    "said": task.said,
    "demand-first": task.demand_first,
    "reason": task.reason,
    "commitment": task.commitment,
    "confirm": task.confirm,
    "method": task.method,
    "verified-first": task.verified_first,
    "honorific": manner.honorific,
    "courteous": manner.courteous,
    "brief": manner.brief,
    "even": manner.even,
    "fresh": manner.fresh,
    "answers": manner.answers,
    "calm": manner.calm,
    "care": manner.care,
    "unpressed": objection.unpressed,
    "soon-after": objection.soon_after,
    "stage": manner.stage,
    "history": manner.history,
    "clear": task.clear,
    "leaves": task.leaves,
    "closes": manner.closes,
    "ended": task.ended,
}


def decide(check: Check, judged: Judged) -> Mark | None:
    """The mark of one check, or None where it does not apply to this call."""
    return KINDS[check.kind](check, judged)
