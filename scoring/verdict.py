"""Pass or fail, and why: from findings, promise and breaches to a total, and back to what would have changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from scoring.promise import TITLES
from scoring.rubric import Criterion, Grade, Rubric
from scoring.scorecard import Breach, Change, Finding, Met, PromiseMark, Reason
from simulator.dialogue import Severity

SEVERITIES = {Severity.FATAL: "红线", Severity.MAJOR: "严重", Severity.MINOR: "轻微"}
MOST_PASSED = 3  # changes shown for a call that passed anyway


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything a verdict depends on. `spoken` is how many turns the collector really said something in."""

    findings: tuple[Finding, ...]
    promise: PromiseMark
    breaches: tuple[Breach, ...]
    spoken: int


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to the call: the tally as it would then have been."""

    id: str
    turn: int | None
    text: str
    after: tuple[tuple[str, str], ...]
    hard: bool


def total_of(tally: Tally) -> int:
    """Points earned in percent of those that could be earned, less the deductions, never below nothing."""
    return max(0, _balance(tally))


def _balance(tally: Tally) -> int:
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


def changes_for(tally: Tally, rubric: Rubric) -> tuple[Change, ...]:
    """The cheapest changes that make a failed call pass, or those that would earn a passed one most."""
    fixes = list(_fixes(tally, rubric))
    base = _balance(tally)
    gains = {fix: _balance(_mended(tally, [fix], rubric)) - base for fix in fixes}
    if not reasons_of(tally, rubric):
        best = sorted(fixes, key=lambda fix: (-gains[fix], fix.id))
        return tuple(_change(fix, gains[fix], False) for fix in best[:MOST_PASSED] if gains[fix] > 0)
    chosen = _cheapest(tally, fixes, gains, rubric)
    changes: list[Change] = []
    done: list[Fix] = []
    for fix in chosen:
        before = _balance(_mended(tally, done, rubric))
        done.append(fix)
        mended = _mended(tally, done, rubric)
        changes.append(_change(fix, _balance(mended) - before, not reasons_of(mended, rubric)))
    return tuple(changes)


def _cheapest(tally: Tally, fixes: Sequence[Fix], gains: dict[Fix, int], rubric: Rubric) -> list[Fix]:
    """One or two fixes where they are enough; else what must be mended, then what gains most."""
    for size in (1, 2):
        enough = [
            some for some in combinations(fixes, size) if not reasons_of(_mended(tally, some, rubric), rubric)
        ]
        if enough:
            return list(min(enough, key=lambda some: (sum(fix.hard for fix in some), _ids(some))))
    chosen: list[Fix] = []
    must = [fix for fix in fixes if fix.hard]
    more = sorted((fix for fix in fixes if not fix.hard), key=lambda fix: (-gains[fix], fix.id))
    so_far = tally
    for fix in (*must, *more):
        if not reasons_of(so_far, rubric):
            break
        mended = _mended(so_far, [fix], rubric)
        if fix.hard or _balance(mended) > _balance(so_far) or _helps(mended, so_far, rubric):
            so_far = mended
            chosen.append(fix)
    return chosen


def _helps(mended: Tally, before: Tally, rubric: Rubric) -> bool:
    return len(reasons_of(mended, rubric)) < len(reasons_of(before, rubric))


def _ids(fixes: Iterable[Fix]) -> list[str]:
    return [fix.id for fix in fixes]


def _change(fix: Fix, gain: int, flips: bool) -> Change:
    return Change(fix.id, fix.turn, fix.text, gain, flips)


def _fixes(tally: Tally, rubric: Rubric) -> Iterator[Fix]:
    if tally.spoken < rubric.least_turns:
        yield Fix("too-short", None, "把该问的问完、该说的说完，别急着挂", (("talk", ""),), True)
    for rule in dict.fromkeys(breach.rule for breach in tally.breaches):
        breach = next(breach for breach in tally.breaches if breach.rule == rule)
        text = f"不说“{_short(breach.evidence.text)}”（{breach.title}）"
        hard = breach.severity is not Severity.MINOR
        yield Fix(rule, breach.evidence.turn, text, (("breach", rule),), hard)
    promise = tally.promise
    if promise.of and promise.grade.rank < rubric.promise.least.rank:
        text = "请对方说出一笔两天之内的钱：哪天几点、多少、怎么还，再复述一遍"
        yield Fix("promise", None, text, (("promise", ""),), True)
    elif promise.of and not promise.confirmed:
        turn = promise.evidence.turn if promise.evidence else None
        yield Fix("confirm", turn, "对方答应以后，把时间和数目复述一遍", (("confirm", ""),), False)
    for finding in tally.findings:
        if finding.met is not Met.YES and finding.id not in ("confirm-promise",):
            turn = finding.evidence.turn if finding.evidence else None
            yield Fix(finding.id, turn, f"{finding.title}：{finding.why}", (("finding", finding.id),), False)


def _short(text: str, most: int = 16) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _mended(tally: Tally, fixes: Iterable[Fix], rubric: Rubric) -> Tally:
    for kind, name in (step for fix in fixes for step in fix.after):
        if kind == "talk":
            tally = replace(tally, spoken=rubric.least_turns)
        elif kind == "breach":
            tally = _without(tally, name, rubric)
        elif kind == "promise":
            mark = replace(tally.promise, grade=rubric.promise.least, confirmed=False, void_because=None)
            tally = _confirmed(replace(tally, promise=mark), rubric)
        elif kind == "confirm":
            tally = _confirmed(tally, rubric)
        else:
            tally = _met(tally, name)
    return tally


def _without(tally: Tally, rule: str, rubric: Rubric) -> Tally:
    """The call without any breach of that rule; a promise it made void counts again."""
    kept = tuple(breach for breach in tally.breaches if breach.rule != rule)
    gone = [breach for breach in tally.breaches if breach.rule == rule]
    promise = tally.promise
    if promise.void_because and any(breach.title in promise.void_because for breach in gone):
        promise = replace(promise, void_because=None)
        promise = replace(promise, points=_worth(promise, rubric))
    tally = replace(tally, breaches=kept, promise=promise)
    held = {
        criterion.id
        for criterion in rubric.criteria
        if criterion.check.kind == "clear"
        and rule in criterion.check.rules
        and all(breach.rule not in criterion.check.rules for breach in kept)
    }
    for name in held:
        tally = _met(tally, name)
    return tally


def _confirmed(tally: Tally, rubric: Rubric) -> Tally:
    mark = replace(tally.promise, confirmed=True)
    return _met(replace(tally, promise=replace(mark, points=_worth(mark, rubric))), "confirm-promise")


def _worth(mark: PromiseMark, rubric: Rubric) -> int:
    terms = rubric.promise
    points = mark.of * terms.percent.get(mark.grade, 0) // 100
    if not mark.confirmed:
        points = points * terms.unconfirmed // 100
    backed = mark.standing or mark.broken_promises < terms.broken or mark.grade is Grade.NONE
    return points if backed else points * terms.unbacked // 100


def _met(tally: Tally, name: str) -> Tally:
    findings = tuple(
        replace(finding, met=Met.YES, points=finding.of) if finding.id == name else finding
        for finding in tally.findings
    )
    return replace(tally, findings=findings)


def points_for(criterion: Criterion, met: Met) -> int:
    return {Met.YES: criterion.points, Met.HALF: criterion.points // 2, Met.NO: 0}[met]
