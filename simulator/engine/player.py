"""The machine that plays a persona: one shared `transitions` machine, every call a small value beside it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from transitions import EventData, Machine

from simulator.dialogue import AmountKind, Case, Hearer, Outcome, Pledge, Reading, Signal
from simulator.dialogue.likeness import bare, repeats
from simulator.dialogue.speak import fact, fill, speech
from simulator.engine.persona import (
    DISPOSITION_MAX,
    DISPOSITION_MIN,
    Effect,
    Guard,
    Line,
    Persona,
    PledgeTerms,
    Transition,
)
from simulator.engine.situation import Situation
from simulator.reading.echo import echoes

WITHIN = timedelta(hours=48)
ASKED_NAME = re.compile(
    r"(?:请问是|请问您是|您是|你是|找)(?![这哪那]位)([\u4e00-\u9fff]{1,4}?)(?:先生|女士|小姐|老板|总)(?!部|行|公司)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One move: what the persona says (empty once the call is over) and where the call then stands."""

    reply: str
    situation: Situation
    transition: str


@dataclass(frozen=True, slots=True)
class View:
    """What guards may look at in one turn."""

    heard: frozenset[str]
    amount: str
    time: str
    echo: str | None
    situation: Situation


class _Model:
    """The object that `transitions` moves; never registered with the machine, so it costs nothing to forget."""

    __slots__ = ("chosen", "state", "view")

    def __init__(self, state: str, view: View) -> None:
        self.state = state
        self.view = view
        self.chosen: Transition | None = None


class Player:
    """Plays one persona in any number of calls. Holds no state of a call."""

    def __init__(self, persona: Persona) -> None:
        self.persona = persona
        self._states = {state.id: state for state in persona.states}
        self._machine = Machine(
            model=None,
            states=[state.id for state in persona.states],
            initial=persona.start,
            auto_transitions=False,
            send_event=True,
            ignore_invalid_triggers=True,
        )
        for state in persona.states:
            if not state.is_final:
                for transition in (*persona.always, *state.transitions, *persona.otherwise):
                    self._add(state.id, transition)

    def _add(self, source: str, transition: Transition) -> None:
        self._machine.add_transition(
            "hear", source, transition.to or source, conditions=[partial(_admits, transition)]
        )

    def silent(self, case: Case, seed: int) -> Situation:
        """The situation before anybody has said anything."""
        return Situation(
            state=self.persona.start,
            disposition={**dict(self.persona.disposition), **case.mood},
            memory=frozenset(),
            pledges=(),
            used=frozenset(),
            said=(),
            verified=False,
            asked=None,
            clock=case.at,
            turn=0,
            seed=seed,
        )

    def open(self, case: Case, seed: int) -> Step:
        """The persona answers the telephone."""
        situation = self.silent(case, seed)
        line = _choose(self.persona.opens, situation, "open")
        if line is None:
            return Step("", situation, "open")
        reply = fill(line.text, partial(fact, case), case.at)
        spent = replace(
            situation, used=situation.used | {line.id}, clock=situation.clock + speech(reply), turn=1
        )
        return Step(reply, spent, "open")

    def hearer(self, situation: Situation) -> Hearer:
        return self.persona.kind.hearer(situation.verified)

    def step(self, case: Case, situation: Situation, reading: Reading) -> Step:
        """What the persona answers to `reading`; raises ValueError when the call is already over."""
        if situation.is_over:
            raise ValueError("the call is over")
        view, lead = self.take_in(case, situation, reading)
        model = _Model(situation.state, view)
        self._machine.events["hear"].trigger(model)
        if model.chosen is None:
            return self._give_up(case, view)
        return self._answer(case, reading, view, model.chosen, lead)

    def take_in(self, case: Case, situation: Situation, reading: Reading) -> tuple[View, str]:
        """What guards look at once the persona has taken `reading` in, and the murmur before its reply."""
        situation = replace(situation, clock=situation.clock + speech(reading.text), turn=situation.turn + 1)
        view = self._view(case, situation, reading, bare(reading.text))
        felt, lead = self._feel(view)
        return replace(view, situation=felt), lead

    def _view(self, case: Case, situation: Situation, reading: Reading, folded: str) -> View:
        heard: set[str] = {*reading.act_ids, *reading.rule_ids, *(cue.heard_as.value for cue in reading.cues)}
        heard.update(signal.value for signal in reading.signals)
        if not folded:
            heard.add(Signal.SILENCE.value)
        elif repeats(folded, situation.said):
            heard.add(Signal.REPETITION.value)
        if misnamed(case, reading.text):
            heard.add(Signal.WRONG_NAME.value)
        return View(
            heard=frozenset(heard),
            amount=amount_class(case, reading),
            time=time_class(situation.clock, reading),
            echo=echoes(reading, situation.pledges),
            situation=situation,
        )

    def _feel(self, view: View) -> tuple[Situation, str]:
        """The situation after the persona has taken in what was said, and a murmur before its reply."""
        situation, lead = view.situation, ""
        for feel in self.persona.feels:
            if feel.id in situation.used or not holds(feel.guard, view):
                continue
            situation = replace(situation, disposition=_moved(situation.disposition, feel.feeling))
            used = {feel.id} if feel.once else set()
            line = None if lead else _choose(feel.lead, situation, feel.id)
            if line is not None:
                lead = line.text
                used.add(line.id)
            situation = replace(situation, used=situation.used | used)
        return situation, lead

    def _answer(self, case: Case, reading: Reading, view: View, chosen: Transition, lead: str) -> Step:
        situation, folded = view.situation, bare(reading.text)
        line = _choose(chosen.say, situation, chosen.id)
        assert line is not None  # `_admits` lets no transition through whose wordings are all spent
        after = affected(case, situation, reading, chosen.effect)
        rest = _rest_meant(case, after.pledges, chosen.effect)
        reply = lead + fill(line.text, partial(_look_up, case, reading, rest), situation.clock)
        target = self._states[chosen.to or situation.state]
        moved = replace(
            after,
            state=target.id,
            used=situation.used | {line.id} | ({chosen.id} if chosen.once else set()),
            said=(*situation.said, folded) if folded else situation.said,
            clock=situation.clock + speech(reply),
            turn=situation.turn + 1,
        )
        if target.is_final:
            moved = replace(moved, outcome=target.final or outcome_by_pledge(case, moved.pledges))
        return Step(reply, moved, chosen.id)

    def _give_up(self, case: Case, view: View) -> Step:
        situation = view.situation
        line = _choose(self.persona.gives_up, situation, "gives-up")
        reply = fill(line.text, partial(fact, case), situation.clock) if line else ""
        spoken = situation.clock + speech(reply)
        over = replace(situation, outcome=Outcome.HUNG_UP, asked=None, clock=spoken, turn=situation.turn + 1)
        return Step(reply, over, "gives-up")

    @staticmethod
    def after(situation: Situation, words: str) -> datetime:
        """The moment at which `words`, begun in `situation`, have been said."""
        return situation.clock + speech(words)

    def leave(self, case: Case, situation: Situation) -> Situation:
        """The trainee hangs up: the outcome that the state or the pledges give."""
        left = self._states[situation.state].left
        return replace(situation, outcome=left or outcome_by_pledge(case, situation.pledges))


