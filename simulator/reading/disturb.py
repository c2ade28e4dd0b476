"""Evasive spellings of a line, drawn from a seed: what people do to slip past a filter. For measuring, not for play."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from simulator.reading.normalise import simplified, sounds

MARKS = (" ", "*", "·", "-", "_")
INVISIBLE = ("\u200b", "\u200d", "\ufe0f", "\u2060")
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


def spaced(text: str, word: str, dice: random.Random) -> str:
    """Marks between the characters of the word."""
    return text.replace(word, dice.choice(MARKS).join(word))


def invisible(text: str, word: str, dice: random.Random) -> str:
    return text.replace(word, dice.choice(INVISIBLE).join(word))


def traditional(text: str, word: str, dice: random.Random) -> str:
    """The whole line in traditional characters, where there is one."""
    back: dict[str, str] = {}
    for old, new in simplified().items():
        back.setdefault(new, old)
    return "".join(back.get(character, character) for character in text)


def sounded(text: str, word: str, dice: random.Random) -> str:
    """One character of the word in pinyin."""
    place = dice.randrange(len(word))
    readings = sounds().get(word[place])
    return text.replace(word, word[:place] + readings[0] + word[place + 1 :]) if readings else text


def spelt_out(text: str, word: str, dice: random.Random) -> str:
    """The whole word in pinyin."""
    readings = [sounds().get(character, (character,))[0] for character in word]
    return text.replace(word, " ".join(readings))


def homophone(text: str, word: str, dice: random.Random) -> str:
    """Another character of the same sound in place of one."""
    place = dice.randrange(len(word))
    readings = sounds().get(word[place], ())
    others = sorted(
        character
        for character, heard in sounds().items()
        if readings and readings[0] == heard[0] and character != word[place]
    )
    return text.replace(word, word[:place] + dice.choice(others) + word[place + 1 :]) if others else text


def wide(text: str, word: str, dice: random.Random) -> str:
    return "".join(FULL_WIDTH.get(character, character) for character in text)


WAYS: tuple[Callable[[str, str, random.Random], str], ...] = (
    spaced,
    invisible,
    traditional,
    sounded,
    spelt_out,
    homophone,
    wide,
)


def disturb(text: str, words: Sequence[str], seed: int) -> str:
    """The line with the longest of `words` that it holds disguised in one way, or as it is where it holds none."""
    dice = random.Random(f"{seed}:{text}")
    held = sorted((word for word in words if word in text), key=lambda word: (-len(word), word))
    way = dice.choice(WAYS)
    return way(text, held[0], dice) if held else text
