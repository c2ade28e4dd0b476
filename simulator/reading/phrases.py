"""The phrase language of act and rule files, compiled to plain data. No regular expressions: a phrase cannot hang.

`告诉|通知 {kin} ~12 欠款 -不会 $`: tokens in this order within one sentence, at most 6 characters apart (or `~N`).
A token is alternatives, `{list}` of the lexicon, `<amount>`, `<time>` or `<number>`; `-word` must not stand in the sentence;
`^` and `$` tie the phrase to the start or end of a clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.reading.normalise import fold

DEFAULT_GAP = 6
MAX_GAP = 20
MAX_TOKENS = 12
SLOTS = ("<amount>", "<time>", "<number>")
Lexicon = Mapping[str, Sequence[str]]


class PhraseError(ValueError):
    """What is wrong with a phrase, and at which of its characters (from 0)."""

    def __init__(self, message: str, place: int, width: int = 1, help: str = "") -> None:
        super().__init__(message)
        self.message, self.place, self.width, self.help = message, place, width, help


@dataclass(frozen=True, slots=True)
class Phrase:
    """`tokens[i]` are the alternatives of one token, `gaps[i]` the most characters between it and the next."""

    source: str
    tokens: tuple[tuple[str, ...], ...]
    gaps: tuple[int, ...]
    absent: tuple[str, ...] = ()
    at_start: bool = False
    at_end: bool = False

    def to_plain(self) -> list[object]:
        return [self.source, self.tokens, self.gaps, self.absent, int(self.at_start), int(self.at_end)]

    @staticmethod
    def from_plain(data: Sequence[object]) -> Phrase:
        source, tokens, gaps, absent, at_start, at_end = data
        return Phrase(
            str(source),
            tuple(map(tuple, tokens)),  # type: ignore[call-overload]
            tuple(gaps),  # type: ignore[arg-type]
            tuple(absent),  # type: ignore[arg-type]
            bool(at_start),
            bool(at_end),
        )


def compile_phrase(source: str, lexicon: Lexicon) -> Phrase:
    """Raises PhraseError with the place of the first thing wrong."""
    tokens: list[tuple[str, ...]] = []
    gaps: list[int] = []
    absent: list[str] = []
    gap = DEFAULT_GAP
    at_start = at_end = False
    for place, piece in _pieces(source):
        if piece == "^":
            at_start = True
            continue
        if piece == "$":
            at_end = True
            continue
        if at_end:
            raise PhraseError("“$”后面不能再有词", place, len(piece))
        if piece.startswith("~"):
            gap = _gap(piece, place, bool(tokens))
            continue
        if piece.startswith("-") and len(piece) > 1:
            absent.extend(_alternatives(piece[1:], place + 1, lexicon))
            continue
        if tokens:
            gaps.append(gap)
        tokens.append(_alternatives(piece, place, lexicon))
        gap = DEFAULT_GAP
    if not tokens:
        raise PhraseError("这个短语里没有词", 0, max(1, len(source)))
    if len(tokens) > MAX_TOKENS:
        raise PhraseError(f"最多 {MAX_TOKENS} 个词，这里有 {len(tokens)} 个", 0, len(source))
    return Phrase(source, tuple(tokens), tuple(gaps), tuple(dict.fromkeys(absent)), at_start, at_end)


def _pieces(source: str) -> list[tuple[int, str]]:
    """The tokens with their places; `^` and `$` glued to a word stand apart."""
    found: list[tuple[int, str]] = []
    place = 0
    for piece in source.split(" "):
        start, body = place, piece
        place += len(piece) + 1
        if not body:
            continue
        if body.startswith("^"):
            found.append((start, "^"))
            start, body = start + 1, body[1:]
        ends = body.endswith("$")
        if ends:
            body = body[:-1]
        if body:
            found.append((start, body))
        if ends:
            found.append((start + len(body), "$"))
    return found


def _gap(piece: str, place: int, after_token: bool) -> int:
    digits = piece[1:]
    if not digits.isascii() or not digits.isdigit() or int(digits) > MAX_GAP:
        raise PhraseError(f"间隔写成 ~0 到 ~{MAX_GAP}", place, len(piece))
    if not after_token:
        raise PhraseError("间隔要写在两个词之间", place, len(piece))
    return int(digits)


def _alternatives(piece: str, place: int, lexicon: Lexicon) -> tuple[str, ...]:
    words: list[str] = []
    for part in piece.split("|"):
        if part.startswith("{") and part.endswith("}"):
            name = part[1:-1]
            if name not in lexicon:
                raise PhraseError(
                    f"词表里没有“{name}”", place, len(part), f"可以用：{'、'.join(sorted(lexicon))}"
                )
            words.extend(lexicon[name])
        elif part.startswith("<"):
            if part not in SLOTS:
                raise PhraseError(f"不认识“{part}”", place, len(part), f"可以用：{'、'.join(SLOTS)}")
            words.append(part)
        elif not part:
            raise PhraseError("“|”的一边是空的", place, len(piece))
        else:
            words.append(part)
        place += len(part) + 1
    folded = (word if word in SLOTS else fold(word).text for word in words)
    return tuple(dict.fromkeys(word for word in folded if word))
