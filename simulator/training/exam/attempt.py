"""An attempt at an exam, as its chained record tells it.

A record is a file of entries (see `entry`). `read_attempt` tells what happened; it proves nothing: hashes, order and
signatures are checked by `simulator.training.exam.proof.prove` before a record is believed.

kind         body, and who wrote it (entries marked * carry the centre's signature)
open *       {"format", "attempt", "exam": {"id", "title"}, "hall": {"id", "title"}, "number", "supervised",
             "candidate": {"id", "name", "group", "seat"}, "blueprint": a `Blueprint`, "form": a `Form`}
call         {"call": k, "format", "scenario", "persona", "seed", "case", "versions"}: call k has begun
turn         {"call": k, …a `Turn`}: one turn, the candidate's own or the answer
end          {"call": k, "outcome", "by": "call" (it came to its end) | "candidate" (hung up) | "time" | "submit"}
note         {"call": k, "text"}: the candidate's note after the call
back         {}: the sitting was taken up again after a break
pause *      {"by", "why"}: an examiner stopped the clock; nothing may be said until
go-on *      {"by", "why"}
extend *     {"by", "minutes", "why"}: an examiner gave more time
submit *     {"by": "candidate" | "time" | an examiner's id, "why"}: the seal; its hash is the receipt's
marks *      {"calls": [{"call", "scorecard"}], "result": a `Result`, "versions"}: the machine's marking
second *     {"by", "calls": [{"call", "marks": [a `Mark`]}]}: a person's, blind to any other
adjudicate * {"by", "why", "rulings": [a `Ruling`], "result"}: what holds where they disagree
appeal *     {"by", "text"}: the candidate's complaint, within the review window
decide *     {"by", "upheld", "why", "rulings": [a `Ruling`], "result"}: the answer to it
void *       {"by", "why"}: an examiner annulled the attempt

Times are UTC (aware); a call's own clock inside `case` and turns is the simulated local one. Points of an exam are
whole hundredths (8750 is 87.50), totals of one call whole points from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from simulator.dialogue import Case, Outcome, Transcript, Turn
from simulator.dialogue.plain import from_plain
from simulator.errors import RecordError
from simulator.training.exam.blueprint import Blueprint, Form
from simulator.training.exam.entry import Entry
from simulator.training.exam.marks import (
    Adjudication,
    Appeal,
    Decision,
    Mark,
    Result,
    Ruling,
    SecondMarking,
)

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who sat: `id` in the hall's list of people, the name as it was on that day, class and seat (may be empty)."""

    id: str
    name: str
    group: str
    seat: str


