"""From scorecards and people's rulings to a result: the same arithmetic for the machine's marks and for mended ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from scoring.promise import worth
from scoring.rubric import Criterion, Grade, Rubric
from scoring.rulebook import Rulebook
from scoring.scorecard import Breach, Evidence, Finding, Met, PromiseMark
from scoring.verdict import Tally, points_for, reasons_of, total_of
from simulator.dialogue import HeardAs, Severity, Speaker, Transcript
from simulator.dialogue.plain import to_plain
from simulator.errors import ExamError
from simulator.training.exam.attempt import Attempt, SatCall
from simulator.training.exam.blueprint import POINT, shown_points
from simulator.training.exam.marks import CallResult, PartResult, Place, Result, Ruling

Card = Mapping[str, Any]


class Yardsticks(Protocol):
    """Rubrics and rulebooks by name, and the judge (see `simulator.authoring.stage`)."""

    def rubric(self, name: str) -> Rubric: ...

    def rulebook(self, name: str) -> Rulebook: ...

    def grade(self, transcript: Transcript, versions: Mapping[str, str]) -> dict[str, Any]: ...


def machine_marks(attempt: Attempt, yardsticks: Yardsticks) -> dict[str, Any]:
    """The body of the `marks` entry. Needs no clock and no chance: the same attempt gives the same body anywhere."""
    marked, versions = attempt, dict[str, str]()
    for call in attempt.calls:
        if call.transcript is None:
            continue
        card = yardsticks.grade(call.transcript, call.versions)
        calls = (*marked.calls[: call.n - 1], replace(call, scorecard=card), *marked.calls[call.n :])
        marked = replace(marked, calls=calls)
        versions |= _marked_with(call, card)
    return {
        "calls": [{"call": call.n, "scorecard": call.scorecard} for call in marked.calls if call.scorecard],
        "result": to_plain(result_of(marked, (), yardsticks)),
        "versions": versions,
    }


def _marked_with(call: SatCall, card: Card) -> dict[str, str]:
    assert call.case is not None
    made = card["versions"]
    return {
        f"rubric/{call.case.rubric}": made["rubric"],
        f"rulebook/{call.case.rulebook}": made["rulebook"],
        "ear": made["ear"],
        "program": made["program"],
    }


def result_of(attempt: Attempt, rulings: Iterable[Ruling], yardsticks: Yardsticks) -> Result:
    """What the attempt comes to with `rulings` in place of the machine's marks; of two on one place the later holds."""
    held = {ruling.place: ruling for ruling in rulings}
    calls = tuple(_call_result(call, list(held.values()), yardsticks) for call in attempt.calls)
    parts = tuple(_part_result(attempt, part.id, calls) for part in attempt.blueprint.parts)
    points = _mean(call.total for call in calls)
    reasons = tuple(_reasons(attempt, calls, parts, points))
    return Result(not reasons, points, attempt.blueprint.cut, calls, parts, reasons)


def _call_result(call: SatCall, rulings: Sequence[Ruling], yardsticks: Yardsticks) -> CallResult:
    if call.scorecard is None:
        return CallResult(call.n, call.part, 0, False, False)
    mine = [ruling for ruling in rulings if ruling.place.call == call.n]
    if mine:
        total, passed, breaches = mended(call, mine, yardsticks)
        severities = {breach.severity.value for breach in breaches}
    else:
        total, passed = call.scorecard["total"], call.scorecard["verdict"] == "pass"
        severities = {breach["severity"] for breach in call.scorecard["compliance"]["breaches"]}
    return CallResult(call.n, call.part, total, passed, Severity.FATAL.value in severities)


def _part_result(attempt: Attempt, id: str, calls: Sequence[CallResult]) -> PartResult:
    part = attempt.blueprint.part(id)
    return PartResult(id, part.title, _mean(call.total for call in calls if call.part == id), part.cut)


def _mean(totals: Iterable[int]) -> int:
    """In hundredths, rounded down: a mark is never given that was not reached."""
    given = list(totals)
    return POINT * sum(given) // len(given) if given else 0


def _reasons(
    attempt: Attempt, calls: Sequence[CallResult], parts: Sequence[PartResult], points: int
) -> Iterable[str]:
    red = [str(call.n) for call in calls if call.red_line]
    if red:
        yield f"第 {'、'.join(red)} 通踩了红线"
    failed = [call for call in calls if not call.passed]
    most = attempt.blueprint.most_failed
    if len(failed) > most:
        numbers = "、".join(str(call.n) for call in failed)
        yield f"{len(failed)} 通没有通过（第 {numbers} 通），最多可以 {most} 通"
    for part in parts:
        if not part.passed:
            yield f"“{part.title}”{shown_points(part.points)} 分，要 {shown_points(part.cut)} 分"
    if points < attempt.blueprint.cut:
        yield f"总分 {shown_points(points)} 分，合格线 {shown_points(attempt.blueprint.cut)} 分"


