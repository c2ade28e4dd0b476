"""A hall as a folder: its log, its key, and the record of every attempt.

    hall.jsonl           the chained log (`simulator.training.exam.hall`); people, codes and exams live nowhere else
    keys/centre.key|pub  the centre's key
    attempts/<id>.jsonl  one record each; beside it `.seat` (a lock) and `.torn` (what breaks left)
    beginning.lock       held while an attempt is begun

Only one of the hall's machines needs the folder; candidates never do.
"""

from __future__ import annotations

import re
import secrets as random_source
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from simulator.dialogue.plain import to_plain
from simulator.dialogue.safe import safe
from simulator.errors import ExamError, StorageError
from simulator.store.chain import SUFFIX, Chain
from simulator.store.hidden import hide, matches, new_code, new_secret
from simulator.store.keys import Signer, create_key, load_signer
from simulator.store.locks import locked
from simulator.training.exam.attempt import FORMAT as ATTEMPT_FORMAT
from simulator.training.exam.attempt import SIGNED_KINDS, Candidate
from simulator.training.exam.blueprint import Blueprint, Form
from simulator.training.exam.drawing import Offer, form_seed
from simulator.training.exam.entry import Entry
from simulator.training.exam.hall import (
    FORMAT,
    HallState,
    OpenExam,
    Person,
    Role,
    allowed,
    followed,
    may_begin,
    read_hall,
)
from simulator.training.exam.keeping import Clock, MovedError, New

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
LOG, KEYS, ATTEMPTS, BEGINNING = "hall.jsonl", "keys", "attempts", "beginning.lock"


def wall_clock() -> datetime:
    return datetime.now(UTC)


def checked_id(id: str) -> str:
    """Ids become names of files. Raises ExamError."""
    if not ID.fullmatch(id):
        raise ExamError(f"“{id}”不能当代号：只用小写字母、数字和短横线，最多 40 个，例如 li-lei 或 a017")
    return id


def attempt_file(folder: Path, attempt: str) -> Path:
    return folder / ATTEMPTS / f"{checked_id_of_attempt(attempt)}{SUFFIX}"


def checked_id_of_attempt(attempt: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,120}", attempt) or ".." in attempt:
        raise ExamError(f"没有“{attempt}”这份考试记录；代号像 shanggang.li-lei.1")
    return attempt


class AnchoredChain(Chain):
    """A record whose signed entries the hall writes down too, so that an end cut off later is missed."""

    def __init__(self, path: Path, id: str, hall: Hall, *, new: bool = False) -> None:
        super().__init__(path, id, hall.now, hall.signer, new=new, signed=SIGNED_KINDS)
        self._hall = hall

    def add(self, *news: New, after: int | None = None) -> None:
        super().add(*news, after=after)
        if any(new.signed for new in news):
            self._hall.anchor(self)


