"""What would have changed the verdict: the fewest changes, proved by weighing the call again where words can show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from scoring.promise import is_unbacked, worth
from scoring.rubric import Rubric
from scoring.scorecard import Better, Breach, Change, Evidence, Finding, Met
from scoring.verdict import Tally, balance, reasons_of
from simulator.dialogue import Severity

MOST_PASSED = 3  # changes shown for a call that passed anyway
MOST_TRIED = 3  # changes of which every combination is tried

Again = Callable[[Mapping[int, str]], Tally]


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to the call. `kind` is `breach` (no more of the rule `id`), `finding` (the criterion `id` met), `promise`,
    `confirm`, `back` or `talk`; a `hard` one is of what fails a call outright."""

    id: str
    turn: int | None
    text: str
    kind: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Edits:
    """The better sentences that a scorecard shows."""

    breaches: Sequence[Breach]
    findings: Sequence[Finding]

    def of(self, fixes: Iterable[Fix]) -> dict[int, str]:
        """The turns as the fixes would have them; a turn is said in one way only, the first."""
        turns: dict[int, str] = {}
        for fix in fixes:
            for better in self._for(fix):
                turns.setdefault(better.turn, better.improved)
        return turns

    def _for(self, fix: Fix) -> Iterator[Better]:
        if fix.kind == "breach":
            found = [breach.better for breach in self.breaches if breach.rule == fix.id]
        else:
            id = "confirm-promise" if fix.kind == "confirm" else fix.id
            found = [finding.better for finding in self.findings if finding.id == id]
        yield from (better for better in found if better is not None)


NO_EDITS = Edits((), ())


def changes_for(tally: Tally, rubric: Rubric, edits: Edits, again: Again) -> tuple[Change, ...]:
    """The fewest changes that make a failed call pass, or those that would earn a passed one most.

    They are chosen by reckoning with the marks alone, then proved: the turns that have a better sentence are said so and
    the call is weighed again; what no sentence can show (what the debtor would have said) stays reckoned. Where a better
    sentence costs a mark that the turn had earned and nothing makes up for it, all stays reckoned.
    """
    fixes = list(_fixes(tally, rubric))
    base = balance(tally)
    gains = {fix: balance(_mended(tally, [fix], rubric)) - base for fix in fixes}
    most = sorted(fixes, key=lambda fix: (-gains[fix], fix.id))
    if not reasons_of(tally, rubric):
        return tuple(
            Change(fix.id, fix.turn, fix.text, gains[fix], False)
            for fix in most[:MOST_PASSED]
            if gains[fix] > 0
        )
    chosen = _fewest(tally, fixes, gains, rubric)
    spare = [fix for fix in most if fix not in chosen]
    proved = _proved(tally, chosen, spare, rubric, edits, again)
    return (
        proved
        if any(change.flips for change in proved)
        else _proved(tally, chosen, (), rubric, NO_EDITS, again)
    )


def _proved(
    tally: Tally, chosen: Sequence[Fix], spare: Sequence[Fix], rubric: Rubric, edits: Edits, again: Again
) -> tuple[Change, ...]:
    """The chosen fixes one after another, and of the spare ones as many more as it then takes."""
    changes: list[Change] = []
    done: list[Fix] = []
    before = tally
    for fix in (*chosen, *spare):
        if not reasons_of(before, rubric):
            break
        if _shows(before, fix):
            continue
        after = _told(tally, [*done, fix], rubric, edits, again)
        gain = balance(after) - balance(before)
        if fix not in chosen and gain <= 0 and not _helps(after, before, rubric):
            continue
        done.append(fix)
        changes.append(Change(fix.id, fix.turn, fix.text, gain, not reasons_of(after, rubric)))
        before = after
    return tuple(changes)


def _told(tally: Tally, fixes: Sequence[Fix], rubric: Rubric, edits: Edits, again: Again) -> Tally:
    """The tally with these fixes: weighed again with the better sentences, reckoned where they show nothing."""
    turns = edits.of(fixes)
    after = again(turns) if turns else tally
    return _mended(after, [fix for fix in fixes if not _shows(after, fix)], rubric)


def _shows(tally: Tally, fix: Fix) -> bool:
    """Whether the fix is there already."""
    if fix.kind == "breach":
        return all(breach.rule != fix.id for breach in tally.breaches)
    if fix.kind == "finding":
        return any(finding.id == fix.id and finding.met is Met.YES for finding in tally.findings)
    return fix.kind == "confirm" and tally.promise.confirmed


def _fewest(tally: Tally, fixes: Sequence[Fix], gains: Mapping[Fix, int], rubric: Rubric) -> list[Fix]:
    """The smallest set that is enough, of these the one that asks least; where many are needed, what must be mended and
    what gains most, without those that turn out to be needless."""
    for size in range(1, MOST_TRIED + 1):
        enough = [some for some in combinations(fixes, size) if _pass(tally, some, rubric)]
        if enough:
            best = min(
                enough,
                key=lambda some: (
                    sum(fix.hard for fix in some),
                    -sum(gains[fix] for fix in some),
                    _ids(some),
                ),
            )
            return sorted(best, key=lambda fix: (not fix.hard, -gains[fix], fix.id))
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: (not fix.hard, -gains[fix], fix.id)):
        if _pass(tally, chosen, rubric):
            break
        chosen.append(fix)
    for fix in sorted(chosen, key=lambda fix: gains[fix]):
        without = [other for other in chosen if other is not fix]
        if _pass(tally, without, rubric):
            chosen = without
    return chosen


