"""Breaches of the rules of conduct: what the ear heard, held against the case, the clock and who was listening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from scoring.conditions import Moment, hold, holds
from scoring.figures import SPEAKS_OF_DEBT, Shown, never_identified, shown_by_case
from scoring.hearing import VERIFIED, Call, Heard, Listener, shown
from scoring.phrasing import Match, Phrasebook
from scoring.rulebook import Rule, Rulebook
from scoring.scorecard import Breach, Doubt, Evidence, Seal
from simulator.dialogue import Channel, PersonaKind, Reading, Severity
from simulator.dialogue.speak import fact, fill


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words that may breach a rule; `certain` ones were already held against the case."""

    rule: Rule
    start: int
    end: int
    heard: str
    certain: bool = False


class Law:
    """The rules in force on one day, with the ear that listens for them."""

    def __init__(self, rulebook: Rulebook, day: date, ear: Listener) -> None:
        self.ear = ear
        self.rules = rulebook.in_force(day)
        self.phrasebook = Phrasebook(self.rules.values(), ear.rule_ids)

    def find(self, call: Call) -> tuple[tuple[Breach, ...], tuple[Doubt, ...]]:
        """All breaches in order of turn and place, and the words that a human must settle."""
        breaches: list[Breach] = []
        doubts: list[Doubt] = []
        silent = never_identified(call)
        for heard in call.heard:
            before = frozenset(breach.rule for breach in breaches)
            matches = self.phrasebook.find(heard.text, heard.turn.clock)
            suspicions = _suspicions(heard, call, self.rules, matches, silent)
            here = _settle(heard, call, suspicions, self.rules, before)
            breaches.extend(here)
            doubts.extend(_doubts(heard, matches, call, here))
        return tuple(breaches), tuple(doubts)

    def breaks(self, text: str, heard: Heard, call: Call) -> tuple[Breach, ...]:
        """What `text` would breach if it were said in place of this turn's words."""
        reading = self.read(text, heard, call)
        said = replace(heard, turn=replace(heard.turn, text=text), reading=reading, repeats=False)
        matches = self.phrasebook.find(text, heard.turn.clock)
        return tuple(_settle(said, call, _suspicions(said, call, self.rules, matches, None), {}, frozenset()))

    def read(self, text: str, heard: Heard, call: Call) -> Reading:
        """How `text` would be heard in place of this turn's words."""
        return self.ear.read(
            text,
            heard.turn.hearer,
            call.case.channel,
            now=heard.turn.clock,
            before=heard.before.text if heard.before else None,
            asked=heard.before.asks if heard.before else None,
        )


def _suspicions(
    heard: Heard,
    call: Call,
    rules: Mapping[str, Rule],
    matches: Sequence[Match],
    silent: tuple[Heard, Shown] | None,
) -> list[Suspicion]:
    """What this turn may breach, one entry for each rule: the ear's cues first, then phrases, then the case."""
    found: dict[str, Suspicion] = {}
    for cue in heard.reading.cues:
        if cue.rule in rules:
            start, end = shown(heard.text, cue.start, cue.end, cue.why)
            found.setdefault(cue.rule, Suspicion(rules[cue.rule], start, end, cue.why))
    for match in matches:
        if not match.doubtful:
            why = f"短语：{match.phrase}"
            found.setdefault(match.rule.id, Suspicion(match.rule, match.start, match.end, why))
    by_case = list(shown_by_case(heard, call))
    if silent is not None and silent[0].turn.n == heard.turn.n:
        by_case.append(silent[1])
    for one in by_case:
        if one.rule in rules:
            found.setdefault(one.rule, Suspicion(rules[one.rule], one.start, one.end, one.why, certain=True))
    reach = (heard.turn.hearer, call.case.channel)
    return [suspicion for suspicion in found.values() if suspicion.rule.applies(*reach)]


def _settle(
    heard: Heard,
    call: Call,
    suspicions: Sequence[Suspicion],
    rules: Mapping[str, Rule],
    before: frozenset[str],
) -> list[Breach]:
    """The breaches of one turn. `rules` are those that facts alone may breach; each does so once in a call."""
    moment = Moment(call.case, heard.turn.clock, heard.turn.hearer, before)
    certain = [suspicion for suspicion in suspicions if _holds_here(suspicion, suspicions, moment)]
    moment = replace(moment, broken_here=frozenset(suspicion.rule.id for suspicion in certain))
    found = [_breach(suspicion, heard, moment, call) for suspicion in certain]
    opening = replace(moment, clock=call.case.at)
    for rule in rules.values():
        if rule.id in before | {breach.rule for breach in found} or not rule.shown_by_facts:
            continue
        excused = any(holds(condition, opening, rule.id) for condition in rule.unless)
        applies = rule.applies(heard.turn.hearer, call.case.channel)
        if applies and not excused and hold(rule.shown_by_facts, opening, rule.id):
            suspicion = Suspicion(rule, 0, len(heard.text), "不看话，看事实")
            found.append(_breach(suspicion, heard, opening, call))
    return sorted(found, key=lambda breach: (breach.evidence.start, breach.evidence.end, breach.rule))


