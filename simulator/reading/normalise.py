"""Text as it was typed, folded to the form the ear compares, with the way back to every original code point.

`fold` undoes what is mere spelling: width, case, invisible and combining characters, traditional and split characters.
`unmask` then undoes disguise, only where a known word comes out: marks and spaces put inside it, its pinyin, its initials,
other characters of the same sound. A toneless sound is a candidate only: at least one character of the word must be there
as it is, or the word be spelt in full pinyin, so that ordinary words stay what they are.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_DROPPED = frozenset(("Cf", "Cc", "Cn", "Cs", "Co", "Mn", "Me"))
_PUNCTUATION = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "、": ",",
    "〜": "~",
    "·": ".",
    "•": ".",
}
_LOOK_ALIKES = dict(zip("асеорхутіαοεικνρτχ", "aceopxytiaoeiknptx", strict=True))
_SPLIT = {
    "亻尔": "你", "亻也": "他", "女也": "她", "女马": "妈", "父巴": "爸", "贝戈": "贱", "讠正": "证", "彳正": "征", "亻言": "信", "氵去": "法",
    "讠斥": "诉", "讠公": "讼", "亻主": "住", "亻责": "债", "贝责": "债", "扌丁": "打", "扌崔": "摧", "亻崔": "催", "亻占": "佔", "钅戋": "钱", "金戋": "钱",
    "歹匕": "死", "木艮": "根", "亻建": "健", "口马": "吗", "犭句": "狗", "犭者": "猪", "氵昆": "混", "弓长": "张", "辶不": "还", "不辶": "还", "亻弋": "代",
    "代贝": "贷", "亻呆": "保", "尸至": "屋", "讠人": "认", "讠射": "谢", "纟吉": "结", "纟合": "给", "讠寸": "讨", "饣我": "饿", "忄白": "怕", "车专": "转",
    "口合": "哈", "阝完": "院", "扌王": "抓", "扌爪": "抓", "牛劳": "牢",
}  # fmt: skip
_MARKS = frozenset(" *.-_/|~+^#=`'\"@&$%\\<>()[]{}:×○●☆★■□◇◆→—…")
_NEVER = "\0"  # stands in no folded text
_ORDINARY = frozenset(
    ",。!?;\n0123456789【】《》"
)  # what stands between words, besides Chinese characters, without hiding one
_SOUND_OF_DIGIT = {
    "0": "ling",
    "1": "yi",
    "2": "er",
    "3": "san",
    "4": "si",
    "5": "wu",
    "6": "liu",
    "7": "qi",
    "8": "ba",
    "9": "jiu",
}
_PICTURES = {"❤": "心", "♥": "心", "💰": "钱", "💴": "钱", "💵": "钱", "📞": "电话", "☎": "电话", "🏠": "家", "🏡": "家", "🐶": "狗", "🐕": "狗", "🐷": "猪", "💀": "死", "🔪": "刀", "👮": "警察", "⚖": "法院"}  # fmt: skip
_SPLIT_ENDS = frozenset(pair[1] for pair in _SPLIT)
MAX_KNOWN = 8192  # characters, or pairs of them, that are remembered; all are forgotten when there are more
MAX_MASKED_MARKS = 3  # marks in a row that still count as lying inside one word
MAX_WORD = 4


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` stands for `source[starts[i]:ends[i]]` of the original, of `length` code points."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded `start:end`; empty spans stay empty."""
        if not self.text:
            return (0, 0)
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else self.length
            return (place, place)
        return (min(self.starts[start:end]), max(self.ends[start:end]))


@dataclass(frozen=True, slots=True)
class Masks:
    """What may hide, as plain data. `words` by the sounds of their first two characters joined by a space."""

    words: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]  # a spelling (folded) and what it means; Latin ones match whole runs
    ordinary: frozenset[str]  # words that merely sound like one of the hidden ones
    heads: frozenset[str] = frozenset()  # first characters of the aliases
    known: dict[str, tuple[str, ...]] = field(
        default_factory=dict, compare=False
    )  # pairs seen, see `_may_be`


