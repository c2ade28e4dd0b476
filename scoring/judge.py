"""Judges one call: pure, so that the same transcript, rubric, rulebook and ear give the same scorecard anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scoring.better import better_breach, better_finding
from scoring.checks import decide
from scoring.compliance import Law, priced, seal_of
from scoring.conditions import Moment, hold
from scoring.hearing import Call, Listener, listen
from scoring.marks import Judged
from scoring.note import grade_note
from scoring.promise import weigh
from scoring.rubric import Criterion, Rubric
from scoring.rulebook import Rulebook
from scoring.scorecard import Breach, Finding, Met, Scorecard, Section
from scoring.verdict import Tally, changes_for, points_for, reasons_of, total_of
from simulator.dialogue import Transcript

__all__ = ["Scorecard", "judge"]


def judge(
    transcript: Transcript,
    rubric: Rubric,
    rulebook: Rulebook,
    ear: Listener,
    versions: Mapping[str, str] | None = None,
) -> Scorecard:
    """The scorecard of a call. Nothing but the arguments enters it; `versions` is written into it as it is."""
    call = listen(transcript, ear)
    law = Law(rulebook, call.case.at.date(), ear)
    found, doubts = law.find(call)
    breaches = priced(found, rubric.deductions)
    promise = weigh(call, rubric.promise, breaches)
    judged = Judged(call, breaches, promise)
    etiquette = _findings(rubric.etiquette, judged)
    tasks = _findings(rubric.tasks, judged)
    tally = Tally((*etiquette, *tasks), promise, breaches, len(call.spoken))
    reasons = reasons_of(tally, rubric)
    changes = changes_for(tally, rubric)
    return Scorecard(
        passed=not reasons,
        total=total_of(tally),
        pass_mark=rubric.pass_mark,
        reasons=reasons,
        etiquette=Section(_improved(etiquette, rubric.etiquette, judged, law)),
        tasks=Section(_improved(tasks, rubric.tasks, judged, law)),
        promise=promise,
        breaches=_mended(breaches, call, law),
        seal=seal_of(call),
        needs_human=doubts,
        what_would_change=changes,
        note=grade_note(call, promise) if transcript.note is not None else None,
        versions=dict(versions or {}),
    )


def _findings(criteria: Sequence[Criterion], judged: Judged) -> tuple[Finding, ...]:
    """One finding for each criterion that applies to this call."""
    case = judged.call.case
    moment = Moment(case, case.at, case.kind.hearer(verified=True))
    found: list[Finding] = []
    for criterion in criteria:
        mark = decide(criterion.check, judged) if hold(criterion.only_if, moment) else None
        if mark is None:
            continue
        found.append(
            Finding(
                id=criterion.id,
                title=criterion.title,
                met=mark.met,
                points=points_for(criterion, mark.met),
                of=criterion.points,
                why=mark.why,
                matters=criterion.why,
                evidence=mark.evidence,
                say_instead=(),
            )
        )
    return tuple(found)


def _improved(
    findings: Sequence[Finding], criteria: Sequence[Criterion], judged: Judged, law: Law
) -> tuple[Finding, ...]:
    """The findings, those not met with a way to say it."""
    by_id = {criterion.id: criterion for criterion in criteria}
    return tuple(
        finding
        if finding.met is Met.YES
        else better_finding(finding, by_id[finding.id], judged.promise, judged.breaches, judged.call, law)
        for finding in findings
    )


def _mended(breaches: Sequence[Breach], call: Call, law: Law) -> tuple[Breach, ...]:
    return tuple(replace(breach, better=better_breach(breach, breaches, call, law)) for breach in breaches)