class Hall:
    """The open hall. Every change is in the log before the method returns. Raises ExamError for what is not allowed,
    UnknownNameError for who or what is not there, StorageError."""

    def __init__(self, folder: Path, clock: Clock = wall_clock) -> None:
        self.folder, self._clock = folder, clock
        if not (folder / LOG).is_file():
            raise StorageError(
                f"{folder} 里没有考点（缺 {LOG}）；先用 exam hall 建一个，或用 --hall 指对文件夹"
            )
        self.signer: Signer = load_signer(folder / KEYS)
        self._chain = Chain(folder / LOG, "hall", clock, self.signer, signed=None)
        try:
            self._state = read_hall(self._chain.entries)
        except BaseException:
            self._chain.close()
            raise
        self._read = len(self._chain.entries)
        self._guard = threading.Lock()

    @staticmethod
    def create(
        folder: Path, title: str, examiner: str, name: str, clock: Clock = wall_clock
    ) -> tuple[Hall, str]:
        """A new hall with its key and its first examiner, and that examiner's secret."""
        checked_id(examiner)
        if (folder / LOG).exists():
            raise StorageError(f"{folder} 里已经有考点了；换一个文件夹")
        signer = create_key(folder / KEYS)
        opening = {
            "format": FORMAT,
            "id": random_source.token_hex(6),
            "title": safe(title),
            "key": signer.public.id,
            "public": signer.public.pem(),
        }
        with Chain(folder / LOG, "hall", clock, signer, new=True) as chain:
            chain.add(New("hall", opening, signed=True))
        hall = Hall(folder, clock)
        secret = hall.put_person(examiner, examiner, safe(name), Role.EXAMINER, "")
        assert secret is not None
        return hall, secret

    @property
    def state(self) -> HallState:
        """The hall as it stands on disk now, changes by other programs included."""
        return self._seen()[0]

    def _seen(self) -> tuple[HallState, int]:
        """The hall, and how many entries of its log that state is of."""
        self._chain.refresh()
        with self._guard:
            for entry in self._chain.entries[self._read :]:
                self._state = followed(self._state, entry)
                self._read += 1
            return self._state, self._read

    @property
    def log(self) -> tuple[Entry, ...]:
        self._chain.refresh()
        return tuple(self._chain.entries)

    def now(self) -> datetime:
        return self._clock()

    def _log(self, kind: str, body: Mapping[str, Any]) -> None:
        self._chain.add(New(kind, body, signed=True))

    def put_person(self, by: str, id: str, name: str, role: Role, group: str) -> str | None:
        """Adds somebody, or changes who they are; the new secret of a marker, examiner or author, None for a
        candidate."""
        if role is not Role.EXAMINER:
            self._keep_an_examiner(id)
        secret = None if role is Role.CANDIDATE else new_secret()
        hidden = asdict(hide(secret)) if secret else None
        person = {"id": checked_id(id), "name": safe(name).strip(), "role": role.value, "group": safe(group)}
        self._log("person", {"by": by, **person, "secret": hidden})
        return secret

    def dismiss(self, by: str, id: str) -> None:
        self.state.person(id)
        self._keep_an_examiner(id)
        self._log("leave", {"by": by, "id": id})

    def _keep_an_examiner(self, id: str) -> None:
        """Without one nobody could ever be let in again."""
        here = [one.id for one in self.state.people.values() if one.here and one.role is Role.EXAMINER]
        if here == [id]:
            raise ExamError("这是最后一位考官；先加一位再走、再改身份")

    def issue_code(self, by: str, candidate: str, seat: str) -> str:
        """A single-use code for a candidate; it takes the place of one that was not used."""
        person = allowed(self.state.person(candidate), Role.CANDIDATE)
        code = new_code()
        self._log("code", {"by": by, "id": person.id, "seat": safe(seat), "secret": asdict(hide(code))})
        return code

    def redeem(self, candidate: str, code: str, purpose: str) -> tuple[Person, str]:
        """Spends the candidate's code; who that is and the seat."""
        while True:
            state, known = self._not_barred(candidate)
            person = state.people.get(candidate)
            issued = state.code_of(candidate, self._clock())
            if person is None or not person.here or issued is None or not matches(issued.secret, code):
                raise self._refused(candidate, "代号或座位码不对，或座位码已经用过、过期；请考官发一个新的")
            spent = New("enter", {"id": candidate, "how": "code", "for": purpose}, signed=True)
            try:
                self._chain.add(spent, after=known)
            except MovedError:  # somebody else has done something meanwhile: perhaps spent this very code
                continue
            return person, issued.seat

    def sign_in(self, id: str, secret: str, purpose: str, *roles: Role) -> Person:
        """An examiner, marker or author, with one of the roles."""
        person = self._not_barred(id)[0].people.get(id)
        if person is None or not person.here or not person.secret or not matches(person.secret, secret):
            raise self._refused(id, "代号或口令不对")
        allowed(person, *roles)
        self._log("enter", {"id": id, "how": "secret", "for": purpose})
        return person

    def _not_barred(self, id: str) -> tuple[HallState, int]:
        state, known = self._seen()
        if state.is_barred(id, self._clock()):
            raise ExamError(f"“{id}”错的次数太多了，十分钟后再试")
        return state, known

    def _refused(self, id: str, why: str) -> ExamError:
        """Kept under the known id only, so that invented ones cannot fill the log."""
        if id in self.state.people:
            self._log("refuse", {"id": id})
        return ExamError(why)

    def open_exam(
        self, by: str, blueprint: Blueprint, id: str, contents: Mapping[str, str], offers: Sequence[Offer]
    ) -> OpenExam:
        """`contents` and `offers` as in the log's `exam` entry."""
        if checked_id(id) in self.state.exams:
            raise ExamError(f"考试“{id}”已经开过了；用 --as 另起一个代号")
        seed = random_source.randbits(48)
        body = {
            "by": by,
            "id": id,
            "blueprint": to_plain(blueprint),
            "seed": seed,
            "contents": dict(contents),
        }
        self._log("exam", {**body, "offers": [to_plain(offer) for offer in offers]})
        return self.state.exam(id)

    def close_exam(self, by: str, id: str) -> None:
        self.state.exam(id)
        self._log("close", {"by": by, "id": id})

    def next_number(self, exam: OpenExam, person: Person) -> int:
        """Raises ExamError when this candidate may not begin (now)."""
        now = self._clock()
        return may_begin(self.state, exam, person, now, now.astimezone().replace(tzinfo=None))

    def begin(
        self, exam: OpenExam, person: Person, seat: str, form: Form, *, supervised: bool
    ) -> AnchoredChain:
        """The record of a new attempt, opened. Raises ExamError when the form is not that of the next attempt (any
        more)."""
        with self._beginning():
            number = self.next_number(exam, person)
            if form.seed != form_seed(exam.seed, person.id, number):
                raise ExamError(f"{person.name}刚才在别处开考了；请考官看看，再来一次")
            id = f"{exam.id}.{person.id}.{number}"
            path = attempt_file(self.folder, id)
            self._set_aside(path)
            opening = self._opening(id, exam, person, seat, form, number, supervised)
            with Chain(path, id, self._clock, self.signer, new=True) as chain:
                chain.add(New("open", opening, signed=True))
            begun = {"attempt": id, "exam": exam.id, "candidate": person.id, "number": number}
            self._log("attempt", begun)
        return self.open_record(id)

    @contextmanager
    def _beginning(self) -> Iterator[None]:
        """One at a time: another would take the record that is just being made for one that a kill had left."""
        path = self.folder / BEGINNING
        try:
            with open(path, "ab") as file, locked(file.fileno()):
                yield
        except OSError as error:
            raise StorageError(
                f"写不了 {path}：{error.strerror}；腾出空间或恢复权限以后，再来一次"
            ) from error

    def _opening(
        self,
        id: str,
        exam: OpenExam,
        person: Person,
        seat: str,
        form: Form,
        number: int,
        supervised: bool,
    ) -> dict[str, Any]:
        state = self._state
        return {
            "format": ATTEMPT_FORMAT,
            "attempt": id,
            "exam": {"id": exam.id, "title": exam.blueprint.title},
            "hall": {"id": state.id, "title": state.title},
            "number": number,
            "supervised": supervised,
            "candidate": to_plain(Candidate(person.id, person.name, person.group, seat)),
            "blueprint": to_plain(exam.blueprint),
            "form": to_plain(form),
        }

    @staticmethod
    def _set_aside(path: Path) -> None:
        """A record that a kill left before the hall knew of it: nobody has seen anything of it yet."""
        if not path.exists():
            return
        if path.read_bytes().count(b"\n") > 1:
            raise StorageError(f"{path} 已经有内容，考点日志里却没有：有人动过考点的文件；先查清楚")
        path.replace(path.with_suffix(".stale"))

    def open_record(self, attempt: str) -> AnchoredChain:
        """The record of an attempt, for adding to it. Raises StorageError when it falls short of what the hall knows."""
        path = attempt_file(self.folder, attempt)
        if attempt not in self.state.attempts or not path.is_file():
            raise StorageError(f"没有“{attempt}”这份考试记录；用 exam status 看有哪些")
        record = AnchoredChain(path, attempt, self)
        known = self._state.attempts[attempt]
        if len(record.entries) < known.n or (known.n and record.entries[known.n - 1].hash != known.hash):
            record.close()
            raise StorageError(
                f"{path} 比考点日志记下的短，或不是同一份：有人动过它；用 exam verify --hall 查看"
            )
        if max((entry.n for entry in record.entries if entry.is_signed), default=0) > known.n:
            self.anchor(record)  # a kill came between the entry and its anchor
        return record

    def anchor(self, record: Chain) -> None:
        """Writes down the last entry that the centre signed in a record."""
        last = [entry for entry in record.entries if entry.is_signed][-1]
        self._log("anchor", {"attempt": record.id, "n": last.n, "hash": last.hash, "kind": last.kind})

    def showed(self, by: str, attempt: str, what: str) -> None:
        """Notes that somebody was shown marks."""
        self._log("look", {"by": by, "attempt": attempt, "what": what})

    def close(self) -> None:
        self._chain.close()

    def __enter__(self) -> Hall:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
