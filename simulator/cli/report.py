"""The only place that writes to stderr and knows the exit codes; stdout is data.

0 done · 1 looked at and found wrong (content, record, check) · 2 wrong usage or unknown name · 3 a file cannot be
read or written · 130 interrupted. A closed pipe ends the program quietly with 0.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.errors import ContentError, Diagnostic, PeilianError, StorageError, UnknownNameError

DONE, FOUND_WRONG, USAGE, STORAGE, INTERRUPTED = 0, 1, 2, 3, 130
BAR = 30  # columns of a progress bar


def emit(event: Mapping[str, Any]) -> None:
    """One JSON object on a line of stdout, out at once, so that a pipe sees each turn as it happens."""
    from simulator.training.record import dump

    show(dump(event))


def show(text: str) -> None:
    """Text for people or programs on stdout."""
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
    sys.stdout.flush()


def complain(error: PeilianError) -> int:
    """The error on stderr, in the user's words; the exit code that belongs to it."""
    if isinstance(error, ContentError):
        tell(*(render(problem) for problem in error.diagnostics))
        return FOUND_WRONG
    tell(f"peilian：{error}")
    return (
        USAGE
        if isinstance(error, UnknownNameError)
        else STORAGE
        if isinstance(error, StorageError)
        else FOUND_WRONG
    )


def tell(*messages: str) -> None:
    """Messages for people on stderr."""
    for message in messages:
        sys.stderr.write(message.encode("utf-8", "replace").decode("utf-8") + "\n")


LONGEST_LINE = 120  # characters of an author's line that are shown
SEVERITY = {
    "zh": {"error": "错误：", "warning": "提醒："},
    "en": {"error": "error: ", "warning": "warning: "},
}


def progress(done: int, of: int) -> None:
    """A bar on a terminal's stderr, wiped when it is full; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        return
    full = BAR * done // of
    sys.stderr.write(f"\r{'█' * full}{'░' * (BAR - full)} {done}/{of}")
    if done == of:
        sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


def render(problem: Diagnostic, language: str = "zh") -> str:
    """`path:line:column: severity: message [id]`, the line, a caret under the place, the cure."""
    place = f":{problem.line}:{problem.column}" if problem.line else ""
    severity = SEVERITY[language].get(problem.severity, f"{problem.severity}: ")
    lines = [f"{problem.path}{place}: {severity}{problem.message} [{problem.id}]"]
    if problem.line:
        gutter = " " * len(str(problem.line))
        shown, before, under = _excerpt(problem)
        caret = " " * columns(before) + "^" + "~" * (columns(under) - 1)
        lines += [f"{gutter} |", f"{problem.line} | {shown}", f"{gutter} | {caret}"]
    if problem.help:
        lines.append(f"  = {'help: ' if language == 'en' else '怎么改：'}{problem.help}")
    return "\n".join(lines)


def _excerpt(problem: Diagnostic) -> tuple[str, str, str]:
    """The line as it is shown, cut about the place where it is long; what stands before the place, and under the caret."""
    from simulator.dialogue.safe import safe

    first = problem.column - 1
    start = max(0, first - LONGEST_LINE // 2) if len(problem.source) > LONGEST_LINE else 0
    stop = start + LONGEST_LINE
    lead = "…" if start else ""
    tail = "…" if len(problem.source) > stop else ""
    before = lead + safe(problem.source[start:first])
    under = safe(problem.source[first : min(stop, first + problem.width)])
    return before + safe(problem.source[first:stop]).rstrip() + tail, before, under


def columns(text: str) -> int:
    """How many terminal columns `text` takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows in columns that line up in a terminal."""
    rows = list(rows)
    widths = [max(columns(row[index]) for row in rows) for index in range(len(rows[0]))] if rows else []
    return "\n".join(
        "  ".join(
            cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
