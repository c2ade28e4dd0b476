"""A turn in its clauses, each with what it does by itself: what may stay when a neighbour goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from scoring.compliance import Law
from scoring.edits import Span, is_question, pieces
from scoring.hearing import Call, Heard

LEADS_UP = re.compile(
    r"再不|再[拖躲赖]|要是|如果|不然|否则|不还|还不上|不给|再这样|不处理|不接|不配合|只要|除非|想清静|信不信"
)
# What may go on after words that were set right, in the same sentence; a question may ask for more.
GOES_ON = frozenset(
    ("ask-relay", "ask-contact", "ask-for-debtor", "withhold-details", "thank", "close", "apologize",
     "offer-check", "offer-escalation", "offer-evidence", "empathize", "assure-privacy")
)  # fmt: skip
ASKS = frozenset(
    ("ask-commitment", "ask-ability", "ask-reason", "ask-plan", "ask-other-source", "demand-payment", "verify-identity",
     "confirm-promise", "offer-partial", "ask-convenience")
)  # fmt: skip
NO_ACT = "out-of-scope"
# What a turn is spoken for: one that is left without any of these has lost its purpose.
PURPOSES = frozenset(
    ("ask-commitment", "ask-ability", "ask-reason", "ask-plan", "ask-other-source", "demand-payment", "confirm-promise",
     "offer-partial", "offer-plan", "offer-channel", "ask-relay", "ask-for-debtor", "offer-check")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A turn in its clauses, with the acts that each does by itself."""

    heard: Heard
    acts: Mapping[Span, Set[str]]

    @property
    def text(self) -> str:
        return self.heard.text

    @property
    def parts(self) -> list[Span]:
        return list(self.acts)


def said_in_clauses(heard: Heard, call: Call, law: Law) -> Said:
    acts: dict[Span, Set[str]] = {}
    for start, stop in pieces(heard.text):
        alone = set(law.read(heard.text[start:stop], heard, call).act_ids)
        inside = {act.id for act in heard.reading.acts if start <= act.start and act.end <= stop}
        acts[start, stop] = (alone | inside) - {NO_ACT}
    return Said(heard, acts)


def falls(span: Span, said: Said, tied: bool) -> bool:
    """Whether a clause goes with the one before it, `tied` to it in one sentence or not: it does nothing, or only
    presses on with what was false."""
    acts = said.acts[span]
    if not acts or not tied:
        return not acts
    return not acts & (GOES_ON | ASKS if is_question(said.text[slice(*span)]) else GOES_ON)


def own_name(call: Call) -> str:
    return f"【{call.case.collector.org}】"
