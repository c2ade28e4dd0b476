"""Where the trainee types: one row that grows, safe for input methods, sending on Enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from simulator.dialogue.safe import safe

MAX_CHARACTERS = 5000


class Line(TextArea):
    """Enter sends, Ctrl+J breaks the line, Up and Down walk through what was sent before.

    No key that types a character is bound: an input method may send any of them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j", "break_line", show=False),
        Binding("up", "earlier", show=False),
        Binding("down", "later", show=False),
        Binding("ctrl+z,super+z", "undo_or_take_back", show=False),
        Binding("pageup", "scroll_call(-1)", show=False),
        Binding("pagedown", "scroll_call(1)", show=False),
        # the editor's own meanings of these are the screen's here
        Binding("f6,f7", "pass", show=False),
    ]

    @dataclass
    class Sent(Message):
        text: str

    @dataclass
    class TakeBack(Message):
        """Ctrl+Z in an empty line."""

    @dataclass
    class Scrolled(Message):
        """A page up (-1) or down (1) of the call is wanted."""

        pages: int

    def __init__(self, placeholder: str, id: str | None = None) -> None:
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self._sent: list[str] = []
        self._place = 0
        self._draft = ""

    def remember(self, lines: list[str]) -> None:
        """Lines sent before, as when a call is resumed."""
        self._sent = list(lines)
        self._place = len(lines)

    def put(self, words: str) -> None:
        """`words` as the whole text, the cursor behind them."""
        self.load_text(words)
        self.move_cursor(self.document.end)

    def action_send(self) -> None:
        words = self.text
        if words.strip():
            self._sent.append(words)
        self._place, self._draft = len(self._sent), ""
        self.load_text("")
        self.post_message(self.Sent(words))

    def action_break_line(self) -> None:
        self.insert("\n")

    def action_pass(self) -> None:
        """Takes the key away from the editor."""

    def action_earlier(self) -> None:
        if self.cursor_location[0] or self.wrapped_document.location_to_offset(self.cursor_location).y:
            self.action_cursor_up()
        elif self._place:
            if self._place == len(self._sent):
                self._draft = self.text
            self._place -= 1
            self.put(self._sent[self._place])

    def action_later(self) -> None:
        last_row = self.wrapped_document.location_to_offset(self.document.end).y
        if self.wrapped_document.location_to_offset(self.cursor_location).y < last_row:
            self.action_cursor_down()
        elif self._place < len(self._sent):
            self._place += 1
            self.put(self._draft if self._place == len(self._sent) else self._sent[self._place])

    def action_undo_or_take_back(self) -> None:
        if self.text:
            self.action_undo()
        else:
            self.post_message(self.TakeBack())

    def action_scroll_call(self, pages: int) -> None:
        self.post_message(self.Scrolled(pages))

    async def _on_key(self, event: events.Key) -> None:
        """Enter takes its turn among the keys: a priority binding would overtake characters typed fast before it."""
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.action_send()
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Pasted text without controls, and no more of it than a line may hold."""
        event.prevent_default()
        event.stop()
        words = safe(event.text.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
        room = max(0, MAX_CHARACTERS - len(self.text))
        self.insert(words[:room])