@dataclass(frozen=True, slots=True)
class SatCall:
    """One call of the form. `minutes` is its limit without grace; `started` is None when it was never begun, `ended`
    when it has not ended; `ended_by` as in the `end` entry. `versions` are those it was played with. `scorecard` is
    the machine's, as JSON data (docs/scorecard.md), None before marking and for a call that was never begun."""

    n: int
    part: str
    scenario: str
    seed: int
    minutes: int
    case: Case | None = None
    turns: tuple[Turn, ...] = ()
    outcome: Outcome | None = None
    note: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    ended_by: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    scorecard: Mapping[str, Any] | None = None

    @property
    def transcript(self) -> Transcript | None:
        """The call as `judge` takes it; None when it was never begun."""
        if self.case is None:
            return None
        return Transcript(self.case, self.seed, self.turns, self.outcome, self.note)


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood from `since` until `until` (None: it still stands)."""

    by: str
    why: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Extension:
    by: str
    why: str
    minutes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Seal:
    """`n` and `hash` of the entry that submitted the attempt, and the key that signed it; `code` is what the
    candidate takes home."""

    n: int
    hash: str
    key: str
    at: datetime

    @property
    def code(self) -> str:
        """The first eighty bits of the hash in groups: `1a2b-3c4d-…`."""
        return "-".join(self.hash[start : start + 4] for start in range(0, 20, 4))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate's run at one form, so far. `number` counts the candidate's attempts at this exam from 1.

    `submitted`, `submitted_by` and `seal` are None until it is handed in; `marked` and `machine` (the machine's
    result) until it is marked. `result` is what holds now: the decision's, else the adjudication's, else the machine's.
    `versions` are hashes of rubrics, rulebooks and ear that it was marked with, by `rubric/first-party`, `rulebook/cn`,
    `ear`, `program`. `head` is the hash of the last entry read, `entries` how many there are.
    """

    id: str
    exam: str
    exam_title: str
    hall: str
    hall_title: str
    number: int
    supervised: bool
    candidate: Candidate
    blueprint: Blueprint
    form: Form
    opened: datetime
    calls: tuple[SatCall, ...]
    head: str
    entries: int
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    breaks: tuple[datetime, ...] = ()
    submitted: datetime | None = None
    submitted_by: str | None = None
    seal: Seal | None = None
    marked: datetime | None = None
    machine: Result | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: tuple[SecondMarking, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    decisions: tuple[Decision, ...] = ()
    voided: str | None = None

    @property
    def result(self) -> Result | None:
        """What holds now; None before marking. The last word in the record is the one that holds."""
        words = self.words
        return words[-1].result if words else self.machine

    @property
    def passed(self) -> bool:
        return self.voided is None and self.result is not None and self.result.passed

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Every ruling in the order in which they were made; of two on one place the later holds."""
        return tuple(ruling for word in self.words for ruling in word.rulings)

    @property
    def words(self) -> tuple[Adjudication | Decision, ...]:
        """What people have settled, in the order in which they did."""
        settled: list[Adjudication | Decision] = [*self.adjudications, *self.decisions]
        return tuple(sorted(settled, key=lambda word: word.at))

    @property
    def review_until(self) -> datetime | None:
        """The end of the review window; None before marking."""
        return self.marked + timedelta(days=self.blueprint.review_days) if self.marked else None

    def call(self, n: int) -> SatCall:
        return self.calls[n - 1]

    def paused(self) -> bool:
        return bool(self.stops) and self.stops[-1].until is None


Step = Callable[[Attempt, Entry, Mapping[str, Any]], Attempt]


def read_attempt(entries: Sequence[Entry]) -> Attempt:
    """The attempt that `entries` (from the first on) tell of. Raises RecordError, naming the entry, where they make
    no sense; whether they are genuine is not looked at."""
    if not entries or entries[0].kind != "open":
        raise RecordError("考试记录要从“open”开始")
    attempt = _understood(entries[0], lambda: _opened(entries[0]))
    for entry in entries[1:]:
        attempt = followed(attempt, entry)
    return attempt


def followed(attempt: Attempt, entry: Entry) -> Attempt:
    """The attempt after one more entry. Raises RecordError, naming the entry, where it makes no sense there."""
    step = STEPS.get(entry.kind)
    if step is None:
        raise RecordError(f"考试记录第 {entry.n} 条：不认识“{entry.kind}”")
    after = _understood(entry, lambda: step(attempt, entry, entry.content))
    return replace(after, head=entry.hash, entries=entry.n)


def _understood(entry: Entry, read: Callable[[], Attempt]) -> Attempt:
    try:
        return read()
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise RecordError(f"考试记录第 {entry.n} 条（{entry.kind}）读不懂：{error}") from error


def _opened(entry: Entry) -> Attempt:
    body = entry.content
    if body["format"] != FORMAT:
        raise RecordError(f"考试记录的格式是 {body['format']}，这个版本只认 {FORMAT}")
    form = from_plain(Form, body["form"])
    return Attempt(
        id=body["attempt"],
        exam=body["exam"]["id"],
        exam_title=body["exam"]["title"],
        hall=body["hall"]["id"],
        hall_title=body["hall"]["title"],
        number=body["number"],
        supervised=body["supervised"],
        candidate=from_plain(Candidate, body["candidate"]),
        blueprint=from_plain(Blueprint, body["blueprint"]),
        form=form,
        opened=entry.at,
        calls=tuple(
            SatCall(item.n, item.part, item.scenario, item.seed, item.minutes) for item in form.items
        ),
        head=entry.hash,
        entries=entry.n,
    )


def _with_call(attempt: Attempt, n: int, **changes: Any) -> Attempt:
    call = replace(attempt.calls[n - 1], **changes)
    return replace(attempt, calls=(*attempt.calls[: n - 1], call, *attempt.calls[n:]))


def _call(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    case = from_plain(Case, body["case"])
    return _with_call(attempt, body["call"], case=case, started=entry.at, versions=dict(body["versions"]))


def _turn(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    turn = from_plain(Turn, {key: value for key, value in body.items() if key != "call"})
    turns = (*attempt.call(body["call"]).turns, turn)
    if turn.n != len(turns):
        raise ValueError(f"第 {turn.n} 轮的位置应该是第 {len(turns)} 轮")
    return _with_call(attempt, body["call"], turns=turns)


def _end(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    return _with_call(
        attempt, body["call"], outcome=Outcome(body["outcome"]), ended=entry.at, ended_by=body["by"]
    )


def _note(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    return _with_call(attempt, body["call"], note=body["text"])


def _back(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    return replace(attempt, breaks=(*attempt.breaks, entry.at))


def _pause(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    if attempt.paused():
        return attempt
    return replace(attempt, stops=(*attempt.stops, Stop(body["by"], body["why"], entry.at, None)))


def _go_on(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    if not attempt.paused():
        return attempt
    return replace(attempt, stops=(*attempt.stops[:-1], replace(attempt.stops[-1], until=entry.at)))


def _extend(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    extension = Extension(body["by"], body["why"], body["minutes"], entry.at)
    return replace(attempt, extensions=(*attempt.extensions, extension))


def _submit(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    seal = Seal(entry.n, entry.hash, entry.key or "", entry.at)
    return replace(attempt, submitted=entry.at, submitted_by=body["by"], seal=seal)


def _marks(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    for item in body["calls"]:
        attempt = _with_call(attempt, item["call"], scorecard=item["scorecard"])
    result = from_plain(Result, body["result"])
    return replace(attempt, marked=entry.at, machine=result, versions=dict(body["versions"]))


def _second(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    marks = {item["call"]: tuple(from_plain(Mark, mark) for mark in item["marks"]) for item in body["calls"]}
    return replace(attempt, seconds=(*attempt.seconds, SecondMarking(body["by"], entry.at, marks)))


def _rulings(body: Mapping[str, Any]) -> tuple[Ruling, ...]:
    return tuple(from_plain(Ruling, item) for item in body["rulings"])


def _adjudicate(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    result = from_plain(Result, body["result"])
    made = Adjudication(body["by"], entry.at, body["why"], _rulings(body), result)
    return replace(attempt, adjudications=(*attempt.adjudications, made))


def _appeal(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    return replace(attempt, appeals=(*attempt.appeals, Appeal(body["by"], entry.at, body["text"])))


def _decide(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    result = from_plain(Result, body["result"])
    made = Decision(body["by"], entry.at, body["upheld"], body["why"], _rulings(body), result)
    return replace(attempt, decisions=(*attempt.decisions, made))


def _void(attempt: Attempt, entry: Entry, body: Mapping[str, Any]) -> Attempt:
    return replace(attempt, voided=body["why"])


STEPS: dict[str, Step] = {
    "call": _call,
    "turn": _turn,
    "end": _end,
    "note": _note,
    "back": _back,
    "pause": _pause,
    "go-on": _go_on,
    "extend": _extend,
    "submit": _submit,
    "marks": _marks,
    "second": _second,
    "adjudicate": _adjudicate,
    "appeal": _appeal,
    "decide": _decide,
    "void": _void,
}
# what the centre answers for: an entry of these kinds without its signature is refuted
SIGNED_KINDS = frozenset(STEPS) - {"call", "turn", "end", "note", "back"} | {"open"}
