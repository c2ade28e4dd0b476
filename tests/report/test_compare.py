"""An old scorecard beside a new one: every mark that moved, and nothing that did not."""

import copy
import json
from typing import Any

import pytest

from scoring.compare import compare
from tests.report.calls import NOTE, played

Card = dict[str, Any]


@pytest.fixture
def old() -> Card:
    _, card = played("owner-receivables", "careless", NOTE)
    return copy.deepcopy(card.to_json())


@pytest.fixture
def new() -> Card:
    _, card = played("owner-receivables", "careless", NOTE)
    return card.to_json()


def test_the_same_scorecard_is_no_difference(old: Card, new: Card) -> None:
    assert compare(old, new, new["versions"]) is None
    assert compare(json.loads(json.dumps(old)), new, new["versions"]) is None


def test_other_versions_with_the_same_marks_are_said_so(old: Card, new: Card) -> None:
    old["versions"]["ear"] = "x"
    compared = compare(old, new, new["versions"])
    assert compared is not None
    assert compared["same_versions"] is False
    assert compared["versions_changed"] == ["ear"]
    assert compared["moved"] == []
    assert compared["total"] == [old["total"], new["total"]]


def test_a_finding_that_moved_is_given_old_and_new(old: Card, new: Card) -> None:
    finding = old["etiquette"]["findings"][0]
    was = {"met": finding["met"], "points": finding["points"], "of": finding["of"]}
    finding.update(met="half", points=1)
    old["versions"]["rubric"] = "x"
    compared = compare(old, new, new["versions"])
    assert compared is not None
    (moved,) = compared["moved"]
    assert (moved["what"], moved["id"]) == ("etiquette", finding["id"])
    assert moved["old"] == {"met": "half", "points": 1, "of": finding["of"]}
    assert moved["new"] == was


def test_breaches_that_appeared_and_that_are_gone(old: Card, new: Card) -> None:
    breaches = old["compliance"]["breaches"]
    gone = {**breaches[0], "rule": "old-rule"}
    appeared = breaches.pop()
    breaches.append(gone)
    compared = compare(old, new, {})
    assert compared is not None
    moved = {item["id"]: (item["old"], item["new"]) for item in compared["moved"]}
    assert moved[appeared["rule"]] == (None, {"severity": appeared["severity"], "points": appeared["points"]})
    assert moved["old-rule"] == ({"severity": gone["severity"], "points": gone["points"]}, None)
    assert len(moved) == 2


def test_a_breach_whose_words_grew_has_not_moved(old: Card, new: Card) -> None:
    old["compliance"]["breaches"][0]["end"] += 1
    old["versions"]["ear"] = "x"
    compared = compare(old, new, new["versions"])
    assert compared is not None
    assert compared["moved"] == []


def test_an_altered_scorecard_of_the_same_versions_is_noticed(old: Card, new: Card) -> None:
    old["total"], old["verdict"] = 100, "pass"
    compared = compare(old, new, new["versions"])
    assert compared is not None
    assert compared["same_versions"] is True
    assert compared["verdict"] == ["pass", "fail"]


def test_a_note_written_after_the_old_scorecard_is_no_difference(old: Card, new: Card) -> None:
    old["note"] = None
    assert compare(old, new, new["versions"]) is None


def test_a_moved_promise_and_a_moved_pass_mark(old: Card, new: Card) -> None:
    old["promise"].update(grade="vague", points=4)
    old["pass_mark"] = 10
    compared = compare(old, new, new["versions"])
    assert compared is not None
    assert [item["what"] for item in compared["moved"]] == ["promise"]
    assert compared["pass_mark"] == [10, new["pass_mark"]]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {
            "versions": [],
            "total": float("nan"),
            "verdict": {},
            "compliance": [],
            "etiquette": {"findings": {}},
        },
        {"versions": {"ear": {"x": []}}, "compliance": {"breaches": [None, 1, {"rule": [], "turn": "x"}]}},
        {
            "etiquette": {"findings": [{"id": {}, "points": float("inf")}]},
            "promise": {"grade": [1]},
            "total": True,
        },
    ],
)
def test_a_recorded_scorecard_of_any_form_can_be_compared(broken: Card, new: Card) -> None:
    compared = compare(broken, new, new["versions"])
    assert compared is not None
    assert json.dumps(compared, allow_nan=False)
    assert compared["total"][0] is None
    assert compared["verdict"][0] is None
