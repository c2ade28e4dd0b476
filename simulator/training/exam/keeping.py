"""What a use case needs of a durable record and of time; light, so that commands which play no call start fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from simulator.errors import ExamError
from simulator.training.exam.entry import Entry

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class New:
    """What is to be added to a record; `signed` where the centre answers for it."""

    kind: str
    body: Mapping[str, Any]
    signed: bool = False


class MovedError(ExamError):
    """Others have added to the record since it was last read: look again before adding."""

    def __init__(self) -> None:
        super().__init__("刚才别人也往这份记录里写了；看一看，再来一次")


class Record(Protocol):
    """A chained record on disk. `add` returns when all of it is there for good, or raises StorageError and has
    added none of it; it stamps the entries with its own clock. It raises MovedError when the record has more than
    `after` entries. `refresh` reads what others have added meanwhile."""

    @property
    def entries(self) -> Sequence[Entry]: ...

    def add(self, *news: New, after: int | None = None) -> None: ...

    def refresh(self) -> None: ...
