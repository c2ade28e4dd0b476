"""The rows of a model's weights, where they are until they are needed."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import Protocol


class Rows(Protocol):
    @property
    def size(self) -> int:
        """Of all rows, in bytes."""

    def piece(self, start: int, end: int) -> bytes: ...


class HeldRows:
    """Rows in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        return len(self._data)

    def piece(self, start: int, end: int) -> bytes:
        return self._data[start:end]


class StoredRows:
    """Rows in a file from byte `start` on. The file stays open, is read without a position that threads would share, and is
    not mapped: a map pulls in its neighbours with every row, and soon all of the file."""

    def __init__(self, path: Path, start: int) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._start = start
        weakref.finalize(self, os.close, self._file)

    @property
    def size(self) -> int:
        return os.fstat(self._file).st_size - self._start

    def piece(self, start: int, end: int) -> bytes:
        return os.pread(self._file, end - start, self._start + start)


def stored_rows(path: Path, start: int) -> Rows:
    """Rows that stay in their file where the system can read it so."""
    return StoredRows(path, start) if hasattr(os, "pread") else HeldRows(path.read_bytes()[start:])
