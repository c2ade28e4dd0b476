"""Whether a line says over again what was said before, by its bare characters alone."""

from __future__ import annotations

from collections.abc import Iterable

OVERLAP = 0.8  # share of common character pairs from which two lines are the same line


def bare(text: str) -> str:
    """The letters, digits and characters of a line, without marks and spaces."""
    return "".join(character for character in text if character.isalnum())


def repeats(line: str, earlier: Iterable[str]) -> bool:
    """Whether a bare line is (nearly) one of the earlier bare lines; very short ones must be quite the same."""
    pairs = _pairs(line)
    for other in earlier:
        others = _pairs(other)
        if line == other or (len(pairs) > 3 and len(pairs & others) >= OVERLAP * len(pairs | others)):
            return True
    return False


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}
