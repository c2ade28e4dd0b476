"""The note after the call is graded against what was really said."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.scorecard import Section
from tests.scoring.made import made, whole

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "notes.yaml").read_text(encoding="utf-8")
)
EMPTY = {"put": {}, "change": {15: {"对方": "再说吧。", "pledges": []}}}


def graded(note: str | None, **changes: Any) -> Section | None:
    return made(whole({"like": "good-call", "claim": "", "note": note, **changes})).judge().note


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["claim"])
def test_a_note_is_graded_line_by_line(case: dict[str, Any]) -> None:
    mark = graded(case["note"])
    assert mark is not None
    found = {finding.id: finding.met.value for finding in mark.findings}
    assert found == {**dict.fromkeys(found, "yes"), **case["expect"]}


def test_a_call_without_a_note_has_no_mark_for_one() -> None:
    assert graded(None) is None


def test_an_invented_promise_is_found_out() -> None:
    mark = graded("客户答应明天中午还8000元。明天下午致电。", **EMPTY)
    assert mark is not None
    found = {finding.id: finding for finding in mark.findings}
    assert found["note-true"].met.value == "no"
    assert found["note-true"].evidence is not None
    assert found["note-true"].evidence.text == "答应"


def test_saying_that_nothing_was_promised_is_true_when_nothing_was() -> None:
    mark = graded("货款未到，客户没有给准日子。明天上午十点再联系。", **EMPTY)
    assert mark is not None
    assert {finding.met.value for finding in mark.findings} == {"yes"}


def test_the_note_does_not_enter_the_total() -> None:
    with_note = made(whole({"like": "good-call", "claim": "", "note": ""})).judge()
    without = made(whole({"like": "good-call", "claim": ""})).judge()
    assert with_note.total == without.total
    assert with_note.passed
