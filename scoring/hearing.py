"""The call as the judge hears it: every turn of the collector read again, with what stood before and after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from simulator.dialogue import Act, Case, Channel, Hearer, Reading, Speaker, Transcript, Turn
from simulator.dialogue.likeness import bare, repeats
from simulator.dialogue.speak import CHARACTERS_PER_SECOND

VERIFIED = frozenset((Hearer.DEBTOR, Hearer.JOINTLY_LIABLE))
CRAMMED_LENGTH = 140  # characters from which one turn is a speech, not a turn
CRAMMED_ACTS = 8  # acts in one turn from which it is a list of keywords


CLAUSE = re.compile(r"[^，。！？；,!?;\n…]*[，。！？；,!?;\n…]*")
MARKS = "，。！？；,!?;\n… "
ROUGHLY = "近似"  # how the ear's reason begins where no phrase, only a likeness, gave the words away


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a text with the marks that end them, half open, leaving nothing out."""
    return [match.span() for match in CLAUSE.finditer(text) if match.group()]


def shown(text: str, start: int, end: int, why: str) -> tuple[int, int]:
    """The words that show something: as they were matched, or whole clauses where the match was only a likeness."""
    if not why.startswith(ROUGHLY):
        return start, end
    touched = [(begin, stop) for begin, stop in clauses(text) if begin < end and start < stop]
    if not touched:
        return start, end
    last = touched[-1][1]
    while last > touched[0][0] and text[last - 1] in MARKS:
        last -= 1
    return (touched[0][0], last) if last > touched[0][0] else (start, end)


class Listener(Protocol):
    """What the judge needs of the ear."""

    @property
    def rule_ids(self) -> Collection[str]: ...

    def read(
        self,
        text: str,
        hearer: Hearer = ...,
        channel: Channel = ...,
        *,
        now: datetime,
        before: str | None = ...,
        asked: str | None = ...,
    ) -> Reading: ...


class Remembering:
    """A listener that is asked but once for the same words in the same place; grading asks again and again."""

    def __init__(self, ear: Listener) -> None:
        self._ear = ear
        self._known: dict[tuple[str, Hearer, Channel, datetime, str | None], Reading] = {}

    @property
    def rule_ids(self) -> Collection[str]:
        return self._ear.rule_ids

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
        if before is not None:
            return self._ear.read(text, hearer, channel, now=now, before=before, asked=asked)
        key = (text, hearer, channel, now, asked)
        if key not in self._known:
            self._known[key] = self._ear.read(text, hearer, channel, now=now, asked=asked)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn of the collector. `place` counts the collector's own turns from 1, `spoken` the characters he had said
    before it. `answer` is what the persona said next. A turn that `repeats` an earlier one, or in which too much is
    `crammed`, proves less than a turn of its own."""

    turn: Turn
    reading: Reading
    place: int
    spoken: int
    before: Turn | None
    answer: Turn | None
    repeats: bool
    crammed: bool

    @property
    def text(self) -> str:
        return self.turn.text

    @property
    def acts(self) -> frozenset[str]:
        """What the turn does; nothing where it only says an earlier one over again."""
        return frozenset() if self.repeats else frozenset(self.reading.act_ids)

    def act(self, ids: Collection[str]) -> Act | None:
        """The first of these acts in the turn, with its words."""
        if self.repeats:
            return None
        for act in self.reading.acts:
            if act.id in ids:
                start, end = shown(self.text, act.start, act.end, act.why)
                return Act(act.id, start, end, act.why)
        return None

    def seconds_before(self, start: int) -> float:
        """How many seconds the collector had spoken in all before this place of the turn."""
        return (self.spoken + len("".join(self.text[:start].split()))) / CHARACTERS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Call:
    """A call ready to be judged. `unsealed` is the turn by which debt facts might be spoken of, None where never."""

    transcript: Transcript
    heard: tuple[Heard, ...]
    unsealed: Turn | None

    @property
    def case(self) -> Case:
        return self.transcript.case

    @property
    def answers(self) -> tuple[Turn, ...]:
        """The persona's turns."""
        return tuple(turn for turn in self.transcript.turns if turn.who is Speaker.PERSONA)

    @property
    def spoken(self) -> tuple[Heard, ...]:
        """The collector's turns that are no silences."""
        return tuple(heard for heard in self.heard if heard.text.strip())

    def first(self, ids: Collection[str]) -> tuple[Heard, Act] | None:
        """Where one of these acts is done first."""
        for heard in self.heard:
            act = heard.act(ids)
            if act is not None:
                return heard, act
        return None


def listen(transcript: Transcript, ear: Listener) -> Call:
    """Reads every turn of the collector again, with the hearer that the record gives it."""
    turns = transcript.turns
    heard: list[Heard] = []
    said: list[str] = []
    spoken = 0
    for number, turn in enumerate(turns):
        if turn.who is not Speaker.COLLECTOR:
            continue
        before = _nearest(reversed(turns[:number]))
        reading = ear.read(
            turn.text,
            turn.hearer,
            transcript.case.channel,
            now=turn.clock,  # without the persona's words: another wording of them must not change what is heard
            asked=before.asks if before else None,
        )
        line = bare(turn.text)
        heard.append(
            Heard(
                turn=turn,
                reading=reading,
                place=len(heard) + 1,
                spoken=spoken,
                before=before,
                answer=_nearest(turns[number + 1 :]),
                repeats=bool(line) and repeats(line, said),
                crammed=reading.manner.length > CRAMMED_LENGTH or len(reading.act_ids) >= CRAMMED_ACTS,
            )
        )
        said.append(line)
        spoken += len("".join(turn.text.split()))
    return Call(transcript, tuple(heard), _unsealed(turns))


def _nearest(turns: Iterable[Turn]) -> Turn | None:
    """The next turn, if it is the persona's: a call that breaks off has none."""
    turn = next(iter(turns), None)
    return turn if turn is not None and turn.who is Speaker.PERSONA else None


def _unsealed(turns: tuple[Turn, ...]) -> Turn | None:
    """The turn that verified the hearer: the persona's words just before the collector first speaks to them so.

    The record marks the persona's own turn with who it then is; an older one only the collector's next turn.
    """
    for number, turn in enumerate(turns):
        if turn.hearer in VERIFIED:
            if turn.who is Speaker.COLLECTOR and number:
                return turns[number - 1]
            return turn
    return None
