"""Labels for lines that nobody understood: kept, exported for the corpus, and what they would change in past verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from scoring.compare import compare
from scoring.hearing import Listener
from scoring.judge import judge
from simulator.authoring.desk import Desk
from simulator.authoring.inbox import Group, Kept, Label, form_of, unmatched
from simulator.dialogue import Act, Channel, Cue, Hearer, Reading, Signal, Transcript
from simulator.errors import RecordError, StorageError
from simulator.reading.decide import OUT_OF_SCOPE
from simulator.reading.ear import Ear
from simulator.training.record import Event, parse_lines

UNKNOWN = (Signal.NOT_UNDERSTOOD, Signal.GARBLED, Signal.FOREIGN)
LABELLED = "人工标注"


@dataclass(frozen=True, slots=True)
class Effect:
    """What the labels would change in one call (see `scoring.compare`)."""

    record: Path
    title: str
    lines: tuple[str, ...]
    compared: Mapping[str, Any]


def label_event(label: Label, at: datetime) -> Event:
    """A label as one line of the labels file."""
    return {
        "event": "label",
        "form": label.form,
        "text": label.text,
        "acts": list(label.acts),
        "breaches": list(label.breaches),
        "maybe": list(label.maybe),
        "by": label.by,
        "at": at.isoformat(timespec="seconds"),
    }


def read_labels(path: Path) -> dict[str, Label]:
    """The labels by form; of two for one form the later holds. Raises StorageError or RecordError."""
    if not path.exists():
        return {}
    try:
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError as error:
        raise StorageError(f"读不了 {path}：{error.strerror}") from error
    labels: dict[str, Label] = {}
    for number, event in parse_lines(lines, str(path)):
        try:
            acts, breaches, maybe = (tuple(map(str, event[key])) for key in ("acts", "breaches", "maybe"))
            label = Label(str(event["form"]), str(event["text"]), acts, breaches, maybe, str(event["by"]))
        except (KeyError, TypeError) as error:
            raise RecordError(f"{path} 第 {number} 行不是一条标注：缺 {error}") from error
        labels[label.form] = label
    return labels


def corpus_lines(groups: Iterable[Group], ear: Ear, prefix: str) -> Iterator[dict[str, Any]]:
    """The labelled lines as the corpus has them (see docs/labelling.zh-CN.md), one for each hearer and channel."""
    number = 0
    for group in groups:
        if group.label is None:
            continue
        for hearer, channel in group.settings:
            number += 1
            yield {
                "id": f"{prefix}-{number:04d}",
                "text": group.text,
                "hearer": hearer.value,
                "channel": channel.value,
                "acts": list(group.label.acts),
                "breaches": [rule for rule in group.label.breaches if rule in ear.allowed[hearer, channel]],
                **({"maybe": list(group.label.maybe)} if group.label.maybe else {}),
            }


@dataclass(frozen=True, slots=True)
class Corrected:
    """An ear that takes labelled lines as their labels say, and hears all others as `ear` does."""

    ear: Ear
    labels: Mapping[str, Label]

    @property
    def rule_ids(self) -> Collection[str]:
        return self.ear.rule_ids

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
        reading = self.ear.read(text, hearer, channel, now=now, before=before, asked=asked)
        label = self.labels.get(form_of(text)) if reading.act_ids == (OUT_OF_SCOPE,) else None
        if label is None:
            return reading
        allowed = self.ear.allowed[hearer, channel]
        return replace(
            reading,
            acts=tuple(Act(id, 0, len(text), LABELLED) for id in label.acts),
            cues=tuple(self._cue(rule, text) for rule in label.breaches if rule in allowed),
            signals=reading.signals - frozenset(UNKNOWN),
            unsure=False,
        )

    def _cue(self, rule: str, text: str) -> Cue:
        note = self.ear.rules[rule]
        return Cue(rule, note.severity, note.heard_as, 0, len(text), LABELLED)


def effects(kept: Iterable[Kept], labels: Mapping[str, Label], desk: Desk) -> Iterator[Effect]:
    """The calls whose marks would move, each judged twice: as the ear hears it now, and with the labels."""
    corrected = Corrected(desk.library.ear, labels)
    for one in kept:
        transcript = one.record.transcript
        lines = tuple(turn.text for turn, _ in unmatched(transcript) if form_of(turn.text) in labels)
        if not lines:
            continue
        now, then = (_card(transcript, listener, desk) for listener in (desk.library.ear, corrected))
        compared = compare(now, then, {})
        if compared is not None:
            yield Effect(one.path, transcript.case.title, lines, compared)


def _card(transcript: Transcript, listener: Listener, desk: Desk) -> dict[str, Any]:
    case, library = transcript.case, desk.library
    return judge(transcript, library.rubric(case.rubric), library.rulebook(case.rulebook), listener).to_json()
