"""What only phrases can say: veiled words that a human must settle, and rules that the shipped ear never learnt."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from scoring.rulebook import Rule
from simulator.reading.amounts import find_amounts
from simulator.reading.matcher import Hit, Matcher, Span
from simulator.reading.normalise import fold
from simulator.reading.numbers import find_numbers
from simulator.reading.phrases import Phrase
from simulator.reading.times import find_times


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's phrase at `start:end` of the original text."""

    rule: Rule
    start: int
    end: int
    phrase: str
    doubtful: bool


class Phrasebook:
    """The phrases of some rules, matched in one pass."""

    def __init__(self, rules: Iterable[Rule], heard_by_ear: Collection[str]) -> None:
        self._owners: list[tuple[Rule, bool]] = []
        phrases: list[Phrase] = []
        kept: list[bool] = []
        for rule in rules:
            own = () if rule.id in heard_by_ear else rule.phrases
            for phrase, always in (*own, *((phrase, False) for phrase in rule.needs_human)):
                self._owners.append((rule, phrase in rule.needs_human))
                phrases.append(phrase)
                kept.append(always)
        self._phrases = phrases
        self._matcher = Matcher(phrases, kept) if phrases else None

    def find(self, text: str, now: datetime) -> list[Match]:
        """Every rule whose phrase stands in the text, once each, in order of place."""
        if self._matcher is None or not text.strip():
            return []
        folded = fold(text)
        slots: dict[str, list[Span]] = {
            "<time>": [(time.start, time.end) for time in find_times(folded.text, now)],
            "<amount>": [(amount.start, amount.end) for amount in find_amounts(folded.text)],
        }
        slots["<number>"], clocks = find_numbers(folded.text)
        slots["<time>"] = sorted({*slots["<time>"], *clocks})
        found: dict[tuple[str, bool], Match] = {}
        for hit in sorted(self._matcher.match(self._matcher.look(folded, slots)), key=_place):
            if hit.dropped:
                continue
            rule, doubtful = self._owners[hit.phrase]
            start, end = folded.span(hit.start, hit.end)
            match = Match(rule, start, end, self._phrases[hit.phrase].source, doubtful)
            found.setdefault((rule.id, doubtful), match)
        return list(found.values())


def _place(hit: Hit) -> tuple[int, int, int]:
    return hit.start, hit.end, hit.phrase
