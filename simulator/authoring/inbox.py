"""The unmatched inbox: lines of kept calls that nobody understood, gathered by form and labelled once for all alike.

Derived from the records each time; only the labels are kept. A line is unmatched where its record holds nothing but
`out-of-scope` for it and the ear of today hears no more: a line that has been understood since drops out by itself.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from simulator.authoring.names import nearest
from simulator.dialogue import Channel, Hearer, Speaker, Transcript, Turn
from simulator.dialogue.likeness import bare
from simulator.errors import RecordError, UnknownNameError
from simulator.reading.decide import OUT_OF_SCOPE
from simulator.reading.ear import Ear
from simulator.reading.normalise import fold
from simulator.training.record import Record, read_record

SHORT_ID = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """One finished or broken-off call of the user's folder."""

    path: Path
    record: Record


@dataclass(frozen=True, slots=True)
class Instance:
    """One place where a line was said. `before` are the persona's last words, `asked` what they wanted to know."""

    text: str
    hearer: Hearer
    channel: Channel
    before: str
    asked: str
    scenario: str
    record: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What a line does. `maybe` are labels that a serious second person might give too."""

    form: str
    text: str
    acts: tuple[str, ...]
    breaches: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one form. `label` None while nobody has labelled it."""

    form: str
    instances: tuple[Instance, ...]
    label: Label | None

    @property
    def id(self) -> str:
        return id_of(self.form)

    @property
    def text(self) -> str:
        """The wording that came most often."""
        return Counter(item.text for item in self.instances).most_common(1)[0][0]

    @property
    def settings(self) -> tuple[tuple[Hearer, Channel], ...]:
        return tuple(sorted({(item.hearer, item.channel) for item in self.instances}))

    @property
    def asked(self) -> tuple[str, ...]:
        """What the persona had asked, most often first."""
        return tuple(asked for asked, _ in Counter(i.asked for i in self.instances if i.asked).most_common())


def form_of(text: str) -> str:
    """The form under which lines are the same line: folded, bare of marks and spaces."""
    return bare(fold(text).text)


def id_of(form: str) -> str:
    return hashlib.sha256(form.encode()).hexdigest()[:SHORT_ID]


def read_kept(paths: Iterable[Path]) -> tuple[list[Kept], list[str]]:
    """The records at `paths` (files, or folders of them) in order of name, and why others could not be read."""
    kept: list[Kept] = []
    problems: list[str] = []
    for path in sorted(file for place in paths for file in _files(place)):
        try:
            with open(path, encoding="utf-8", errors="replace") as lines:
                kept.append(Kept(path, read_record(lines, path.name)))
        except RecordError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"读不了 {path}：{error.strerror}")
    return kept, problems


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from path.glob("*.jsonl")
    elif path.exists():
        yield path


def gather(kept: Iterable[Kept], labels: Mapping[str, Label], ear: Ear) -> list[Group]:
    """The unmatched lines by form, the most frequent first.

    A call that went on in a record of its own after turns were taken back has its first lines in both: they count once.
    """
    forms: dict[str, list[Instance]] = {}
    seen: set[tuple[str, int, datetime, str]] = set()
    for one in kept:
        transcript = one.record.transcript
        for turn, before in unmatched(transcript):
            form, key = form_of(turn.text), (transcript.case.scenario, transcript.seed, turn.clock, turn.text)
            if not form or key in seen:  # marks alone are a silence
                continue
            seen.add(key)
            instance = _instance(one, turn, before, ear)
            if instance is not None:
                forms.setdefault(form, []).append(instance)
    groups = [Group(form, tuple(items), labels.get(form)) for form, items in forms.items()]
    return sorted(groups, key=lambda group: (-len(group.instances), group.form))


def unmatched(transcript: Transcript) -> Iterator[tuple[Turn, Turn | None]]:
    """The turns in which the record found nothing, each with what the persona had said before it."""
    last: Turn | None = None
    for turn in transcript.turns:
        if turn.who is Speaker.PERSONA:
            last = turn
        elif not turn.breaches and set(turn.acts) <= {OUT_OF_SCOPE}:
            yield turn, last


def _instance(kept: Kept, turn: Turn, before: Turn | None, ear: Ear) -> Instance | None:
    """The line where it stands, or None where the ear of today understands it."""
    case = kept.record.transcript.case
    asked = before.asks if before else None
    reading = ear.read(turn.text, turn.hearer, case.channel, now=turn.clock, asked=asked)
    if reading.rule_ids or set(reading.act_ids) - {OUT_OF_SCOPE}:
        return None
    return Instance(
        text=turn.text,
        hearer=turn.hearer,
        channel=case.channel,
        before=before.text if before else "",
        asked=asked or "",
        scenario=case.scenario,
        record=kept.path.name,
        unsure=reading.unsure,
    )


def find(groups: Iterable[Group], wanted: str) -> Group:
    """The group with that id (or its beginning), or with that line in it. Raises UnknownNameError."""
    groups = list(groups)
    form = form_of(wanted)
    for group in groups:
        if group.form == form or group.id.startswith(wanted):
            return group
    near = nearest(wanted, [*(group.id for group in groups), *(group.text for group in groups)])
    raise UnknownNameError("没听懂的话", wanted, near)


def named(words: Iterable[str], titles: Mapping[str, str], what: str) -> tuple[str, ...]:
    """Ids for words that are ids or Chinese titles. Raises UnknownNameError with the nearest names."""
    by_title = {title: id for id, title in titles.items()}
    found: list[str] = []
    for word in words:
        id = word if word in titles else by_title.get(word)
        if id is None:
            raise UnknownNameError(what, word, _near(word, titles))
        found.append(id)
    return tuple(dict.fromkeys(found))


def _near(word: str, titles: Mapping[str, str]) -> list[str]:
    """The nearest names, in the tongue in which they were asked for."""
    return [id if word.isascii() else titles[id] for id in nearest(word, titles)]
