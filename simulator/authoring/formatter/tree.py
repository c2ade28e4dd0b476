"""A YAML file as a tree that can be written again: what the author wrote, with its places, and no comments yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from simulator.authoring.marked import Loader
from simulator.errors import PeilianError

Place = tuple[int, int]  # line and column, both from 0


class UnformattableError(PeilianError):
    """A file that cannot be formatted; the message says why, in Chinese."""


@dataclass(slots=True)
class Words:
    """A scalar. `shown` is how it stands in the file, None where it spans lines; `block` the lines of a `|` or `>`."""

    value: str
    shown: str | None
    header: str = ""
    block: list[str] | None = None


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list (`key` None). `before` are the comments and blank lines above it,
    `beside` the comment at the end of its line."""

    start: Place
    key: str | None
    value: Words | Group
    parent: Group
    before: list[str] = field(default_factory=list)
    beside: str = ""


@dataclass(slots=True)
class Group:
    """A mapping or a list. `after` are the comments below its last entry."""

    start: Place
    end: Place
    is_list: bool
    in_brackets: bool
    entries: list[Entry] = field(default_factory=list)
    owner: Entry | None = None
    after: list[str] = field(default_factory=list)

    @property
    def column(self) -> int:
        return self.entries[0].start[1] if self.entries else self.start[1]


def build(text: str) -> Group:
    """The tree of a file that parses. Raises UnformattableError."""
    _refuse_the_uncommon(text)
    node = yaml.compose(text, Loader=Loader)
    if not isinstance(node, yaml.CollectionNode):
        raise UnformattableError("整个文件只有一句话，没有什么可整理的")
    return _Builder(text.split("\n")).group(node, None)


def _refuse_the_uncommon(text: str) -> None:
    for event in yaml.parse(text, Loader=Loader):
        anchored = getattr(event, "anchor", None)
        tagged = isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None)
        directed = isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags)
        if anchored or tagged or directed:
            raise UnformattableError("里面有 & * ! % 这样的 YAML 记号，整理不了；把它们换成普通写法")


class _Builder:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def group(self, node: yaml.CollectionNode, owner: Entry | None) -> Group:
        is_list = isinstance(node, yaml.SequenceNode)
        group = Group(
            _place(node.start_mark), _place(node.end_mark), is_list, bool(node.flow_style), owner=owner
        )
        for item in node.value:
            key, value = (None, item) if is_list else item
            entry = Entry((0, 0), None, Words("", ""), group)
            if key is None:
                entry.start = self._dash(value, group)
            else:
                if not isinstance(key, yaml.ScalarNode) or key.start_mark.line != key.end_mark.line:
                    raise UnformattableError(f"第 {key.start_mark.line + 1} 行的名字不是一个词，整理不了")
                entry.start, entry.key = _place(key.start_mark), self._slice(key)
            entry.value = self._value(value, entry)
            group.entries.append(entry)
        return group

    def _dash(self, node: yaml.Node, group: Group) -> Place:
        """Where the item's dash stands; in brackets, where the item begins."""
        if group.in_brackets:
            return _place(node.start_mark)
        line = node.start_mark.line
        while line > group.start[0] and self.lines[line][: group.start[1] + 1].rstrip()[-1:] != "-":
            line -= 1
        return line, group.start[1]

    def _value(self, node: yaml.Node, entry: Entry) -> Words | Group:
        if isinstance(node, yaml.CollectionNode):
            return self.group(node, entry)
        assert isinstance(node, yaml.ScalarNode)
        if node.style in ("|", ">"):
            return self._block(node)
        one_line = node.start_mark.line == node.end_mark.line
        return Words(node.value, self._slice(node) if one_line else None)

    def _slice(self, node: yaml.Node) -> str:
        line = self.lines[node.start_mark.line]
        return line[node.start_mark.column : node.end_mark.column].rstrip()

    def _block(self, node: yaml.ScalarNode) -> Words:
        start = node.start_mark
        header = self.lines[start.line][start.column :].split("#")[0].strip()
        chomp = next((mark for mark in header[1:] if mark in "+-"), "")
        lines = block_lines(self.lines, start.line, node.end_mark.line)
        indent = block_indent(self.lines[start.line], lines, header)
        words = [line[indent:] if line.strip() else "" for line in lines]
        while words and not words[-1] and chomp != "+":
            words.pop()
        first = next((line for line in words if line), "")
        inset = "2" if first.startswith(" ") else ""
        return Words(node.value, None, header[0] + inset + chomp, words)


def block_lines(lines: list[str], start: int, end: int) -> list[str]:
    """The lines below the `|` on line `start`, up to the one where libyaml saw the words end."""
    return lines[start + 1 : max(start + 1, end)]


def block_indent(head: str, lines: list[str], header: str) -> int:
    """How far the words of a block are indented."""
    named = next((mark for mark in header[1:] if mark.isdigit()), "")
    if named:
        outer = len(head) - len(head.lstrip(" "))
        return outer + int(named)
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)


def _place(mark: Any) -> Place:
    return mark.line, mark.column
