"""Colours for a picture that say how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NEVER = "#e4e7eb"
GREENS = ("#d8f3dc", "#b7e4c7", "#8fd3ac", "#66b88a")
REDS = ("#fdeae6", "#fad0c8", "#f5ab9d", "#ef8673")


def shades(counts: Mapping[str, int], names: Sequence[str], failures: bool) -> dict[str, str]:
    """A colour for each state; grey where it never happened."""
    scale = REDS if failures else GREENS
    most = max(counts.values(), default=0)
    return {
        name: scale[(counts[name] * len(scale) - 1) // most] if counts.get(name) else NEVER for name in names
    }


def note_of(failures: bool) -> str:
    return (
        "颜色越红，没通过的通话断在这里的越多；灰的没有"
        if failures
        else "颜色越绿，走到过的通话越多；灰的没走到过"
    )
