"""The small windows: a question, the help, the prepared lines."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.look import HEAD, MUTED, text
from simulator.tui.words import Words


class Ask(ModalScreen[bool]):
    """A question with two answers; Escape is the second, and so is a bare Enter."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "no", show=False),
        Binding("f8", "yes", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, more: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._more, self._yes, self._no = question, more, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(text(self._question, HEAD), markup=False)
            yield Static(text(self._more, lines=True), classes="more", markup=False)
            with Horizontal(classes="answers"):
                yield Button(text(self._no), id="no", variant="primary")
                yield Button(text(self._yes), id="yes")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


class Tell(ModalScreen[None]):
    """Something to read: help, or what went wrong."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f1,f10", "shut", show=False)]

    def __init__(self, title: str, words: str, close: str) -> None:
        super().__init__()
        self._title, self._words, self._close = title, words, close

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            yield Static(text(self._title, HEAD), markup=False)
            with VerticalScroll(classes="more"):
                yield Static(text(self._words, lines=True), markup=False)
            with Horizontal(classes="answers"):
                yield Button(text(self._close), variant="primary")

    def on_button_pressed(self) -> None:
        self.dismiss(None)

    def action_shut(self) -> None:
        self.dismiss(None)


class Picks(ModalScreen[str | None]):
    """A choice out of groups: the prepared lines by step of the call, or what `kind` names."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f2,f3,f10", "shut", show=False)]

    def __init__(self, groups: list[tuple[str, list[str]]], words: Words, kind: str = "picks") -> None:
        super().__init__()
        self._groups, self._w, self._kind = groups, words, kind
        self._lines = [line for _, lines in groups for line in lines]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            yield Static(text(self._w(f"{self._kind}.title"), HEAD), markup=False)
            options: list[Option] = []
            for step, lines in self._groups:
                options.append(Option(text(step, "$secondary"), disabled=True))
                options += [Option(text(f"  {line}")) for line in lines]
            yield OptionList(*options, markup=False, classes="more")
            yield Static(text(self._w(f"{self._kind}.help"), MUTED), markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        heads = 0
        place = 0
        for _, lines in self._groups:
            heads += 1
            if event.option_index < place + 1 + len(lines):
                break
            place += 1 + len(lines)
        self.dismiss(self._lines[event.option_index - heads])

    def action_shut(self) -> None:
        self.dismiss(None)
