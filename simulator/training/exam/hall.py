"""A hall, as its own chained log tells it: who may do what, which exams are open, and where every record stood.

kind      body (every entry is signed)
hall      {"format", "id", "title", "key" (its id), "public" (PEM)}
person    {"by", "id", "name", "role", "group", "secret": {"salt", "hash"} | null}: added, or changed
leave     {"by", "id"}: this person may do nothing any more
code      {"by", "id", "seat", "secret": {"salt", "hash"}}: a single-use code for a candidate; the last one counts
enter     {"id", "how": "code" | "secret", "for"}: signed in; a code is spent by it
refuse    {"id"}: wrong code or secret
exam      {"by", "id", "blueprint": a `Blueprint`, "seed", "contents": {scenario: digest}, "offers": [an `Offer`]}: opened
close     {"by", "id"}: nobody can begin this exam any more
attempt   {"attempt", "exam", "candidate", "number"}: begun
anchor    {"attempt", "n", "hash", "kind"}: how far a record had come when the centre last signed in it
look      {"by", "attempt", "what"}: an examiner or marker was shown marks
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from simulator.dialogue.plain import from_plain
from simulator.errors import ExamError, RecordError, UnknownNameError
from simulator.training.exam.blueprint import Blueprint
from simulator.training.exam.drawing import Offer
from simulator.training.exam.entry import Entry

FORMAT = 1
MOST_REFUSALS = 5
REFUSAL_WINDOW = timedelta(minutes=10)
CODE_LASTS = timedelta(hours=12)


class Role(StrEnum):
    CANDIDATE = "candidate"
    MARKER = "marker"
    EXAMINER = "examiner"
    AUTHOR = "author"


ROLE_TITLES = {
    Role.CANDIDATE: "考生",
    Role.MARKER: "阅卷人",
    Role.EXAMINER: "考官",
    Role.AUTHOR: "出题人",
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A secret as it is kept: salt and scrypt hash in hex."""

    salt: str
    hash: str


