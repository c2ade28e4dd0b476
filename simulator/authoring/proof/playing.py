"""Carries a plan out in a real call: real ear, real machine, real judge. What is claimed is shown by such calls only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.authoring.desk import Desk
from simulator.authoring.proof.lines import Line
from simulator.authoring.proof.machine import Compiled, Spot
from simulator.authoring.proof.pledged import ALL, OPEN, PART, REST, UNDATED, Pledged, settled, when
from simulator.authoring.proof.reach import Node
from simulator.authoring.proof.search import plan
from simulator.authoring.scenario_file import bake
from simulator.dialogue import Case, Outcome, Pledge, Speaker, Turn
from simulator.dialogue.speak import spoken, spoken_instant
from simulator.engine.situation import Situation
from simulator.training.practice import Practice
from simulator.training.scenario import Scenario

SEED = 1
MOST_TURNS = 24
MOST_PLANS = 12  # made anew after something was heard otherwise than planned


@dataclass(frozen=True, slots=True)
class Shown:
    """A call that was really played. `total` and `passed` are the judge's, for a call that ends there."""

    turns: tuple[Turn, ...]
    outcome: Outcome
    total: int
    passed: bool
    breaches: int

    @property
    def spoken(self) -> int:
        return spoken_in(self.turns)


def spoken_in(turns: Sequence[Turn]) -> int:
    return sum(turn.who is Speaker.COLLECTOR for turn in turns)


class Stage:
    """Plays calls of one scenario."""

    def __init__(self, desk: Desk, scenario: Scenario) -> None:
        self.desk, self.scenario = desk, scenario
        self.case = bake(scenario, SEED)

    def call(self) -> Practice:
        desk, scenario = self.desk, self.scenario
        return Practice(self.case, SEED, desk.player(scenario), desk.library.ear, desk.versions(scenario))

    def say(self, lines: Sequence[str]) -> Practice:
        """A call in which these lines are said until it is over."""
        practice = self.call()
        for line in lines:
            if practice.is_over:
                break
            practice.say(line)
        return practice

    def show(self, practice: Practice) -> Shown:
        """Ends the call and has it judged."""
        outcome = practice.leave()
        card = self.desk.grade(practice.transcript, practice.versions, advice=False)
        return Shown(practice.turns, outcome, card.total, card.passed, len(card.breaches))

    def reach(
        self,
        machine: Compiled,
        practice: Practice,
        far: dict[Node, int],
        lines: Mapping[bool, Sequence[Line]],
    ) -> bool:
        """Goes on with the call until it stands at a node at distance 0; False when no way was found."""
        banned: set[tuple[str, str]] = set()
        for _ in range(MOST_PLANS):
            here = spot_of(machine, practice.situation)
            said = {turn.text for turn in practice.turns}
            fresh = {flag: [line for line in some if line.text not in said] for flag, some in lines.items()}
            turns = plan(machine, here, far, fresh, banned)
            if turns is None or len(practice.turns) > 2 * MOST_TURNS:
                return False
            for turn in turns:
                state = practice.situation.state
                text = turn.line.text if turn.line else recap(practice)
                practice.say(text)
                there = spot_of(machine, practice.situation)
                if (there.state, there.memory, there.pledged) != (
                    turn.to.state,
                    turn.to.memory,
                    turn.to.pledged,
                ):
                    banned.add((state, text))
                    break
            here = spot_of(machine, practice.situation)
            if far.get((here.state, here.pledged)) == 0:
                return True
            if practice.is_over:
                return False
        return False


def spot_of(machine: Compiled, situation: Situation) -> Spot:
    """Where a real call stands, as far as a guard can tell."""
    return Spot(
        state=situation.state,
        feeling=tuple(situation.disposition[name] for name in machine.feelings),
        memory=sum(1 << at for at, name in enumerate(machine.memories) if name in situation.memory),
        pledged=_pledged(machine.case, situation.pledges),
        verified=situation.verified,
        asked=situation.asked if situation.asked in machine.asked_for else None,
        spent=sum(bit for index, bit in machine.once.items() if machine.items[index].id in situation.used),
    )


def _pledged(case: Case, pledges: Sequence[Pledge]) -> Pledged:
    found: set[tuple[str, str, bool]] = set()
    total = sum(pledge.amount or 0 for pledge in pledges)
    for number, pledge in enumerate(pledges):
        if pledge.amount is None:
            part = OPEN
        elif pledge.amount >= case.debt.total:
            part = ALL
        else:
            part = REST if number and total >= case.debt.total and number == len(pledges) - 1 else PART
        due = UNDATED if pledge.due is None else when(case.at, pledge.due)
        found.add((part, due, pledge.standing))
    return settled(frozenset(found))


def recap(practice: Practice) -> str:
    """What was promised, said back."""
    now = practice.situation.clock
    parts = [
        f"{spoken_instant(pledge.due, now)}前还{spoken(pledge.amount, now, 'digits')}元"
        for pledge in practice.situation.pledges
        if pledge.due is not None and pledge.amount is not None
    ]
    return f"我跟您确认一下：{'，'.join(parts)}，走官方App，对吗？"
