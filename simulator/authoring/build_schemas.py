"""Writes the JSON Schemas that editors use: `python -m simulator.authoring.build_schemas`.

They are made from the same shapes that read the files, so the two cannot say different things.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator.authoring import blueprint_file, rubric_file, rule_file
from simulator.authoring.library import SHIPPED, Library
from simulator.authoring.persona_shape import DRAFT
from simulator.authoring.persona_shape import schema as persona_schema
from simulator.authoring.scenario_shape import scenario_shape

FOLDER = SHIPPED / "docs" / "schema"


def schemas(library: Library) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by its name."""
    scenario = scenario_shape((), library.rubric_ids(), library.rulebook_ids()).schema()
    scenario["properties"]["persona"] = {"type": "string"}  # any id: authors write personas of their own
    return {
        "persona": persona_schema(library.heard),
        "scenario": {"$schema": DRAFT, "title": "scenario", **scenario},
        "rule": rule_file.schema(),
        "rubric": rubric_file.schema(),
        "blueprint": blueprint_file.schema(),
    }


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas(Library()).items():
        Path(FOLDER / f"{name}.schema.json").write_text(written(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
