"""Exams made by hand for the tests: a blueprint, a clock that is moved, a record in memory, a hall in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from simulator.authoring.stage import ExamStage, form_for
from simulator.dialogue.plain import to_plain
from simulator.errors import StorageError
from simulator.store.hall import AnchoredChain, Hall
from simulator.training.exam.attempt import FORMAT, Attempt, Candidate, read_attempt
from simulator.training.exam.blueprint import Blueprint, Form, Item, Part, Wanted
from simulator.training.exam.drawing import Offer, form_digest
from simulator.training.exam.entry import Entry, made
from simulator.training.exam.hall import OpenExam, Role
from simulator.training.exam.keeping import MovedError, New
from simulator.training.exam.marking import machine_marks
from simulator.training.exam.marks import Mark
from simulator.training.exam.sitting import Sitting

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SCENARIOS = ("owner-receivables", "relative-mother-first-call")


@cache
def stage() -> ExamStage:
    return ExamStage()


def blueprint(**changes: Any) -> Blueprint:
    part = Part("all", "全部", 2, 10, 6000, Wanted(scenarios=frozenset(SCENARIOS)))
    whole = Blueprint(
        id="little",
        title="小考",
        about="两通。",
        practice=False,
        supervised=False,
        shows="nothing",
        minutes=20,
        grace=2,
        attempts=2,
        wait_days=0,
        parts=(part,),
        cut=6000,
        most_failed=0,
        review_days=7,
        valid_months=12,
        tolerance_points=10000,
        tolerance_difficulty=500,
        windows=(),
        standard=None,
        digest="b" * 64,
    )
    return replace(whole, **changes)


def offer(name: str, level: int = 3, **changes: Any) -> Offer:
    plain = Offer(
        scenario=name,
        persona="p",
        kind="debtor",
        channel="phone",
        goal="promise",
        stage="1-5",
        objections=frozenset(),
        level=level,
        difficulty=100 * level,
        reachable=9000,
        measured=False,
    )
    return replace(plain, **changes)


def form(*scenarios: str) -> Form:
    items = tuple(Item(n, "all", name, 7, 10) for n, name in enumerate(scenarios or SCENARIOS, 1))
    drawn = Form("b" * 64, 1, items, 9000, 200, "")
    return replace(drawn, digest=form_digest(drawn))


@dataclass
class Clock:
    now: datetime = NINE

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Memory:
    """A record that is kept nowhere; `full` makes it refuse like a full disk, `between` are entries of others."""

    clock: Clock
    kept: list[Entry] = field(default_factory=list)
    full: bool = False
    between: list[New] = field(default_factory=list)

    @property
    def entries(self) -> Sequence[Entry]:
        return self.kept

    def add(self, *news: New, after: int | None = None) -> None:
        if self.full:
            raise StorageError("满了")
        self._append(self.between)
        self.between = []
        if after is not None and after != len(self.kept):
            raise MovedError
        self._append(news)

    def _append(self, news: Sequence[New]) -> None:
        for new in news:
            last = self.kept[-1] if self.kept else None
            self.kept.append(made(last, self.clock(), new.kind, new.body, "k" if new.signed else None))

    def refresh(self) -> None:
        pass


def opening(plan: Blueprint, drawn: Form) -> New:
    body = {
        "format": FORMAT,
        "attempt": "little.li-lei.1",
        "exam": {"id": "little", "title": plan.title},
        "hall": {"id": "h", "title": "考点"},
        "number": 1,
        "supervised": False,
        "candidate": to_plain(Candidate("li-lei", "李雷", "一班", "A1")),
        "blueprint": to_plain(plan),
        "form": to_plain(drawn),
    }
    return New("open", body, signed=True)


@dataclass
class Table:
    """A sitting in memory with everything in reach."""

    clock: Clock
    record: Memory
    sitting: Sitting

    def again(self) -> Sitting:
        """The program was killed and started anew."""
        self.sitting = Sitting(self.record, stage(), self.clock)
        return self.sitting


def table(*scenarios: str, **changes: Any) -> Table:
    clock = Clock()
    record = Memory(clock)
    record.add(opening(blueprint(**changes), form(*scenarios)))
    return Table(clock, record, Sitting(record, stage(), clock))


MODEL_OWNER = (
    "您好，我是云渡银行的客户专员小陈，工号2047，请问是本人吗？",
    "麻烦您报一下身份证后四位，我核对一下。",
)


def marked(*lines: Sequence[str], **changes: Any) -> tuple[Table, Attempt]:
    """An attempt whose calls were these lines, handed in and marked by the machine."""
    at = table(**changes)
    for said in lines:
        at.sitting.begin()
        for line in said:
            if at.sitting.look().phase == "call":
                at.sitting.say(line)
        if at.sitting.look().phase == "call":
            at.sitting.hang_up()
    at.sitting.submit()
    at.record.add(New("marks", machine_marks(at.sitting.attempt, stage()), signed=True))
    return at, read_attempt(at.record.entries)


def model_lines(scenario: str, seed: int = 7) -> list[str]:
    """What the scenario's own model call says, filled in."""
    found = stage().desk.library.scenario(scenario)
    played = stage().desk.play(found, seed, found.model)
    return [turn.text for turn in played.turns if turn.who == "collector"]


def second_marks(attempt: Attempt, *changed: Mark) -> dict[int, tuple[Mark, ...]]:
    """A second marking that agrees with the machine but for `changed`, which are of the first call."""
    from simulator.training.exam.differences import breached_places, machine_value, places_of

    marks: dict[int, tuple[Mark, ...]] = {}
    for call in attempt.calls:
        if call.scorecard is None:
            continue
        own = {(mark.what, mark.id, mark.turn): mark for mark in changed if call.n == 1}
        places = (*places_of(call), *sorted(breached_places(call.scorecard, call.n), key=lambda p: p.id))
        given = {
            (place.what, place.id, place.turn): Mark(
                place.what, place.id, place.turn, machine_value(call.scorecard, place)
            )
            for place in places
        }
        marks[call.n] = tuple({**given, **own}.values())
    return marks


def hall_in(
    folder: Path, clock: Callable[[], datetime] | None = None, **changes: Any
) -> tuple[Hall, OpenExam]:
    """A hall with an examiner, a candidate and an open exam."""
    hall, _ = Hall.create(folder, "考点", "zhao", "赵考官", clock or Clock())
    hall.put_person("zhao", "li-lei", "李雷", Role.CANDIDATE, "一班")
    plan = blueprint(**changes)
    exam = hall.open_exam(
        "zhao", plan, "little", stage().contents(SCENARIOS), [offer(name) for name in SCENARIOS]
    )
    return hall, exam


def begun(hall: Hall, exam: OpenExam) -> AnchoredChain:
    """The record of the next attempt of the one candidate."""
    person = hall.state.person("li-lei")
    number = hall.next_number(exam, person)
    return hall.begin(exam, person, "A1", form_for(stage(), exam, person.id, number), supervised=False)
