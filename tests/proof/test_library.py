"""The shipped library proves itself."""

from __future__ import annotations

from functools import cache

import pytest

from simulator.authoring.library import Library
from simulator.authoring.proof.questions import Proof
from simulator.authoring.proof.whole import never_anywhere, prove_all

SCENARIOS = Library().scenario_ids()


@cache
def proofs() -> dict[str, Proof]:
    return {proof.scenario: proof for proof in prove_all(SCENARIOS, None)}


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_is_won_cleanly_and_by_no_trick(name: str) -> None:
    proof = proofs()[name]
    assert not proof.faults, [answer.text for answer in proof.faults]


def test_no_persona_has_a_state_that_none_of_its_scenarios_comes_to() -> None:
    unused = never_anywhere(proofs().values())
    assert not {name: states for name, (states, _) in unused.items() if states}
