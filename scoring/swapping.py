"""Other words in place of the offending ones, the rest of the sentence as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scoring.advice import swaps
from scoring.compliance import Law
from scoring.edits import (
    ENDS,
    PAUSES,
    SIGNATURE,
    Span,
    Step,
    closed,
    ended,
    ends_sentence,
    is_opening,
    is_question,
    pieces,
)
from scoring.figures import shown_by_case
from scoring.hearing import Call, Heard
from scoring.rulebook import Rule
from scoring.said import LEADS_UP, Said, falls, own_name
from scoring.scorecard import Breach
from simulator.dialogue import Channel

CONDITION = re.compile(rf"(?P<kept>.*(?:{LEADS_UP.pattern}).{{0,6}}?)(?:我们|我|您|你)?(?:就|便|那)")
TIE = re.compile(r"那么?|但是?|不过|所以|另外|其实|还有")


def swapped(said: Said, group: Sequence[Breach], call: Call, law: Law) -> Iterator[list[Step]]:
    """Each breach of the group with other words in place of its own; a message is signed with the true name."""
    edits: dict[Span, str] = {}  # the right words may be the same for several breaches of one clause
    for breach in group:
        if breach.fix is not None:
            # all that the account belies in this turn is set right together
            shown = shown_by_case(said.heard, call)
            edits.update({(one.start, one.end): one.fix for one in shown if one.fix is not None})
            continue
        found = _swap(breach, said.heard, call, law)
        if found is None:
            return
        edits.setdefault(*found)
    signature = SIGNATURE.match(said.text)
    if call.case.channel is Channel.SMS and (
        signature is None or signature.group().strip() != own_name(call)
    ):
        edits[0, signature.end() if signature else 0] = own_name(call)
    exact = all(breach.fix is not None for breach in group)
    yield _with_edits(said, edits, law.rules[group[0].rule], exact)


def _swap(breach: Breach, heard: Heard, call: Call, law: Law) -> tuple[Span, str] | None:
    own = breach.evidence
    rule = law.rules[breach.rule]
    for (start, end), words, joins in swaps(rule, law.moment(heard, call), heard.text):
        between = heard.text[min(end, own.end) : max(start, own.start)]
        if not any(mark in between for mark in ENDS):
            stop, words = _clause_end(heard.text, max(end, own.end), words)
            if joins:
                return (start, stop), words
            first, lead = _clause_start(heard.text, min(start, own.start), rule)
            return (first, stop), lead + words
    return None


def _clause_start(text: str, place: int, rule: Rule) -> tuple[int, str]:
    """From where the clause that `place` lies in is said anew: behind a word that ties it to what went before, and
    behind a condition, which then gets a comma."""
    begin = next(start for start, stop in pieces(text) if start <= place < stop)
    head = text[begin:place]
    condition = None if rule.mend == "leave-out" else CONDITION.match(head)
    if condition:
        return begin + condition.end("kept"), "，"
    tie = TIE.match(head)
    return begin + (tie.end() if tie else 0), ""


def _clause_end(text: str, place: int, words: str) -> tuple[int, str]:
    """Where the clause that `place` lies in has its mark, and the words; they bring their own where it would not do."""
    for start, stop in pieces(text):
        if start < place <= stop:
            if is_question(text[start:stop]) and not is_question(words):
                return stop, ended(words)
            return (
                stop if ends_sentence(words) else start + len(text[start:stop].rstrip(ENDS + PAUSES + " "))
            ), words
    return place, words


def _with_edits(said: Said, edits: dict[Span, str], rule: Rule, exact: bool) -> list[Step]:
    """The text with the edits, and without the clauses that say nothing beside the new words: idle ones, those that
    only led up to a threat, those that only pressed on. `exact` words change nothing around them."""
    first, last = min(start for start, end in edits if end), max(end for _, end in edits)
    cuts = [] if exact else [span for span in said.parts if _pointless(span, first, last, said, rule)]
    steps: list[Step] = []
    place = 0
    for (start, end), words in sorted([*edits.items(), *((span, "") for span in cuts)]):
        if start < place:
            continue
        steps += [("keep", said.text[place:start]), ("cut", said.text[start:end]), ("put", words)]
        place = end
    return closed([*steps, ("keep", said.text[place:])])


def _pointless(span: Span, first: int, last: int, said: Said, rule: Rule) -> bool:
    """Whether a clause goes when the words from `first` to `last`, in its sentence, are changed."""
    start, stop = span
    words = said.text[start:stop]
    if stop <= first:
        tied = not any(mark in said.text[start:first] for mark in ENDS)
        leads = bool(LEADS_UP.search(words)) and "就" not in words
        return tied and not is_opening(words) and (rule.mend == "leave-out" if leads else not said.acts[span])
    tied = start >= last and not any(mark in said.text[last:start] for mark in ENDS)
    return tied and falls(span, said, tied)
