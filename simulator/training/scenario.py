"""A scenario: a case before its draws, with what a trainee is told and the two calls that prove it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.dialogue import Case


@dataclass(frozen=True, slots=True)
class Scenario:
    """`case` holds every fixed fact; `drawn` names the facts (`debtor.name`, `person.name`) that a seed draws.

    `model` is a call that passes without a breach, `careless` one that fails; their lines are templates over the case.
    """

    case: Case
    drawn: frozenset[str]
    brief: str
    hints: tuple[str, ...]
    model: tuple[str, ...]
    careless: tuple[str, ...]
    digest: str

    @property
    def id(self) -> str:
        return self.case.scenario

    @property
    def title(self) -> str:
        return self.case.title
