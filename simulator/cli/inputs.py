"""Lines of text from a file or from standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from simulator.errors import StorageError


@contextmanager
def lines_of(name: str) -> Iterator[Iterator[str]]:
    """The lines of a file (`-` is standard input) without their ends. Raises StorageError."""
    if name == "-":
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        yield (line.rstrip("\r\n") for line in sys.stdin)
        return
    try:
        with open(name, encoding="utf-8-sig", errors="replace", newline="") as file:
            yield (line.rstrip("\r\n") for line in file)
    except OSError as error:
        raise StorageError(f"读不了 {name}：{error.strerror}；看看路径对不对") from error
