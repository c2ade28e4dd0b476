"""Writes what was found into a call test in place of what was claimed; every other character stays as it is."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from simulator.authoring.call_tests import Miss, Place

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
NOT_TEXT = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def accepted(text: str, misses: Iterable[Miss]) -> str:
    """The text of a call test with the values of `misses` set to what was found."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    changes = [
        (*_span(node, text), _value(node, miss.found, text))
        for miss in misses
        if miss.place is not None and (node := _at(root, miss.place)) is not None
    ]
    for start, end, value in sorted(changes, key=lambda change: -change[0]):
        text = text[:start] + value + text[end:]
    return text


def difference(before: str, after: str, name: str) -> str:
    """What changed, as a unified diff."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, name, "原来", "现在", lineterm="", n=1
    )
    return "\n".join(lines)


def _at(node: yaml.Node | None, place: Place) -> yaml.Node | None:
    for step in place:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    return node


def _span(node: yaml.Node, text: str) -> tuple[int, int]:
    """Where a value stands. A block ends with its last item: YAML has it reach to the next key, comments and all."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return start, _line_end(node.value[-1].end_mark.index, text)
    return start, start + len(text[start:end].rstrip())


def _value(node: yaml.Node, found: Any, text: str) -> str:
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and found:
        return _block(node, found, text)
    return plain_yaml(found)


def _block(node: yaml.SequenceNode, found: list[str], text: str) -> str:
    """The items of a block list: those that stay keep their line and the comments around it."""
    indent = " " * node.start_mark.column
    kept = list(_kept_lines(node, found, text))
    there = [item.value for item in node.value]
    new = [f"{indent}- {plain_yaml(item)}" for item in found if item not in there]
    return "\n".join([*kept, *new]).lstrip()


def _kept_lines(node: yaml.SequenceNode, found: list[str], text: str) -> Iterator[str]:
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    gone = {item.start_mark.line for item in node.value if item.value not in found}
    end = _line_end(node.value[-1].end_mark.index, text)
    for number, line in enumerate(text[start:end].split("\n"), node.start_mark.line):
        if number not in gone:
            yield line


def _line_end(index: int, text: str) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def plain_yaml(value: Any) -> str:
    """A value as it is written in a call test: names bare, words in quotes where YAML would trip over them."""
    if isinstance(value, list):
        return f"[{', '.join(map(plain_yaml, value))}]"
    if isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)
