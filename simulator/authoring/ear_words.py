"""What the ear takes for ordinary writing: the common words it may put back, and the characters seen side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from simulator.reading.normalise import fold, sounds

LEAST_WORD = 8  # lines that must hold a word for it to be put back
LEAST_PAIR = 4  # lines in which two characters must stand side by side to count as ordinary
LONGEST = 4


def common_words(texts: Iterable[str], words: Iterable[str], but: Iterable[str]) -> dict[str, list[str]]:
    """Those of `words` that many lines hold, by the sounds of their first two characters, the most frequent first."""
    table = sounds()
    asked = {word for word in words if 2 <= len(word) <= LONGEST and all(map(table.get, word))} - set(but)
    counts: Counter[str] = Counter()
    for text in texts:
        pieces = {text[place : place + size] for size in range(2, LONGEST + 1) for place in range(len(text))}
        counts.update(pieces & asked)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return by_sound(word for word, count in ranked if count >= LEAST_WORD)


def by_sound(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by the sounds of their first two characters, as `Masks` wants them, in the order given."""
    table = sounds()
    found: dict[str, list[str]] = {}
    for word in words:
        for first in table[word[0]]:
            for second in table[word[1]]:
                found.setdefault(f"{first} {second}", []).append(word)
    return found


def usual_pairs(texts: Iterable[str]) -> str:
    """A line for each Chinese character: itself, then all that are seen to follow it."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({pair for pair in map(str.__add__, text, text[1:]) if pair > "\u4e00"})
    followers: dict[str, list[str]] = {}
    for pair in sorted(pair for pair, count in counts.items() if count >= LEAST_PAIR):
        followers.setdefault(pair[0], []).append(pair[1])
    return "\n".join(first + "".join(seconds) for first, seconds in followers.items())


def masks_of(masks: Mapping[str, object], texts: Sequence[str], words: Iterable[str]) -> dict[str, object]:
    """The disguises of the content files and what the lines of the corpus say of ordinary writing."""
    folded = [fold(text).text for text in texts]
    hidden = {word for held in masks["words"].values() for word in held}  # type: ignore[attr-defined]
    return {**masks, "common": common_words(folded, words, hidden), "pairs": usual_pairs(folded)}
