"""Files that are written whole: they are there complete, or not at all, or still as they were."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from simulator.errors import StorageError


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes text (as UTF-8) or bytes to a file beside `path`, syncs it, and puts it in `path`'s place. Raises StorageError.

    What is no file (a pipe, a device) is written to directly, not replaced.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path.resolve(), data)
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name; a ring of links
        reason = error.strerror if isinstance(error, OSError) else error
        raise StorageError(f"写不了 {path}：{reason}；换一个能写的地方，或腾出空间再来") from error


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".peilian-{secrets.token_hex(8)}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
