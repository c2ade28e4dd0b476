"""What is amiss in a line just said, as the rulebook sees it in this call. The judge has the last word at the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from scoring.conditions import Moment, hold, holds
from scoring.rulebook import Rule
from simulator.dialogue import Case, Cue, Reading, Turn
from simulator.dialogue.speak import fact, fill
from simulator.tui.widgets.coach import Warned


def warn(
    case: Case, turn: Turn, reading: Reading, rules: Mapping[str, Rule], before: Collection[str]
) -> tuple[Warned, ...]:
    """The breaches of `turn`, worst first; `before` are rules broken earlier in the call."""
    moment = Moment(
        case, turn.clock, turn.hearer, frozenset(before), frozenset(reading.rule_ids), reading.text
    )
    found = [warned for cue in reading.cues if (warned := _warned(case, cue, reading, rules, moment))]
    return tuple(sorted(found, key=lambda warned: -warned.severity.rank))


def _warned(
    case: Case, cue: Cue, reading: Reading, rules: Mapping[str, Rule], moment: Moment
) -> Warned | None:
    words = reading.text[cue.start : cue.end]
    again = cue.rule in moment.broken_before
    rule = rules.get(cue.rule)
    if rule is None:
        return Warned(cue.severity, cue.rule, words, "", "", again)
    if not rule.in_force(case.at.date()) or not hold(rule.when, moment, rule.id):
        return None
    if any(holds(condition, moment, rule.id) for condition in (*rule.unless, *rule.human_when)):
        return None
    severity = max(
        [cue.severity, *(rise.to for rise in rule.rises if hold(rise.when, moment, rule.id))],
        key=lambda grade: grade.rank,
    )
    return Warned(severity, rule.title, words, rule.why, _filled(rule.say_instead, case), again)


def _filled(wordings: tuple[str, ...], case: Case) -> str:
    """The first wording whose facts this case has."""
    for wording in wordings:
        try:
            return fill(wording, partial(fact, case.addressed()), case.at)
        except KeyError:
            continue
    return ""
