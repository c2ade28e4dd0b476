"""One scenario under proof: what all questions about it rest on.

How an answer is known. `proved`: true of the machine whatever is said. `shown`: a call was really played and judged.
`tried`: calls were really played and none did it. `open`: neither proved nor shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoring.conditions import Moment, hold
from scoring.rubric import Grade, Rubric
from simulator.authoring.desk import Desk
from simulator.authoring.proof.lines import Line, filled, lines_for
from simulator.authoring.proof.machine import Compiled
from simulator.authoring.proof.may import explore
from simulator.authoring.proof.playing import Shown, Stage
from simulator.authoring.proof.pledged import NOTHING, grade
from simulator.authoring.proof.reach import Node, Reach
from simulator.dialogue import HeardAs, Outcome, PersonaKind, Signal
from simulator.training.practice import Practice
from simulator.training.scenario import Scenario

PROVED, SHOWN, TRIED, OPEN = "proved", "shown", "tried", "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """`holds` None: not known. `fault`: it must not be so. `call` shows it, where a call can."""

    id: str
    holds: bool | None
    how: str
    text: str
    fault: bool = False
    call: Shown | None = None


class Inquiry:
    """One scenario under proof. What is expensive is worked out when first needed."""

    def __init__(self, desk: Desk, scenario: Scenario) -> None:
        self.desk, self.scenario = desk, scenario
        self.stage = Stage(desk, scenario)
        self.case = self.stage.call().case
        self.persona = desk.player(scenario).persona
        self.rubric: Rubric = desk.library.rubric(self.case.rubric)
        self.machine = Compiled(self.persona, self.case)
        acts = frozenset(desk.library.act_titles())
        self.acts = acts
        self.plain = acts | {signal.value for signal in Signal}
        self.foul = {rule.id for rule in desk.library.rulebook(self.case.rulebook).rules}
        self.foul |= {way.value for way in HeardAs}

    @cached_property
    def clean(self) -> Reach:
        """What turns without a breach may reach."""
        return explore(self.machine, self.plain)

    @cached_property
    def anyhow(self) -> Reach:
        return explore(self.machine, self.plain | self.foul, coarse=True)

    @cached_property
    def lines(self) -> dict[bool, Sequence[Line]]:
        """The clean lines by whether the hearer is verified. Nobody is told of money who is not."""
        return {verified: self.clean_lines(verified) for verified in (False, True)}

    def clean_lines(self, verified: bool, told: bool = False) -> list[Line]:
        """`told`: even whoever may not be told of the debt is spoken to of it, where the ear hears no breach."""
        kind = self.persona.kind
        sealed = not told and (kind is PersonaKind.THIRD_PARTY or not verified)
        ear, home = self.desk.library.ear, self.desk.home
        heard = lines_for(self.scenario, self.case, verified, ear, home, sealed=sealed)
        return [line for line in heard if line.clean]

    @property
    def moment(self) -> Moment:
        """What the conditions of the rubric are held against."""
        return Moment(self.case, self.case.at, self.case.kind.hearer(verified=True))

    @property
    def wants_promise(self) -> bool:
        """Whether the rubric lets no call pass without a promise of some grade."""
        terms = self.rubric.promise
        return hold(terms.only_if, self.moment) and terms.least is not Grade.NONE

    @cached_property
    def endings(self) -> frozenset[str]:
        """The outcomes with which a call may pass; all of them where the rubric asks for none."""
        asked = [
            frozenset(criterion.check.words)
            for criterion in self.rubric.criteria
            if criterion.needed and criterion.check.kind == "ended" and hold(criterion.only_if, self.moment)
        ]
        return frozenset.intersection(*asked) if asked else frozenset(outcome.value for outcome in Outcome)

    def is_won(self, node: Node) -> bool:
        """Whether a call that ends here may pass, as far as its end decides."""
        state, pledged = node
        if self.wants_promise and grade(pledged).rank < self.rubric.promise.least.rank:
            return False
        return self.machine.ends(state, pledged).value in self.endings

    @cached_property
    def far(self) -> dict[Node, int]:
        """The least number of clean turns from each node to one that is won."""
        return self.clean.to(self.is_won)

    @property
    def start(self) -> Node:
        return self.persona.start, NOTHING

    @cached_property
    def model(self) -> Shown:
        return self.said([filled(line, self.case) for line in self.scenario.model])

    def said(self, lines: Sequence[str]) -> Shown:
        return self.stage.show(self.stage.say(lines))

    def toward(self, goal: Callable[[Node], bool]) -> Practice:
        """A clean call that goes toward `goal` as far as it is found."""
        practice = self.stage.call()
        self.stage.reach(self.machine, practice, self.clean.to(goal), self.lines)
        return practice

    @cached_property
    def unreached(self) -> tuple[str, ...]:
        states = self.anyhow.states()
        return tuple(state.id for state in self.persona.states if state.id not in states)

    @cached_property
    def unfired(self) -> tuple[str, ...]:
        return tuple(
            item.id for at, item in enumerate(self.machine.transitions) if at not in self.anyhow.fired
        )