def _holds_here(suspicion: Suspicion, suspicions: Sequence[Suspicion], moment: Moment) -> bool:
    """Whether the case lets the words count as a breach of their rule."""
    rule = suspicion.rule
    if suspicion.certain:
        return True
    moment = replace(moment, broken_here=frozenset(other.rule.id for other in suspicions))
    excused = any(holds(condition, moment, rule.id) for condition in rule.unless)
    return hold(rule.when, moment, rule.id) and not excused


def _breach(suspicion: Suspicion, heard: Heard, moment: Moment, call: Call) -> Breach:
    rule = suspicion.rule
    rise = next((rise for rise in rule.rises if hold(rise.when, moment, rule.id)), None)
    return Breach(
        rule=rule.id,
        title=rule.title,
        severity=rise.to if rise else rule.severity,
        heard_as=rule.heard_as,
        evidence=words(heard, suspicion.start, suspicion.end),
        rule_text=rule.rule,
        why=rule.why,
        heard=suspicion.heard,
        sources=tuple(source for source in rule.sources if source.in_force(call.case.at.date())),
        say_instead=filled(rule.say_instead, call),
        raised=rise.why if rise else None,
    )


def words(heard: Heard, start: int, end: int) -> Evidence:
    """The evidence at `start:end` of a turn, kept inside it."""
    start = max(0, min(start, len(heard.text)))
    end = max(start, min(end, len(heard.text)))
    return Evidence(heard.turn.n, start, end, heard.text[start:end])


def filled(templates: Iterable[str], call: Call) -> tuple[str, ...]:
    """Wordings with this call's facts; one that needs a fact this case lacks is left out. Somebody who signed for the
    debt is spoken to as its debtor."""
    case = call.case.addressed()
    found: list[str] = []
    for template in templates:
        try:
            found.append(fill(template, partial(fact, case), case.at))
        except KeyError:
            continue
    return tuple(found)


def _doubts(
    heard: Heard, matches: Sequence[Match], call: Call, breaches: Sequence[Breach]
) -> Iterator[Doubt]:
    """Veiled words, unless the same turn is already a breach of that rule."""
    settled = {breach.rule for breach in breaches}
    for match in matches:
        applies = match.rule.applies(heard.turn.hearer, call.case.channel)
        if match.doubtful and applies and match.rule.id not in settled:
            why = f"话里有话，机器不判，请人来看：{match.rule.rule}"
            yield Doubt(match.rule.id, match.rule.title, words(heard, match.start, match.end), why)


def priced(breaches: Sequence[Breach], deductions: Mapping[Severity, int]) -> tuple[Breach, ...]:
    """The breaches with what each costs. Where the same words breach several rules, only the gravest is paid for."""
    paid: list[Breach] = []
    for breach in breaches:
        graver = any(
            _overlap(breach, other) and _outweighs(other, breach) for other in breaches if other is not breach
        )
        paid.append(replace(breach, points=0 if graver else deductions.get(breach.severity, 0)))
    return tuple(paid)


def _overlap(one: Breach, other: Breach) -> bool:
    a, b = one.evidence, other.evidence
    return a.turn == b.turn and a.start < b.end and b.start < a.end


def _outweighs(one: Breach, other: Breach) -> bool:
    return (-one.severity.rank, one.rule) < (-other.severity.rank, other.rule)


def seal_of(call: Call) -> Seal:
    """When the debt might first be spoken of, and what was said of it before. A message to the debtor's own number
    needs no seal."""
    leaks: list[Evidence] = []
    sealed = call.case.kind is PersonaKind.THIRD_PARTY or call.case.channel in (Channel.PHONE, Channel.VISIT)
    for heard in call.heard if sealed else ():
        if heard.turn.hearer in VERIFIED:
            continue
        act = heard.act(SPEAKS_OF_DEBT)
        if act is not None:
            leaks.append(words(heard, act.start, act.end))
    opened = call.unsealed
    broke = Evidence(opened.n, 0, len(opened.text), opened.text) if opened else None
    return Seal(broke, opened.clock if opened else None, tuple(leaks))
