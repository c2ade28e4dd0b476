"""The lawful counterparts of a rule that suit one call: who listens, what the case says, and with its facts filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from scoring.conditions import Moment, hold
from scoring.rulebook import Rewording, Rule
from scoring.words import Span, places
from simulator.dialogue import Case
from simulator.dialogue.speak import fact, fill


def filled(templates: Iterable[str], case: Case) -> tuple[str, ...]:
    """Wordings with this call's facts; one that needs a fact this case lacks is left out. Somebody who signed for the
    debt is spoken to as its debtor."""
    addressed = case.addressed()
    found: list[str] = []
    for template in templates:
        try:
            found.append(fill(template, partial(fact, addressed), addressed.at))
        except KeyError:
            continue
    return tuple(found)


def sentences(rule: Rule, moment: Moment) -> tuple[str, ...]:
    """Whole sentences to say instead, those made for this hearer and this case first."""
    own = [item.say for item in rule.instead if item.meets is None and _suits(item, moment)]
    return tuple(dict.fromkeys(filled((*own, *rule.say_instead), moment.case)))


def swaps(rule: Rule, moment: Moment, text: str) -> Iterator[tuple[Span, str, bool]]:
    """Words of `text` with what may be said instead, and whether that joins what stands before them in their clause, in
    the order of the rule's file."""
    for item in rule.instead:
        if item.meets is None or not _suits(item, moment):
            continue
        for words in filled([item.say], moment.case):
            yield from ((span, words, item.joins) for span in places(item.meets, text))


def _suits(item: Rewording, moment: Moment) -> bool:
    return moment.hearer in item.hearers and hold(item.when, moment)
