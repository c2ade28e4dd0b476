"""Calls made by hand for tests of the judge: YAML in, transcript and an ear that hears what the file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scoring.judge import judge
from scoring.rubric import Rubric
from scoring.rulebook import Rule, Rulebook
from scoring.scorecard import Scorecard
from simulator.authoring.marked import Source
from simulator.authoring.rubric_file import read_rubric
from simulator.authoring.rule_file import read_rule
from simulator.dialogue import (
    Act,
    Case,
    Channel,
    Cue,
    HeardAs,
    Hearer,
    Manner,
    Outcome,
    PersonaKind,
    Pledge,
    Reading,
    Severity,
    Signal,
    Speaker,
    Transcript,
    Turn,
)
from simulator.dialogue.speak import speech
from simulator.reading.amounts import find_amounts
from simulator.reading.times import find_times
from tests.engine.case import CASE

ROOT = Path(__file__).resolve().parents[2]
CALLS = Path(__file__).parent / "calls"
COURTESIES = ("请", "麻烦", "谢谢", "打扰")


@cache
def rubric(name: str = "first-party") -> Rubric:
    path = ROOT / "scoring" / "rubrics" / f"{name}.yaml"
    source = Source(path.name, path.read_text(encoding="utf-8"))
    found = read_rubric(source)
    assert found is not None, source.problems
    return found


@cache
def rulebook() -> Rulebook:
    return Rulebook("cn", tuple(rules()))


def rules() -> Iterator[Rule]:
    for path in sorted((ROOT / "scoring" / "rulebooks" / "cn").glob("*.yaml")):
        source = Source(path.name, path.read_text(encoding="utf-8"))
        rule = read_rule(source)
        assert rule is not None, source.problems
        yield rule


@dataclass
class Ear:
    """Hears in each line the acts and breaches that a test gave it, and nothing in any other line."""

    acts: dict[str, tuple[tuple[str, str], ...]]
    cues: dict[str, tuple[tuple[str, str], ...]]

    @property
    def rule_ids(self) -> list[str]:
        return [rule.id for rule in rulebook().rules]

    def read(
        self,
        text: str,
        hearer: Hearer = Hearer.DEBTOR,
        channel: Channel = Channel.PHONE,
        *,
        now: datetime,
        before: str | None = None,
        asked: str | None = None,
    ) -> Reading:
        def place(words: str) -> tuple[int, int]:
            start = text.index(words) if words in text else 0
            return start, start + (len(words) if words in text else len(text))

        by_id = {rule.id: rule for rule in rulebook().rules}
        courtesies = tuple(
            (text.index(word), text.index(word) + len(word)) for word in COURTESIES if word in text
        )
        signals = frozenset({Signal.QUESTION} if "？" in text else ())
        acts = tuple(Act(id, *place(words), "given") for id, words in self.acts.get(text, ()))
        cues = []
        for rule, words in self.cues.get(text, ()):
            known = by_id.get(rule)
            severity, way = (known.severity, known.heard_as) if known else (Severity.MAJOR, HeardAs.THREAT)
            cues.append(Cue(rule, severity, way, *place(words), "given"))
        length = len("".join(text.split()))
        manner = Manner("您" in text or "先生" in text or "总" in text, length, courtesies)
        times, amounts = find_times(text, now), find_amounts(text)
        return Reading(
            text,
            acts or (Act("out-of-scope", 0, len(text), ""),),
            tuple(cues),
            times,
            amounts,
            manner,
            signals,
            False,
        )


@dataclass(frozen=True)
class Made:
    """A call from a file, with the claim it stands for."""

    claim: str
    rubric: str
    transcript: Transcript
    ear: Ear
    expect: dict[str, Any]

    def judge(self, advice: bool = True) -> Scorecard:
        yardsticks = rubric(self.rubric), rulebook(), self.ear, {"ear": "given"}
        return judge(self.transcript, *yardsticks, advice=advice)


def case_with(facts: dict[str, Any]) -> Case:
    """The case of all tests with some facts changed: `standing.visit-arranged: true`, `broken-promises: 3`, …"""
    case = CASE
    for path, value in facts.items():
        group, _, name = path.replace("-", "_").rpartition(".")
        if group:
            part = getattr(case, group)
            case = replace(case, **{group: replace(part, **{name: _like(getattr(part, name), value)})})
        elif name == "days_overdue":
            case = replace(case, debt=replace(case.debt, days_overdue=value))
        elif name == "kind":
            case = replace(case, kind=PersonaKind(value))
        elif name == "channel":
            case = replace(case, channel=Channel(value))
        else:
            assert name in {field.name for field in fields(case)}, name
            case = replace(case, **{name: _like(getattr(case, name), value)})
    return case


def _like(old: object, value: Any) -> Any:
    if isinstance(old, Decimal):
        return Decimal(str(value))
    return datetime.fromisoformat(value) if isinstance(old, datetime) else value


def made(data: dict[str, Any]) -> Made:
    case = case_with(data.get("case", {}))
    clock = case.at
    turns: list[Turn] = []
    ear = Ear({}, {})
    verified = False
    pledges: tuple[Pledge, ...] = ()
    for number, line in enumerate(data["turns"], 1):
        who = Speaker.COLLECTOR if "催收" in line else Speaker.PERSONA
        text = line.get("催收", line.get("对方", ""))
        clock = datetime.fromisoformat(line["clock"]) if "clock" in line else clock
        if who is Speaker.COLLECTOR:
            ear.acts[text] = tuple(_pairs(line.get("acts", []), text))
            ear.cues[text] = tuple(_pairs(line.get("breaks", []), text))
        else:
            verified = verified or line.get("verified", False)
            pledges = tuple(map(_pledge, line["pledges"])) if "pledges" in line else pledges
        hearer = case.kind.hearer(verified)
        given = pledges if who is Speaker.PERSONA else ()
        turns.append(Turn(number, who, text, clock, hearer, "talk", pledges=given, asks=line.get("asks")))
        clock += speech(text)
    transcript = Transcript(
        case, 1, tuple(turns), Outcome(data.get("outcome", "unresolved")), data.get("note")
    )
    return Made(data["claim"], data.get("rubric", "first-party"), transcript, ear, data.get("expect", {}))


def _pairs(items: list[Any] | dict[str, str], text: str) -> Iterator[tuple[str, str]]:
    if isinstance(items, dict):
        yield from items.items()
    else:
        yield from ((item, text) for item in items)


def _pledge(data: dict[str, Any]) -> Pledge:
    amount = data.get("amount")
    due = data.get("due")
    return Pledge(
        amount=None if amount is None else Decimal(str(amount)),
        due=None if due is None else datetime.fromisoformat(due),
        method=data.get("method"),
        standing=data.get("standing", False),
    )


def call_files() -> list[Path]:
    return sorted(CALLS.glob("*.yaml"))


def read_call(path: Path) -> Made:
    return made(whole(yaml.safe_load(path.read_text(encoding="utf-8"))))


def whole(data: dict[str, Any]) -> dict[str, Any]:
    """A call written as another one (`like`) with some turns changed, put after one, or cut."""
    if "like" not in data:
        return data
    base = yaml.safe_load((CALLS / f"{data['like']}.yaml").read_text(encoding="utf-8"))
    turns: list[dict[str, Any]] = []
    for number, line in enumerate(base["turns"], 1):
        if number not in data.get("cut", ()):
            turns.append({**line, **data.get("change", {}).get(number, {})})
        turns.extend(data.get("put", {}).get(number, ()))
    kept = {key: value for key, value in base.items() if key not in ("expect", "claim", "turns")}
    return {**kept, "turns": turns, **{key: value for key, value in data.items() if key not in ("like",)}}
