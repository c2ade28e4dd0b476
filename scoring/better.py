"""Say it better: the smallest change of the trainee's own sentence that would have been right, in this call's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.advice import sentences
from scoring.compliance import Law
from scoring.edits import SIGNATURE, Step, better_of, is_decent
from scoring.hearing import VERIFIED, Call, Heard
from scoring.rulebook import Rule
from scoring.said import NO_ACT, Said, own_name, said_in_clauses
from scoring.scorecard import Better, Breach
from scoring.striking import left_out, replaced, whole
from scoring.swapping import swapped
from simulator.dialogue import Channel


def better_breach(breach: Breach, breaches: Sequence[Breach], call: Call, law: Law) -> Better | None:
    """The turn with as little changed as makes it right, itself free of breaches; `breaches` are all of the call.

    First other words for the offending ones, then the sentence without them where they only pressed or hurt, then a
    lawful wording in place of their clauses, at last in place of the whole turn. None where no wording of the rule
    survives being read by the ear in this place.
    """
    heard = next(heard for heard in call.heard if heard.turn.n == breach.evidence.turn)
    here = [other for other in breaches if other.evidence.turn == heard.turn.n]
    for steps in _ways(breach, here, said_in_clauses(heard, call, law), call, law):
        better = better_of(heard, steps)
        said = better.improved
        if said != better.original and is_decent(said) and not law.objects(said, heard, call):
            return better
    return None


def _ways(breach: Breach, here: Sequence[Breach], said: Said, call: Call, law: Law) -> Iterator[list[Step]]:
    heard = said.heard
    rule = law.rules[breach.rule]
    groups = [[breach]] if len(here) == 1 else [[breach], list(here)]
    for group in groups:
        yield from swapped(said, group, call, law)
    signed = SIGNATURE.match(heard.text)
    in_another_name = signed is not None and signed.group().strip() != own_name(call)
    if rule.mend == "leave-out" and not in_another_name:
        for group in groups:
            yield from left_out(said, group)
    for wording in _wordings(rule, heard, call, law):
        if rule.mend != "whole" and not in_another_name:
            for group in groups:
                yield replaced(said, group, wording)
        yield whole(heard, wording)


def _wordings(rule: Rule, heard: Heard, call: Call, law: Law) -> list[str]:
    """The sentences to say instead, those first that do what the turn was meant to do."""

    def shared(wording: str) -> int:
        acts = set(law.read(wording, heard, call).act_ids)
        return len(acts & set(heard.reading.act_ids) - {NO_ACT})

    found = sentences(rule, law.moment(heard, call))
    signed = [_signed(wording, call) for wording in found]
    if heard.turn.hearer not in VERIFIED:
        return signed  # what is made for this hearer comes first: nothing else is sure not to tell too much
    return sorted(signed, key=lambda wording: -shared(wording))


def _signed(wording: str, call: Call) -> str:
    """A message says who sends it."""
    if call.case.channel is not Channel.SMS or SIGNATURE.match(wording):
        return wording
    return own_name(call) + wording
