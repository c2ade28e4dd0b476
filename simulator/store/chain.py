"""Chained records as files: appended under a lock, on disk before anybody is told, never rewritten."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from simulator.errors import RecordError, StorageError
from simulator.store.keys import Signer
from simulator.store.locks import locked, try_lock
from simulator.training.exam.entry import FIRST, Entry, hash_of, line_of, made, parse_line, signed_words
from simulator.training.exam.keeping import Clock, MovedError, New

SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole lines at the start of a file, without their ends, and the torn one after them."""

    lines: tuple[bytes, ...]
    torn: bytes


def whole_lines(content: bytes) -> Whole:
    """Bytes after the last line feed are what a kill or a power cut left: they were acknowledged to nobody."""
    end = content.rfind(b"\n") + 1
    return Whole(tuple(content[:end].split(b"\n")[:-1]), content[end:])


class Chain:
    """One record, open for adding. `id` is what the centre's signatures name it by; `torn` is how many bytes a break
    had left at its end: they are moved to a file beside it. Several programs may hold the same record: each sees what the others
    added at its next `add` or `refresh`. With the centre's key at hand nothing is taken in that should be signed by it
    and is not: `signed` are the kinds of such entries (None: all)."""

    def __init__(
        self,
        path: Path,
        id: str,
        clock: Clock,
        signer: Signer | None,
        *,
        new: bool = False,
        signed: frozenset[str] | None = frozenset(),
    ) -> None:
        self.path, self.id, self.torn = path, id, 0
        self._clock, self._signer, self._kinds = clock, signer, signed
        self._entries: list[Entry] = []
        self._end = 0
        self._guard = threading.Lock()  # the file's lock does not hold the threads of one program apart
        try:
            if new:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = _opened(path, new)
        except FileExistsError as error:
            raise StorageError(f"{path} 已经有了，不会盖掉它") from error
        except OSError as error:
            raise StorageError(f"打不开考试记录 {path}：{error.strerror}；看看路径和权限") from error
        try:
            self._take_up()
        except BaseException:
            self._file.close()
            raise

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def add(self, *news: New, after: int | None = None) -> None:
        """Appends all of `news` or none. Raises StorageError when it cannot be kept, RecordError when the file on
        disk is no longer the record that this one continues, MovedError when others have added to the `after` entries
        that the caller knew."""
        if not news:
            return
        try:
            with self._guard, locked(self._file.fileno()):
                self._read_on()
                if after is not None and after != len(self._entries):
                    raise MovedError
                entries = self._made(news)
                self._write(b"".join(map(line_of, entries)))
                self._entries.extend(entries)
        except OSError as error:
            raise StorageError(
                f"没能存进 {self.path}：{error.strerror}；前面的都在，腾出空间或恢复权限以后，再来一次就行"
            ) from error

    def refresh(self) -> None:
        """Reads what other programs have added."""
        try:
            if os.fstat(self._file.fileno()).st_size != self._end:
                with self._guard, locked(self._file.fileno()):
                    self._read_on()
        except OSError as error:
            raise StorageError(f"读不了 {self.path}：{error.strerror}") from error

    def _take_up(self) -> None:
        try:
            with locked(self._file.fileno()):
                self._read_on()
        except OSError as error:
            raise StorageError(f"读不了 {self.path}：{error.strerror}") from error

    def _read_on(self) -> None:
        """Takes in whole lines from where this program stopped reading; cuts a torn end off. Under the lock only:
        without it, what looks torn may be what another program is just writing."""
        size = os.fstat(self._file.fileno()).st_size
        if size < self._end:
            raise RecordError(f"{self.path} 比刚才短了：有人动过这份记录，不能再往下写")
        if size == self._end:
            return
        self._file.seek(self._end)
        whole = whole_lines(self._file.read())
        fresh: list[Entry] = []
        for number, line in enumerate(whole.lines, len(self._entries) + 1):
            fresh.append(self._linked(line, number, fresh or self._entries))
        self._check_signature(fresh)
        self._entries.extend(fresh)
        self._end += sum(len(line) + 1 for line in whole.lines)
        if whole.torn:
            with open(self.path.with_suffix(".torn"), "ab", opener=_for_owner) as torn:
                torn.write(whole.torn + b"\n")
            self._file.truncate(self._end)
            os.fsync(self._file.fileno())
            self.torn += len(whole.torn)

    def _linked(self, line: bytes, number: int, before: Sequence[Entry]) -> Entry:
        """The entry of a line: it must follow the last of those `before` it, and be signed where only the centre may
        have written it."""
        place = f"{self.path} 第 {number} 行"
        entry = parse_line(line, place)
        last = before[-1] if before else None
        follows = (entry.n, entry.prev) == (last.n + 1 if last else 1, last.hash if last else FIRST)
        if not follows or entry.hash != hash_of(entry) or line_of(entry) != line + b"\n":
            raise RecordError(f"{place}和前面的对不上：这份记录被改过，不能再往下写；用 exam verify 查看")
        must = self._kinds is None or entry.kind in self._kinds
        if self._signer is not None and must and entry.key is None:
            raise RecordError(f"{place}没有考点的签名：不是考点写的，不能再往下写；用 exam verify 查看")
        return entry

    def _check_signature(self, fresh: Sequence[Entry]) -> None:
        """The last signature answers for all that came before it: the hashes lead up to it."""
        last = next((entry for entry in reversed(fresh) if entry.key is not None), None)
        if self._signer is None or last is None:
            return
        key, place = self._signer.public, f"{self.path} 第 {last.n} 行"
        if last.key != key.id:
            raise StorageError(
                f"{place}是用 {last.key} 签的，现在的钥匙是 {key.id}，不是这个考点的；把原来的钥匙放回去"
            )
        if not key.verifies(last.sig or "", signed_words(self.id, last)):
            raise RecordError(f"{place}的签名不对：不是考点写的，不能再往下写；用 exam verify 查看")

    def _made(self, news: Sequence[New]) -> list[Entry]:
        entries: list[Entry] = []
        last = self._entries[-1] if self._entries else None
        for new in news:
            last = self._signed(made(last, self._clock(), new.kind, new.body, self._key_of(new)))
            entries.append(last)
        return entries

    def _key_of(self, new: New) -> str | None:
        if not new.signed:
            return None
        if self._signer is None:
            raise StorageError("这一步要考点的钥匙签名，这里没有钥匙；请在考点的机器上做")
        return self._signer.public.id

    def _signed(self, entry: Entry) -> Entry:
        if entry.key is None:
            return entry
        assert self._signer is not None
        return replace(entry, sig=self._signer.sign(signed_words(self.id, entry)))

    def _write(self, lines: bytes) -> None:
        try:
            self._file.seek(self._end)
            written = 0
            while written < len(lines):
                written += self._file.write(lines[written:])
            os.fsync(self._file.fileno())
        except BaseException:
            self._take_back()
            raise
        self._end += len(lines)

    def _take_back(self) -> None:
        try:
            self._file.truncate(self._end)
            os.fsync(self._file.fileno())
        except OSError:
            pass  # whole lines that nobody was told of may stay: they are read again, and said turns are not doubled

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Chain:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _opened(path: Path, new: bool) -> BinaryIO:
    if not new:
        return open(path, "r+b", buffering=0)
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b", buffering=0)
    _sync_folder(path.parent)
    return file


def _sync_folder(folder: Path) -> None:
    """A new file's name is on disk only when its folder is. Windows does not offer this."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Seat:
    """Holds an attempt for one sitting: a second program that would sit the same one is refused."""

    def __init__(self, record: Path) -> None:
        path = record.with_suffix(".seat")
        try:
            self._file = open(path, "ab")  # noqa: SIM115
        except OSError as error:
            raise StorageError(f"写不了 {path}：{error.strerror}；换一个能写的文件夹") from error
        if not try_lock(self._file.fileno()):
            self._file.close()
            raise StorageError(f"{record.stem} 正在另一个窗口或另一台机器上考；先把那一边关掉")

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Seat:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
