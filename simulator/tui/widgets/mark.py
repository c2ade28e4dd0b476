"""One mark of the scorecard: a line that opens to the words, the reason, the rule and the better sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from simulator.tui.look import BAD, GOOD, MUTED, WARN, join, rows, text
from simulator.tui.words import Words

SIGNS = {
    "yes": ("✓", GOOD),
    "half": ("◐", WARN),
    "no": ("✗", BAD),
    "fatal": ("⚑", BAD),
    "major": ("⚑", BAD),
    "minor": ("⚑", WARN),
    "doubt": ("?", WARN),
}


class Mark(Vertical, can_focus=True):
    """`kind` is a key of `SIGNS`; `data` one breach or finding of the scorecard's plain form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    @dataclass
    class Pointed(Message):
        """The mark is looked at; its words stand in that turn."""

        turn: int

    def __init__(self, kind: str, data: dict[str, Any], words: Words, is_open: bool = False) -> None:
        super().__init__()
        self._kind, self._data, self._w = kind, data, words
        self._is_open = is_open

    def compose(self) -> ComposeResult:
        yield Static(self._title(), classes="mark-title", markup=False)
        body = Static(rows(list(self._body())), classes="mark-body", markup=False)
        body.display = self._is_open
        yield body

    def action_open(self) -> None:
        self._is_open = not self._is_open
        self.query_one(".mark-body").display = self._is_open
        self.query_one(".mark-title", Static).update(self._title())
        self.scroll_visible(animate=False)

    def on_click(self) -> None:
        self.focus()
        self.action_open()

    def on_focus(self) -> None:
        if self._data.get("turn"):
            self.post_message(self.Pointed(self._data["turn"]))

    def _title(self) -> Content:
        w, data = self._w, self._data
        sign, style = SIGNS[self._kind]
        pieces: list[Content | str | tuple[str, str]] = [
            ("▾ " if self._is_open else "▸ ", MUTED),
            (f"{sign} ", style),
        ]
        if self._kind in ("fatal", "major", "minor"):
            pieces.append((f"{w.term('severity', self._kind)} · ", style))
        pieces.append((str(data.get("title", "")), "bold" if self._kind != "yes" else ""))
        if "of" in data:
            pieces.append((f"  {w('score.points', points=data['points'], of=data['of'])}", MUTED))
        elif data.get("points"):
            pieces.append((f"  {w('score.deducted', points=data['points'])}", style))
        if data.get("turn"):
            pieces.append((f"  {w('score.turn', n=data['turn'])}", MUTED))
        return join(*pieces)

    def _body(self) -> Iterator[Content]:
        w, data = self._w, self._data
        if data.get("text"):
            yield self._row("score.said", text(f"「{data['text']}」", "bold"))
        if data.get("why"):
            yield self._row("score.matters" if "rule" in data else "score.why", text(data["why"]))
        if data.get("raised"):
            yield self._row("score.why", text(data["raised"]))
        if data.get("matters"):
            yield self._row("score.matters", text(data["matters"]))
        if data.get("rule_text"):
            yield self._row("score.rule", text(data["rule_text"]))
        for source in data.get("sources", ()):
            yield self._row("score.source", _source(source, w))
        yield from self._improvement()

    def _improvement(self) -> Iterator[Content]:
        """The trainee's own sentence and what it might have been; other wordings after it."""
        better, others = self._data.get("better"), list(self._data.get("say_instead") or ())
        if better:
            yield text(self._w("score.better"), "bold $secondary")
            yield join(("－ ", BAD), *_side(better["diff"], "cut", "strike $error"))
            yield join(("＋ ", GOOD), *_side(better["diff"], "put", "bold underline $success"))
            others = [line for line in others if line not in better["improved"]]
        for line in others[: 1 if better else 2]:
            yield self._row("score.or", text(line, GOOD))

    def _row(self, key: str, value: Content) -> Content:
        return join((f"{self._w(key)}　", MUTED), value)


def _side(diff: list[list[str]], changed: str, style: str) -> list[tuple[str, str]]:
    """One side of a difference: what both have in common, and what is only on this side."""
    return [(words, style if step == changed else "") for step, words in diff if step in ("keep", changed)]


def _source(source: dict[str, Any], w: Words) -> Content:
    article = f" {source['article']}" if source.get("article") else ""
    return join(f"{source['document']}{article}", (f"（{w.term('how', str(source.get('how', '')))}）", MUTED))
