"""The lines that teach the ear, as it sees them: features, phrases that speak for a label, and what each line is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.authoring.ear_files import EarFiles, Labelled
from simulator.authoring.ear_words import masks_of
from simulator.dialogue import Channel, HeardAs, Hearer, Severity
from simulator.reading.ear import Phrases, phrases_from_plain, phrases_to_plain
from simulator.reading.features import Setting, ngrams
from simulator.reading.matcher import Literals
from simulator.reading.model import ANY_BREACH
from simulator.reading.normalise import fold
from simulator.reading.phrases import SLOTS

NOW = datetime(2026, 11, 23, 10, 0)  # when corpus lines are read; only features of times depend on it
ACT_EXAMPLES, RULE_EXAMPLES = "acts", "rules"  # the groups of the files' examples


@dataclass(frozen=True, slots=True)
class Row:
    """One training line: its features, and what it is. `known` limits what was said of it; None means everything."""

    names: frozenset[str]
    backed: frozenset[str]
    yes: frozenset[str]
    unknown: frozenset[str]
    group: str
    known: frozenset[str] | None = None

    def state(self, label: str) -> int:
        """1, 0, or -1 where nobody said."""
        if label in self.yes:
            return 1
        if label in self.unknown or (self.known is not None and label not in self.known):
            return -1
        return 0


@dataclass(slots=True)
class Prepared:
    """Everything between the files and the model, for building and for measuring."""

    lines: list[Labelled]
    phrases: dict[str, Any]
    rows: list[Row]
    labels: list[str]
    notes: dict[str, list[Any]]


def prepare(files: EarFiles, lines: Sequence[Labelled]) -> Prepared:
    phrases = phrase_head(files, lines)
    layer = phrases_from_plain(phrases)
    notes = rule_notes(files, lines)
    rows = [*rows_of_lines(layer, lines, frozenset(notes)), *rows_of_examples(layer, files)]
    return Prepared(list(lines), phrases, rows, sorted({label for row in rows for label in row.yes}), notes)


def phrase_head(files: EarFiles, lines: Sequence[Labelled]) -> dict[str, Any]:
    """The phrase layer as plain data."""
    things = sorted([*files.acts.values(), *files.rules.values()], key=lambda thing: thing.id)
    listed = [(thing.id, kept, phrase) for thing in things for phrase, kept in thing.phrases]
    concepts = {**{f"L{name}": [*words] for name, words in files.lexicon.items()}, **files.concepts}
    words = {word for _, _, phrase in listed for token in phrase.tokens for word in token}
    words.update(word for held in concepts.values() for word in held)
    examples = [example.text for thing in things for example in thing.examples]
    texts = [*(line.text for line in lines), *examples]
    return phrases_to_plain(listed, concepts, masks_of(files.masks, texts, words), _usual(texts, words))


def _usual(texts: Sequence[str], words: Collection[str]) -> Mapping[str, int]:
    """In how many lines each word stands. Slots are taken to stand in nearly all: they are found last."""
    literals = Literals(words)
    counts = Counter(word for text in texts for word in literals.find(fold(text).text))
    return {**counts, **dict.fromkeys(SLOTS, len(texts))}


def rule_notes(files: EarFiles, lines: Sequence[Labelled]) -> dict[str, list[Any]]:
    known = {
        rule.id: [rule.severity.value, rule.heard_as.value, sorted(rule.hearers), sorted(rule.channels)]
        for rule in files.rules.values()
    }
    for id in sorted({rule for line in lines for rule in line.breaches}):
        everyone = [sorted(hearer.value for hearer in Hearer), sorted(channel.value for channel in Channel)]
        known.setdefault(id, [Severity.MAJOR.value, HeardAs.BRUSH_OFF.value, *everyone])
    return known


def rows_of_lines(
    phrases: Phrases, lines: Sequence[Labelled], rules: frozenset[str] = frozenset()
) -> list[Row]:
    rows = []
    for line in lines:
        names, backed = _look(phrases, line.text, Setting(line.hearer, line.channel, line.before))
        yes, unknown = {*line.acts, *line.breaches}, set(line.maybe)
        (yes if line.breaches else unknown if unknown & rules else set()).add(ANY_BREACH)
        rows.append(Row(names, backed, frozenset(yes), frozenset(unknown), line.hand))
    return rows


def rows_of_examples(phrases: Phrases, files: EarFiles) -> list[Row]:
    """Examples say something about their own act or rule only; near misses of a rule are clean of all rules."""
    rows = []
    rules = frozenset((*files.rules, ANY_BREACH))
    for thing in (*files.acts.values(), *files.rules.values()):
        for example in thing.examples:
            if example.facts:
                continue
            names, backed = _look(
                phrases, example.text, Setting(example.hearer, example.channel, example.before)
            )
            group = RULE_EXAMPLES if thing.id in rules else ACT_EXAMPLES
            said = {thing.id} if example.holds else set()
            about = rules if thing.id in rules and not example.holds else {thing.id, ANY_BREACH}
            if example.holds and thing.id in rules:
                said.add(ANY_BREACH)
            rows.append(Row(names, backed, frozenset(said), frozenset(), group, frozenset(about)))
    return rows


def _look(phrases: Phrases, text: str, setting: Setting) -> tuple[frozenset[str], frozenset[str]]:
    evidence = phrases.evidence(text, setting, NOW)
    return evidence.names | ngrams(evidence.bones.text), phrases.backed(evidence.hits)
