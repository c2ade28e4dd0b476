"""The call as bubbles: the other side on the left, the trainee on the right, each with its name and the call's time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.dialogue import Reading, Speaker, Turn
from simulator.tui.look import BAD, MUTED, join, marked, text
from simulator.tui.words import Words


class Bubble(Horizontal):
    """One turn. `spans` of its text are set off; `flags` are short remarks under it."""

    def __init__(
        self,
        turn: Turn,
        name: str,
        silence: str,
        spans: list[tuple[int, int]],
        flags: list[str],
        mark: str = "",
    ) -> None:
        mine = turn.who is Speaker.COLLECTOR
        super().__init__(classes="mine" if mine else "theirs", id=f"turn-{turn.n}")
        self._words = (
            marked(turn.text, spans, "underline $error") if turn.text else text(silence, "italic $muted")
        )
        self._head = join(
            *([(f"{mark} ", "bold")] if mark else []), (name, "bold"), (f"  {turn.clock:%H:%M:%S}", MUTED)
        )
        self._foot = [text(f"⚑ {flag}", BAD) for flag in flags]

    def compose(self) -> ComposeResult:
        yield Static(
            Content("\n").join([self._head, self._words, *self._foot]), classes="bubble", markup=False
        )


class Conversation(VerticalScroll, can_focus=False):
    """Never takes the focus, so that no typing is lost by a click."""

    def __init__(self, words: Words, id: str | None = None) -> None:
        super().__init__(id=id)
        self._w = words

    async def add(
        self, turn: Turn, name: str, reading: Reading | None = None, flags: list[str] | None = None
    ) -> None:
        spans = [(cue.start, cue.end) for cue in reading.cues] if reading and flags else []
        await self.mount(Bubble(turn, name, self._w("talk.silence"), spans, flags or []))
        self.scroll_end(animate=False)

    async def drop_from(self, n: int) -> None:
        """Takes the bubbles of turn `n` and all later ones away."""
        gone = [bubble for bubble in self.query(Bubble) if int((bubble.id or "turn-0")[5:]) >= n]
        await self.remove_children(gone)
        self.scroll_end(animate=False)

    async def note(self, words: str) -> None:
        """A remark between the bubbles."""
        await self.mount(Static(text(words, MUTED), classes="remark", markup=False))
        self.scroll_end(animate=False)

    def page(self, pages: int) -> None:
        self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)
