"""What is wrong in the files being written: place, what was found, the cure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.errors import Diagnostic
from simulator.tui.look import BAD, GOOD, MUTED, WARN, join, rows, text
from simulator.tui.words import Words


class Problems(VerticalScroll, can_focus=False):
    def __init__(self, words: Words, id: str | None = None) -> None:
        super().__init__(id=id)
        self._w = words

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, problems: Sequence[Diagnostic], watched: str) -> None:
        """`watched` names the files whose changes are seen."""
        content = rows(list(_lines(problems))) if problems else self._fine(watched)
        self.query_one(Static).update(content)
        self.scroll_home(animate=False)

    def _fine(self, watched: str) -> Content:
        return rows(
            [
                text(f"✓ {self._w('preview.fine')}", GOOD),
                text(self._w("preview.watched", files=watched), MUTED),
            ]
        )


def _lines(problems: Sequence[Diagnostic]) -> Iterator[Content]:
    for problem in problems:
        place = f"{PurePath(problem.path).name}:{problem.line}:{problem.column}"
        style = BAD if problem.severity == "error" else WARN
        yield join((place, style), "  ", problem.message, (f"  [{problem.id}]" if problem.id else "", MUTED))
        if problem.help:
            yield join(("  → ", GOOD), problem.help)
