"""The scorecard: every mark of a call with the words that earned it, and its JSON form.

    verdict        "pass" or "fail"
    total          0 to 100: points earned of those that could be earned, less the deductions
    pass_mark      what the total must reach
    reasons        why it failed, in words: [{"id", "text"}]; empty for a pass
    etiquette      {"points", "of", "findings"}
    tasks          the same; each finding is
                     id, title, met ("yes" | "half" | "no"), points, of, why (what was found), matters (why it counts),
                     turn, start, end, text (the words; all four null where nothing of the kind was said),
                     say_instead (wordings filled with this call's facts), better (see `Better`; null where met)
    promise        grade, payer, amount (yuan), due, within_48h, confirmed, void, void_because, method, standing,
                     broken_promises, turn, start, end, text (the debtor's words), points, of, why,
                     timeline {"made", "limit", "pledges": [{"turn", "made", "limit", "amount", "due", "within_48h",
                     "sum_repeated", "time_repeated", "counted"}]}; `counted` pledges carry the grade
    compliance     {"deducted", "breaches"}; each breach is
                     rule, title, severity, points (deducted), turn, start, end, text, rule_text, why, raised (why it
                     weighs more than usual, or null), heard (what gave it away), sources, say_instead, better
    seal           kept (no debt fact before it broke), broke {"turn", "text", "clock"} (the persona's words that verified
                     the hearer) or null, leaks [{"turn", "start", "end", "text"}]
    needs_human    what no machine should settle, never counted: [{"rule", "title", "turn", "start", "end", "text", "why"}]
    what_would_change
                   the cheapest changes that together make a failed call pass; of a passed call, what would earn most:
                   [{"id", "turn", "text", "gain", "flips"}], `flips` true from the one on with which it passes
    note           how the note after the call was graded, or null (see `scoring.note`)
    versions       hashes of everything that the result depends on

Offsets are code points into the turn's text. Points are whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoring.rubric import Grade
from scoring.rulebook import Source
from simulator.dialogue import HeardAs, Severity
from simulator.dialogue.plain import to_plain


class Met(StrEnum):
    YES = "yes"
    HALF = "half"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one turn; `text` is what stands at `start:end` of it."""

    turn: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Better:
    """A turn as it was and as it might have been. `diff` leads from one to the other: ("keep" | "cut" | "put", words)."""

    turn: int
    original: str
    improved: str
    diff: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    id: str
    title: str
    met: Met
    points: int
    of: int
    why: str
    matters: str
    evidence: Evidence | None
    say_instead: tuple[str, ...] = ()
    better: Better | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    rule: str
    title: str
    severity: Severity
    heard_as: HeardAs
    evidence: Evidence
    rule_text: str
    why: str
    heard: str
    sources: tuple[Source, ...]
    say_instead: tuple[str, ...]
    raised: str | None = None
    points: int = 0
    better: Better | None = None
    fix: str | None = None  # the right words for the evidence where the case knows them; not in the JSON


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may be a breach, for a human to settle."""

    rule: str
    title: str
    evidence: Evidence
    why: str


@dataclass(frozen=True, slots=True)
class Seal:
    """Debt facts are sealed until the hearer is verified. `broke` are the words by which they opened."""

    broke: Evidence | None
    clock: datetime | None
    leaks: tuple[Evidence, ...]

    @property
    def kept(self) -> bool:
        return not self.leaks


@dataclass(frozen=True, slots=True)
class Pledged:
    """One pledge as the judge weighs it; `limit` is 48 hours after the turn in which it was made."""

    amount: Decimal | None
    due: datetime | None
    made: datetime
    limit: datetime
    turn: int
    sum_repeated: bool
    time_repeated: bool
    counted: bool

    @property
    def within(self) -> bool:
        return self.due is not None and self.due <= self.limit

    @property
    def confirmed(self) -> bool:
        return self.sum_repeated and self.time_repeated


@dataclass(frozen=True, slots=True)
class PromiseMark:
    grade: Grade
    payer: str | None
    amount: Decimal | None
    due: datetime | None
    within_48h: bool
    confirmed: bool
    void_because: str | None
    method: str | None
    standing: bool
    broken_promises: int
    evidence: Evidence | None
    points: int
    of: int
    why: str
    pledges: tuple[Pledged, ...]

    @property
    def void(self) -> bool:
        return self.void_because is not None


@dataclass(frozen=True, slots=True)
class Section:
    """Findings that are counted together: etiquette, tasks, or the note after the call (which is not in the total)."""

    findings: tuple[Finding, ...]

    @property
    def points(self) -> int:
        return sum(finding.points for finding in self.findings)

    @property
    def of(self) -> int:
        return sum(finding.of for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a call failed."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would have raised the total by `gain`; `flips` from the one on with which the call passes."""

    id: str
    turn: int | None
    text: str
    gain: int
    flips: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    passed: bool
    total: int
    pass_mark: int
    reasons: tuple[Reason, ...]
    etiquette: Section
    tasks: Section
    promise: PromiseMark
    breaches: tuple[Breach, ...]
    seal: Seal
    needs_human: tuple[Doubt, ...]
    what_would_change: tuple[Change, ...]
    note: Section | None = None
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def deducted(self) -> int:
        return sum(breach.points for breach in self.breaches)

    def to_json(self) -> dict[str, Any]:
        """The scorecard as plain JSON data, in a fixed order (see the module)."""
        return {
            "verdict": "pass" if self.passed else "fail",
            "total": self.total,
            "pass_mark": self.pass_mark,
            "reasons": [{"id": reason.id, "text": reason.text} for reason in self.reasons],
            "etiquette": _section(self.etiquette),
            "promise": _promise(self.promise),
            "tasks": _section(self.tasks),
            "compliance": {
                "deducted": self.deducted,
                "breaches": [_breach(breach) for breach in self.breaches],
            },
            "seal": _seal(self.seal),
            "needs_human": [
                {"rule": doubt.rule, "title": doubt.title, **_words(doubt.evidence), "why": doubt.why}
                for doubt in self.needs_human
            ],
            "what_would_change": [
                {
                    "id": change.id,
                    "turn": change.turn,
                    "text": change.text,
                    "gain": change.gain,
                    "flips": change.flips,
                }
                for change in self.what_would_change
            ],
            "note": _section(self.note) if self.note else None,
            "versions": dict(sorted(self.versions.items())),
        }