def fold(text: str) -> Folded:
    """Undo spelling. Idempotent on its own output."""
    plains = [_PLAIN[character] for character in text]
    joined = "".join(plains)
    if (
        len(joined) == len(text)
        and "" not in plains
        and "  " not in joined
        and _SPLIT_ENDS.isdisjoint(joined)
    ):
        return Folded(joined, tuple(range(len(text))), tuple(range(1, len(text) + 1)), len(text))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, whole in enumerate(plains):
        for plain in whole:
            if plain == " " and out and out[-1] == " ":
                ends[-1] = place + 1
                continue
            out.append(plain)
            starts.append(place)
            ends.append(place + 1)
            pair = _SPLIT.get(out[-2] + plain) if plain in _SPLIT_ENDS and len(out) > 1 else None
            if pair:
                out[-2:] = [pair]
                del starts[-1], ends[-2]
    return Folded("".join(out), tuple(starts), tuple(ends), len(text))


class _Plains(dict[str, str]):
    """What each character seen so far is folded to."""

    def __missing__(self, character: str) -> str:
        if len(self) > MAX_KNOWN:
            self.clear()
        self[character] = plain = _plain(character)
        return plain


_PLAIN = _Plains()


def _plain(character: str) -> str:
    if "\u4e00" <= character <= "\u9fff":
        return simplified().get(character, character)
    if character.isascii() and character.isprintable():
        return character.lower()
    if character in "\n\r\u2028\u2029\x0b\x0c\x85":
        return "\n"
    if character.isspace():
        return " "
    if character in _PICTURES:
        return _PICTURES[character]
    pieces = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
    return "".join(_piece(piece) for piece in pieces)


def _piece(character: str) -> str:
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if character.isspace():
        return " "
    for part in (
        unicodedata.normalize("NFD", character)
        if character.isalpha() and ord(character) < 0x2000
        else character
    ):
        if unicodedata.category(part) not in _DROPPED:
            part = _LOOK_ALIKES.get(part, part)
            return simplified().get(part, part)
    return ""


@cache
def simplified() -> Mapping[str, str]:
    """Traditional character → simplified."""
    pairs = _table("simplified.txt").strip()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def sounds() -> Mapping[str, tuple[str, ...]]:
    """Character → its readings without tone."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _table("pinyin.txt").splitlines():
        sound, _, characters = line.partition(" ")
        for character in characters:
            found[character] = (*found.get(character, ()), sound)
    return found


@cache
def syllables() -> frozenset[str]:
    return frozenset(line.partition(" ")[0] for line in _table("pinyin.txt").splitlines())


def _table(name: str) -> str:
    return (files("simulator.reading") / "tables" / name).read_text(encoding="utf-8")


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
    known = masks.known
    for place, pair in enumerate(map(str.__add__, text, text[1:])):
        words = known.get(pair)
        if words is None:
            words = _may_be(pair, masks)
        for word in words:
            if not text.startswith(word, place):
                return False
    return True


def _is_ordinary(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character in _ORDINARY


def _may_be(pair: str, masks: Masks) -> tuple[str, ...]:
    """The words that may begin with these two characters, written so or otherwise; `_NEVER` for an alias."""
    table = sounds()
    first, second = ([_SOUND_OF_DIGIT[one]] if one in _SOUND_OF_DIGIT else table.get(one, ()) for one in pair)
    found = {word for one in first for two in second for word in masks.words.get(f"{one} {two}", ())}
    likely = tuple(
        word for word in found if len(word) > 2 or (_half_same(word, pair) and pair not in masks.ordinary)
    )
    if any(alias.startswith(pair) or alias in pair for alias in masks.aliases):
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
    if text[start] not in masks.heads:
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
    best: tuple[int, int, str] | None = None
    for sound in first.sounds:
        for other in units[second].sounds:
            for word in masks.words.get(f"{sound} {other}", ()):
                end = _spelt(text, units, index, word, masks)
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


def _spelt(text: str, units: list[_Unit], index: int, word: str, masks: Masks) -> int | None:
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
        return end  # the word itself: nothing to do, and nothing may begin inside it
    plain = "".join(unit.text for unit in units[index : place + 1] if unit.sounds)
    if plain in masks.ordinary or shown in masks.ordinary:
        return None
    marks = len(shown) - sum(len(unit.text) for unit in units[index : place + 1] if unit.sounds)
    if marks and same < len(word) and not latin:
        return None  # marks and homophones together: too much to guess
    if same == 0 and latin < len(word):
        return None
    if latin and same == 0 and end - start < 4:
        return None  # a short Latin run (is it English?)
    return end
