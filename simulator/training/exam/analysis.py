"""What the marks of many say of the exam: how hard each scenario, criterion and rule was, and how well it tells apart.

The unit is always the candidate: several calls of one person are one observation, since they are not independent.
Practice and annulled attempts are left out, and of a candidate who sat more than once only the first attempt counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

from simulator.training.exam.ledger import Broken, Found, Ledger, Rated, Sat
from simulator.training.exam.statistics import Answer, alpha, discrimination, share

Row = TypeVar("Row", Rated, Found, Broken)
Key = TypeVar("Key")

WORST = {"fatal": 0, "major": 1, "minor": 2}
EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One scenario or criterion. `difficulty` is the share of its points that was earned; `alpha` how far the criteria
    inside a scenario agree (None for a criterion)."""

    id: str
    title: str
    difficulty: Answer
    discrimination: Answer
    alpha: Answer | None = None


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """One rule: `breached` is the share of candidates who broke it at least once, `calls` in how many of their calls.
    `discrimination` is that of keeping it. `words` are a few of the sentences, `instead` a way to say it."""

    id: str
    title: str
    severity: str
    candidates: int
    calls: int
    breached: Answer
    discrimination: Answer
    words: tuple[str, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """`sat` are the attempts that were counted, `left_out` how many were not; `passed` is the share of passes,
    `alpha` how far the calls of the exam agree, `points` every attempt's, sorted."""

    sat: tuple[Sat, ...]
    left_out: int
    passed: Answer
    alpha: Answer
    points: tuple[int, ...]
    scenarios: tuple[ItemFigures, ...]
    criteria: tuple[ItemFigures, ...]
    rules: tuple[RuleFigures, ...]


def counted(sat: Iterable[Sat]) -> tuple[Sat, ...]:
    """The attempts that figures are made of (see the module)."""
    first: dict[tuple[str, str], Sat] = {}
    for one in sorted(sat, key=lambda one: (one.opened, one.id)):
        if not one.practice and one.state != "void":
            first.setdefault((one.exam, one.candidate), one)
    return tuple(first.values())


def analyse(ledger: Ledger) -> Analysis:
    sat = counted(ledger.sat)
    kept = {one.id for one in sat}
    rated = [row for row in ledger.rated if row.attempt in kept]
    found = [row for row in ledger.found if row.attempt in kept]
    broken = [row for row in ledger.broken if row.attempt in kept]
    return Analysis(
        sat=sat,
        left_out=len(ledger.sat) - len(sat),
        passed=share([float(one.passed) for one in sat]),
        alpha=alpha(_full_rows(rated)),
        points=tuple(sorted(one.points for one in sat)),
        scenarios=tuple(_scenarios(rated, found)),
        criteria=tuple(_criteria(found)),
        rules=tuple(_rules(rated, broken)),
    )


def _full_rows(rated: Sequence[Rated]) -> list[list[float]]:
    """The totals of each attempt, call by call; attempts with fewer calls than most have are left out."""
    rows = {attempt: [float(row.total) for row in rows] for attempt, rows in _by(rated, _attempt).items()}
    widths = [len(row) for row in rows.values()]
    usual = max(sorted(set(widths)), key=widths.count, default=0)
    return [row for _, row in sorted(rows.items()) if len(row) == usual]


def _scenarios(rated: Sequence[Rated], found: Sequence[Found]) -> Iterable[ItemFigures]:
    by_attempt = _by(rated, _attempt)
    inside = _by(found, lambda row: (row.attempt, row.call))
    for scenario, rows in sorted(_by(rated, lambda row: row.scenario).items()):
        mine = _by(rows, _attempt)
        scores = [fmean(row.total for row in calls) / 100 for calls in mine.values()]
        rest = [
            [row.total / 100 for row in by_attempt[attempt] if row.scenario != scenario] for attempt in mine
        ]
        others = [(score, fmean(row)) for score, row in zip(scores, rest, strict=True) if row]
        yield ItemFigures(
            scenario,
            rows[0].title,
            share(scores),
            discrimination([score for score, _ in others], [score + mean for score, mean in others]),
            alpha(
                _same_criteria([inside[row.attempt, row.n] for row in rows if (row.attempt, row.n) in inside])
            ),
        )


def _same_criteria(calls: Sequence[Sequence[Found]]) -> list[list[float]]:
    """The points of each call, criterion by criterion; criteria that not every call was asked for are left out."""
    shared = set.intersection(*({row.criterion for row in call} for call in calls)) if calls else set()
    return [
        [float(row.points) for row in sorted(call, key=_criterion) if row.criterion in shared]
        for call in calls
    ]


def _criteria(found: Sequence[Found]) -> Iterable[ItemFigures]:
    by_attempt = _by(found, _attempt)
    for criterion, rows in sorted(_by(found, _criterion).items()):
        scores, totals = [], []
        for attempt, mine in _by(rows, _attempt).items():
            rest = [row for row in by_attempt[attempt] if row.criterion != criterion]
            scores.append(_share(mine))
            totals.append(_share(mine) + _share(rest))
        yield ItemFigures(criterion, rows[0].title, share(scores), discrimination(scores, totals))


def _share(rows: Sequence[Found]) -> float:
    of = sum(row.of for row in rows)
    return sum(row.points for row in rows) / of if of else 0.0


def _rules(rated: Sequence[Rated], broken: Sequence[Broken]) -> Iterable[RuleFigures]:
    by_attempt = _by(rated, _attempt)
    figures = [_rule(rule, rows, by_attempt) for rule, rows in _by(broken, lambda row: row.rule).items()]
    return sorted(figures, key=lambda one: (-one.candidates, WORST.get(one.severity, 3), -one.calls, one.id))


def _rule(rule: str, rows: Sequence[Broken], by_attempt: dict[str, list[Rated]]) -> RuleFigures:
    mine = _by(rows, _attempt)
    clean, totals = [], []
    for attempt, calls in by_attempt.items():
        lost = sum(row.points for row in mine.get(attempt, ()))
        kept = 1 - len({row.call for row in mine.get(attempt, ())}) / len(calls)
        clean.append(kept)
        totals.append(kept + (sum(call.total for call in calls) + lost) / (100 * len(calls)))
    return RuleFigures(
        id=rule,
        title=rows[0].title,
        severity=min((row.severity for row in rows), key=lambda name: WORST.get(name, 3)),
        candidates=len(mine),
        calls=len({(row.attempt, row.call) for row in rows}),
        breached=share([float(attempt in mine) for attempt in by_attempt]),
        discrimination=discrimination(clean, totals),
        words=tuple(sorted({row.words for row in rows if row.words}, key=lambda words: (len(words), words)))[
            :EXAMPLES
        ],
        instead=next((row.instead for row in rows if row.instead), ""),
    )


def _attempt(row: Rated | Found | Broken) -> str:
    return row.attempt


def _criterion(row: Found) -> str:
    return row.criterion


def _by(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)
