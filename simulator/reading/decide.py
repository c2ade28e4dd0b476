"""From scores and phrase hits to acts and cues: thresholds, and what the field says about which goes with which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from simulator.reading.model import ANY_BREACH

OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Score at which a label is given: `bare` by the model alone, `backed` where a phrase of the label stands in the line.

    A line breaches where the weighted mean of the likeliest rule's margin and of the score of “breaches anything at all”
    (`share` percent of it) passes `breach`, or where that rule is fatal `fatal`, or `fatal_backed` with a phrase of it.
    """

    bare: Mapping[str, int] = field(default_factory=dict)
    backed: Mapping[str, int] = field(default_factory=dict)
    share: int = 40
    breach: int = 0
    fatal: int = 0
    fatal_backed: int = 0
    unsure: int = -10

    def of(self, label: str, backed: bool = False) -> int:
        return self.backed.get(label, 0) if backed else self.bare.get(label, 0)


@dataclass(frozen=True, slots=True)
class Decision:
    acts: tuple[str, ...]
    rules: tuple[str, ...]
    unsure: bool


def decide(
    scores: Mapping[str, int],
    backed: Collection[str],
    rules: Mapping[str, bool],
    allowed: Collection[str],
    thresholds: Thresholds,
) -> Decision:
    """`backed` are the labels that a phrase supports; `rules` says of each rule whether it is fatal; `allowed` are the
    rules that hold for this hearer and channel."""
    bare = thresholds.bare
    margins = {label: score - bare.get(label, 0) for label, score in scores.items()}
    for label in backed:
        if label in margins:
            margins[label] = scores[label] - thresholds.of(label, backed=True)
    given = sorted(label for label, margin in margins.items() if margin >= 0)
    acts = [label for label in given if label not in rules and label not in (OUT_OF_SCOPE, ANY_BREACH)]
    broken = _breaches(margins, scores.get(ANY_BREACH, 0), backed, rules, allowed, thresholds)
    unsure = not acts and not broken and scores.get(OUT_OF_SCOPE, 0) < thresholds.unsure
    return Decision(tuple(acts) or (OUT_OF_SCOPE,), broken, unsure)


def _breaches(
    margins: Mapping[str, int],
    anything: int,
    backed: Collection[str],
    rules: Mapping[str, bool],
    allowed: Collection[str],
    thresholds: Thresholds,
) -> tuple[str, ...]:
    fatal = thresholds.fatal, thresholds.fatal_backed
    least = _least_margin(min(thresholds.breach, *fatal), anything, thresholds.share)
    likely = [(-margins[label], label) for label in allowed if margins.get(label, least - 1) >= least]
    found: list[str] = []
    for margin, label in sorted(likely):
        weight = mixed(-margin, anything, thresholds.share)
        needed = fatal[label in backed] if rules[label] else thresholds.breach
        if weight > needed and (not found or margin <= 0):
            found.append(label)
    return tuple(sorted(found))


def mixed(margin: int, anything: int, share: int) -> int:
    return (share * anything + (100 - share) * margin) // 100


def _least_margin(needed: int, anything: int, share: int) -> int:
    """The least margin for which `mixed` is more than `needed`."""
    return -((share * anything - 100 * (needed + 1)) // (100 - share))
