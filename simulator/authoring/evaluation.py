"""Measures an ear on a labelled corpus, beside the yardsticks that show what each layer adds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from simulator.authoring.ear_files import Labelled, read_corpus, read_ear_files, read_hand
from simulator.authoring.library import SHIPPED
from simulator.dialogue import Severity
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


def evaluate(lines: Sequence[Labelled]) -> Evaluation:
    """The shipped ear on `lines`, on the same lines disguised, and a filter made of the same trigger words."""
    ear = Ear.load()
    triggers = trigger_words()
    words = sorted(frozenset().union(*triggers.values()))
    fatal = frozenset(id for id, note in ear.rules.items() if note.severity is Severity.FATAL)
    judged = [_judge(ear, line, line.text) for line in lines]
    disguised = [_judge(ear, line, disturb(line.text, words, SEED)) for line in lines]
    filtered = [_filtered(line, triggers) for line in lines]
    figures = {
        "ear": measure(judged, fatal),
        "disturbed": measure(disguised, fatal),
        "keywords": measure(filtered),
    }
    figures["keywords"] = replace(figures["keywords"], acts={}, rules={}, confusions=())
    wrong = [(line, _difference(each)) for line, each in zip(lines, judged, strict=True) if _difference(each)]
    return Evaluation(figures, sorted(wrong, key=lambda item: (-len(item[1]), item[0].id)))


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


def _judge(ear: Ear, line: Labelled, text: str) -> Judged:
    reading = ear.read(text, line.hearer, line.channel, now=NOW, before=line.before or None)
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


def _difference(line: Judged) -> str:
    want, got = line.acts | line.breaches, line.heard_acts | line.heard_rules
    missed, extra = sorted(want - got - line.maybe), sorted(got - want - line.maybe)
    parts = [f"没听出 {'、'.join(missed)}"] if missed else []
    return "；".join([*parts, f"听成 {'、'.join(extra)}"] if extra else parts)
