"""What can go wrong, as the user should hear of it.

PeilianError
├── ContentError      content files are wrong; carries their diagnostics
├── UnknownNameError       a name that does not exist, with the nearest ones
├── RecordError       a transcript or attempt cannot be read
├── ExamError         an exam does not allow this, or not now
└── StorageError      a file or folder cannot be read or written
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One thing wrong in a content file. `line` and `column` count from 1, 0 where there is no place.

    `source` is the line itself, `width` how many characters the caret underlines, `help` the cure. `values` are what
    the message and the cure speak of, by name.
    """

    path: str
    line: int
    column: int
    severity: str
    message: str
    id: str
    source: str = ""
    width: int = 1
    help: str = ""
    values: Mapping[str, str] = field(default_factory=dict, compare=False)


class PeilianError(Exception):
    """Base of every error that is shown to the user as one message, without a traceback."""


class ContentError(PeilianError):
    """One or more content files are wrong. `diagnostics` are sorted by place."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        first = self.diagnostics[0]
        super().__init__(f"{first.path}:{first.line}:{first.column}: {first.message}")


class UnknownNameError(PeilianError):
    """There is no `kind` called `name`; `near` are names that look like it."""

    def __init__(self, kind: str, name: str, near: Sequence[str] = ()) -> None:
        self.kind, self.name, self.near = kind, name, tuple(near)
        hint = f"；是不是“{'”或“'.join(self.near)}”？" if self.near else ""
        super().__init__(f"没有叫“{name}”的{kind}{hint}")


class RecordError(PeilianError):
    """A transcript cannot be read: says which line and why."""


class ExamError(PeilianError):
    """An exam does not allow this, or not now: says why and what may be done instead."""


class StorageError(PeilianError):
    """A file or folder cannot be read or written: says which and what to do."""
