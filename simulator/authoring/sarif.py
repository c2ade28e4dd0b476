"""Problems in SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from simulator.authoring.diagnostics import ids, in_language, page
from simulator.errors import Diagnostic

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(problems: Sequence[Diagnostic], version: str, language: str) -> dict[str, Any]:
    """One run; the descriptors are of the diagnostics that were found."""
    named = sorted({problem.id for problem in problems})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "peilian",
                        "version": version,
                        "rules": [_descriptor(id, language) for id in named],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, named.index(problem.id), language) for problem in problems],
            }
        ],
    }


def _descriptor(id: str, language: str) -> dict[str, Any]:
    if id not in ids():
        return {"id": id}
    known = page(id)
    return {
        "id": id,
        "shortDescription": {"text": known.title.said(language)},
        "fullDescription": {"text": known.checks.said(language)},
        "help": {"text": known.why.said(language)},
        "defaultConfiguration": {"level": known.severity},
    }


def _result(problem: Diagnostic, index: int, language: str) -> dict[str, Any]:
    said = in_language(problem, language)
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.path)}}
    if problem.line:
        place["region"] = {
            "startLine": problem.line,
            "startColumn": problem.column,
            "endColumn": problem.column + problem.width,
        }
    return {
        "ruleId": problem.id,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": "\n".join(filter(None, (said.message, said.help)))},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    found = Path(path)
    return found.as_uri() if found.is_absolute() else quote(found.as_posix())
