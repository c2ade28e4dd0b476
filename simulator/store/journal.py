"""Records of calls as files: every event is on disk before the call goes on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from simulator.errors import StorageError
from simulator.training.record import dump


class Journal:
    """Appends events to one file. Each `keep` returns only when its line is synced to disk.

    Opening a file whose last line was torn by a kill first cuts that line off. Raises StorageError.
    """

    def __init__(self, path: Path, *, resume: bool = False) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # kept open for the whole call; `close` ends it
            self._file: BinaryIO = open(path, "r+b" if resume else "xb", buffering=0)  # noqa: SIM115
            if resume:
                self._cut_torn_line()
        except FileExistsError as error:
            raise StorageError(f"{path} 已经有了；换个文件名，或先把它移开") from error
        except OSError as error:
            raise StorageError(f"写不了 {path}：{error.strerror}；换一个能写的文件夹") from error

    def _cut_torn_line(self) -> None:
        content = self._file.read()
        whole = content.rfind(b"\n") + 1
        self._file.seek(whole)
        self._file.truncate()

    def keep(self, event: Mapping[str, Any]) -> None:
        line = (dump(event) + "\n").encode("utf-8", "replace")
        start = self._file.tell()
        try:
            written = self._file.write(line)
            while written < len(line):
                written += self._file.write(line[written:])
            os.fsync(self._file.fileno())
        except OSError as error:
            self._take_back(start)
            raise StorageError(
                f"这一轮没能存到 {self.path}：{error.strerror}；前面的都在，腾出空间后可以接着练"
            ) from error

    def _take_back(self, start: int) -> None:
        try:
            self._file.seek(start)
            self._file.truncate()
        except OSError:
            pass  # the reader leaves a torn last line out anyway

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