@dataclass(frozen=True, slots=True)
class Person:
    """`secret` is None for candidates, who sign in with codes."""

    id: str
    name: str
    role: Role
    group: str
    secret: Hidden | None
    here: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    seat: str
    secret: Hidden
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenExam:
    """`offers` are what may be drawn, weighed as on opening, so that all forms are balanced by the same figures;
    `contents` are the digests of all that a call of each and its marks depend on."""

    id: str
    blueprint: Blueprint
    seed: int
    contents: Mapping[str, str]
    offers: tuple[Offer, ...]
    opened: datetime
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt as the hall knows it; `n`, `hash`, `kind` are the last anchor."""

    id: str
    exam: str
    candidate: str
    number: int
    begun: datetime
    n: int = 0
    hash: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HallState:
    """`looks`: who has been shown marks of which attempt."""

    id: str
    title: str
    key: str
    public: str
    people: Mapping[str, Person] = field(default_factory=dict)
    codes: Mapping[str, Code] = field(default_factory=dict)
    refusals: tuple[tuple[str, datetime], ...] = ()
    exams: Mapping[str, OpenExam] = field(default_factory=dict)
    attempts: Mapping[str, Begun] = field(default_factory=dict)
    looks: frozenset[tuple[str, str]] = frozenset()

    def person(self, id: str) -> Person:
        """Raises UnknownNameError; a person who has left is not found."""
        person = self.people.get(id)
        if person is None or not person.here:
            raise UnknownNameError("人", id)
        return person

    def exam(self, id: str) -> OpenExam:
        if id not in self.exams:
            raise UnknownNameError("考试", id, [name for name in self.exams if id in name or name in id])
        return self.exams[id]

    def attempts_of(self, candidate: str, exam: str) -> list[Begun]:
        return [
            begun for begun in self.attempts.values() if (begun.candidate, begun.exam) == (candidate, exam)
        ]

    def is_barred(self, id: str, now: datetime) -> bool:
        """Too many wrong codes or secrets lately."""
        lately = [at for who, at in self.refusals if who == id and now - at < REFUSAL_WINDOW]
        return len(lately) >= MOST_REFUSALS

    def code_of(self, candidate: str, now: datetime) -> Code | None:
        code = self.codes.get(candidate)
        return code if code and now <= code.until else None


def allowed(person: Person, *roles: Role) -> Person:
    """Raises ExamError when the person has none of the roles."""
    if person.role not in roles:
        wanted = "或".join(ROLE_TITLES[role] for role in roles)
        raise ExamError(f"{person.name}是{ROLE_TITLES[person.role]}，这一步要{wanted}来做")
    return person


def may_begin(state: HallState, exam: OpenExam, person: Person, now: datetime, local: datetime) -> int:
    """The number that this candidate's next attempt would have. Raises ExamError where there may be none.

    `local` is the same moment as `now` on the hall's own clock on the wall, without a zone.
    """
    if exam.closed:
        raise ExamError(f"考试“{exam.blueprint.title}”已经收了，不能再开考")
    if not exam.blueprint.may_begin(person.group, local):
        raise ExamError(
            f"现在不是{person.name}（{person.group or '未分班'}）开考的时间；时间段写在蓝图的 windows 里"
        )
    earlier = state.attempts_of(person.id, exam.id)
    if len(earlier) >= exam.blueprint.attempts:
        raise ExamError(f"{person.name}已经考过 {len(earlier)} 次，这场考试最多 {exam.blueprint.attempts} 次")
    again = timedelta(days=exam.blueprint.wait_days)
    if earlier and now - earlier[-1].begun < again:
        raise ExamError(
            f"两次考试之间要隔 {exam.blueprint.wait_days} 天；上一次是 {earlier[-1].begun:%Y-%m-%d}"
        )
    return len(earlier) + 1


Step = Callable[[HallState, Entry, Mapping[str, Any]], HallState]


def read_hall(entries: Sequence[Entry]) -> HallState:
    """The hall that `entries` tell of, from the first on. Raises RecordError where they make no sense."""
    if not entries or entries[0].kind != "hall":
        raise RecordError("考点日志要从“hall”开始")
    body = entries[0].content
    if body.get("format") != FORMAT:
        raise RecordError(f"考点日志的格式是 {body.get('format')}，这个版本只认 {FORMAT}")
    state = HallState(body["id"], body["title"], body["key"], body["public"])
    for entry in entries[1:]:
        state = followed(state, entry)
    return state


def followed(state: HallState, entry: Entry) -> HallState:
    """The hall after one more entry."""
    step = STEPS.get(entry.kind)
    if step is None:
        raise RecordError(f"考点日志第 {entry.n} 条：不认识“{entry.kind}”")
    try:
        return step(state, entry, entry.content)
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"考点日志第 {entry.n} 条（{entry.kind}）读不懂：{error}") from error


def _hidden(data: Any) -> Hidden | None:
    return None if data is None else from_plain(Hidden, data)


def _person(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    secret = _hidden(body["secret"])
    person = Person(body["id"], body["name"], Role(body["role"]), body["group"], secret)
    return replace(state, people={**state.people, person.id: person})


def _leave(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    gone = replace(state.people[body["id"]], here=False)
    return replace(state, people={**state.people, gone.id: gone})


def _code(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    code = Code(body["seat"], from_plain(Hidden, body["secret"]), entry.at + CODE_LASTS)
    return replace(state, codes={**state.codes, body["id"]: code})


def _enter(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    if body["how"] != "code":
        return state
    codes = {who: code for who, code in state.codes.items() if who != body["id"]}
    return replace(state, codes=codes)


def _refuse(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    recent = [item for item in state.refusals if entry.at - item[1] < REFUSAL_WINDOW]
    return replace(state, refusals=(*recent, (body["id"], entry.at)))


def _exam(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    blueprint = from_plain(Blueprint, body["blueprint"])
    offers = tuple(from_plain(Offer, item) for item in body["offers"])
    exam = OpenExam(body["id"], blueprint, body["seed"], dict(body["contents"]), offers, entry.at)
    return replace(state, exams={**state.exams, exam.id: exam})


def _close(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    closed = replace(state.exams[body["id"]], closed=entry.at)
    return replace(state, exams={**state.exams, closed.id: closed})


def _attempt(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    begun = Begun(body["attempt"], body["exam"], body["candidate"], body["number"], entry.at)
    return replace(state, attempts={**state.attempts, begun.id: begun})


def _anchor(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    known = state.attempts[body["attempt"]]
    moved = replace(known, n=body["n"], hash=body["hash"], kind=body["kind"])
    return replace(state, attempts={**state.attempts, moved.id: moved})


def _look(state: HallState, entry: Entry, body: Mapping[str, Any]) -> HallState:
    return replace(state, looks=state.looks | {(body["by"], body["attempt"])})


STEPS: dict[str, Step] = {
    "person": _person,
    "leave": _leave,
    "code": _code,
    "enter": _enter,
    "refuse": _refuse,
    "exam": _exam,
    "close": _close,
    "attempt": _attempt,
    "anchor": _anchor,
    "look": _look,
}
