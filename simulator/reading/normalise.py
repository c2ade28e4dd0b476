"""Text as it was typed, folded to the form the ear compares, with the way back to every original code point.

`fold` undoes what is mere spelling: width, case, invisible and combining characters, traditional and split characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
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
_PICTURES = {"❤": "心", "♥": "心", "💰": "钱", "💴": "钱", "💵": "钱", "📞": "电话", "☎": "电话", "🏠": "家", "🏡": "家", "🐶": "狗", "🐕": "狗", "🐷": "猪", "💀": "死", "🔪": "刀", "👮": "警察", "⚖": "法院"}  # fmt: skip
_SPLIT_ENDS = frozenset(pair[1] for pair in _SPLIT)
MAX_KNOWN = 8192  # characters, or pairs of them, that are remembered; all are forgotten when there are more


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
