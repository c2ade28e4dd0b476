"""A content file being read: its text, the places in it, and all that was found wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from simulator.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class Mark:
    """A place: line and column from 1; `width` in characters."""

    line: int
    column: int
    width: int


@dataclass(slots=True)
class Source:
    """One file being read, and all that was found wrong in it."""

    path: str
    text: str
    problems: list[Diagnostic] = field(default_factory=list)
    _lines: list[str] | None = None
    _seen: set[Diagnostic] = field(default_factory=set)

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def report(self, mark: Mark | None, id: str, message: str, help: str = "", /, **values: object) -> None:
        """Keeps a problem. `message` and `help` are templates over `values`, in the words of the diagnostic's file."""
        named = {name: str(value) for name, value in values.items()}
        if named:
            message, help = message.format_map(named), help.format_map(named)
        if mark is None:
            self._keep(Diagnostic(self.path, 0, 0, "error", message, id, help=help, values=named))
            return
        line = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        place = (self.path, mark.line, mark.column)
        self._keep(Diagnostic(*place, "error", message, id, line, mark.width, help, named))

    def _keep(self, problem: Diagnostic) -> None:
        if problem not in self._seen:  # an alias is read at every place that names it
            self._seen.add(problem)
            self.problems.append(problem)

    @property
    def stem(self) -> str:
        return PurePath(self.path).stem
