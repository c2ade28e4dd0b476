"""Sealed attempts made for tests: calls that were once played, a real chain, a centre's key of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from simulator.dialogue.plain import to_plain
from simulator.store.keys import Signer
from simulator.training.exam.attempt import SIGNED_KINDS, Attempt, read_attempt
from simulator.training.exam.blueprint import Blueprint, Form, Item, Part, Standard, Wanted
from simulator.training.exam.drawing import form_digest
from simulator.training.exam.entry import Entry, line_of, made, signed_words
from simulator.training.exam.marks import CallResult, PartResult, Result
from simulator.training.record import Record, call_event, read_record, turn_event

SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
CALLS = Path(__file__).parent / "calls"
BLUEPRINT = Blueprint(
    id="duty-officer",
    title="电催坐席上岗考试",
    about="能独立、合规、得体地打催收电话。",
    practice=False,
    supervised=True,
    shows="verdict",
    minutes=60,
    grace=3,
    attempts=2,
    wait_days=7,
    parts=(Part("all", "全部", 2, 15, 6000, Wanted()),),
    cut=6000,
    most_failed=2,
    review_days=7,
    valid_months=24,
    tolerance_points=300,
    tolerance_difficulty=50,
    windows=(),
    standard=Standard("angoff", 5, 151, "2026-10-15"),
    digest="b" * 64,
)


@cache
def played(n: int, script: str) -> Record:
    """A graded call as it was once played: results are made of marks, whoever gave them."""
    path = CALLS / f"{script}-{n}.jsonl"
    record = read_record(path.read_text(encoding="utf-8").splitlines(), str(path))
    assert record.scorecard
    return record


class Pen:
    """Writes a chain by hand; each entry a second after the last."""

    def __init__(self, id: str, start: datetime = START, signer: Signer = SIGNER) -> None:
        self.id, self.clock, self.signer = id, start, signer
        self.entries: list[Entry] = []

    def add(self, kind: str, body: Mapping[str, Any]) -> None:
        last = self.entries[-1] if self.entries else None
        self.clock += timedelta(seconds=1)
        key = self.signer.public.id if kind in SIGNED_KINDS else None
        entry = made(last, self.clock, kind, body, key)
        if key:
            entry = replace(entry, sig=self.signer.sign(signed_words(self.id, entry)))
        self.entries.append(entry)

    @property
    def attempt(self) -> Attempt:
        return read_attempt(self.entries)

    @property
    def content(self) -> str:
        return b"".join(map(line_of, self.entries)).decode()


def sat(*what: Any, **how: Any) -> Pen:
    """An attempt as `written` has it, with a pen of its own to write on with."""
    kept = written(*what, **how)
    pen = Pen(kept.id, kept.clock)
    pen.entries = list(kept.entries)
    return pen


@cache
def written(
    id: str = "duty-officer-0001",
    candidate: str = "c-001",
    name: str = "柳青",
    scripts: tuple[str, ...] = ("model", "model"),
    *,
    group: str = "十一月班",
    supervised: bool = True,
    blueprint: Blueprint = BLUEPRINT,
    start: datetime = START,
    submitted: bool = True,
    marked: bool = True,
) -> Pen:
    """An attempt at one call of each scenario, played by the scenarios' own `model` or `careless` lines."""
    pen = Pen(id, start)
    calls = [played(n, script) for n, script in enumerate(scripts, 1)]
    items = tuple(
        Item(n, "all", call.transcript.case.scenario, call.transcript.seed, 15)
        for n, call in enumerate(calls, 1)
    )
    form = Form(blueprint.id, 1, items, 9000, 250, "")
    form = replace(form, digest=form_digest(form))
    who = {"id": candidate, "name": name, "group": group, "seat": "3"}
    pen.add(
        "open",
        {
            "format": 1,
            "attempt": id,
            "exam": {"id": blueprint.id, "title": blueprint.title},
            "hall": {"id": "hall-1", "title": "远山培训考试中心"},
            "number": 1,
            "supervised": supervised,
            "candidate": who,
            "blueprint": to_plain(blueprint),
            "form": to_plain(form),
        },
    )
    for n, call in enumerate(calls, 1):
        write_call(pen, n, call)
    if submitted:
        pen.add("submit", {"by": "candidate", "why": ""})
    if marked:
        cards = [call.scorecard or {} for call in calls]
        marks = [{"call": n, "scorecard": card} for n, card in enumerate(cards, 1)]
        pen.add(
            "marks", {"calls": marks, "result": to_plain(result_of(cards)), "versions": versions_of(calls)}
        )
    return pen


def write_call(pen: Pen, n: int, call: Record) -> None:
    transcript = call.transcript
    event = call_event(transcript.case, transcript.seed, call.versions)
    pen.add("call", {"call": n, **{key: value for key, value in event.items() if key != "event"}})
    for turn in transcript.turns:
        body = {key: value for key, value in turn_event(turn).items() if key != "event"}
        pen.add("turn", {"call": n, **body})
    outcome = transcript.outcome.value if transcript.outcome else "unresolved"
    pen.add("end", {"call": n, "outcome": outcome, "by": "candidate"})


def versions_of(calls: Sequence[Record]) -> dict[str, str]:
    versions: dict[str, str] = {"ear": calls[0].versions["ear"], "program": "1"}
    for call in calls:
        case = call.transcript.case
        versions[f"rubric/{case.rubric}"] = call.versions["rubric"]
        versions[f"rulebook/{case.rulebook}"] = call.versions["rulebook"]
    return versions


def result_of(cards: Sequence[Mapping[str, Any]]) -> Result:
    calls = tuple(
        CallResult(n, "all", card["total"], card["verdict"] == "pass", False)
        for n, card in enumerate(cards, 1)
    )
    points = 100 * sum(call.total for call in calls) // len(calls)
    passed = points >= BLUEPRINT.cut
    part = PartResult("all", "全部", points, BLUEPRINT.cut)
    return Result(passed, points, BLUEPRINT.cut, calls, (part,), () if passed else ("总分没有到合格线",))
