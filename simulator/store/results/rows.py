"""Rows of the tables to and from the values of `ledger`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.training.exam.entry import stamp
from simulator.training.exam.ledger import Broken, Found, Rated, Sat

PLAIN = ("id", "exam", "exam_title", "hall", "number", "candidate", "points", "cut", "state", "blueprint",
         "blueprint_digest", "form_digest", "entries", "head", "method", "judges", "error", "held")  # fmt: skip


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def row_of_sat(sat: Sat) -> dict[str, Any]:
    return {
        **{name: getattr(sat, name) for name in PLAIN},
        "candidate_group": sat.group,
        "supervised": int(sat.supervised),
        "practice": int(sat.practice),
        "passed": int(sat.passed),
        "opened_at": stamp(sat.opened),
        "submitted_at": stamp(sat.submitted),
        "key_id": sat.key,
    }


def sat_of(row: Mapping[str, Any]) -> Sat:
    return Sat(
        **{name: row[name] for name in PLAIN},
        name=row["name"],
        group=row["candidate_group"],
        supervised=bool(row["supervised"]),
        practice=bool(row["practice"]),
        passed=bool(row["passed"]),
        opened=when(row["opened_at"]),
        submitted=when(row["submitted_at"]),
        key=row["key_id"],
    )


def row_of_rated(row: Rated) -> dict[str, Any]:
    names = ("attempt", "n", "part", "scenario", "title", "seed", "total", "deducted")
    return {**{name: getattr(row, name) for name in names}, "passed": int(row.passed)}


def rated_of(row: Mapping[str, Any]) -> Rated:
    return Rated(**{**row, "passed": bool(row["passed"])})


def row_of_found(row: Found) -> dict[str, Any]:
    names = ("attempt", "call", "section", "criterion", "title", "met", "points")
    return {**{name: getattr(row, name) for name in names}, "of_points": row.of}


def found_of(row: Mapping[str, Any]) -> Found:
    plain = dict(row)
    return Found(of=plain.pop("of_points"), **plain)


def row_of_broken(row: Broken) -> dict[str, Any]:
    names = ("attempt", "call", "n", "rule", "title", "severity", "points", "turn", "words", "instead")
    return {name: getattr(row, name) for name in names}


def broken_of(row: Mapping[str, Any]) -> Broken:
    return Broken(**row)
