"""Line breaks for Chinese. Textual breaks only at blanks, so a sentence after a figure would start a ragged new line."""

from __future__ import annotations

from rich._wrap import divide_line as divide_at_blanks
from rich.cells import get_character_cell_size

NOT_FIRST = frozenset("，。！？、；：”’）》」』】…—％,.!?;:)]}%")
NOT_LAST = frozenset("（《「『【“‘([{")


def divide(text: str, width: int, fold: bool = True) -> list[int]:
    """Where to break one line of text so that no part is wider than `width` cells, as code points from its start.

    A break may come at a blank or beside a Chinese character, but no closing mark begins a row and no opening one ends it.
    """
    if text.isascii() or width < 2:
        return divide_at_blanks(text, width, fold)
    breaks: list[int] = []
    start, chance, used = 0, 0, 0
    previous, was_wide = "", False
    for place, character in enumerate(text):
        size = get_character_cell_size(character)
        is_wide = size == 2
        at_blank = previous.isspace() and not character.isspace()
        beside_wide = (is_wide or was_wide) and not character.isspace()
        if (at_blank or beside_wide) and character not in NOT_FIRST and previous not in NOT_LAST:
            chance = place
        while used + size > width and start < place and not character.isspace():
            cut = chance if chance > start else place
            breaks.append(cut)
            used = sum(get_character_cell_size(item) for item in text[cut:place])
            start = cut
        used += size
        previous, was_wide = character, is_wide
    return breaks


def install() -> None:
    """From now on every text on the screen breaks so. The function is the one that `Content` looks up for each line."""
    from textual import content

    vars(content)["divide_line"] = divide