def _admits(transition: Transition, event: EventData) -> bool:
    model = event.model
    assert isinstance(model, _Model)
    view = model.view
    used = view.situation.used
    if transition.once and transition.id in used:
        return False
    if all(line.id in used for line in transition.say) or not holds(transition.guard, view):
        return False
    model.chosen = transition
    return True


def affected(case: Case, situation: Situation, reading: Reading, effect: Effect) -> Situation:
    """The situation after `effect`: what is felt, remembered, pledged, verified and asked."""
    return replace(
        situation,
        disposition=_moved(situation.disposition, effect.feeling),
        memory=(situation.memory | effect.remember) - effect.forget,
        pledges=_pledges(case, situation, reading, effect),
        verified=situation.verified or effect.verify,
        asked=effect.asks,
    )


def _look_up(case: Case, reading: Reading, rest: Decimal, path: str) -> Any:
    """A fact for a line: of the case, of what the trainee named just now, or what is left to pay."""
    if path == "said.amount":
        return named_sum(reading) or next((mention.text for mention in reading.amounts), "这个数")
    if path == "said.time":
        return next((mention.text for mention in reading.times), "那会儿")
    return rest if path == "rest" else fact(case, path)


def holds(guard: Guard, view: View) -> bool:
    """Whether every part of `guard` holds in `view`."""
    situation = view.situation
    return (
        (not guard.hears or not guard.hears.isdisjoint(view.heard))
        and guard.along_with <= view.heard
        and guard.without.isdisjoint(view.heard)
        and (not guard.amount or view.amount in guard.amount)
        and (not guard.time or view.time in guard.time)
        and (guard.echo is None or view.echo == guard.echo)
        and (guard.verified is None or situation.verified == guard.verified)
        and (guard.pledged is None or bool(situation.pledges) == guard.pledged)
        and (not guard.after or situation.asked in guard.after)
        and guard.remembers <= situation.memory
        and guard.not_yet.isdisjoint(situation.memory)
        and all(bound.admits(situation.disposition[name]) for name, bound in guard.feeling)
    )


