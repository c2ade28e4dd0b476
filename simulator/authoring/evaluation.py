"""Measures an ear on a labelled corpus, beside the yardsticks that show what each layer adds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from simulator.authoring.ear_files import CORPUS, Labelled, read_corpus, read_ear_files, read_hand
from simulator.authoring.library import SHIPPED
from simulator.dialogue import Reading, Severity
from simulator.errors import RecordError, StorageError
from simulator.reading.disturb import disturb
from simulator.reading.ear import Ear
from simulator.reading.evaluate import Figures, Judged, kappa, measure

# Any Wednesday morning: a corpus line stands for itself, in the daytime.
NOW = datetime(2026, 3, 11, 10, 30)
SEED = 7


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by yardstick, and the lines that were heard wrongly with what was heard instead."""

    figures: dict[str, Figures]
    wrong: list[tuple[Labelled, str]]


def read_lines(path: Path) -> list[Labelled]:
    """The labelled lines of a file or folder. Raises StorageError or RecordError."""
    if not path.exists():
        raise StorageError(f"没有 {path} 这个文件或文件夹")
    try:
        return read_corpus(path) if path.is_dir() else list(read_hand(path))
    except OSError as error:
        raise StorageError(f"读不了 {path}：{error.strerror}") from error
    except ValueError as error:
        raise RecordError(f"语料读不懂：{error}") from error


def evaluate(lines: Sequence[Labelled], letters: Ear | None = None) -> Evaluation:
    """The shipped ear on `lines`, on the same lines disguised, and a filter made of the same trigger words; `letters` is
    an ear without phrases to compare it with."""
    ear = Ear.load()
    triggers = trigger_words()
    words = sorted(frozenset().union(*triggers.values()))
    fatal = frozenset(id for id, note in ear.rules.items() if note.severity is Severity.FATAL)
    readings = [_read(ear, line, line.text) for line in lines]
    judged = [_heard(line, reading) for line, reading in zip(lines, readings, strict=True)]
    disguised = [_heard(line, _read(ear, line, disturb(line.text, words, SEED))) for line in lines]
    filtered = [_filtered(line, triggers) for line in lines]
    figures = {
        "ear": measure(judged, fatal),
        "disturbed": measure(disguised, fatal),
        "keywords": measure(filtered),
    }
    figures["keywords"] = replace(figures["keywords"], acts={}, rules={}, confusions=())
    if letters is not None:
        figures["letters"] = measure([_heard(line, _read(letters, line, line.text)) for line in lines], fatal)
    wrong = [
        (line, _difference(each, reading))
        for line, each, reading in zip(lines, judged, readings, strict=True)
        if _missed(each) or _extra(each)
    ]
    return Evaluation(figures, sorted(wrong, key=lambda item: (-len(item[1]), item[0].id)))


def letters_only() -> Ear:
    """An ear of the same lines that has no phrases, words or concepts: the bare n-gram model. Trained anew, which takes
    minutes; needs the repository's corpus and scikit-learn, else StorageError."""
    try:
        from simulator.authoring.ear_training import build

        files = read_ear_files(SHIPPED)
        lines = [line for part in ("train", "tune") for line in read_lines(SHIPPED / CORPUS / part)]
        return Ear.from_bytes(build(files.without_words(), lines))
    except ImportError as error:
        raise StorageError(f"训练要用 {error.name}：pip install scikit-learn") from error


def trigger_words() -> dict[str, frozenset[str]]:
    """The keyword list that somebody would draw up from the same rule files: for each rule the words of its phrases
    that stand in the evidence of its breached examples and in none of its clean ones."""
    words: dict[str, frozenset[str]] = {}
    for rule in read_ear_files(SHIPPED).rules.values():
        shown = [example.text for example in rule.examples if example.holds]
        clean = [example.text for example in rule.examples if not example.holds]
        candidates = {
            word for phrase, _ in rule.phrases for token in phrase.tokens for word in token if len(word) > 1
        }
        words[rule.id] = frozenset(
            word
            for word in candidates
            if any(word in text for text in shown) and not any(word in text for text in clean)
        )
    return words


def compare_raters(first: Sequence[Labelled], second: Sequence[Labelled]) -> dict[str, float]:
    """Cohen's κ for each rule that either rater gave, over the lines both have labelled."""
    other = {line.id: line for line in second}
    pairs = [(line, other[line.id]) for line in first if line.id in other]
    rules = sorted({rule for one, two in pairs for rule in (*one.breaches, *two.breaches)})
    found = {
        rule: kappa([rule in one.breaches for one, _ in pairs], [rule in two.breaches for _, two in pairs])
        for rule in rules
    }
    return {rule: value for rule, value in found.items() if not math.isnan(value)}


def _read(ear: Ear, line: Labelled, text: str) -> Reading:
    return ear.read(text, line.hearer, line.channel, now=NOW, before=line.before or None)


def _heard(line: Labelled, reading: Reading) -> Judged:
    return _judged(line, frozenset(reading.act_ids), frozenset(reading.rule_ids))


def _filtered(line: Labelled, triggers: Mapping[str, frozenset[str]]) -> Judged:
    hits = (rule for rule, words in triggers.items() if any(word in line.text for word in words))
    return _judged(line, frozenset(), frozenset(hits))


def _judged(line: Labelled, acts: frozenset[str], rules: frozenset[str]) -> Judged:
    return Judged(
        line.id,
        line.text,
        frozenset(line.acts),
        frozenset(line.breaches),
        frozenset(line.maybe),
        acts,
        rules,
        bool(line.twin_of),
    )


def _missed(line: Judged) -> list[str]:
    return sorted((line.acts | line.breaches) - (line.heard_acts | line.heard_rules) - line.maybe)


def _extra(line: Judged) -> list[str]:
    return sorted((line.heard_acts | line.heard_rules) - (line.acts | line.breaches) - line.maybe)


def _difference(line: Judged, reading: Reading) -> str:
    why = {act.id: act.why for act in reading.acts} | {cue.rule: cue.why for cue in reading.cues}
    missed, extra = _missed(line), [f"{label}（{why[label]}）" for label in _extra(line)]
    parts = [f"没听出 {'、'.join(missed)}"] if missed else []
    return "；".join([*parts, f"听成 {'、'.join(extra)}"] if extra else parts)
