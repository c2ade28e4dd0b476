"""The marks of an attempt laid out in rows, as they hold after every ruling: what is stored, counted and exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.errors import RecordError
from simulator.training.exam.attempt import Attempt, SatCall
from simulator.training.exam.marks import CallResult, Ruling

SECTIONS = ("etiquette", "tasks")
HALVES = {"yes": 2, "half": 1, "no": 0}


@dataclass(frozen=True, slots=True)
class Sat:
    """One attempt. Ids of attempts and candidates begin with the hall's, since halls name theirs independently:
    `9f0c…/shanggang.li-lei.1`. `exam` is what the hall calls it, `blueprint` what it was made from. `points` and `cut` are hundredths; `state` is `marked`, `appealed` (an appeal is open), `settled`
    (people have ruled) or `void`. `method`, `judges`, `error` and `held` tell how the cut was set, where it was."""

    id: str
    exam: str
    exam_title: str
    hall: str
    number: int
    candidate: str
    name: str
    group: str
    supervised: bool
    practice: bool
    opened: datetime
    submitted: datetime
    passed: bool
    points: int
    cut: int
    state: str
    blueprint: str
    blueprint_digest: str
    form_digest: str
    entries: int
    head: str
    key: str
    method: str | None = None
    judges: int | None = None
    error: int | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """One call; `total` and `deducted` are whole points. A call that was never begun has no findings."""

    attempt: str
    n: int
    part: str
    scenario: str
    title: str
    seed: int
    passed: bool
    total: int
    deducted: int


@dataclass(frozen=True, slots=True)
class Found:
    """One criterion of one call; `section` is `etiquette`, `tasks` or `promise` (the promise itself)."""

    attempt: str
    call: int
    section: str
    criterion: str
    title: str
    met: str
    points: int
    of: int


@dataclass(frozen=True, slots=True)
class Broken:
    """One breach; `n` counts those of the call from 1. `instead` is a way to say it, where the rule gives one."""

    attempt: str
    call: int
    n: int
    rule: str
    title: str
    severity: str
    points: int
    turn: int
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Any number of attempts with all their rows."""

    sat: tuple[Sat, ...] = ()
    rated: tuple[Rated, ...] = ()
    found: tuple[Found, ...] = ()
    broken: tuple[Broken, ...] = ()


def ledger_of(attempt: Attempt) -> Ledger:
    """The rows of one attempt. Raises RecordError when it was not handed in or not marked."""
    result = attempt.result
    if attempt.submitted is None or attempt.seal is None:
        raise RecordError(f"{attempt.id} 还没有交卷，没有成绩可存")
    if result is None:
        raise RecordError(f"{attempt.id} 还没有评分；先评分再存")
    standard = attempt.blueprint.standard
    sat = Sat(
        id=full_id(attempt, attempt.id),
        exam=attempt.exam,
        exam_title=attempt.exam_title,
        hall=attempt.hall,
        number=attempt.number,
        candidate=full_id(attempt, attempt.candidate.id),
        name=attempt.candidate.name,
        group=attempt.candidate.group,
        supervised=attempt.supervised,
        practice=attempt.blueprint.practice,
        opened=attempt.opened,
        submitted=attempt.submitted,
        passed=attempt.passed,
        points=result.points,
        cut=result.cut,
        state=state_of(attempt),
        blueprint=attempt.blueprint.id,
        blueprint_digest=attempt.blueprint.digest,
        form_digest=attempt.form.digest,
        entries=attempt.entries,
        head=attempt.head,
        key=attempt.seal.key,
        method=standard.method if standard else None,
        judges=standard.judges if standard else None,
        error=standard.error if standard else None,
        held=standard.on if standard else None,
    )
    calls = [_Marked(attempt, call, marks) for call, marks in zip(attempt.calls, result.calls, strict=True)]
    return Ledger(
        (sat,),
        tuple(call.rated() for call in calls),
        tuple(row for call in calls for row in call.found()),
        tuple(row for call in calls for row in call.broken()),
    )


def full_id(attempt: Attempt, id: str) -> str:
    """An id of the attempt's hall as it stands in a store of several halls."""
    return f"{attempt.hall}/{id}"


def short_id(id: str) -> str:
    """The id as the hall itself knows it."""
    return id.partition("/")[2] or id


def state_of(attempt: Attempt) -> str:
    if attempt.voided is not None:
        return "void"
    if len(attempt.appeals) > len(attempt.decisions):
        return "appealed"
    return "settled" if attempt.words else "marked"


@dataclass(frozen=True, slots=True)
class _Marked:
    """One call with its marks; a ruling on a mark stands before the machine's."""

    attempt: Attempt
    call: SatCall
    result: CallResult

    @property
    def id(self) -> str:
        return full_id(self.attempt, self.attempt.id)

    @property
    def card(self) -> Mapping[str, Any]:
        return self.call.scorecard or {}

    def ruled(self, what: str) -> dict[tuple[str, int | None], Ruling]:
        """By id and turn; of two rulings on one place the later."""
        return {
            (ruling.place.id, ruling.place.turn): ruling
            for ruling in self.attempt.rulings
            if ruling.place.call == self.call.n and ruling.place.what == what
        }

    def rated(self) -> Rated:
        call, case = self.call, self.call.case
        deducted = sum(row.points for row in self.broken())
        return Rated(
            self.id,
            call.n,
            call.part,
            call.scenario,
            case.title if case else call.scenario,
            call.seed,
            self.result.passed,
            self.result.total,
            deducted,
        )

    def found(self) -> Iterator[Found]:
        if not self.card:
            return
        rulings = self.ruled("finding")
        for section in SECTIONS:
            for finding in self.card[section]["findings"]:
                ruling = rulings.get((finding["id"], None))
                met = ruling.value if ruling else finding["met"]
                points = finding["of"] * HALVES[met] // 2 if ruling else finding["points"]
                yield self._row(section, finding["id"], finding["title"], met, points, finding["of"])
        promise = self.card["promise"]
        if promise["of"]:
            yield self._row("promise", "promise", "承诺", promise["grade"], promise["points"], promise["of"])

    def _row(self, section: str, id: str, title: str, met: str, points: int, of: int) -> Found:
        return Found(self.id, self.call.n, section, id, title, met, points, of)

    def broken(self) -> Iterator[Broken]:
        """The machine's breaches that nobody ruled out, and those that a ruling added."""
        rulings = self.ruled("breach")
        machine = self.card["compliance"]["breaches"] if self.card else []
        kept = [item for item in machine if not _is(rulings.get((item["rule"], item["turn"])), "clean")]
        known = {(item["rule"], item["turn"]) for item in machine}
        added = [
            ruling for place, ruling in rulings.items() if place not in known and _is(ruling, "breached")
        ]
        for n, item in enumerate(kept, 1):
            instead = (item["say_instead"] or [""])[0]
            yield Broken(
                self.id,
                self.call.n,
                n,
                item["rule"],
                item["title"],
                item["severity"],
                item["points"],
                item["turn"],
                item["text"],
                instead,
            )
        for n, ruling in enumerate(added, len(kept) + 1):
            turn = ruling.place.turn or 0
            words = next((said.text for said in self.call.turns if said.n == turn), "")
            rule = ruling.place.id
            yield Broken(self.id, self.call.n, n, rule, rule, "ruled", 0, turn, words, "")


def _is(ruling: Ruling | None, value: str) -> bool:
    return ruling is not None and ruling.value == value
