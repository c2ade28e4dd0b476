"""An old scorecard beside a new one of the same call: what moved, and which versions differ.

Both come as plain JSON data (see `scoring.scorecard`). The old one was read from a record that anybody may have
written to, so nothing of its form is taken for granted: what is not there, or not of the right kind, is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Plain = Mapping[str, Any]
SECTIONS = ("etiquette", "tasks", "note")


def compare(old: Plain, new: Plain, installed: Mapping[str, str]) -> dict[str, Any] | None:
    """How the old scorecard differs from the new one, or None where it does not. `installed` are the versions here.

    {"same_versions", "versions_changed": [names], "verdict": [old, new], "total": [old, new], "pass_mark": [old, new],
    "moved": [{"what": "etiquette" | "tasks" | "promise" | "note" | "breach", "id", "title", "turn", "text",
    "old", "new"}]}; `old` and `new` are the marks, null where there was none.
    """
    changed = _changed(_mapping(old.get("versions")), installed)
    if not changed and _same(old, new):
        return None
    return {
        "same_versions": not changed,
        "versions_changed": changed,
        "verdict": [_word(old.get("verdict")), _word(new.get("verdict"))],
        "total": [_whole(old.get("total")), _whole(new.get("total"))],
        "pass_mark": [_whole(old.get("pass_mark")), _whole(new.get("pass_mark"))],
        "moved": list(_moved(old, new)),
    }


def _changed(old: Plain, installed: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*old, *installed}) if old.get(name) != installed.get(name)]


def _same(old: Plain, new: Plain) -> bool:
    """Equal but for the note, where it was written after the old scorecard."""
    if _mapping(old.get("note")):
        return dict(old) == dict(new)
    return {**old, "note": None} == {**new, "note": None}


def _moved(old: Plain, new: Plain) -> Iterator[dict[str, Any]]:
    yield from _differences("breach", _breaches(old), _breaches(new), ("severity", "points"))
    yield from _differences(
        "promise", _promise(old), _promise(new), ("grade", "points", "of", "void", "confirmed")
    )
    for section in SECTIONS:
        before, after = _mapping(old.get(section)), _mapping(new.get(section))
        if section == "note" and not (before and after):
            continue
        yield from _differences(section, _findings(before), _findings(after), ("met", "points", "of"))


def _differences(
    what: str, old: Mapping[Any, Plain], new: Mapping[Any, Plain], names: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    """The marks whose fields `names` are not what they were, in the order of the new scorecard, then those gone."""
    for key in (*new, *(key for key in old if key not in new)):
        before, after = old.get(key), new.get(key)
        marks = [
            None if item is None else {name: _atom(item.get(name)) for name in names}
            for item in (before, after)
        ]
        if marks[0] == marks[1]:
            continue
        shown = after if after is not None else before
        assert shown is not None
        yield {
            "what": what,
            "id": _word(shown.get("rule" if what == "breach" else "id")) or what,
            "title": _word(shown.get("title")),
            "turn": _whole(shown.get("turn")),
            "text": _word(shown.get("text")),
            "old": marks[0],
            "new": marks[1],
        }


def _breaches(card: Plain) -> dict[tuple[str | None, int | None, int], Plain]:
    """By rule, turn, and which one of its kind in that turn: a span that grew by a word is the same breach."""
    counted: Counter[tuple[str | None, int | None]] = Counter()
    breaches: dict[tuple[str | None, int | None, int], Plain] = {}
    for item in _items(_mapping(card.get("compliance")).get("breaches")):
        place = (_word(item.get("rule")), _whole(item.get("turn")))
        breaches[(*place, counted[place])] = item
        counted[place] += 1
    return breaches


def _promise(card: Plain) -> dict[str, Plain]:
    promise = _mapping(card.get("promise"))
    return {"promise": promise} if promise else {}


def _findings(section: Plain) -> dict[str | None, Plain]:
    return {_word(item.get("id")): item for item in _items(section.get("findings"))}


def _mapping(value: Any) -> Plain:
    return value if isinstance(value, Mapping) else {}


def _items(value: Any) -> list[Plain]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _atom(value: Any) -> str | int | bool | None:
    return value if isinstance(value, (str, int)) else None


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
