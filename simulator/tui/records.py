"""The trainee's calls on disk: which broke off, and how well each scenario has gone so far."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

# events that only the screen writes; whoever grades a record passes over them
FRESH_ATTEMPT, TAKEN_BACK, GIVEN_UP = "fresh-attempt", "taken-back", "given-up"
NEWEST = 400  # records looked through for the menu
CLOSED = ("end", TAKEN_BACK, GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Unfinished:
    record: Path
    scenario: str
    title: str
    turns: int
    left: datetime


@dataclass(frozen=True, slots=True)
class Best:
    """`again` marks a call in which turns were taken back."""

    total: int
    passed: bool
    calls: int
    again: bool


@dataclass(frozen=True, slots=True)
class Survey:
    unfinished: tuple[Unfinished, ...] = ()
    best: tuple[tuple[str, Best], ...] = ()


def survey(folder: Path) -> Survey:
    """What the records in `folder` say; one that cannot be read is passed over."""
    try:
        paths = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return Survey()
    unfinished: list[Unfinished] = []
    best: dict[str, Best] = {}
    for path in paths[:NEWEST]:
        try:
            _look(path, unfinished, best)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return Survey(tuple(unfinished), tuple(best.items()))


def _look(path: Path, unfinished: list[Unfinished], best: dict[str, Best]) -> None:
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    kinds = [_kind(line) for line in lines]
    if not kinds or kinds[0] != "call":
        return
    scenario, title = _opening(lines[0])
    if not any(kind in CLOSED for kind in kinds):
        left = datetime.fromtimestamp(path.stat().st_mtime)
        unfinished.append(Unfinished(path, scenario, title, kinds.count("turn"), left))
    if "scorecard" in kinds:
        card: dict[str, Any] = json.loads(lines[len(kinds) - 1 - kinds[::-1].index("scorecard")])
        mark = Best(int(card["total"]), card["verdict"] == "pass", 1, FRESH_ATTEMPT in kinds)
        best[scenario] = _better(best[scenario], mark) if scenario in best else mark


def _better(one: Best, other: Best) -> Best:
    top = max(one, other, key=lambda mark: (mark.passed, mark.total))
    return Best(top.total, top.passed, one.calls + other.calls, top.again)


def _kind(line: str) -> str:
    """The event of a line as `record.dump` writes it."""
    return line[10:].split('"', 1)[0] if line.startswith('{"event":"') else ""


def _opening(line: str) -> tuple[str, str]:
    call = json.loads(line)
    return str(call["scenario"]), str(call["case"]["title"])


def give_up(record: Path) -> None:
    """Marks a record as not to be gone on with. Raises StorageError."""
    from simulator.store.journal import Journal

    with Journal(record, resume=True) as journal:
        journal.keep({"event": GIVEN_UP})