def _pass(tally: Tally, fixes: Sequence[Fix], rubric: Rubric) -> bool:
    return not reasons_of(_mended(tally, fixes, rubric), rubric)


def _helps(mended: Tally, before: Tally, rubric: Rubric) -> bool:
    return len(reasons_of(mended, rubric)) < len(reasons_of(before, rubric))


def _ids(fixes: Iterable[Fix]) -> list[str]:
    return [fix.id for fix in fixes]


def _fixes(tally: Tally, rubric: Rubric) -> Iterator[Fix]:
    if tally.spoken < rubric.least_turns:
        yield Fix("too-short", None, "把该问的问完、该说的说完，别急着挂", "talk", True)
    for rule in dict.fromkeys(breach.rule for breach in tally.breaches):
        breach = next(breach for breach in tally.breaches if breach.rule == rule)
        text = f"不说“{_short(breach.evidence.text)}”（{breach.title}）"
        hard = breach.severity is not Severity.MINOR
        yield Fix(rule, breach.evidence.turn, text, "breach", hard)
    promise = tally.promise
    if promise.of and promise.grade.rank < rubric.promise.least.rank:
        text = "请对方说出一笔两天之内的钱：哪天几点、多少、怎么还、从哪儿来，再复述一遍"
        yield Fix("promise", None, text, "promise", True)
    elif promise.of and not promise.confirmed:
        turn = promise.evidence.turn if promise.evidence else None
        yield Fix("confirm", turn, "对方答应以后，把时间和数目复述一遍", "confirm", False)
    if promise.of and is_unbacked(promise, rubric.promise):
        text = "光有一句话不算数：请对方现在先还一点，或说出钱从哪儿来、哪天到"
        yield Fix("backed", None, text, "back", False)
    for finding in tally.findings:
        if finding.met is not Met.YES and finding.id not in ("confirm-promise",):
            turn = finding.evidence.turn if finding.evidence else None
            yield Fix(finding.id, turn, f"{finding.title}：{finding.why}", "finding", False)


def _short(text: str, most: int = 16) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _mended(tally: Tally, fixes: Iterable[Fix], rubric: Rubric) -> Tally:
    for fix in fixes:
        kind, name = fix.kind, fix.id
        if kind == "talk":
            tally = replace(tally, spoken=rubric.least_turns)
        elif kind == "breach":
            tally = _without(tally, name, rubric)
        elif kind == "promise":
            mark = replace(tally.promise, grade=rubric.promise.least, standing=True, void_because=None)
            tally = _confirmed(replace(tally, promise=mark), rubric)
        elif kind == "back":
            tally = _backed(tally, rubric)
        elif kind == "confirm":
            tally = _confirmed(tally, rubric)
        else:
            tally = _met(tally, name)
    return tally


def _without(tally: Tally, rule: str, rubric: Rubric) -> Tally:
    """The call without the words that broke that rule, whatever else they broke; a promise they made void counts again."""
    spans = [breach.evidence for breach in tally.breaches if breach.rule == rule]
    gone = [breach for breach in tally.breaches if any(_share(breach.evidence, span) for span in spans)]
    kept = tuple(breach for breach in tally.breaches if breach not in gone)
    promise = tally.promise
    if promise.void_because and any(breach.title in promise.void_because for breach in gone):
        promise = replace(promise, void_because=None)
        promise = replace(promise, points=worth(promise, rubric.promise))
    tally = replace(tally, breaches=kept, promise=promise)
    held = {
        criterion.id
        for criterion in rubric.criteria
        if criterion.check.kind == "clear"
        and any(breach.rule in criterion.check.rules for breach in gone)
        and all(breach.rule not in criterion.check.rules for breach in kept)
    }
    for name in held:
        tally = _met(tally, name)
    return tally


def _share(one: Evidence, other: Evidence) -> bool:
    return one.turn == other.turn and one.start < other.end and other.start < one.end


def _backed(tally: Tally, rubric: Rubric) -> Tally:
    mark = replace(tally.promise, standing=True)
    return replace(tally, promise=replace(mark, points=worth(mark, rubric.promise)))


def _confirmed(tally: Tally, rubric: Rubric) -> Tally:
    mark = replace(tally.promise, confirmed=True)
    return _met(replace(tally, promise=replace(mark, points=worth(mark, rubric.promise))), "confirm-promise")


def _met(tally: Tally, name: str) -> Tally:
    findings = tuple(
        replace(finding, met=Met.YES, points=finding.of) if finding.id == name else finding
        for finding in tally.findings
    )
    return replace(tally, findings=findings)
