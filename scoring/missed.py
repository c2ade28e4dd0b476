"""What was left unsaid, put into the trainee's own turn where it belongs, in this call's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from scoring.compliance import Law
from scoring.edits import (
    ENDS,
    FULL_STOP,
    PAUSES,
    Step,
    better_of,
    ended,
    is_opening,
    is_question,
    pieces,
    without_echo,
)
from scoring.figures import SPEAKS_OF_DEBT
from scoring.hearing import VERIFIED, Call, Heard
from scoring.rubric import Criterion
from scoring.scorecard import Breach, Finding, Pledged, PromiseMark
from simulator.dialogue.speak import fact, fill, spoken_amount, spoken_instant

FAREWELL = re.compile(r"再见|拜拜|先这样|祝您|那就这样")
COURTEOUS = ("谢谢", "感谢", "麻烦您了", "打扰", "再见", "您好")


def better_finding(
    finding: Finding,
    criterion: Criterion,
    promise: PromiseMark,
    breaches: Sequence[Breach],
    call: Call,
    law: Law,
) -> Finding:
    """The finding with wordings filled for this call, and its turn as it might have been said."""
    wording = criterion.wording
    if wording is None:
        return finding
    heard = _anchor(wording.turn, finding, call, promise)
    facts = _Facts(call, promise, heard.turn.clock if heard else call.case.at)
    said = tuple(facts.fill(wording.say))
    finding = replace(finding, say_instead=said)
    if heard is None:
        return finding
    broken = any(breach.evidence.turn == heard.turn.n for breach in breaches)
    if broken and wording.place != "instead":
        return finding  # a breach must go first, and has its own better sentence
    for words in said:
        better = better_of(heard, _joined(heard.text, words, wording.place))
        if better.improved != better.original and not law.objects(better.improved, heard, call):
            return replace(finding, better=better)
    return finding


def _anchor(name: str, finding: Finding, call: Call, promise: PromiseMark) -> Heard | None:
    """The turn of the collector in which the missing words belong."""
    spoken = call.spoken
    if not spoken:
        return None
    if name == "found" and finding.evidence is not None:
        number = finding.evidence.turn
        return next((heard for heard in call.heard if heard.turn.n == number), None)
    if name in ("debt", "after-debt", "late"):
        return _in_the_talk(name, [heard for heard in spoken if heard.turn.hearer in VERIFIED])
    if name == "pledge":
        made = max((pledge.turn for pledge in promise.pledges), default=None)
        return next((heard for heard in spoken if made is not None and heard.turn.n > made), None)
    return spoken[0] if name == "first" else spoken[-1]


def _in_the_talk(name: str, talk: list[Heard]) -> Heard | None:
    """A turn of the talk about the debt, by the name that a rubric gives it (see `Wording`)."""
    if not talk:
        return None
    opens = next((index for index, heard in enumerate(talk) if heard.acts & SPEAKS_OF_DEBT), 0)
    if name == "debt":
        return talk[opens]
    if name == "after-debt":
        return talk[min(opens + 1, len(talk) - 1)]
    going_on = [heard for heard in talk[opens:] if "close" not in heard.acts]
    return going_on[-1] if going_on else talk[-1]


class _Facts:
    """What the templates of this call's wordings may name (see `simulator.authoring.facts`)."""

    def __init__(self, call: Call, promise: PromiseMark, now: datetime) -> None:
        self._call, self._promise, self._now = call, promise, now

    def fill(self, templates: Iterable[str]) -> Iterator[str]:
        """The wordings that can be filled; a promise that is not there cannot be repeated."""
        for template in templates:
            try:
                yield fill(template, self._look_up, self._now)
            except KeyError:
                continue

    def _look_up(self, path: str) -> Any:
        dated = [pledge for pledge in self._promise.pledges if pledge.due is not None]
        known: dict[str, Any] = {"today": spoken_instant(self._now, self._now)[:2]}
        if dated:
            last = max(pledge.due for pledge in dated if pledge.due is not None)
            known["promise.words"] = "，".join(self._words(pledge) for pledge in dated)
            known["promise.due"] = last
            known["promise.amount"] = dated[0].amount
            known["promise.method"] = self._promise.method or "官方 App"
            known["followup"] = _follow_up(last)
        value = known.get(path)
        return value if value is not None else fact(self._call.case, path)

    def _words(self, pledge: Pledged) -> str:
        assert pledge.due is not None
        amount = "" if pledge.amount is None else f"还{spoken_amount(pledge.amount)}"
        return f"{spoken_instant(pledge.due, self._now)}之前{amount or '还款'}"


def _follow_up(due: datetime) -> datetime:
    """A decent hour shortly before the payment falls due."""
    hour = due.replace(second=0) - timedelta(hours=1)
    return hour.replace(hour=min(max(hour.hour, 9), 20), minute=0) if not 9 <= hour.hour <= 20 else hour


def _joined(text: str, wording: str, place: str) -> list[Step]:
    """The wording at its place in the text, or instead of it."""
    if place == "instead":
        return [("cut", text), ("put", ended(wording))]
    if place == "polite":
        return [
            ("put", ended(without_echo(wording, text[:8])) if wording not in text else ""),
            *_polite(text),
        ]
    words = _unsaid(wording, text)
    return _opened(text, words) if place == "before" else _added(text, words)


def _unsaid(wording: str, text: str) -> str:
    """The wording without those courtesies that the text has already; all of it where nothing would be left."""
    kept = [
        wording[slice(*span)]
        for span in pieces(wording)
        if not any(word in wording[slice(*span)] and word in text for word in COURTEOUS)
    ]
    return "".join(kept) or wording


def _opened(text: str, words: str) -> list[Step]:
    """The words before what is said, after a greeting that stands at its head."""
    head = 0
    for start, stop in pieces(text):
        if not is_opening(text[start:stop]):
            break
        head = stop
    if head == len(text) or (words.startswith("您好") and not head):
        head = 0
    return [("keep", text[:head]), ("put", ended(words)), ("keep", text[head:])]


def _added(text: str, words: str) -> list[Step]:
    """The words after what is said: before a question at its end, unless they ask too, and before a goodbye."""
    place = len(text)
    for start, stop in reversed(_sentences(text)):
        if FAREWELL.search(words):
            break
        closing, asking = FAREWELL.search(text[start:stop]), is_question(text[start:stop])
        if not closing and (not asking or is_question(words)):
            break
        place = start
        if asking:
            break
    before = text[:place]
    halted: list[Step] = [("keep", before)]
    if before and before[-1] in PAUSES:
        halted = [("keep", before[:-1]), ("cut", before[-1]), ("put", FULL_STOP)]
    elif before and before[-1] not in ENDS:
        halted.append(("put", FULL_STOP))
    return [*halted, ("put", ended(words)), ("keep", text[place:])]


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"[^{ENDS}]+[{ENDS}]*", text)]


def _polite(text: str) -> Iterator[Step]:
    """The text with 您 where it said 你 to one person."""
    for piece in re.split(r"(你(?!们))", text):
        if piece == "你":
            yield from (("cut", "你"), ("put", "您"))
        elif piece:
            yield "keep", piece
