"""A proof finds what was planted, and leaves sound content alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.authoring.proof.lines import QuickDesk
from simulator.authoring.proof.questions import Proof, prove
from tests.proof.home import PLANTED, sound_home, spoilt_home


def answer(proof: Proof, name: str) -> Any:
    return next((one for one in proof.answers if one.id == name), None)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> QuickDesk:
    return QuickDesk(sound_home(tmp_path_factory.mktemp("sound")))


@pytest.mark.parametrize("scenario", ["wet-month", "left-phone"])
def test_sound_content_is_found_sound(sound: QuickDesk, scenario: str) -> None:
    proof = prove(sound, scenario)
    assert not proof.faults
    assert not proof.unreached
    assert answer(proof, "winnable").holds
    assert answer(proof, "every-state").holds


@pytest.mark.parametrize("case", PLANTED, ids=[case["name"] for case in PLANTED])
def test_what_was_planted_is_found(case: dict[str, Any], tmp_path: Path) -> None:
    proof = prove(QuickDesk(spoilt_home(tmp_path, case)), case["scenario"])
    found = answer(proof, case["found"])
    if "seen" in case:
        assert case["seen"] in found.text
    else:
        assert found.fault, [one.text for one in proof.answers]
        assert found.call is not None
