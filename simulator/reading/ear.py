"""The ear: one line of a call to what was said in it. Loads one shipped file; standard library only."""

from __future__ import annotations

import gc
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

from simulator.dialogue import (
    Act,
    AmountMention,
    Channel,
    Cue,
    HeardAs,
    Hearer,
    Reading,
    Severity,
    TimeMention,
)
from simulator.reading import features
from simulator.reading.amounts import find_amounts
from simulator.reading.clauses import clause_at
from simulator.reading.decide import Thresholds, decide
from simulator.reading.features import Setting, Skeleton, skeleton
from simulator.reading.manner import find_manner, find_signals
from simulator.reading.matcher import Hit, Line, Matcher, Span
from simulator.reading.model import Model, Spots, pack, unpack
from simulator.reading.normalise import Folded, fold
from simulator.reading.numbers import find_numbers
from simulator.reading.phrases import Phrase
from simulator.reading.rows import HeldRows, Rows, stored_rows
from simulator.reading.times import find_times
from simulator.reading.unmask import Masks, unmask

MAGIC = b"PEILIAN-EAR 3\n"
HEAD = len(MAGIC) + 32  # the SHA-256 of all that follows
MAX_ANALYSED = 3000  # characters of a line that are read; the rest is only kept
FILE = "ear.bin"
SHOWN_NGRAMS = (2, 3)  # n-grams that may serve as evidence
SHARE = 6  # units of an n-gram's weight, divisible by the lengths of all that may serve
MOST_SHOWN = 400  # characters of a line that are searched for evidence of the model


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What the ear must know of a conduct rule."""

    severity: Severity
    heard_as: HeardAs
    hearers: frozenset[str]
    channels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the two layers have to say about one line, before anything is decided."""

    line: Line
    bones: Skeleton
    hits: tuple[Hit, ...]
    names: frozenset[str]  # of the features that are no n-grams
    times: tuple[TimeMention, ...]
    amounts: tuple[AmountMention, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The compiled phrase layer, shared by training and reading. `labels[i]` is the act or rule of phrase i."""

    matcher: Matcher
    labels: tuple[str, ...]
    concepts: Mapping[str, tuple[str, ...]]
    masks: Masks

    def evidence(self, text: str, setting: Setting, now: datetime) -> Evidence:
        folded = unmask(fold(text[:MAX_ANALYSED]), self.masks)
        times, amounts = find_times(folded.text, now), find_amounts(folded.text)
        slots: dict[str, list[Span]] = {
            "<time>": [(time.start, time.end) for time in times],
            "<amount>": [(amount.start, amount.end) for amount in amounts],
        }
        slots["<number>"], clocks = find_numbers(folded.text)
        slots["<time>"] = sorted({*slots["<time>"], *clocks})
        line = self.matcher.look(folded, slots)
        hits = tuple(self.matcher.match(line))
        bones = skeleton(folded.text)
        asked = Setting(setting.hearer, setting.channel, fold(setting.before[:200]).text, setting.asked)
        names = features.names(line, bones, hits, self.labels, self.concepts, asked)
        return Evidence(line, bones, hits, frozenset(names), times, amounts)

    def backed(self, hits: Iterable[Hit]) -> frozenset[str]:
        """The labels that a counting phrase supports."""
        return frozenset(self.labels[hit.phrase] for hit in hits if not hit.dropped)


@dataclass(frozen=True, slots=True)
class Ear:
    """Reads lines. Immutable; `digest` names the exact file it was loaded from, as the file itself says: to hash it would
    cost more than all the rest of loading, and pull its rows into memory."""

    phrases: Phrases
    model: Model
    thresholds: Thresholds
    rules: Mapping[str, RuleNote]
    fatal: Mapping[str, bool]  # each rule, and whether it is fatal by itself
    allowed: Mapping[tuple[Hearer, Channel], frozenset[str]]  # the rules that hold for a hearer on a channel
    digest: str

    @staticmethod
    def load() -> Ear:
        """The shipped ear. Its rows stay in the file until a line needs them."""
        place = files("simulator.reading") / FILE
        collects = gc.isenabled()
        gc.disable()  # nothing of what is made here is garbage, and looking for it would take a tenth of the time
        try:
            if not isinstance(place, Path):  # in an archive
                return Ear.from_bytes(place.read_bytes())
            with place.open("rb") as file:
                start = file.read(HEAD + 4)
                head = start + file.read(_rows_from(start) - len(start))
            return Ear._of(head, stored_rows(place, len(head)))
        finally:
            if collects:
                gc.enable()

    @staticmethod
    def from_bytes(data: bytes) -> Ear:
        """Raises ValueError on bytes that are no ear of this version, or a damaged one."""
        ear = Ear._of(data, HeldRows(data[_rows_from(data) :]))
        if hashlib.sha256(data[HEAD:]).hexdigest() != ear.digest:
            raise ValueError("the ear file is damaged")
        return ear

    @staticmethod
    def _of(data: bytes, rows: Rows) -> Ear:
        if data[: len(MAGIC)] != MAGIC:
            raise ValueError("not an ear file of this version")
        content = zlib.decompress(data[HEAD + 4 : _rows_from(data)])
        size = int.from_bytes(content[:4], "little")
        head = json.loads(content[4 : 4 + size])
        rules = {
            id: RuleNote(Severity(note[0]), HeardAs(note[1]), frozenset(note[2]), frozenset(note[3]))
            for id, note in head["rules"].items()
        }
        return Ear(
            phrases_from_plain(head["phrases"]),
            unpack(head["model"], content[4 + size :], rows),
            Thresholds(**head["thresholds"]),
            rules,
            {id: note.severity is Severity.FATAL for id, note in rules.items()},
            {(hearer, channel): _allowed(rules, hearer, channel) for hearer in Hearer for channel in Channel},
            data[len(MAGIC) : HEAD].hex(),
        )

    def read(
        self,
        text: str,
        hearer: Hearer = Hearer.DEBTOR,
        channel: Channel = Channel.PHONE,
        *,
        now: datetime,
        before: str | None = None,
        asked: str | None = None,
    ) -> Reading:
        """What `text` says to `hearer`. `before` are the persona's last words, `asked` what they wanted to know."""
        setting = Setting(hearer, channel, before or "", asked or "")
        evidence = self.phrases.evidence(text, setting, now)
        scores = dict(
            zip(self.model.labels, self.model.score(evidence.bones.text, evidence.names), strict=True)
        )
        backed = self.phrases.backed(evidence.hits)
        decision = decide(
            scores,
            backed,
            self.fatal,
            self.allowed[hearer, channel],
            self.thresholds,
        )
        folded = evidence.line.folded
        spots: Spots = ()
        if not backed.issuperset((*decision.acts, *decision.rules)):
            spots = self.model.trie.spots(evidence.bones.text[:MOST_SHOWN], *SHOWN_NGRAMS)
        acts = tuple(Act(id, *self._show(id, evidence, scores, spots)) for id in decision.acts)
        cues = tuple(self._cue(id, evidence, scores, spots) for id in decision.rules)
        return Reading(
            text=text,
            acts=tuple(sorted(acts, key=lambda act: (act.start, act.end, act.id))),
            cues=tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.rule))),
            times=tuple(_time_in(text, folded, time) for time in evidence.times),
            amounts=tuple(_amount_in(text, folded, amount) for amount in evidence.amounts),
            manner=find_manner(text, folded),
            signals=find_signals(text, folded, decision.unsure, decision.acts),
            unsure=decision.unsure,
        )

    @property
    def rule_ids(self) -> frozenset[str]:
        """The rules that this ear listens for."""
        return frozenset(self.rules)

    def _cue(self, rule: str, evidence: Evidence, scores: Mapping[str, int], spots: Spots) -> Cue:
        note = self.rules[rule]
        start, end, why = self._show(rule, evidence, scores, spots)
        return Cue(rule, note.severity, note.heard_as, start, end, why)

    def _show(
        self, label: str, evidence: Evidence, scores: Mapping[str, int], spots: Spots
    ) -> tuple[int, int, str]:
        """The original span of the words that show `label`, and why they do."""
        folded = evidence.line.folded
        hits = [hit for hit in evidence.hits if not hit.dropped and self.phrases.labels[hit.phrase] == label]
        if hits:
            best = max(hits, key=lambda hit: (sum(end - start for start, end in hit.tokens), -hit.start))
            return (
                *folded.span(best.start, best.end),
                f"短语：{self.phrases.matcher.phrases[best.phrase].source}",
            )
        if label not in self.model.labels:
            return (0, len(evidence.line.folded.text), "")
        start, end, grams = self._strongest(
            evidence.bones, self.model.labels.index(label), folded.text, spots
        )
        margin = scores[label] - self.thresholds.of(label)
        return (*folded.span(start, end), f"近似：{'、'.join(grams)}（{margin:+d}）")

    def _strongest(self, bones: Skeleton, column: int, text: str, spots: Spots) -> tuple[int, int, list[str]]:
        """The stretch of the line whose n-grams speak most for a label."""
        size_of_line = min(len(bones.text), MOST_SHOWN)
        steps = [0] * (size_of_line + 1)  # by how much the weight changes from one character to the next
        grams: dict[str, int] = {}
        weights = self.model.weights([number for _, _, number in spots], column)
        for (place, size, _), weight in zip(spots, weights, strict=True):
            share = weight * SHARE // size
            steps[place] += share
            steps[place + size] -= share
            if weight > 0:
                grams[bones.text[place : place + size]] = weight
        start, end = _heaviest([weight - SHARE for weight in accumulate(steps[:size_of_line])])
        places = bones.places
        first = min(places[start], max(0, len(text) - 1))
        last = places[end] if end < len(places) else len(text)
        while first < last and text[first] in ' ,。!?;:|\n"':
            first += 1
        top = sorted(grams, key=lambda gram: (-grams[gram], gram))[:3]
        return (
            first,
            max(last, min(first + 1, len(text))),
            [gram.strip("|") for gram in top],
        )


