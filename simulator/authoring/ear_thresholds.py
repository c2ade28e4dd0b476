"""The scores from which on the ear says yes, found on what machines say of hands that they did not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.authoring.ear_files import Labelled
from simulator.authoring.ear_rows import Row
from simulator.dialogue import Severity
from simulator.reading.decide import OUT_OF_SCOPE, Thresholds, decide, mixed
from simulator.reading.model import ANY_BREACH

USUAL = -22  # threshold that a label is drawn to where lines say little
SHARE = 50  # percent that “breaches anything at all” has in the weight of a breach
FLAGGED = 0.022  # share of lawful lines that may be taken for breaches
FLAGGED_FATAL = 0.0008, 0.0014  # and for fatal ones, without a phrase and with one


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What is known of the corpus lines: `rows` and `lines` in the same order, the `scores` of each line by label, the
    `notes` of each rule (see `ear_rows.rule_notes`)."""

    rows: Sequence[Row]
    lines: Sequence[Labelled]
    scores: Mapping[int, list[int]]
    labels: Sequence[str]
    notes: Mapping[str, list[Any]]


def find_thresholds(held: HeldOut) -> dict[str, Any]:
    rows, labels = held.rows, held.labels
    bare: dict[str, int] = {}
    backed: dict[str, int] = {}
    for column, label in enumerate(labels):
        for target, with_phrase in ((bare, False), (backed, True)):
            known = [
                (line[column], rows[number].state(label))
                for number, line in held.scores.items()
                if rows[number].state(label) >= 0 and (label in rows[number].backed) == with_phrase
            ]
            if with_phrase and len(known) < 8:
                backed[label] = bare[label] - 5
                continue
            target[label] = best_threshold([pair[0] for pair in known], [pair[1] for pair in known], USUAL)
    for label, least in backed.items():  # what speaks for a label cannot make it harder to give
        backed[label] = min(least, bare[label])
    found: dict[str, Any] = {"bare": bare, "backed": backed, "share": SHARE}
    found |= _breach_thresholds(held, found)
    return found | {"unsure": _unsure(held, Thresholds(**found))}


def best_threshold(scores: Sequence[int], truth: Sequence[int], default: int = 0) -> int:
    """The score from which on saying yes gives the best F1, drawn a little towards `default`."""
    pairs = sorted(zip(scores, truth, strict=True), reverse=True)
    positives = sum(truth)
    if positives < 3:
        return default
    best, found = -1.0, default
    hit = 0
    for number, (value, true) in enumerate(pairs):
        hit += true
        following = pairs[number + 1][0] if number + 1 < len(pairs) else value - 2
        if following == value:
            continue
        middle = (value + following) // 2 + 1
        quality = 2 * hit / (number + 1 + positives) - 0.0004 * abs(middle - default)
        if quality > best:
            best, found = quality, middle
    return found


def _unsure(held: HeldOut, thresholds: Thresholds) -> int:
    """The score of “nothing of all this” below which it is as likely as not that an act was missed."""
    rows, scores, labels, notes = held.rows, held.scores, held.labels, held.notes
    fatal = {label: note[0] == Severity.FATAL.value for label, note in notes.items()}
    nothing = labels.index(OUT_OF_SCOPE)
    silent: list[tuple[int, bool]] = []
    for number, line in enumerate(held.lines):
        allowed = [label for label, note in notes.items() if _holds(note, line)]
        of = dict(zip(labels, scores[number], strict=True))
        decision = decide(of, rows[number].backed, fatal, allowed, thresholds)
        if decision.acts == (OUT_OF_SCOPE,) and not decision.rules:
            silent.append((scores[number][nothing], OUT_OF_SCOPE not in rows[number].yes))
    silent.sort()
    missed = 0
    found = silent[0][0] if silent else 0
    for count, (score, is_miss) in enumerate(silent, 1):
        missed += is_miss
        if 2 * missed >= count:
            found = score
    return found


def _breach_thresholds(held: HeldOut, found: Mapping[str, Any]) -> dict[str, int]:
    """Where the wanted share of lawful lines is flagged."""
    rows, scores, labels, notes = held.rows, held.scores, held.labels, held.notes
    rules = [(column, label) for column, label in enumerate(labels) if label in notes]
    anything = labels.index(ANY_BREACH)
    weights: list[int] = []
    fatal: tuple[list[int], list[int]] = ([], [])
    for number, line in enumerate(held.lines):
        if rows[number].state(ANY_BREACH) != 0:
            continue
        of = scores[number]
        best = -999
        best_fatal = [-999, -999]
        for column, label in rules:
            if not _holds(notes[label], line):
                continue
            is_backed = label in rows[number].backed
            weight = mixed(
                of[column] - found["backed" if is_backed else "bare"][label], of[anything], found["share"]
            )
            best = max(best, weight)
            if notes[label][0] == Severity.FATAL.value:
                best_fatal[is_backed] = max(best_fatal[is_backed], weight)
        weights.append(best)
        for each, weight in zip(fatal, best_fatal, strict=True):
            each.append(weight)
    breach = _passed_by(weights, FLAGGED)
    bare, backed = (
        max(breach, _passed_by(each, part)) for each, part in zip(fatal, FLAGGED_FATAL, strict=True)
    )
    return {"breach": breach, "fatal": bare, "fatal_backed": backed}


def _passed_by(weights: list[int], part: float) -> int:
    """The weight that only this part of all passes."""
    return sorted(weights, reverse=True)[int(len(weights) * part)]


def _holds(note: Sequence[Any], line: Labelled) -> bool:
    """Whether a rule holds for the hearer and channel of a line."""
    return line.hearer.value in note[2] and line.channel.value in note[3]
