"""Breaches of the rules of conduct: what the ear heard, held against the case, the clock and who was listening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from scoring.advice import sentences
from scoring.conditions import Moment, hold, holds
from scoring.edits import sentence_at
from scoring.figures import SPEAKS_OF_DEBT, Shown, never_identified, shown_by_case
from scoring.hearing import VERIFIED, Call, Heard, Listener, shown
from scoring.phrasing import Match, Phrasebook
from scoring.rulebook import Rule, Rulebook
from scoring.scorecard import Breach, Doubt, Evidence, Seal
from simulator.dialogue import Channel, PersonaKind, Reading, Severity

VEILED = "话里有话，机器不判，请人来看"
UNSETTLED = "案情里看不出真假，机器不判，请人来看"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words that may breach a rule; `certain` ones were already held against the case, which knows `fix`, the right
    words for them."""

    rule: Rule
    start: int
    end: int
    heard: str
    certain: bool = False
    fix: str | None = None


class Law:
    """The rules in force on one day, with the ear that listens for them."""

    def __init__(self, rulebook: Rulebook, day: date, ear: Listener) -> None:
        self.ear = ear
        self.rules = rulebook.in_force(day)
        self.phrasebook = _phrasebook(rulebook, day, frozenset(ear.rule_ids))

    def find(self, call: Call) -> tuple[tuple[Breach, ...], tuple[Doubt, ...]]:
        """All breaches in order of turn and place, and the words that a human must settle."""
        breaches: list[Breach] = []
        doubts: list[Doubt] = []
        silent = never_identified(call)
        for heard in call.heard:
            before = frozenset(breach.rule for breach in breaches)
            matches = self.phrasebook.find(heard.text, heard.turn.clock)
            suspicions = _suspicions(heard, call, self.rules, matches, silent)
            here, unsettled = _settle(heard, call, suspicions, self.rules, before)
            breaches.extend(here)
            doubts.extend((*unsettled, *_doubts(heard, matches, call, here, unsettled)))
        return tuple(breaches), tuple(doubts)

    def objects(self, text: str, heard: Heard, call: Call) -> bool:
        """Whether `text` would breach a rule, or need a human, if it were said in place of this turn's words."""
        reading = self.read(text, heard, call)
        said = replace(heard, turn=replace(heard.turn, text=text), reading=reading, repeats=False)
        matches = self.phrasebook.find(text, heard.turn.clock)
        suspicions = _suspicions(said, call, self.rules, matches, None)
        breaches, unsettled = _settle(said, call, suspicions, {}, frozenset())
        return bool(breaches or unsettled or any(_doubts(said, matches, call, (), ())))

    def read(self, text: str, heard: Heard, call: Call) -> Reading:
        """How `text` would be heard in place of this turn's words."""
        return self.ear.read(
            text,
            heard.turn.hearer,
            call.case.channel,
            now=heard.turn.clock,
            asked=heard.before.asks if heard.before else None,
        )

    def moment(self, heard: Heard, call: Call) -> Moment:
        """Where a condition on this turn is looked at; its words are this turn's and those it answers."""
        said = f"{heard.before.text if heard.before else ''}\n{heard.text}"
        return Moment(
            call.case, heard.turn.clock, heard.turn.hearer, words=said, answered=heard.before is not None
        )


@lru_cache(maxsize=8)
def _phrasebook(rulebook: Rulebook, day: date, heard_by_ear: frozenset[str]) -> Phrasebook:
    return Phrasebook(rulebook.in_force(day).values(), heard_by_ear)


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
        if one.rule not in rules:
            continue
        by_facts = Suspicion(rules[one.rule], one.start, one.end, one.why, certain=True, fix=one.fix)
        known = found.setdefault(one.rule, by_facts)
        if known.certain and known is not by_facts:
            found[one.rule] = replace(known, heard=f"{known.heard}；{one.why}")
    reach = (heard.turn.hearer, call.case.channel)
    return [suspicion for suspicion in found.values() if suspicion.rule.applies(*reach)]


