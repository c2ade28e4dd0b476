"""The offending clauses out, with what only served them; and a lawful wording in their place, or in place of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.edits import (
    SIGNATURE,
    Step,
    closed,
    ended,
    ends_sentence,
    halted,
    is_opening,
    is_question,
    without_echo,
)
from scoring.hearing import Heard
from scoring.said import LEADS_UP, PURPOSES, Said, falls
from scoring.scorecard import Breach


def _cut(said: Said, group: Sequence[Breach], pressing: bool) -> list[tuple[int, int, bool]]:
    """The clauses of a turn and whether each must go: the offending ones, the condition that leads up to them, what
    hangs on them, and what says nothing without them. `pressing` on after them may stay."""
    text, parts = said.text, said.parts
    spans = [(breach.evidence.start, breach.evidence.end) for breach in group]
    goes = [any(start < end and begin < stop for begin, end in spans) for start, stop in parts]
    for index in range(1, len(parts)):
        tied = not ends_sentence(text[slice(*parts[index - 1])])
        goes[index] |= goes[index - 1] and falls(parts[index], said, tied and not pressing)
    for index in range(len(parts) - 1, 0, -1):
        before = parts[index - 1]
        words = text[slice(*before)]
        if not goes[index] or is_opening(words):
            continue
        leads = bool(LEADS_UP.search(words))
        if not ends_sentence(words) or (is_question(words) and leads):
            goes[index - 1] |= leads or not said.acts[before]
    return [(*part, gone) for part, gone in zip(parts, goes, strict=True)]


def left_out(said: Said, group: Sequence[Breach]) -> Iterator[list[Step]]:
    """The turn without the clauses, where what is left still does something."""
    parts = _cut(said, group, True)
    left = [(start, stop) for start, stop, gone in parts if not gone]
    if any(said.acts[span] & PURPOSES for span in left):
        yield closed([("cut" if gone else "keep", said.text[start:stop]) for start, stop, gone in parts])


def replaced(said: Said, group: Sequence[Breach], wording: str) -> list[Step]:
    """The clauses out, the wording where the first of them stood."""
    steps: list[Step] = []
    put = False
    for start, stop, gone in _cut(said, group, False):
        words = said.text[start:stop]
        asked_twice = put and is_question(words) and is_question(wording)
        if not gone and not asked_twice:
            steps.append(("keep", words))
            continue
        steps.append(("cut", words))
        if not put:
            kept = "".join(words for step, words in steps if step == "keep")
            steps = [*halted(steps), ("put", ended(_following(wording, kept)))]
            put = True
    return steps


def _following(wording: str, kept: str) -> str:
    """The wording as it is said after `kept`: not signed twice, not greeting twice."""
    signed = SIGNATURE.match(wording)
    if signed and SIGNATURE.match(kept):
        wording = wording[signed.end() :]
    return without_echo(wording, kept)


def whole(heard: Heard, wording: str) -> list[Step]:
    """The wording in place of all that was said but the signature of a message."""
    signed = SIGNATURE.match(heard.text)
    if signed and signed.group().strip() == (SIGNATURE.match(wording) or signed).group().strip():
        rest = _following(wording, signed.group())
        return [("keep", signed.group()), ("cut", heard.text[signed.end() :]), ("put", ended(rest))]
    return [("cut", heard.text), ("put", ended(wording))]
