"""Say it better: the smallest change of the trainee's own sentence that would have been right, in this call's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from scoring.compliance import Law
from scoring.figures import SPEAKS_OF_DEBT
from scoring.hearing import VERIFIED, Call, Heard, clauses
from scoring.rubric import Criterion
from scoring.scorecard import Better, Breach, Finding, Pledged, PromiseMark
from simulator.dialogue.speak import fact, fill, spoken_amount, spoken_instant

LEADS_UP = re.compile(r"再不|要是|如果|不然|否则|不还|还不上|不给|再拖|再这样|不处理|不接|不配合")
PAUSES = "，,；;、"
ENDS = "。！？!?…\n"
FULL_STOP = "。"

Step = tuple[str, str]


Span = tuple[int, int]


def better_breach(breach: Breach, breaches: Sequence[Breach], call: Call, law: Law) -> Better | None:
    """The turn with the offending clause taken out and a lawful wording in its place, itself free of breaches.

    `breaches` are all of the call. None where no wording of the rule survives being read by the ear in this place.
    """
    heard = _turn(breach.evidence.turn, call)
    own = (breach.evidence.start, breach.evidence.end)
    others = [(other.evidence.start, other.evidence.end) for other in _of_turn(heard, breaches)]
    for wording in _fitting(breach.say_instead, heard, call, law):
        for steps in (
            _replaced(heard.text, [own], wording),
            _replaced(heard.text, others, wording),
            _whole(heard.text, wording),
        ):
            better = _better(heard, steps)
            if better.improved != better.original and not law.breaks(better.improved, heard, call):
                return better
    return None


def _turn(number: int, call: Call) -> Heard:
    return next(heard for heard in call.heard if heard.turn.n == number)


def _of_turn(heard: Heard, breaches: Sequence[Breach]) -> list[Breach]:
    return [breach for breach in breaches if breach.evidence.turn == heard.turn.n]


def _fitting(wordings: Sequence[str], heard: Heard, call: Call, law: Law) -> list[str]:
    """The wordings, those first that do what the turn was meant to do."""

    def shared(wording: str) -> int:
        acts = set(law.read(wording, heard, call).act_ids)
        return len(acts & set(heard.reading.act_ids) - {"out-of-scope"})

    return sorted(wordings, key=lambda wording: -shared(wording))


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
    broken = bool(_of_turn(heard, breaches))
    if broken and wording.place == "polite":
        return finding  # politeness does not mend a breach; the breach has its own better sentence
    for words in said:
        better = _better(heard, _joined(heard.text, words, wording.place, broken))
        if not law.breaks(better.improved, heard, call):
            return replace(finding, better=better)
    return finding


def _anchor(name: str, finding: Finding, call: Call, promise: PromiseMark) -> Heard | None:
    """The turn of the collector in which the missing words belong."""
    spoken = call.spoken
    if not spoken:
        return None
    if name == "found" and finding.evidence is not None:
        return _turn(finding.evidence.turn, call)
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


def _cut(text: str, spans: Iterable[Span]) -> list[tuple[int, int, bool]]:
    """The clauses of a text and whether each must go: those in `spans`, with the condition that leads up to them and
    what hangs on them to the end of the sentence, unless it is a polite question of its own."""
    wanted = list(spans)
    parts = clauses(text)
    goes = [any(start < end and begin < stop for begin, end in wanted) for start, stop in parts]
    for index in range(1, len(parts)):
        before, here = text[slice(*parts[index - 1])], text[slice(*parts[index])]
        asks = here.strip()[-1:] in ("？", "?") and "您" in here
        if goes[index - 1] and before[-1:] not in ENDS and not asks:
            goes[index] = True
    for index in range(len(parts) - 1, 0, -1):
        before = text[slice(*parts[index - 1])]
        if goes[index] and before[-1:] in PAUSES and LEADS_UP.search(before):
            goes[index - 1] = True
    return [(*part, gone) for part, gone in zip(parts, goes, strict=True)]


def _replaced(text: str, spans: Iterable[Span], wording: str) -> list[Step]:
    """The clauses of the spans out, the wording where the first of them stood."""
    steps: list[Step] = []
    put = False
    for start, stop, gone in _cut(text, spans):
        if not gone:
            steps.append(("keep", text[start:stop]))
            continue
        steps.append(("cut", text[start:stop]))
        if not put:
            steps.append(("put", _ended(wording)))
            put = True
    return steps


def _whole(text: str, wording: str) -> list[Step]:
    return [("cut", text), ("put", _ended(wording))]


def _joined(text: str, wording: str, place: str, broken: bool) -> list[Step]:
    """The wording before or after the text, or in place of it, as it must be where the text itself is a breach."""
    if place == "instead" or broken:
        return _whole(text, wording)
    put: Step = ("put", _ended(wording))
    if place == "before":
        return [put, ("keep", text)]
    if place == "polite":
        return [put, *_polite(text)]
    joint: list[Step] = [] if text[-1:] in ENDS + PAUSES else [("put", FULL_STOP)]
    return [("keep", text), *joint, put]


def _polite(text: str) -> Iterator[Step]:
    """The text with 您 where it said 你 to one person."""
    for piece in re.split(r"(你(?!们))", text):
        if piece == "你":
            yield from (("cut", "你"), ("put", "您"))
        elif piece:
            yield "keep", piece


def _ended(wording: str) -> str:
    return wording if wording[-1:] in ENDS + PAUSES else wording + FULL_STOP


def _better(heard: Heard, steps: list[Step]) -> Better:
    merged: list[Step] = []
    for step, words in steps:
        if merged and merged[-1][0] == step:
            merged[-1] = (step, merged[-1][1] + words)
        elif words:
            merged.append((step, words))
    improved = "".join(words for step, words in merged if step != "cut")
    return Better(heard.turn.n, heard.text, improved, tuple(merged))
