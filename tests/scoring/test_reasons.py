"""A reason is named, not only touched on: 罚息太高 is one, 罚息怎么算 is a question."""

from pathlib import Path

import pytest
import yaml

from scoring.reasons import first_reason, reasons_in

LINES: list[tuple[str, str | None]] = [
    (said, reason)
    for said, reason in yaml.safe_load((Path(__file__).parent / "reasons.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("said", "reason"), LINES, ids=lambda item: str(item))
def test_the_reason_that_is_named_is_heard(said: str, reason: str | None) -> None:
    assert reasons_in(said) == ({reason} if reason else set()) or (
        reason is not None and reason in reasons_in(said)
    )


@pytest.mark.parametrize("said", [said for said, reason in LINES if reason])
def test_the_place_of_a_reason_is_where_its_words_stand(said: str) -> None:
    found = first_reason(said)
    assert found is not None
    assert 0 <= found[1] < found[2] <= len(said)