def _settle(
    heard: Heard,
    call: Call,
    suspicions: Sequence[Suspicion],
    rules: Mapping[str, Rule],
    before: frozenset[str],
) -> tuple[list[Breach], list[Doubt]]:
    """The breaches of one turn, and what a human must settle. `rules` are those that facts alone may breach; each does
    so once in a call."""
    suspected = frozenset(suspicion.rule.id for suspicion in suspicions)
    moment = Moment(
        call.case, heard.turn.clock, heard.turn.hearer, before, suspected, answered=heard.before is not None
    )
    held = [suspicion for suspicion in suspicions if _holds_here(suspicion, heard, moment)]
    unsettled = [suspicion for suspicion in held if _for_a_human(suspicion, heard, moment)]
    certain = [suspicion for suspicion in held if suspicion not in unsettled]
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
    found.sort(key=lambda breach: (breach.evidence.start, breach.evidence.end, breach.rule))
    return found, [_doubt(item.rule, words(heard, item.start, item.end), UNSETTLED) for item in unsettled]


def _worded(found: Suspicion | Match, heard: Heard, moment: Moment) -> Moment:
    return replace(moment, words=sentence_at(heard.text, found.start, found.end))


def _excused(found: Suspicion | Match, heard: Heard, moment: Moment) -> bool:
    moment = _worded(found, heard, moment)
    return any(holds(condition, moment, found.rule.id) for condition in found.rule.unless)


def _holds_here(suspicion: Suspicion, heard: Heard, moment: Moment) -> bool:
    """Whether the case lets the words count as a breach of their rule."""
    rule = suspicion.rule
    if suspicion.certain:
        return True
    worded = _worded(suspicion, heard, moment)
    return hold(rule.when, worded, rule.id) and not _excused(suspicion, heard, moment)


def _for_a_human(suspicion: Suspicion, heard: Heard, moment: Moment) -> bool:
    """Whether the case leaves it open that the words are true."""
    rule, moment = suspicion.rule, _worded(suspicion, heard, moment)
    return not suspicion.certain and any(holds(condition, moment, rule.id) for condition in rule.human_when)


def _breach(suspicion: Suspicion, heard: Heard, moment: Moment, call: Call) -> Breach:
    rule = suspicion.rule
    rise = next((rise for rise in rule.rises if hold(rise.when, moment, rule.id)), None)
    said = f"{heard.before.text if heard.before else ''}\n{heard.text}"
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
        say_instead=sentences(rule, replace(moment, words=said)),
        raised=rise.why if rise else None,
        fix=suspicion.fix,
    )


def words(heard: Heard, start: int, end: int) -> Evidence:
    """The evidence at `start:end` of a turn, kept inside it."""
    start = max(0, min(start, len(heard.text)))
    end = max(start, min(end, len(heard.text)))
    return Evidence(heard.turn.n, start, end, heard.text[start:end])


def _doubts(
    heard: Heard,
    matches: Sequence[Match],
    call: Call,
    breaches: Sequence[Breach],
    unsettled: Sequence[Doubt],
) -> Iterator[Doubt]:
    """Veiled words, unless the case excuses them, or the same turn is already a breach of that rule or shown to a
    human for it."""
    settled = {breach.rule for breach in breaches} | {doubt.rule for doubt in unsettled}
    for match in matches:
        applies = match.rule.applies(heard.turn.hearer, call.case.channel)
        if not match.doubtful or not applies or match.rule.id in settled:
            continue
        moment = Moment(call.case, heard.turn.clock, heard.turn.hearer, answered=heard.before is not None)
        if not _excused(match, heard, moment):
            yield _doubt(match.rule, words(heard, match.start, match.end), VEILED)


def _doubt(rule: Rule, evidence: Evidence, why: str) -> Doubt:
    return Doubt(rule.id, rule.title, evidence, f"{why}：{rule.rule}")


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
