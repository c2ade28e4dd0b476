"""The published schema describes what is really written."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scoring.compare import compare
from simulator.training.record import dump, scorecard_event
from tests.report.calls import NOTE, SCENARIOS, played

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/scorecard.schema.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("note", [None, NOTE])
@pytest.mark.parametrize("script", ["model", "careless"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_real_scorecards_are_of_its_form(name: str, script: str, note: str | None) -> None:
    _, card = played(name, script, note)
    CHECK.validate(json.loads(dump(scorecard_event(card.to_json()))))
    CHECK.validate(card.to_json())


def test_a_comparison_is_of_its_form() -> None:
    _, old = played("owner-receivables", "model")
    _, new = played("owner-receivables", "careless")
    for before in (old.to_json(), {"total": [], "promise": {"grade": {}}, "compliance": {"breaches": [{}]}}):
        CHECK.validate({**new.to_json(), "compared": compare(before, new.to_json(), new.versions)})


def test_an_unknown_or_a_missing_field_is_not() -> None:
    card: dict[str, Any] = played("owner-receivables", "model")[1].to_json()
    assert not CHECK.is_valid({**card, "extra": 1})
    assert not CHECK.is_valid({name: value for name, value in card.items() if name != "seal"})


@pytest.mark.parametrize("page", ["docs/scorecard.md", "docs/scorecard.zh-CN.md"])
def test_every_field_is_documented(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [name for name in sorted(fields(SCHEMA)) if f"`{name}`" not in text]
    assert not missing


def fields(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {name for item in schema for name in fields(item)}
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties")
    names = set(own) if isinstance(own, dict) else set()
    return names | {name for value in schema.values() for name in fields(value)}
