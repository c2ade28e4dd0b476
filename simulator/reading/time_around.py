"""What stands around a time, weighed: the judgement, learnt from tables, of whether it is one of payment.

The words that `time_context` knows come first; this is for all those that nobody listed. A time's features are the
n-grams of its own clause on either side, those of the clauses beside it, the first and last characters next to it, and
what kind of time it is, first in the line or last. A file of integer weights is shipped (`times.json`) and built with the
ear.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from operator import attrgetter

from simulator.reading.time_expression import Expression

FILE = "times.json"
STEP = 1000  # integer weight of one step of a feature's weight
SURE = 0.2  # score from which on what stands around a time outvotes the known words, either way
NEAR = 60  # characters on either side that are looked at; keeps a line's reading linear
_NUMBER = re.compile("[0-9一两二三四五六七八九十百千万]+")
_BREAK = re.compile("[,;!?。\n ~…]")
_FLAGS = ("ahead", "coming", "running", "far", "anchored", "clocked", "own_day_said")


@dataclass(frozen=True, slots=True)
class Weights:
    """Of each feature, and where every score begins."""

    bias: int
    of: Mapping[str, int]

    def score(self, names: set[str]) -> float:
        """1 for a clear yes, -1 for a clear no."""
        known = [self.of[name] for name in names if name in self.of]
        return (sum(known) / sqrt(len(known) or 1) + self.bias) / STEP


@cache
def shipped() -> Weights:
    data = json.loads(shipped_bytes())
    return Weights(data["bias"], data["weights"])


def shipped_bytes() -> bytes:
    return (files("simulator.reading") / FILE).read_bytes()


def speaks_for(text: str, found: Sequence[Expression], place: int, listed: bool) -> bool:
    """Whether time `place` of a folded line's is one of payment. `listed`: what the known words say."""
    score = shipped().score(features(text, found, place))
    return score > (-SURE if listed else SURE)


def features(text: str, found: Sequence[Expression], place: int) -> set[str]:
    one = found[place]
    before = _veiled(text, max(0, one.start - NEAR), one.start, found)
    after = _veiled(text, one.end, one.end + NEAR, found)
    head, tail = _BREAK.split(before), _BREAK.split(after)
    names = {
        f"={_NUMBER.sub('N', text[one.start : one.end])}",
        f"k{one.kind.name}",
        f"p{min(place, 3)}",
        f"q{min(len(found) - 1 - place, 3)}",
        f"x{head[-1][-1:]}@{tail[0][:1]}",
        f"|{after[len(tail[0]) : len(tail[0]) + 1]}",
        *(f"f{flag}" for flag in _FLAGS if getattr(one, flag)),
        *(f"a{head[-1][-size:]}" for size in range(1, 6)),
        *(f"b{tail[0][:size]}" for size in range(6)),
        *(f"c{after[:size]}" for size in range(1, 6)),
    }
    for side, clause in (
        ("A", head[-1]),
        ("B", tail[0]),
        ("C", head[-2] if len(head) > 1 else ""),
        ("D", tail[1] if len(tail) > 1 else ""),
    ):
        names.update(_ngrams(side, clause, 3))
    names.update(_ngrams("w", f"{before}@{after}", 2))
    return names


def _ngrams(side: str, words: str, longest: int) -> list[str]:
    words = f"^{words}$"
    return [
        f"{side}{words[start : start + size]}"
        for size in range(1, longest + 1)
        for start in range(len(words) - size + 1)
    ]


def _veiled(text: str, start: int, end: int, found: Sequence[Expression]) -> str:
    """A stretch of the line in which other times are a T and numbers an N. `found` is in order."""
    parts: list[str] = []
    place = start
    first, last = (bisect_left(found, edge, key=attrgetter("start")) for edge in (start, end))
    for other in found[first:last]:
        if place <= other.start:
            parts += [text[place : other.start], "T"]
            place = other.end
    parts.append(text[place:end])
    return _NUMBER.sub("N", "".join(parts))