def mended(
    call: SatCall, rulings: Sequence[Ruling], yardsticks: Yardsticks
) -> tuple[int, bool, tuple[Breach, ...]]:
    """Total, verdict and breaches of a call whose marks people have changed, by the call's own rubric."""
    assert call.scorecard is not None
    assert call.case is not None
    rubric = yardsticks.rubric(call.case.rubric)
    if rubric.digest != call.scorecard["versions"]["rubric"]:
        raise ExamError(
            f"第 {call.n} 通是用另一版评分表“{rubric.id}”打的分；改分要装回考试时的版本，免得同一份卷子两把尺子"
        )
    tally = _tally(call, call.scorecard)
    for ruling in rulings:
        tally = _ruled(tally, ruling, rubric, yardsticks.rulebook(call.case.rulebook))
    return total_of(tally), not reasons_of(tally, rubric), tally.breaches


def ruled_card(call: SatCall, rulings: Sequence[Ruling], yardsticks: Yardsticks) -> dict[str, Any]:
    """The call's scorecard as it should have been: marks, breaches, total and verdict with the rulings in it."""
    total, passed, breaches = mended(call, rulings, yardsticks)
    assert call.scorecard is not None
    card: dict[str, Any] = {**call.scorecard, "total": total, "verdict": "pass" if passed else "fail"}
    values = {(ruling.place.what, ruling.place.id): ruling.value for ruling in rulings}
    for name in ("etiquette", "tasks"):
        findings = [
            {**item, "met": values.get(("finding", item["id"]), item["met"])}
            for item in card[name]["findings"]
        ]
        card[name] = {**card[name], "findings": findings}
    grade = values.get(("promise", "grade"), card["promise"]["grade"])
    card["promise"] = {**card["promise"], "grade": grade}
    broken = [{"rule": breach.rule, "turn": breach.evidence.turn} for breach in breaches]
    card["compliance"] = {**card["compliance"], "breaches": broken}
    return card


def _tally(call: SatCall, card: Card) -> Tally:
    """What the verdict depends on, back from the scorecard's JSON."""
    findings = tuple(_finding(item) for name in ("etiquette", "tasks") for item in card[name]["findings"])
    breaches = tuple(_breach(item) for item in card["compliance"]["breaches"])
    spoken = sum(turn.who is Speaker.COLLECTOR and bool(turn.text.strip()) for turn in call.turns)
    return Tally(findings, _promise(card["promise"]), breaches, spoken)


def _finding(item: Mapping[str, Any]) -> Finding:
    return Finding(
        item["id"], item["title"], Met(item["met"]), item["points"], item["of"], item["why"], "", None
    )


def _breach(item: Mapping[str, Any]) -> Breach:
    return Breach(
        rule=item["rule"],
        title=item["title"],
        severity=Severity(item["severity"]),
        heard_as=HeardAs.BRUSH_OFF,  # not in the scorecard, and no verdict looks at it
        evidence=Evidence(item["turn"], item["start"], item["end"], item["text"]),
        rule_text="",
        why="",
        heard="",
        sources=(),
        say_instead=(),
        points=item["points"],
    )


def _promise(item: Mapping[str, Any]) -> PromiseMark:
    return PromiseMark(
        grade=Grade(item["grade"]),
        payer=item["payer"],
        amount=None,
        due=None,
        within_48h=item["within_48h"],
        confirmed=item["confirmed"],
        void_because=item["void_because"],
        method=item["method"],
        standing=item["standing"],
        broken_promises=item["broken_promises"],
        evidence=None,
        points=item["points"],
        of=item["of"],
        why="",
        pledges=(),
    )


def _ruled(tally: Tally, ruling: Ruling, rubric: Rubric, rulebook: Rulebook) -> Tally:
    place, value = ruling.place, ruling.value
    if place.what == "finding":
        return _with_finding(tally, place.id, Met(value), rubric)
    if place.what == "breach":
        return _with_breach(tally, place, value == "breached", rubric, rulebook)
    return replace(tally, promise=_with_promise(tally.promise, place.id, value, rubric, ruling.why))


def _with_finding(tally: Tally, id: str, met: Met, rubric: Rubric) -> Tally:
    criterion: Criterion = next(item for item in rubric.criteria if item.id == id)
    findings = tuple(
        replace(finding, met=met, points=points_for(criterion, met)) if finding.id == id else finding
        for finding in tally.findings
    )
    return replace(tally, findings=findings)


def _with_breach(tally: Tally, place: Place, breached: bool, rubric: Rubric, rulebook: Rulebook) -> Tally:
    here = [item for item in tally.breaches if (item.rule, item.evidence.turn) == (place.id, place.turn)]
    if breached == bool(here):
        return tally
    if not breached:
        kept = tuple(item for item in tally.breaches if item not in here)
        return replace(tally, breaches=kept)
    rule = next(item for item in rulebook.rules if item.id == place.id)
    plain = {"rule": rule.id, "title": rule.title, "severity": rule.severity.value}
    words = {"turn": place.turn or 0, "start": 0, "end": 0, "text": ""}
    found = _breach({**plain, **words, "points": rubric.deductions.get(rule.severity, 0)})
    return replace(tally, breaches=(*tally.breaches, found))


def _with_promise(mark: PromiseMark, id: str, value: str, rubric: Rubric, why: str) -> PromiseMark:
    if id == "grade":
        mark = replace(mark, grade=Grade(value))
    elif id == "confirmed":
        mark = replace(mark, confirmed=value == "yes")
    else:
        mark = replace(mark, void_because=why if value == "yes" else None)
    return replace(mark, points=worth(mark, rubric.promise))
