"""Writes the JSON Schemas that editors use: `python -m simulator.authoring.build_schemas`.

They are made from the same shapes that read the files, so the two cannot say different things.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator.authoring import persona_file, rubric_file, rule_file, scenario_file
from simulator.authoring.library import SHIPPED, Library

FOLDER = SHIPPED / "docs" / "schema"


def schemas(library: Library) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by its name."""
    scenario = scenario_file.scenario_shape((), library.rubric_ids(), library.rulebook_ids()).schema()
    scenario["properties"]["persona"] = {"type": "string"}  # any id: authors write personas of their own
    return {
        "persona": persona_file.schema(library.heard),
        "scenario": {"$schema": persona_file.DRAFT, "title": "scenario", **scenario},
        "rule": rule_file.schema(),
        "rubric": rubric_file.schema(),
    }


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas(Library()).items():
        Path(FOLDER / f"{name}.schema.json").write_text(written(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
