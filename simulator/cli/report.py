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


def render(problem: Diagnostic) -> str:
    """`path:line:column: severity: message [id]`, the line, a caret under the place, the cure."""
    place = f":{problem.line}:{problem.column}" if problem.line else ""
    severity = {"error": "错误", "warning": "提醒"}.get(problem.severity, problem.severity)
    lines = [f"{problem.path}{place}: {severity}：{problem.message} [{problem.id}]"]
    if problem.line:
        gutter = " " * len(str(problem.line))
        before = problem.source[: problem.column - 1]
        under = problem.source[problem.column - 1 : problem.column - 1 + problem.width]
        caret = " " * columns(before) + "^" + "~" * (columns(under) - 1)
        lines += [f"{gutter} |", f"{problem.line} | {problem.source.rstrip()}", f"{gutter} | {caret}"]
    if problem.help:
        lines.append(f"  = 怎么改：{problem.help}")
    return "\n".join(lines)


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