def _rows_from(data: bytes) -> int:
    """Where in an ear file the packed head ends and the rows begin; `data` may be no more than its first bytes."""
    return HEAD + 4 + int.from_bytes(data[HEAD : HEAD + 4], "little")


def _allowed(rules: Mapping[str, RuleNote], hearer: Hearer, channel: Channel) -> frozenset[str]:
    return frozenset(id for id, note in rules.items() if hearer in note.hearers and channel in note.channels)


def _heaviest(weights: Sequence[int]) -> tuple[int, int]:
    """The stretch with the largest sum."""
    best = (min(weights, default=0) - 1, 0, len(weights))
    total = begun = 0
    for place, weight in enumerate(weights):
        if total <= 0:
            total, begun = 0, place
        total += weight
        if total > best[0]:
            best = (total, begun, place + 1)
    return best[1], best[2]


def _time_in(text: str, folded: Folded, time: TimeMention) -> TimeMention:
    start, end = folded.span(time.start, time.end)
    return TimeMention(start, end, text[start:end], time.begin, time.due)


def _amount_in(text: str, folded: Folded, amount: AmountMention) -> AmountMention:
    start, end = folded.span(amount.start, amount.end)
    return AmountMention(start, end, text[start:end], amount.value, amount.kind)


Listed = Sequence[tuple[str, bool, Phrase]]  # label, whether it counts when negated, phrase


