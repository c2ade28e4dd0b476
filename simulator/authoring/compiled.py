"""Content that was read and found sound, kept as plain JSON so that the same files need not be read again.

Nothing rests on what is kept: where it is missing, damaged, or was made from other bytes, the sources are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from simulator.authoring.packing import pack, unpack
from simulator.authoring.source import Source

BASE = Path(__file__).resolve().parents[2]
# all that turns a source into a value: with one byte of it changed, what was kept is not used any more
READERS = (
    "simulator/authoring/*.py",
    "simulator/dialogue/*.py",
    "simulator/reading/*.py",
    "simulator/reading/*.yaml",
    "simulator/reading/tables/*.txt",
    "scoring/*.py",
)
# what content may speak of by its name: that it is there counts, not what is in it
NAMED = ("simulator/reading/acts/*.yaml", "scoring/rulebooks/cn/*.yaml")
OTHERS_MAY_WRITE = 0o022

T = TypeVar("T")


def _readers() -> bytes:
    """Of the code and tables of this installation."""
    whole = hashlib.sha256()
    for path in _matching(READERS):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    for path in _matching(NAMED):
        whole.update(f"{path.name}\n".encode())
    return whole.digest()


def _matching(patterns: Iterable[str]) -> list[Path]:
    return sorted(path for pattern in patterns for path in BASE.glob(pattern) if path.is_file())


# taken when the code is loaded: were it replaced while this runs, what the old code reads must not pass for the new's
READ_BY = _readers()


def cache_folder() -> Path | None:
    """Where what was read is kept: `PEILIAN_CACHE`, else the platform's folder. None where that is set to nothing."""
    named = os.environ.get("PEILIAN_CACHE")
    if named is not None:
        return Path(named).expanduser() if named else None
    import platformdirs

    return Path(platformdirs.user_cache_dir("peilian", appauthor=False))


def compiled(
    kind: type[T], name: str, sources: Sequence[Source], read: Callable[[], T], folder: Path | None
) -> T:
    """What `read` makes of the sources, or made of them before. `read` raises where anything is wrong in them."""
    if folder is None or not _is_ours_alone(folder):
        return read()
    path, key = folder / f"{name}.json", _key(name, sources)
    content = _kept(path, key)
    if content is not None:
        return unpack(kind, content)
    value = read()
    _keep(path, key, json.dumps(pack(value), ensure_ascii=False, separators=(",", ":")).encode())
    return value


def _is_ours_alone(folder: Path) -> bool:
    """Whether nobody else on this machine could have put something there; Windows sees to that by itself."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return False
    return sys.platform == "win32" or (
        status.st_uid == os.geteuid() and not status.st_mode & OTHERS_MAY_WRITE
    )


def _key(name: str, sources: Sequence[Source]) -> bytes:
    whole = hashlib.sha256(READ_BY)
    for part in (name, *(part for source in sources for part in (source.stem, source.text))):
        whole.update(hashlib.sha256(part.encode()).digest())
    return whole.hexdigest().encode()


def _kept(path: Path, key: bytes) -> object | None:
    """What is kept at `path`, where it was made from `key` and is whole."""
    try:
        made_from, digest, content = path.read_bytes().split(b"\n", 2)
        return json.loads(content) if (made_from, digest) == (key, _digest(content)) else None
    except (OSError, ValueError):
        return None


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _keep(path: Path, key: bytes, content: bytes) -> None:
    """Puts the file in its place in one move; a folder that cannot be written to costs time and nothing else."""
    import secrets

    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        beside.write_bytes(b"\n".join((key, _digest(content), content)))
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
