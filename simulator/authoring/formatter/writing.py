"""Writes a tree: one entry a line, or a bracket where the author chose one and it fits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from simulator.authoring.formatter.tree import Entry, Group, Words
from simulator.authoring.plain_yaml import scalar
from simulator.authoring.shapes import ListOf, MapOf, Record, Shape

WIDTH = 110  # columns; a Chinese character takes two
STEP = 2


def write(tree: Group, shape: Shape | None) -> str:
    """The text of a file."""
    header = _take_header(tree)
    while tree.after and not tree.after[-1]:
        tree.after.pop()
    lines = [*header, *_group(tree, shape, 0), *_notes(tree.after, 0)]
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines) + "\n"


def _take_header(tree: Group) -> list[str]:
    """What stands above the first key stays above it, whichever key comes first now."""
    if not tree.entries:
        return []
    first = tree.entries[0]
    header, first.before = _notes(first.before, 0), []
    while header and not header[0]:
        header.pop(0)
    return header


def _group(group: Group, shape: Shape | None, indent: int) -> Iterator[str]:
    for number, (entry, below) in enumerate(_in_order(group, shape)):
        notes = _notes(entry.before, indent)
        if number == 0 and group.owner is not None:
            while notes and not notes[0]:
                notes.pop(0)
        yield from notes
        yield from _entry(entry, below, indent)


def _in_order(group: Group, shape: Shape | None) -> list[tuple[Entry, Shape | None]]:
    """The entries with their shapes, in the order in which the readers name them."""
    if group.is_list:
        item = shape.item if isinstance(shape, ListOf) else None
        return [(entry, item) for entry in group.entries]
    if isinstance(shape, ListOf) and shape.or_one:
        shape = shape.item
    if isinstance(shape, Record):
        fields = shape.fields
        order = {key: number for number, key in enumerate(fields)}
        ranked = sorted(group.entries, key=lambda entry: order.get(_name(entry), len(order)))
        return [(entry, fields[_name(entry)].shape if _name(entry) in fields else None) for entry in ranked]
    item = shape.item if isinstance(shape, MapOf) else None
    return [(entry, item) for entry in group.entries]


def _name(entry: Entry) -> str:
    return (entry.key or "").strip("'\"")


def _entry(entry: Entry, shape: Shape | None, indent: int) -> Iterator[str]:
    lead = " " * indent + ("-" if entry.key is None else f"{entry.key}:")
    beside = f"  {entry.beside}" if entry.beside else ""
    value = entry.value
    if isinstance(value, Words):
        yield from _words(value, lead, beside, indent)
        return
    whole = f"{lead} {_bracket(value, shape)}" if _may_bracket(value) else None
    if whole is not None and (columns(whole) <= WIDTH or not value.entries):
        yield whole + beside
        return
    inner = indent + STEP
    below = [*_group(value, shape, inner), *_notes(value.after, inner)]
    if entry.key is None and not beside and _joins(below):
        # `- key: value`: the first entry shares the dash's line
        yield lead + " " * (STEP - 1) + below[0][inner:]
        yield from below[1:]
        return
    yield lead + beside
    yield from below


def _joins(below: list[str]) -> bool:
    return bool(below) and not below[0].lstrip().startswith("#") and bool(below[0].strip())


def _words(words: Words, lead: str, beside: str, indent: int) -> Iterator[str]:
    if words.block is None:
        shown = scalar(words.value) if words.shown is None else words.shown
        yield f"{lead} {shown}".rstrip() + beside
        return
    yield f"{lead} {words.header}{beside}"
    for line in words.block:
        yield " " * (indent + STEP) + line if line else ""


def _may_bracket(group: Group) -> bool:
    """Whether it stood in brackets and can again: nothing inside speaks, or spans lines."""
    if not group.in_brackets and group.entries:
        return False
    if any(note for note in group.after):
        return False
    for entry in group.entries:
        if entry.beside or any(entry.before):
            return False
        if isinstance(entry.value, Group) and not _may_bracket(entry.value):
            return False
    return True


def _bracket(group: Group, shape: Shape | None) -> str:
    parts = [_inside(entry, below) for entry, below in _in_order(group, shape)]
    if group.is_list:
        return f"[{', '.join(parts)}]"
    return "{" + ", ".join(parts) + "}"


def _inside(entry: Entry, shape: Shape | None) -> str:
    value = entry.value
    if isinstance(value, Group):
        shown = _bracket(value, shape)
    else:
        shown = scalar(value.value, in_brackets=True) if value.shown is None else value.shown or "null"
    return shown if entry.key is None else f"{entry.key}: {shown}"


def _notes(notes: list[str], indent: int) -> list[str]:
    """The comments at their place; of several blank lines one is left."""
    shown = [" " * indent + note if note else "" for note in notes]
    return [note for number, note in enumerate(shown) if note or number == 0 or shown[number - 1]]


def columns(text: str) -> int:
    """How many terminal columns `text` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
