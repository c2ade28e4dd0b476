"""Finds the comments of a YAML file, and hangs each on the entry that it speaks of."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from simulator.authoring.formatter.tree import Entry, Group, Place
from simulator.authoring.marked import Loader


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its `#`, or a blank line (no text). `alone` on its line, or beside something."""

    place: Place
    text: str
    alone: bool


def find_comments(text: str) -> list[Comment]:
    """The comments of a file that parses, in order."""
    return [comment for comment in _all(text) if comment.text]


def _all(text: str) -> Iterator[Comment]:
    covered = _words(text)
    for number, line in enumerate(text.split("\n")):
        spans = covered.get(number, [])
        if not line.strip() and (0, None) not in spans:
            yield Comment((number, 0), "", True)
            continue
        for column, character in enumerate(line):
            begins = character == "#" and (column == 0 or line[column - 1] in " \t")
            if begins and not any(start <= column and (end is None or column < end) for start, end in spans):
                yield Comment((number, column), line[column:].rstrip(), not line[:column].strip())
                break


def _words(text: str) -> dict[int, list[tuple[int, int | None]]]:
    """For each line, the columns that scalars cover; None is the end of the line."""
    covered: dict[int, list[tuple[int, int | None]]] = {}
    for event in yaml.parse(text, Loader=Loader):
        if not isinstance(event, yaml.ScalarEvent):
            continue
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        if event.style in ("|", ">"):  # the header line may carry a comment
            for number in range(start.line + 1, max(start.line + 1, end.line)):
                covered.setdefault(number, []).append((0, None))
            continue
        for number in range(start.line, end.line + 1):
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else None
            covered.setdefault(number, []).append((first, last))
    return covered


def hang(tree: Group, text: str) -> None:
    """Hangs every comment and blank line on an entry or a group of `tree`."""
    entries = sorted(_entries(tree), key=lambda entry: entry.start)
    starts = [entry.start for entry in entries]
    for item in _all(text):
        index = bisect(starts, item.place)
        before = entries[index - 1] if index else None
        following = entries[index] if index < len(entries) else None
        if item.alone or before is None:
            _above(before, following, item, tree)
        else:
            _beside(before, item)


def _entries(group: Group) -> Iterator[Entry]:
    for entry in group.entries:
        yield entry
        if isinstance(entry.value, Group):
            yield from _entries(entry.value)


def _beside(entry: Entry, item: Comment) -> None:
    while entry.parent.in_brackets and entry.parent.end <= item.place and entry.parent.owner:
        entry = entry.parent.owner
    entry.beside = f"{entry.beside} {item.text}".strip()


def _above(before: Entry | None, following: Entry | None, item: Comment, tree: Group) -> None:
    group = _ended(before, following, item) if before else None
    if group is not None:
        group.after.append(item.text)
    elif following is not None:
        following.before.append(item.text)
    else:
        tree.after.append(item.text)


def _ended(before: Entry, following: Entry | None, item: Comment) -> Group | None:
    """The group at whose end a comment stands, where it does not belong to what follows."""
    group: Group | None = before.parent
    while group is not None and group.in_brackets and group.end <= item.place:
        group = group.owner.parent if group.owner else None
    if group is None:
        return None
    if group.in_brackets:
        return None if following is not None and _within(following, group) else group
    if not item.text:
        return None
    while group.owner is not None and group.column > item.place[1]:
        group = group.owner.parent
    if following is not None and (following.parent is group or following.start[1] >= item.place[1]):
        return None
    return group


def _within(entry: Entry, group: Group) -> bool:
    parent: Group | None = entry.parent
    while parent is not None:
        if parent is group:
            return True
        parent = parent.owner.parent if parent.owner else None
    return False
