"""The schemas that editors use are those of the code that reads the files."""

import json

import pytest

from simulator.authoring.build_schemas import FOLDER, schemas, written
from simulator.authoring.library import SHIPPED, Library

SCHEMAS = schemas(Library())


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_shipped_schema_matches_the_code(name: str) -> None:
    text = (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == written(SCHEMAS[name]), "run python -m simulator.authoring.build_schemas"
    assert json.loads(text)["properties"]


@pytest.mark.parametrize("folder", ["personas", "scenarios"])
def test_every_file_names_its_schema_in_its_first_line(folder: str) -> None:
    for path in (SHIPPED / folder).glob("*.yaml"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == f"# yaml-language-server: $schema=../docs/schema/{folder[:-1]}.schema.json", path.name
