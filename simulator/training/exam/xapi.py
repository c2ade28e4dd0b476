"""An attempt as xAPI statements for a learning record store: every turn, every rule hit, every call, the exam.

Verbs and activity types are those that ADL has registered; ids of our own are IRIs below the centre's own address, so
that nothing depends on a domain that is not theirs. Statement ids are UUIDv5 of what they tell: sending a record twice
stores it once, and after an appeal only what it changed is new. People are accounts of the centre (the hall's id), never names or addresses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from simulator.dialogue import Speaker, Turn
from simulator.training.exam.attempt import Attempt, SatCall
from simulator.training.exam.entry import Entry, stamp
from simulator.training.exam.ledger import Broken, full_id, ledger_of
from simulator.training.exam.marks import Result

VERSIONS = ("1.0.3", "2.0.0")
VERB = "http://adlnet.gov/expapi/verbs/"
TYPE = "http://adlnet.gov/expapi/activities/"
VERBS = {
    "initialized": "开始",
    "responded": "说了",
    "failed": "没有做到",
    "passed": "通过",
    "completed": "完成",
    "terminated": "作废",
}
LANGUAGE = "zh-CN"
Statement = dict[str, Any]
Moments = Mapping[tuple[int, int], datetime]


def moments_of(entries: Sequence[Entry]) -> dict[tuple[int, int], datetime]:
    """When each turn was kept, by call and turn."""
    return {(entry.body["call"], entry.body["n"]): entry.at for entry in entries if entry.kind == "turn"}


def is_address(centre: str) -> bool:
    """Whether `centre` can be the root of ids: an absolute http(s) address without query or fragment."""
    try:
        parts = urlsplit(centre)
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and not any(character.isspace() for character in centre)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain


def statements(
    attempt: Attempt, moments: Moments, centre: str, version: str = VERSIONS[0]
) -> Iterator[Statement]:
    """The statements of a marked attempt in the order in which things happened.

    Raises RecordError when it was not handed in or not marked, ValueError for a `centre` that is no address.
    """
    if not is_address(centre):
        raise ValueError(centre)
    return iter(_Teller(attempt, moments, centre.rstrip("/"), version).all())


@dataclass(frozen=True, slots=True)
class _Teller:
    attempt: Attempt
    moments: Moments
    centre: str
    version: str

    def all(self) -> list[Statement]:
        attempt = self.attempt
        broken = ledger_of(attempt).broken
        assert attempt.submitted is not None
        assert attempt.result is not None
        told = [self._tell("initialized", self._exam(), attempt.opened, "exam")]
        for call in attempt.calls:
            told += self._call(call, [row for row in broken if row.call == call.n])
        told.append(self._tell("completed", self._exam(), attempt.submitted, "exam", {"completion": True}))
        return [*told, self._verdict(attempt.result)]

    @property
    def id(self) -> str:
        return full_id(self.attempt, self.attempt.id)

    # what happened

    def _call(self, call: SatCall, broken: Sequence[Broken]) -> Iterator[Statement]:
        if call.started is None:
            return
        activity, name = self._activity_of(call), f"call/{call.n}"
        yield self._tell("initialized", activity, call.started, name, call=call)
        for turn in call.turns:
            yield self._turn(call, turn)
            for row in broken:
                if row.turn == turn.n:
                    yield self._breach(call, row)
        ended = call.ended or self.attempt.submitted
        assert ended is not None
        assert self.attempt.result is not None
        result: Statement = {"completion": True, "duration": _duration(ended - call.started)}
        yield self._tell("completed", activity, ended, name, result, call=call)
        marks = next(marks for marks in self.attempt.result.calls if marks.n == call.n)
        score = _score(marks.total * 100)
        told: Statement = {"success": marks.passed, "completion": True, "score": score}
        yield self._tell(
            "passed" if marks.passed else "failed", activity, ended, f"{name}/{marks.total}", told, call=call
        )

    def _turn(self, call: SatCall, turn: Turn) -> Statement:
        mine = turn.who is Speaker.COLLECTOR
        activity = self._activity(f"attempts/{self.id}/calls/{call.n}/turns/{turn.n}", "interaction")
        activity["definition"]["name"] = {LANGUAGE: f"第 {turn.n} 轮"}
        extensions = self._extensions(
            acts=list(turn.acts), clock=turn.clock.isoformat(timespec="seconds"), hearer=turn.hearer.value
        )
        actor = (
            None if mine else self._account(f"persona/{call.case.persona if call.case else call.scenario}")
        )
        return self._tell(
            "responded",
            activity,
            self._moment(call, turn.n),
            f"call/{call.n}/turn/{turn.n}",
            {"response": turn.text, "extensions": extensions},
            call=call,
            actor=actor,
        )

    def _breach(self, call: SatCall, row: Broken) -> Statement:
        book = call.case.rulebook if call.case else "rules"
        activity = self._activity(f"rules/{book}/{row.rule}", "objective")
        activity["definition"]["name"] = {LANGUAGE: row.title}
        extensions = self._extensions(severity=row.severity, turn=row.turn, deducted=row.points)
        result = {"success": False, "response": row.words, "extensions": extensions}
        name = f"call/{call.n}/turn/{row.turn}/breach/{row.rule}/{row.words}"
        return self._tell("failed", activity, self._moment(call, row.turn), name, result, call=call)

    def _verdict(self, result: Result) -> Statement:
        attempt = self.attempt
        at = max(attempt.marked or attempt.opened, *(word.at for word in attempt.words), attempt.opened)
        if attempt.voided is not None:
            told: Statement = {"completion": False, "response": attempt.voided}
            return self._tell("terminated", self._exam(), at, "exam", told)
        name = f"exam/{result.points}/{stamp(at)}"
        extensions = self._extensions(
            cut=result.cut / 100, head=attempt.head, versions=dict(attempt.versions)
        )
        told = {
            "success": result.passed,
            "completion": True,
            "score": _score(result.points),
            "extensions": extensions,
        }
        return self._tell("passed" if result.passed else "failed", self._exam(), at, name, told)

    # how it is told

    def _tell(
        self,
        verb: str,
        activity: Statement,
        at: datetime,
        name: str,
        result: Statement | None = None,
        *,
        call: SatCall | None = None,
        actor: Statement | None = None,
    ) -> Statement:
        told: Statement = {
            "id": str(uuid5(self._registration, f"{name} {verb}")),
            "actor": actor or self._account(full_id(self.attempt, self.attempt.candidate.id)),
            "verb": {"id": VERB + verb, "display": {LANGUAGE: VERBS[verb]}},
            "object": activity,
            **({"result": result} if result else {}),
            "context": self._context(activity, call),
            "timestamp": stamp(at),
            "version": self.version,
        }
        return told

    @property
    def _registration(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"{self.centre}/attempts/{self.id}")

    def _context(self, activity: Statement, call: SatCall | None) -> Statement:
        exam = {"objectType": "Activity", "id": self._exam()["id"]}
        above = self._activity_of(call)["id"] if call else exam["id"]
        parent = exam["id"] if activity["id"] == above else above
        context: Statement = {
            "registration": str(self._registration),
            "platform": "Peilian",
            "language": LANGUAGE,
            "revision": self.attempt.blueprint.digest,
            "extensions": self._extensions(
                supervised=self.attempt.supervised,
                practice=self.attempt.blueprint.practice,
                number=self.attempt.number,
            ),
        }
        if activity["id"] != exam["id"]:
            context["contextActivities"] = {
                "parent": [{"objectType": "Activity", "id": parent}],
                "grouping": [exam],
            }
        return context

    def _account(self, name: str) -> Statement:
        return {"objectType": "Agent", "account": {"homePage": self.centre, "name": name}}

    def _activity(self, path: str, kind: str) -> Statement:
        return {"objectType": "Activity", "id": self._iri(path), "definition": {"type": TYPE + kind}}

    def _exam(self) -> Statement:
        activity = self._activity(f"exams/{self.attempt.exam}", "assessment")
        activity["definition"]["name"] = {LANGUAGE: self.attempt.exam_title}
        return activity

    def _activity_of(self, call: SatCall) -> Statement:
        activity = self._activity(f"scenarios/{call.scenario}", "simulation")
        activity["definition"]["name"] = {LANGUAGE: call.case.title if call.case else call.scenario}
        return activity

    def _iri(self, path: str) -> str:
        return f"{self.centre}/{quote(path)}"

    def _extensions(self, **values: Any) -> Statement:
        return {self._iri(f"xapi/{name}"): value for name, value in values.items()}

    def _moment(self, call: SatCall, turn: int) -> datetime:
        return self.moments.get((call.n, turn)) or call.started or self.attempt.opened


def _score(hundredths: int) -> Statement:
    return {"scaled": hundredths / 10_000, "raw": hundredths / 100, "min": 0, "max": 100}


def _duration(span: timedelta) -> str:
    return f"PT{max(0.0, span.total_seconds()):.2f}S"
