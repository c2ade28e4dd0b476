"""Pass or fail, and why: from findings, promise and breaches to a total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.promise import TITLES
from scoring.rubric import Criterion, Rubric
from scoring.scorecard import Breach, Finding, Met, PromiseMark, Reason
from simulator.dialogue import Severity

SEVERITIES = {Severity.FATAL: "红线", Severity.MAJOR: "严重", Severity.MINOR: "轻微"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything a verdict depends on. `spoken` is how many turns the collector really said something in."""

    findings: tuple[Finding, ...]
    promise: PromiseMark
    breaches: tuple[Breach, ...]
    spoken: int


def total_of(tally: Tally) -> int:
    """Points earned in percent of those that could be earned, less the deductions, never below nothing."""
    return max(0, balance(tally))


def balance(tally: Tally) -> int:
    """The same, where it may fall below nothing: what a change gains shows even there."""
    earned = sum(finding.points for finding in tally.findings) + tally.promise.points
    of = sum(finding.of for finding in tally.findings) + tally.promise.of
    deducted = sum(breach.points for breach in tally.breaches)
    return (100 * earned // of if of else 0) - deducted


def reasons_of(tally: Tally, rubric: Rubric) -> tuple[Reason, ...]:
    """Every reason for which the call fails; none for a pass."""
    return tuple(_reasons(tally, rubric))


def _reasons(tally: Tally, rubric: Rubric) -> Iterator[Reason]:
    if tally.spoken < rubric.least_turns:
        yield Reason("too-short", f"只说了 {tally.spoken} 句，至少要 {rubric.least_turns} 句才算一通电话")
    for severity, most in rubric.fails.items():
        found = [breach for breach in tally.breaches if breach.severity is severity]
        if found and len(found) >= most:
            titles = "、".join(dict.fromkeys(breach.title for breach in found))
            yield Reason(f"{severity.value}-breach", f"{SEVERITIES[severity]}违规 {len(found)} 处：{titles}")
    needed = {criterion.id for criterion in rubric.criteria if criterion.needed}
    for finding in tally.findings:
        if finding.id in needed and finding.met is Met.NO:
            yield Reason("needed", f"必须做到的没有做到：{finding.title}")
    if tally.promise.of:
        promise = tally.promise
        if promise.void:
            yield Reason("void-promise", f"承诺不算数：{promise.void_because}")
        elif promise.grade.rank < rubric.promise.least.rank:
            least = TITLES[rubric.promise.least]
            yield Reason("weak-promise", f"承诺是“{TITLES[promise.grade]}”，至少要“{least}”")
    total = total_of(tally)
    if total < rubric.pass_mark:
        yield Reason("below-mark", f"总分 {total}，合格线 {rubric.pass_mark}")


def points_for(criterion: Criterion, met: Met) -> int:
    return {Met.YES: criterion.points, Met.HALF: criterion.points // 2, Met.NO: 0}[met]
