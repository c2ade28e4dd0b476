"""Words put back where they were disguised or mistyped, and only where a known word comes out.

Undone are marks and spaces inside a word, its pinyin, its initials, other characters of the same sound; marks after every
character of a stretch go too. A toneless sound is a candidate only: at least one character of the word must be there as it
is, or the word be spelt in full pinyin. Words that people hide from a filter are looked for everywhere but where two
characters stand that are often written together; any other common word only where there is pinyin or a mark, so that
ordinary words stay what they are.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from simulator.reading.normalise import MAX_KNOWN, Folded, sounds, syllables

_MARKS = frozenset(" *.-_/|~+^#=`'\"@&$%\\<>()[]{}:×○●☆★■□◇◆→—…")
_BETWEEN = frozenset(" \"'()[]{}<>-/~—…")  # marks that may as well stand between two words
_NEVER = "\0"  # stands in no folded text
_ORDINARY = frozenset(
    ",。!?;\n0123456789【】《》"
)  # what stands between words, besides Chinese characters, without hiding one
_SOUND_OF_DIGIT = dict(
    zip("0123456789", ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"), strict=True)
)
_SPREAD = re.compile(
    r"[\u4e00-\u9fff](?P<mark>[ *._/|~+^#=-])(?:[\u4e00-\u9fff](?P=mark)){2,}[\u4e00-\u9fff]"
)
MAX_MASKED_MARKS = 3  # marks in a row that still count as lying inside one word
MAX_WORD = 4


@dataclass(frozen=True, slots=True)
class Masks:
    """What may hide, as plain data. `words` and `common` are keyed by the sounds of their first two characters joined by
    a space, the likeliest first; `pairs` has the characters that are seen to follow a character."""

    words: Mapping[str, tuple[str, ...]]  # what people hide
    aliases: Mapping[str, str]  # a spelling (folded) and what it means; Latin ones match whole runs
    ordinary: frozenset[str]  # words that merely sound like one of the hidden ones
    common: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()  # first two characters of the aliases
    known: dict[str, tuple[str, ...]] = field(
        default_factory=dict, compare=False
    )  # pairs met so far, see `_may_be`

    def is_ordinary(self, shown: str) -> bool:
        """Whether these characters are what people write without hiding anything."""
        return shown in self.ordinary or (len(shown) == 2 and shown[1] in self.pairs.get(shown[0], ""))


@dataclass(frozen=True, slots=True)
class _Unit:
    """One character or one pinyin syllable of the folded text, with what it may sound like."""

    start: int
    end: int
    text: str
    sounds: tuple[str, ...]


def unmask(folded: Folded, masks: Masks) -> Folded:
    """Put known words where they were disguised; the text is unchanged where none was."""
    if _undisguised(folded.text, masks):
        return folded
    spread = [
        (found.start() + place, found.start() + place + 1, "")
        for found in _SPREAD.finditer(folded.text)
        for place in range(1, len(found[0]), 2)
    ]
    folded = _apply(folded, spread) if spread else folded
    for _ in range(4):
        changes = _changes(folded.text, masks)
        if not changes:
            return folded
        folded = _apply(folded, changes)
    return folded


def _undisguised(text: str, masks: Masks) -> bool:
    """Whether it is plain at a glance that nothing hides: no Latin, marks or aliases, and no pair of characters that
    sounds like the beginning of a word that is not there."""
    if len(text) < 2 or not all(map(_is_ordinary, set(text))):
        return False
    for place, pair in enumerate(map(str.__add__, text, text[1:])):
        for word in _may_be(pair, masks):
            if not text.startswith(word, place):
                return False
    return True


def _is_ordinary(character: str) -> bool:
    return _is_chinese(character) or character in _ORDINARY


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _may_be(pair: str, masks: Masks) -> tuple[str, ...]:
    """The words that may begin with these two characters, written so or otherwise; `_NEVER` for an alias."""
    words = masks.known.get(pair)
    return _look_up(pair, masks) if words is None else words


def _look_up(pair: str, masks: Masks) -> tuple[str, ...]:
    table = sounds()
    first, second = ([_SOUND_OF_DIGIT[one]] if one in _SOUND_OF_DIGIT else table.get(one, ()) for one in pair)
    keys = [f"{one} {two}" for one in first for two in second]
    found = {word for key in keys for word in masks.words.get(key, ())}
    likely = tuple(
        word
        for word in found
        if len(word) > 2 or pair == word or (_half_same(word, pair) and not masks.is_ordinary(pair))
    )
    if pair in masks.openings:
        likely = (_NEVER,)
    if len(masks.known) > MAX_KNOWN:
        masks.known.clear()
    masks.known[pair] = likely
    return likely


def _half_same(word: str, pair: str) -> bool:
    return word[0] == pair[0] or word[1] == pair[1]


def _changes(text: str, masks: Masks) -> list[tuple[int, int, str]]:
    units = list(_units(text))
    changes: list[tuple[int, int, str]] = []
    free_from = 0
    index = 0
    while index < len(units):
        found = _alias_at(text, units, index, masks) or _word_at(text, units, index, masks)
        if found is None or found[0] < free_from:
            index += 1
            continue
        start, end, word = found
        if text[start:end] != word:
            changes.append(found)
            free_from = end
        while index < len(units) and units[index].start < end:
            index += 1
    return changes


def _apply(folded: Folded, changes: list[tuple[int, int, str]]) -> Folded:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, word in [*changes, (len(folded.text), len(folded.text), "")]:
        text.append(folded.text[done:start] + word)
        starts.extend(folded.starts[done:start])
        ends.extend(folded.ends[done:start])
        if word:
            first, last = folded.span(start, end)
            starts.extend([first] * len(word))
            ends.extend([last] * len(word))
        done = end
    return Folded("".join(text), tuple(starts), tuple(ends), folded.length)


def _units(text: str) -> Iterator[_Unit]:
    table = sounds()
    place = 0
    while place < len(text):
        character = text[place]
        if "a" <= character <= "z":
            end = place
            while end < len(text) and "a" <= text[end] <= "z":
                end += 1
            yield from _latin_units(text, place, end)
            place = end
            continue
        readings = table.get(character)
        if readings is None:
            sound = _SOUND_OF_DIGIT.get(character)
            readings = (sound,) if sound else ()
        yield _Unit(place, place + 1, character, readings)
        place += 1


def _latin_units(text: str, start: int, end: int) -> Iterator[_Unit]:
    """A Latin run as pinyin syllables, longest first, or as one silent unit."""
    known = syllables()
    places = [start]
    while places[-1] < end and len(places) < MAX_WORD * 2:
        here = places[-1]
        size = next((n for n in range(min(6, end - here), 1, -1) if text[here : here + n] in known), 0)
        if not size:
            break
        places.append(here + size)
    if places[-1] != end:
        yield _Unit(start, end, text[start:end], ())
        return
    for first, last in itertools.pairwise(places):
        yield _Unit(first, last, text[first:last], (text[first:last],))


def _alias_at(text: str, units: list[_Unit], index: int, masks: Masks) -> tuple[int, int, str] | None:
    start = units[index].start
    if text[start : start + 2] not in masks.openings:
        return None
    latin_before = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
    for size in range(min(6, len(text) - start), 0, -1):
        spelling = text[start : start + size]
        word = masks.aliases.get(spelling)
        if word is None:
            continue
        end = start + size
        after = text[end : end + 1]
        whole = not (spelling[-1].isascii() and after.isascii() and after.isalpha())
        if whole and not (latin_before and spelling[0].isascii()):
            return (start, end, word)
    return None


def _word_at(text: str, units: list[_Unit], index: int, masks: Masks) -> tuple[int, int, str] | None:
    """A hidden word that begins with this unit."""
    first = units[index]
    if not first.sounds:
        return None
    second = _next_sounding(units, index)
    if second is None:
        return None
    pair = text[first.start : first.start + 2]
    if second == index + 1 and all(map(_is_chinese, pair)) and not _may_be(pair, masks):
        return None
    best: tuple[int, int, str] | None = None
    for sound in first.sounds:
        for other in units[second].sounds:
            key = f"{sound} {other}"
            for words, is_common in ((masks.words, False), (masks.common, True)):
                for word in words.get(key, ()):
                    end = _spelt(text, units, index, word, masks, is_common)
                    if end is not None and (best is None or len(word) > len(best[2])):
                        best = (first.start, end, word)
    return best


def _next_sounding(units: list[_Unit], index: int) -> int | None:
    for step in range(1, MAX_MASKED_MARKS + 2):
        if index + step >= len(units):
            return None
        unit = units[index + step]
        if unit.sounds:
            return index + step
        if not _is_mark(unit.text):
            return None
    return None


def _is_mark(text: str) -> bool:
    return text in _MARKS or (len(text) == 1 and unicodedata.category(text) in ("So", "Sk", "Sm"))


def _spelt(text: str, units: list[_Unit], index: int, word: str, masks: Masks, is_common: bool) -> int | None:
    """Where the disguised `word` that begins at unit `index` ends, or None where it is not `word`."""
    table = sounds()
    same = latin = 0
    place: int | None = index
    for order, character in enumerate(word):
        if order:
            place = _next_sounding(units, place) if place is not None else None
        if place is None:
            return None
        unit = units[place]
        if unit.text == character:
            same += 1
        elif not set(unit.sounds) & set(table.get(character, ())):
            return None
        elif unit.text[0].isascii() and unit.text[0].isalpha():
            latin += 1
    assert place is not None
    start, end = units[index].start, units[place].end
    shown = text[start:end]
    if same == len(word) and len(shown) == len(word):
        # the word itself: nothing to do, and nothing may begin inside it, were it one of those that hide
        return None if is_common else end
    if is_common and ((same < len(word) and not latin) or not _BETWEEN.isdisjoint(shown)):
        return None
    plain = "".join(unit.text for unit in units[index : place + 1] if unit.sounds)
    if (same < len(word) and masks.is_ordinary(plain)) or shown in masks.ordinary:
        return None
    marks = len(shown) - sum(len(unit.text) for unit in units[index : place + 1] if unit.sounds)
    if marks and same < len(word) and not latin:
        return None  # marks and homophones together: too much to guess
    if same == 0 and latin < len(word):
        return None
    if latin and same == 0 and end - start < 4:
        return None  # a short Latin run (is it English?)
    return end
