"""How well an ear hears: figures from judged lines. Pure; the lines and the readings are handed in."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

BREAKDOWN = 10  # confusions that are listed
RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Judged:
    """What a hand said of a line, and what the ear heard. Labels in `maybe` are neither demanded nor punished."""

    id: str
    text: str
    acts: frozenset[str]
    breaches: frozenset[str]
    maybe: frozenset[str]
    heard_acts: frozenset[str]
    heard_rules: frozenset[str]
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Right, wrongly given, missed."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        whole = 2 * self.hit + self.wrong + self.missed
        return 2 * self.hit / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """`macro` over acts; shares with their 95 % intervals. `confusions` are (missed, given instead, how often)."""

    lines: int
    acts: Mapping[str, Count]
    rules: Mapping[str, Count]
    macro: float
    macro_interval: tuple[float, float]
    breach_recall: float
    breach_interval: tuple[float, float]
    right_rule: float
    lawful_flagged: float
    lawful_interval: tuple[float, float]
    twins_flagged: float
    fatal_on_lawful: int
    confusions: Sequence[tuple[str, str, int]] = ()
    worst: Sequence[str] = field(default=())


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not of:
        return (0.0, 1.0)
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    return (max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def count(
    lines: Iterable[Judged],
    said: Callable[[Judged], frozenset[str]],
    heard: Callable[[Judged], frozenset[str]],
) -> dict[str, Count]:
    hit: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for line in lines:
        want, got = said(line), heard(line)
        hit.update(want & got)
        wrong.update(got - want - line.maybe)
        missed.update(want - got - line.maybe)
    labels = sorted({*hit, *wrong, *missed})
    return {label: Count(hit[label], wrong[label], missed[label]) for label in labels}


def macro(counts: Mapping[str, Count]) -> float:
    """Mean F1 over the labels that were said at least once."""
    known = [each.f1 for each in counts.values() if each.hit + each.missed]
    return sum(known) / len(known) if known else 0.0


def measure(lines: Sequence[Judged], fatal: frozenset[str] = frozenset(), seed: int = 0) -> Figures:
    acts = count(lines, lambda line: line.acts, lambda line: line.heard_acts)
    rules = count(lines, lambda line: line.breaches, lambda line: line.heard_rules)
    breaching = [line for line in lines if line.breaches]
    lawful = [line for line in lines if not line.breaches]
    twins = [line for line in lawful if line.is_twin]
    found = sum(bool(line.heard_rules) for line in breaching)
    right = sum(bool(line.heard_rules & line.breaches) for line in breaching)
    flagged = [line for line in lawful if line.heard_rules - line.maybe]
    return Figures(
        lines=len(lines),
        acts=acts,
        rules=rules,
        macro=macro(acts),
        macro_interval=_resampled(lines, seed),
        breach_recall=found / max(1, len(breaching)),
        breach_interval=wilson(found, len(breaching)),
        right_rule=right / max(1, len(breaching)),
        lawful_flagged=len(flagged) / max(1, len(lawful)),
        lawful_interval=wilson(len(flagged), len(lawful)),
        twins_flagged=sum(bool(line.heard_rules - line.maybe) for line in twins) / max(1, len(twins)),
        fatal_on_lawful=sum(bool((line.heard_rules - line.maybe) & fatal) for line in flagged),
        confusions=_confusions(lines),
        worst=[line.id for line in flagged],
    )


def _resampled(lines: Sequence[Judged], seed: int) -> tuple[float, float]:
    """Bootstrapped 95 % interval of the macro-F1 over acts."""
    if len(lines) < 2:
        return (0.0, 1.0)
    dice = random.Random(seed)
    drawn = sorted(
        macro(count(dice.choices(lines, k=len(lines)), lambda line: line.acts, lambda line: line.heard_acts))
        for _ in range(RESAMPLES // 4)
    )
    return (drawn[int(len(drawn) * 0.025)], drawn[int(len(drawn) * 0.975)])


def _confusions(lines: Sequence[Judged]) -> list[tuple[str, str, int]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        for want, got in ((line.acts, line.heard_acts), (line.breaches, line.heard_rules)):
            for missed in sorted(want - got - line.maybe):
                for given in sorted(got - want - line.maybe) or ["-"]:
                    pairs[missed, given] += 1
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [(missed, given, times) for (missed, given), times in ranked[:BREAKDOWN]]


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Cohen's agreement of two raters on one label."""
    of = len(first)
    if not of:
        return 1.0
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / of
    yes = (sum(first) / of) * (sum(second) / of)
    by_chance = yes + (1 - sum(first) / of) * (1 - sum(second) / of)
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
