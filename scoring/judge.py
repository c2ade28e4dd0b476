"""Judges one call: pure, so that the same transcript, rubric, rulebook and ear give the same scorecard anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scoring.better import better_breach
from scoring.changes import Edits, changes_for
from scoring.checks import decide
from scoring.compliance import Law, priced, seal_of
from scoring.conditions import Moment, hold
from scoring.hearing import Call, Listener, Remembering, listen
from scoring.marks import Judged
from scoring.missed import better_finding
from scoring.note import grade_note
from scoring.promise import weigh
from scoring.rubric import Criterion, Rubric
from scoring.rulebook import Rulebook
from scoring.scorecard import Breach, Doubt, Finding, Met, Scorecard, Section
from scoring.verdict import Tally, points_for, reasons_of, total_of
from simulator.dialogue import Transcript

__all__ = ["Scorecard", "judge"]


def judge(
    transcript: Transcript,
    rubric: Rubric,
    rulebook: Rulebook,
    ear: Listener,
    versions: Mapping[str, str] | None = None,
    *,
    advice: bool = True,
) -> Scorecard:
    """The scorecard of a call. Nothing but the arguments enters it; `versions` is written into it as it is.

    Finding what could have been said instead takes longer than all the marking. Without `advice` the marks are the same,
    and no finding or breach has a better sentence, nor is it said what would change the total.
    """
    ear = Remembering(ear)
    call = listen(transcript, ear)
    law = Law(rulebook, call.case.at.date(), ear)
    weighed = _weigh(call, law, rubric)
    judged, tally = weighed.judged, weighed.tally
    etiquette, tasks, breaches = weighed.etiquette, weighed.tasks, tuple(judged.breaches)
    if advice:
        etiquette = _improved(etiquette, rubric.etiquette, judged, law)
        tasks = _improved(tasks, rubric.tasks, judged, law)
        breaches = _mended(breaches, call, law)
    reasons = reasons_of(tally, rubric)

    def again(turns: Mapping[int, str]) -> Tally:
        """What the call would have come to, had these turns been said so and the persona answered the same."""
        return _weigh(listen(_with_turns(transcript, turns), ear), law, rubric).tally

    return Scorecard(
        passed=not reasons,
        total=total_of(tally),
        pass_mark=rubric.pass_mark,
        reasons=reasons,
        etiquette=Section(etiquette),
        tasks=Section(tasks),
        promise=judged.promise,
        breaches=breaches,
        seal=seal_of(call),
        needs_human=weighed.doubts,
        what_would_change=changes_for(tally, rubric, Edits(breaches, (*etiquette, *tasks)), again)
        if advice
        else (),
        note=grade_note(call, judged.promise) if transcript.note is not None else None,
        versions=dict(versions or {}),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A call with every mark but no advice."""

    judged: Judged
    etiquette: tuple[Finding, ...]
    tasks: tuple[Finding, ...]
    doubts: tuple[Doubt, ...]
    tally: Tally


def _weigh(call: Call, law: Law, rubric: Rubric) -> _Weighed:
    found, doubts = law.find(call)
    breaches = priced(found, rubric.deductions)
    promise = weigh(call, rubric.promise, breaches)
    judged = Judged(call, breaches, promise)
    etiquette = _findings(rubric.etiquette, judged)
    tasks = _findings(rubric.tasks, judged)
    tally = Tally((*etiquette, *tasks), promise, breaches, len(call.spoken))
    return _Weighed(judged, etiquette, tasks, doubts, tally)


def _with_turns(transcript: Transcript, turns: Mapping[int, str]) -> Transcript:
    said = tuple(replace(turn, text=turns.get(turn.n, turn.text)) for turn in transcript.turns)
    return replace(transcript, turns=said)


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
