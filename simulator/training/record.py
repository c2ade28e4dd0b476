"""The record of a call as events, one JSON object a line; the same form is played, kept, graded and resumed.

`{"event":"call",…}` opens it with the whole case, `{"event":"turn",…}` is one turn, `{"event":"end",…}` closes the
call, `{"event":"note",…}` is the trainee's note after it, `{"event":"scorecard",…}` the marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.dialogue import Case, Outcome, Transcript, Turn
from simulator.dialogue.plain import from_plain, to_plain
from simulator.errors import RecordError

FORMAT = 1
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """`scorecard` is the last one that was kept with the call, as it stands there, unchecked."""

    transcript: Transcript
    versions: dict[str, str]
    scorecard: dict[str, Any] | None


def call_event(case: Case, seed: int, versions: Mapping[str, str]) -> Event:
    return {
        "event": "call",
        "format": FORMAT,
        "scenario": case.scenario,
        "persona": case.persona,
        "seed": seed,
        "case": to_plain(case),
        "versions": dict(versions),
    }


def turn_event(turn: Turn) -> Event:
    return {"event": "turn", **to_plain(turn)}


def end_event(outcome: Outcome) -> Event:
    return {"event": "end", "outcome": outcome.value}


def note_event(text: str) -> Event:
    return {"event": "note", "text": text}


def scorecard_event(scorecard: Mapping[str, Any]) -> Event:
    return {"event": "scorecard", **scorecard}


def dump(event: Mapping[str, Any]) -> str:
    """One line of JSON, the same bytes for the same event everywhere."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def parse_lines(lines: Iterable[str], name: str) -> Iterator[tuple[int, Event]]:
    """The events of a record with their line numbers. Raises RecordError on a line that is not one.

    A last line without its end is what a killed program leaves behind: it was never shown, and is left out.
    """
    pending: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if pending is not None:
            yield pending[0], _parse(*pending, name)
        pending = (number, line)
    if pending is not None:
        try:
            last = _parse(*pending, name)
        except RecordError:
            return
        yield pending[0], last


def _parse(number: int, line: str, name: str) -> Event:
    try:
        event = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RecordError(f"{name} 第 {number} 行不是一个 JSON 对象；通话记录每行一个事件") from error
    if not isinstance(event, dict) or "event" not in event:
        raise RecordError(f"{name} 第 {number} 行没有 “event”；这不像 peilian 的通话记录")
    return event


def read_transcript(lines: Iterable[str], name: str) -> tuple[Transcript, dict[str, str]]:
    """The transcript of a record and the versions it was made with (see `read_record`)."""
    record = read_record(lines, name)
    return record.transcript, record.versions


def read_record(lines: Iterable[str], name: str) -> Record:
    """A call as it was kept.

    Raises RecordError that says which line is wrong. A record without an end is one of a call that broke off.
    """
    call: Event | None = None
    turns: list[Turn] = []
    outcome: Outcome | None = None
    note: str | None = None
    scorecard: dict[str, Any] | None = None
    case: Case | None = None
    for number, event in parse_lines(lines, name):
        kind = event["event"]
        try:
            if kind == "call":
                if event.get("format") != FORMAT:
                    raise RecordError(
                        f"{name} 第 {number} 行：记录格式是 {event.get('format')}，这个版本只认 {FORMAT}"
                    )
                call, case = event, from_plain(Case, event["case"])
            elif kind == "turn":
                turns.append(from_plain(Turn, {key: value for key, value in event.items() if key != "event"}))
            elif kind == "end":
                outcome = Outcome(event["outcome"])
            elif kind == "note":
                note = str(event["text"])
            elif kind == "scorecard":
                scorecard = {key: value for key, value in event.items() if key != "event"}
        except (KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{name} 第 {number} 行的“{kind}”事件读不懂：{error}") from error
    if call is None or case is None:
        raise RecordError(f"{name} 里没有通话的开头（“event”:“call”）")
    _check_order(turns, name)
    versions = {str(key): str(value) for key, value in dict(call.get("versions", {})).items()}
    transcript = Transcript(case, int(call.get("seed", 0)), tuple(turns), outcome, note)
    return Record(transcript, versions, scorecard)


def _check_order(turns: list[Turn], name: str) -> None:
    for expected, turn in enumerate(turns, 1):
        if turn.n != expected:
            raise RecordError(f"{name}：应该是第 {expected} 轮，却是第 {turn.n} 轮；记录缺了一段或顺序乱了")
