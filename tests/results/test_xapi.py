"""Statements against what the xAPI specification requires of every statement, checked field by field."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from simulator.training.exam.xapi import VERB, is_address, moments_of, statements
from tests.results.hall import Pen, sat
from tests.results.test_store import appealed

CENTRE = "https://exam.example.cn"
REGISTERED = {"initialized", "responded", "failed", "passed", "completed", "terminated"}
TYPES = {"assessment", "simulation", "interaction", "objective"}
STATEMENT = {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {"registration", "contextActivities", "revision", "platform", "language", "extensions"}


def told(pen: Pen, version: str = "1.0.3") -> list[dict[str, Any]]:
    return list(statements(pen.attempt, moments_of(pen.entries), CENTRE, version))


def is_iri(text: object) -> bool:
    return (
        isinstance(text, str)
        and bool(urlsplit(text).scheme and urlsplit(text).netloc)
        and not re.search(r"\s", text)
    )


def check(statement: dict[str, Any]) -> None:
    """Raises AssertionError for what a learning record store has to refuse."""
    assert statement.keys() <= STATEMENT
    assert statement.keys() >= {"id", "actor", "verb", "object", "timestamp"}
    assert UUID(statement["id"]).version == 5
    assert str(UUID(statement["id"])) == statement["id"]
    check_agent(statement["actor"])
    verb = statement["verb"]
    assert verb["id"].startswith(VERB)
    assert verb["id"].removeprefix(VERB) in REGISTERED
    check_languages(verb["display"])
    check_activity(statement["object"])
    if "result" in statement:
        check_result(statement["result"])
    check_context(statement["context"], statement["object"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", statement["timestamp"])
    datetime.fromisoformat(statement["timestamp"])
    assert re.fullmatch(r"1\.0\.\d|2\.0\.\d", statement["version"])
    check_no_nulls(statement)


def check_agent(agent: dict[str, Any]) -> None:
    assert agent["objectType"] == "Agent"
    identifiers = agent.keys() & {"mbox", "mbox_sha1sum", "openid", "account"}
    assert identifiers == {"account"}  # exactly one
    assert agent["account"].keys() == {"homePage", "name"}
    assert is_iri(agent["account"]["homePage"])
    assert agent["account"]["name"]


def check_activity(activity: dict[str, Any]) -> None:
    assert activity["objectType"] == "Activity"
    assert is_iri(activity["id"])
    definition = activity.get("definition", {})
    assert definition.keys() <= {"name", "description", "type", "moreInfo", "extensions"}
    if definition:
        assert definition["type"].rpartition("/")[2] in TYPES
        check_languages(definition["name"])


def check_languages(words: dict[str, str]) -> None:
    assert words
    assert all(
        re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", tag) and isinstance(text, str) for tag, text in words.items()
    )


def check_result(result: dict[str, Any]) -> None:
    assert result.keys() <= RESULT
    if "score" in result:
        score = result["score"]
        assert -1 <= score["scaled"] <= 1
        assert score["min"] < score["max"]
        assert score["min"] <= score["raw"] <= score["max"]
    for name in ("success", "completion"):
        assert isinstance(result.get(name, True), bool)
    assert isinstance(result.get("response", ""), str)
    if "duration" in result:
        assert re.fullmatch(r"PT\d+\.\d\dS", result["duration"])
    assert all(is_iri(key) for key in result.get("extensions", {}))


def check_context(context: dict[str, Any], activity: dict[str, Any]) -> None:
    assert context.keys() <= CONTEXT
    UUID(context["registration"])
    assert all(is_iri(key) for key in context["extensions"])
    for kind, activities in context.get("contextActivities", {}).items():
        assert kind in {"parent", "grouping", "category", "other"}
        for one in activities:
            check_activity(one)
            assert one["id"] != activity["id"]


def check_no_nulls(value: Any) -> None:
    assert value is not None
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_no_nulls(item)


def verbs(pen: Pen, verb: str) -> list[dict[str, Any]]:
    return [statement for statement in told(pen) if statement["verb"]["id"] == VERB + verb]


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
@pytest.mark.parametrize("scripts", [("model", "model"), ("careless", "model"), ("careless", "careless")])
def test_every_statement_has_the_shape_that_the_specification_asks_for(
    scripts: tuple[str, str], version: str
) -> None:
    found = told(sat(scripts=scripts), version)
    for statement in found:
        check(statement)
        assert statement["version"] == version
    ids = [statement["id"] for statement in found]
    assert len(set(ids)) == len(ids)


def test_every_turn_is_told_once_with_its_words_and_its_own_moment() -> None:
    pen = sat(scripts=("careless", "model"))
    turns = [turn for call in pen.attempt.calls for turn in call.turns]
    said = verbs(pen, "responded")
    assert [statement["result"]["response"] for statement in said] == [turn.text for turn in turns]
    kept = [entry.at for entry in pen.entries if entry.kind == "turn"]
    assert [datetime.fromisoformat(statement["timestamp"]) for statement in said] == kept


def test_every_breach_is_told_with_its_rule_and_words() -> None:
    pen = sat(scripts=("careless", "careless"))
    breaches = [
        (breach["rule"], breach["text"])
        for call in pen.attempt.calls
        for breach in (call.scorecard or {})["compliance"]["breaches"]
    ]
    hits = [
        (statement["object"]["id"].rpartition("/")[2], statement["result"]["response"])
        for statement in verbs(pen, "failed")
        if statement["object"]["definition"]["type"].endswith("objective")
    ]
    assert sorted(hits) == sorted(breaches)
    assert hits


def test_calls_and_exam_are_completed_and_passed_or_failed_with_their_score() -> None:
    pen = sat(scripts=("careless", "model"))
    kinds = [
        (
            statement["verb"]["id"].removeprefix(VERB),
            statement["object"]["definition"]["type"].rpartition("/")[2],
        )
        for statement in told(pen)
    ]
    assert kinds.count(("completed", "simulation")) == 2
    assert kinds.count(("passed", "simulation")) + kinds.count(("failed", "simulation")) == 2
    assert kinds.count(("completed", "assessment")) == 1
    last = told(pen)[-1]
    result = pen.attempt.result
    assert result
    assert last["result"]["score"]["raw"] == result.points / 100
    assert last["result"]["success"] is result.passed


def test_no_name_of_a_candidate_is_in_any_statement() -> None:
    assert "柳青" not in repr(told(sat()))


def test_telling_it_again_gives_the_same_statements_and_an_appeal_only_adds() -> None:
    pen = sat(scripts=("model", "careless"))
    before = {statement["id"] for statement in told(pen)}
    assert {statement["id"] for statement in told(pen)} == before
    after = {statement["id"] for statement in told(appealed(pen))}
    assert len(after - before) == 1  # the exam's new verdict
    assert len(before - after) == 2  # its old one, and the breach that was ruled out


def test_an_annulled_attempt_passes_nothing() -> None:
    pen = sat()
    pen.add("void", {"by": "kao-guan", "why": "替考"})
    last = told(pen)[-1]
    assert last["verb"]["id"] == VERB + "terminated"
    assert last["result"]["response"] == "替考"


@pytest.mark.parametrize(
    "centre",
    [
        "",
        "exam.example.cn",
        "ftp://x.cn",
        "https://",
        "https://x.cn/?a=1",
        "https://x.cn/#a",
        "https://x .cn",
    ],
)
def test_what_is_no_address_cannot_be_the_root_of_ids(centre: str) -> None:
    assert not is_address(centre)
    with pytest.raises(ValueError, match=f"^{re.escape(centre)}$"):
        statements(sat().attempt, {}, centre)