def _words(evidence: Evidence | None) -> dict[str, Any]:
    if evidence is None:
        return {"turn": None, "start": None, "end": None, "text": None}
    return {"turn": evidence.turn, "start": evidence.start, "end": evidence.end, "text": evidence.text}


def _better(better: Better | None) -> dict[str, Any] | None:
    if better is None:
        return None
    return {
        "turn": better.turn,
        "original": better.original,
        "improved": better.improved,
        "diff": [list(step) for step in better.diff],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "points": section.points,
        "of": section.of,
        "findings": [_finding(item) for item in section.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": finding.title,
        "met": finding.met.value,
        "points": finding.points,
        "of": finding.of,
        **_words(finding.evidence),
        "why": finding.why,
        "matters": finding.matters,
        "say_instead": list(finding.say_instead),
        "better": _better(finding.better),
    }


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "rule": breach.rule,
        "title": breach.title,
        "severity": breach.severity.value,
        "points": breach.points,
        **_words(breach.evidence),
        "rule_text": breach.rule_text,
        "why": breach.why,
        "raised": breach.raised,
        "heard": breach.heard,
        "sources": [_source(source) for source in breach.sources],
        "say_instead": list(breach.say_instead),
        "better": _better(breach.better),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "document": source.document,
        "article": source.article,
        "from": to_plain(source.since),
        "until": to_plain(source.until),
        "how": source.how,
        "note": source.note,
    }


def _promise(promise: PromiseMark) -> dict[str, Any]:
    made = max((pledge.made for pledge in promise.pledges), default=None)
    limit = max((pledge.limit for pledge in promise.pledges), default=None)
    return {
        "grade": promise.grade.value,
        "payer": promise.payer,
        "amount": to_plain(promise.amount),
        "due": to_plain(promise.due),
        "within_48h": promise.within_48h,
        "confirmed": promise.confirmed,
        "void": promise.void,
        "void_because": promise.void_because,
        "method": promise.method,
        "standing": promise.standing,
        "broken_promises": promise.broken_promises,
        **_words(promise.evidence),
        "points": promise.points,
        "of": promise.of,
        "why": promise.why,
        "timeline": {
            "made": to_plain(made),
            "limit": to_plain(limit),
            "pledges": [_pledged(pledge) for pledge in promise.pledges],
        },
    }


def _pledged(pledge: Pledged) -> dict[str, Any]:
    return {
        "turn": pledge.turn,
        "made": to_plain(pledge.made),
        "limit": to_plain(pledge.limit),
        "amount": to_plain(pledge.amount),
        "due": to_plain(pledge.due),
        "within_48h": pledge.within,
        "sum_repeated": pledge.sum_repeated,
        "time_repeated": pledge.time_repeated,
        "counted": pledge.counted,
    }


def _seal(seal: Seal) -> dict[str, Any]:
    broke = seal.broke
    return {
        "kept": seal.kept,
        "broke": None
        if broke is None
        else {"turn": broke.turn, "text": broke.text, "clock": to_plain(seal.clock)},
        "leaks": [_words(leak) for leak in seal.leaks],
    }