def amount_class(case: Case, reading: Reading) -> str:
    """What sum the trainee named, against what the persona can pay now (`means.now`) and what is owed."""
    if not reading.amounts:
        return "none"
    values = [mention.value for mention in reading.amounts if mention.value is not None]
    smaller = [value for value in values if value < case.debt.total]
    if smaller:  # "先还八千，剩下的周五还清": the sum asked for is the eight thousand
        now = case.means.get("now")
        return "within" if isinstance(now, Decimal) and min(smaller) <= now else "beyond"
    if values or any(mention.kind is AmountKind.FULL for mention in reading.amounts):
        return "full"
    return "some"


def named_sum(reading: Reading) -> Decimal | None:
    """The sum that the trainee asks for: where several are named (the debt and a part of it), the smallest."""
    return min((mention.value for mention in reading.amounts if mention.value is not None), default=None)


def misnamed(case: Case, text: str) -> bool:
    """Whether the trainee asks for somebody who is neither the debtor nor the one on the line."""
    known = case.debtor.surname + case.person.surname
    return any(not set(match.group(1)) & set(known) for match in ASKED_NAME.finditer(text))


def time_class(clock: datetime, reading: Reading) -> str:
    """When the trainee asks for payment, counted from the call's clock."""
    if not reading.times:
        return "none"
    due = min(mention.due for mention in reading.times)
    if due.date() <= clock.date():
        return "today"
    return "within-48h" if due <= clock + WITHIN else "later"


def outcome_by_pledge(case: Case, pledges: tuple[Pledge, ...]) -> Outcome:
    dated = [pledge for pledge in pledges if pledge.due is not None]
    if not pledges:
        return Outcome.UNRESOLVED
    if not dated:
        return Outcome.VAGUE
    return Outcome.PROMISE if rest_of(case, tuple(dated)) <= 0 else Outcome.PARTIAL


def rest_of(case: Case, pledges: Iterable[Pledge]) -> Decimal:
    """What is left of the debt beside what was promised; never below nothing."""
    promised = sum((pledge.amount or Decimal(0) for pledge in pledges), Decimal(0))
    return max(Decimal(0), case.debt.total - promised)


def _rest_meant(case: Case, pledges: tuple[Pledge, ...], effect: Effect) -> Decimal:
    """What `{rest}` in a line means: what is left beside the sums that the same line promises out of it."""
    out_of_rest = [terms for terms in effect.pledges if terms.amount in ("rest", "total")]
    return rest_of(case, pledges[: len(pledges) - len(out_of_rest)])


def _pledges(case: Case, situation: Situation, reading: Reading, effect: Effect) -> tuple[Pledge, ...]:
    pledges = () if effect.withdraw else situation.pledges
    for terms in effect.pledges:
        pledges = (*pledges, _pledge(case, situation, reading, pledges, terms))
    return pledges


def _pledge(
    case: Case, situation: Situation, reading: Reading, so_far: tuple[Pledge, ...], terms: PledgeTerms
) -> Pledge:
    return Pledge(
        amount=_sum(case, reading, so_far, terms.amount),
        due=_instant(case, reading, terms.due),
        method=terms.method,
        source=terms.source,
        standing=terms.standing,
    )


def _sum(case: Case, reading: Reading, so_far: tuple[Pledge, ...], name: str | None) -> Decimal | None:
    if name is None:
        return None
    if name == "total":
        return case.debt.total
    if name == "rest":
        return rest_of(case, so_far)
    if name == "said":
        named = named_sum(reading)
        if named is not None:
            return named
        if any(mention.kind is AmountKind.FULL for mention in reading.amounts):
            return case.debt.total
        name = "now"
    value = case.means[name]
    assert isinstance(value, Decimal)
    return value


def _instant(case: Case, reading: Reading, name: str | None) -> datetime | None:
    if name is None:
        return None
    if name == "said":
        return min((mention.due for mention in reading.times), default=None)
    value = case.means[name]
    assert isinstance(value, datetime)
    return value


def _moved(disposition: dict[str, int], deltas: Iterable[tuple[str, int]]) -> dict[str, int]:
    moved = dict(disposition)
    for name, delta in deltas:
        moved[name] = max(DISPOSITION_MIN, min(DISPOSITION_MAX, moved[name] + delta))
    return moved


def _choose(lines: tuple[Line, ...], situation: Situation, salt: str) -> Line | None:
    left = [line for line in lines if line.id not in situation.used]
    if not left:
        return None
    return random.Random(f"{situation.seed}:{situation.turn}:{salt}").choice(left)
