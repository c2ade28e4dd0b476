"""The promise against its 48 hours, drawn to scale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from textual.content import Content

from simulator.tui.look import GOOD, MUTED, WARN, join, text, yuan
from simulator.tui.words import Words

WIDTH = 32
BEYOND = 1.25  # how much longer than the 48 hours the line is drawn, if a date lies beyond them


def timeline(promise: dict[str, Any], w: Words) -> Iterator[Content]:
    """Nothing where no pledge has a date."""
    line = promise["timeline"]
    pledges = [pledge for pledge in line["pledges"] if pledge["due"]]
    if not (pledges and line["made"] and line["limit"]):
        return
    made, limit = datetime.fromisoformat(line["made"]), datetime.fromisoformat(line["limit"])
    dues = [datetime.fromisoformat(pledge["due"]) for pledge in pledges]
    yield _bar(made, limit, dues)
    yield join(
        (f"{made:%m-%d %H:%M}", MUTED),
        " " * max(1, WIDTH - 20),
        (f"{limit:%m-%d %H:%M} {w('score.limit')}", MUTED),
    )
    for pledge, due in zip(pledges, dues, strict=True):
        amount = w("coach.no-sum") if pledge["amount"] is None else w("case.yuan", sum=yuan(pledge["amount"]))
        within = bool(pledge["within_48h"])
        yield join(
            ("◆ ", GOOD if within else WARN),
            (amount, "bold"),
            f"  {due:%m-%d %H:%M}  ",
            (w("score.within" if within else "score.outside"), GOOD if within else WARN),
        )


def _bar(made: datetime, limit: datetime, dues: list[datetime]) -> Content:
    last = max([limit, *dues])
    span = (limit - made) * (BEYOND if last > limit else 1)
    end = round((WIDTH - 1) * ((limit - made) / span))
    cells = ["━"] * end + ["┃"] + ["┄"] * (WIDTH - 1 - end)
    cells[0] = "●"
    for due in dues:
        cells[max(0, min(WIDTH - 1, round((WIDTH - 1) * ((due - made) / span))))] = "◆"
    return join(*[(cell, _colour(cell)) for cell in cells])


def _colour(cell: str) -> str:
    return {"━": "$success", "●": "bold", "◆": "bold $primary", "┃": "bold"}.get(cell, "$muted")


def bar(points: int, of: int, width: int = 16) -> Content:
    """Points as a row of blocks."""
    full = round(width * points / of) if of > 0 else 0
    return join(("█" * max(0, full), "$primary"), ("░" * (width - max(0, full)), "$line"), text(""))
