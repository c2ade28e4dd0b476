"""The bar at the top of every screen and the keys at its bottom."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from simulator.tui.look import MUTED, own, text

GAP = "   "


class TopBar(Static):
    """Name of the program and where one is; on the right, what always holds here."""

    def __init__(self, title: str, where: str = "", id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        name = own(f" {title} ", "bold $background on $primary")
        self._badge, self._left, self._right = name, own(where, "bold"), own("")

    def show(self, where: str, right: Content | str = "") -> None:
        self._left = text(where, "bold")
        self._right = text(right, MUTED) if isinstance(right, str) else right
        self.refresh(layout=True)

    def render(self) -> Content:
        left = own(" ").join([self._badge, self._left])
        room = max(0, self.size.width - self._right.cell_length - 2)
        if left.cell_length > room:
            left = left.truncate(room, ellipsis=True)
        return own("").join([left, own(" " * (room + 1 - left.cell_length)), self._right])


class KeyBar(Static):
    """The keys that work here; each can also be clicked. `keys` are (key as written, label, action of the screen)."""

    def __init__(self, keys: Sequence[tuple[str, str, str]], id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._keys = tuple(keys)

    def show(self, keys: Sequence[tuple[str, str, str]]) -> None:
        self._keys = tuple(keys)
        self.refresh(layout=True)

    def render(self) -> Content:
        pieces: list[Content] = []
        width = 1
        for key, label, action in self._keys:
            # key, label and action are the program's own words, never anybody's text
            target = action if action.endswith(")") else f"{action}()"
            piece = Content.from_markup(
                f"[@click=screen.{target}][bold $primary]{key}[/] [$muted]{label}[/][/]"
            )
            width += piece.cell_length + len(GAP)
            if width > self.size.width + len(GAP):
                break
            pieces.append(piece)
        return own(" ").append(own(GAP).join(pieces))