def phrases_to_plain(
    listed: Listed,
    concepts: Mapping[str, Sequence[str]],
    masks: Mapping[str, object],
    usual: Mapping[str, int],
) -> dict[str, object]:
    """The phrase layer as plain data: every word and every set of alternatives is written once and named by number.
    `usual` counts how often words and slots are met: a phrase is looked up by its rarest token."""
    words: dict[str, int] = {}
    sets: dict[tuple[int, ...], int] = {}

    def number(token: Sequence[str]) -> int:
        return sets.setdefault(tuple(words.setdefault(word, len(words)) for word in token), len(sets))

    plain: list[list[object]] = []
    for label, kept, phrase in listed:
        source, _, gaps, _, *ties = phrase.to_plain()
        numbers = [number(token) for token in phrase.tokens]
        met = [sum(usual.get(word, 0) for word in token) for token in phrase.tokens]
        anchor = met.index(min(met))
        plain.append([label, int(kept), anchor, source, numbers, gaps, number(phrase.absent), *ties])
    ids = {
        concept: [words.setdefault(word, len(words)) for word in held] for concept, held in concepts.items()
    }
    return {
        "words": "\n".join(words),
        "sets": [*sets],
        "phrases": plain,
        "concepts": ids,
        "masks": masks,
    }


def phrases_from_plain(data: Mapping[str, Any]) -> Phrases:
    """The phrase layer out of the head of an ear file."""
    words = data["words"].split("\n")
    sets = [tuple([words[word] for word in token]) for token in data["sets"]]
    compiled = [
        Phrase(
            source,
            tuple([sets[token] for token in tokens]),
            tuple(gaps),
            sets[absent],
            bool(at_start),
            bool(at_end),
        )
        for _, _, _, source, tokens, gaps, absent, at_start, at_end in data["phrases"]
    ]
    concepts: dict[str, tuple[str, ...]] = {}
    for concept, held in data["concepts"].items():
        for word in held:
            concepts[words[word]] = (*concepts.get(words[word], ()), concept)
    hidden = data["masks"]
    masks = Masks(
        {key: tuple(held) for key, held in hidden["words"].items()},
        hidden["aliases"],
        frozenset(hidden["ordinary"]),
        {key: tuple(held) for key, held in hidden["common"].items()},
        {line[0]: line[1:] for line in hidden["pairs"].split("\n") if line},
        frozenset(key[:2] for key in hidden["aliases"]),
    )
    kept, anchors = [bool(item[1]) for item in data["phrases"]], [item[2] for item in data["phrases"]]
    matcher = Matcher(compiled, kept, concepts, anchors)
    return Phrases(matcher, tuple([item[0] for item in data["phrases"]]), concepts, masks)


def to_bytes(head: Mapping[str, object], model: tuple[dict[str, object], bytes, bytes]) -> bytes:
    """An ear file. `head` has `phrases`, `thresholds`, `rules` and `times`. Rows stand at the end
    as they are, to be read one by one."""
    plain, counts, rows = model
    whole = {**head, "model": plain}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    packed = zlib.compress(len(text).to_bytes(4, "little") + text + counts, 9)
    body = len(packed).to_bytes(4, "little") + packed + rows
    return MAGIC + hashlib.sha256(body).digest() + body


__all__ = [
    "Ear",
    "Evidence",
    "Phrases",
    "RuleNote",
    "clause_at",
    "pack",
    "phrases_from_plain",
    "phrases_to_plain",
    "to_bytes",
]
