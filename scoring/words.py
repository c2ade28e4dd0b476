"""Where the words of a phrase stand in a text, denied or not: for conditions on words and for rewording them."""

from __future__ import annotations

from functools import lru_cache

from simulator.reading.matcher import Matcher
from simulator.reading.normalise import fold
from simulator.reading.phrases import Phrase

Span = tuple[int, int]


@lru_cache(maxsize=2048)
def _matcher(phrase: Phrase) -> Matcher:
    return Matcher([phrase], [True])


def says(phrase: Phrase, text: str) -> bool:
    return bool(places(phrase, text))


def places(phrase: Phrase, text: str) -> list[Span]:
    """Each place of the original text that the phrase matches, from its first word to its last, in order."""
    folded = fold(text)
    matcher = _matcher(phrase)
    return sorted(folded.span(hit.start, hit.end) for hit in matcher.match(matcher.look(folded, {})))
