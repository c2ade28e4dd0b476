"""Colours and the few helpers by which every text reaches the screen: stripped of controls, never read as markup."""

from __future__ import annotations

import re
from decimal import Decimal

from textual.content import Content
from textual.theme import Theme

DARK, LIGHT = "peilian-dusk", "peilian-paper"

DUSK = Theme(
    name=DARK,
    dark=True,
    primary="#e0a96d",
    secondary="#8fbcaa",
    accent="#d98f76",
    foreground="#ece4d8",
    background="#1b1917",
    surface="#23201d",
    panel="#2d2925",
    success="#9dc183",
    warning="#e3b95f",
    error="#ec8069",
    variables={"muted": "#a89c8c", "line": "#453e37", "mine": "#3a3128", "theirs": "#26302c"},
)
PAPER = Theme(
    name=LIGHT,
    dark=False,
    primary="#8a5316",
    secondary="#2f6b5a",
    accent="#9a4a2f",
    foreground="#332b23",
    background="#faf6ee",
    surface="#f4ede1",
    panel="#ebe2d3",
    success="#41702b",
    warning="#8a6100",
    error="#b03a26",
    variables={"muted": "#73685a", "line": "#d3c6b2", "mine": "#f3e2c8", "theirs": "#dfebe4"},
)

MUTED, STRONG, GOOD, WARN, BAD, HEAD = (
    "$muted",
    "bold",
    "$success",
    "$warning",
    "bold $error",
    "bold $primary",
)

Piece = str | Content | tuple[str, str]


def text(words: str, style: str = "", *, lines: bool = False) -> Content:
    """Words from anywhere (trainee, persona, files) as they stand."""
    from simulator.dialogue.safe import (
        safe,
    )  # brings the whole vocabulary along, which the first frame can do without

    return Content.styled(safe(words, lines=lines), style)


def own(words: str, style: str = "") -> Content:
    """The interface's own words."""
    return Content.styled(words, style)


def join(*pieces: Piece) -> Content:
    """Pieces in a row; a pair is words and their style."""
    return Content("").join(
        text(piece[0], piece[1], lines=True) if isinstance(piece, tuple) else _content(piece)
        for piece in pieces
    )


def _content(piece: str | Content) -> Content:
    return text(piece, lines=True) if isinstance(piece, str) else piece


def rows(pieces: list[Content]) -> Content:
    """One piece a line."""
    return Content("\n").join(pieces)


def marked(words: str, spans: list[tuple[int, int]], style: str) -> Content:
    """`words` with the spans set off. Offsets count before controls are stripped, so nothing is when there are some."""
    shown = text(words)
    if len(shown) != len(words):
        return shown
    for start, end in spans:
        shown = shown.stylize(style, max(0, start), min(end, len(words)))
    return shown


def closed_up(words: str) -> str:
    """Without the blanks that YAML's folded lines leave between Chinese characters."""
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef”’])[ \n]+(?=[\u3000-\u9fff\uff00-\uffef“‘])", "", words)


def yuan(value: Decimal | int | float) -> str:
    return f"{Decimal(str(value)):,.2f}".removesuffix(".00")
