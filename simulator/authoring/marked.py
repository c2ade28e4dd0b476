"""YAML with places: every key and value knows its line and column, and only the plain scalars of YAML 1.2 are read.

PyYAML by itself turns `on:` into True and 12:30 into 750, and keeps the last of two equal keys without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from simulator.authoring.broken_yaml import report_look_alikes, report_syntax
from simulator.authoring.source import Mark, Source

__all__ = ["Loader", "Mark", "Node", "Source", "parse"]

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 100_000
LONGEST_NUMBER = 18
DEEPEST = 500  # what libyaml composes without harm
BRACKETS = re.compile(r"[\[\]{}]")
STEEP = re.compile(r"^[ \t?:-]{200}", re.MULTILINE)
INTEGER = re.compile(r"[-+]?[0-9]+")
# what no text holds, and the line breaks of other alphabets, after which YAML would count other lines than editors do
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
STANDARD_TAG = "tag:yaml.org,2002:"
DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)")
PLAIN_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place. `value` is a scalar, a list of nodes, or a dict of nodes; `keys` are the keys' places."""

    value: Any
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.value)


def parse(source: Source) -> Node | None:
    """The document of `source`, or None with the problem reported."""
    if len(source.text) > MAX_CHARACTERS:
        source.report(
            None,
            "file-too-large",
            "文件有 {size} 个字符，最多 {most} 个",
            "一个文件只写一个角色或一个情境；看看是不是误存了别的东西",
            size=f"{len(source.text):,}",
            most=f"{MAX_CHARACTERS:,}",
        )
        return None
    try:
        if CONTROL.search(source.text) or _is_bottomless(source.text):
            _report_unreadable(source)
            return None
        root = yaml.compose(source.text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        report_look_alikes(source, range(1, len(source.lines) + 1))
        report_syntax(source, error)
        return None
    except (yaml.YAMLError, RecursionError):
        _report_unreadable(source)
        return None
    if root is None:
        source.report(Mark(1, 1, 1), "empty-file", "文件是空的", "用 peilian new 写一个开头")
        return None
    words = set(_lines_of_words(root))
    report_look_alikes(source, (number for number in range(1, len(source.lines) + 1) if number not in words))
    return _Builder(source).build(root, 0)


def _is_bottomless(text: str) -> bool:
    """Whether it nests so deep that composing it would overrun libyaml's stack, which no `except` can catch."""
    opened, deepest = 0, 0
    for found in BRACKETS.finditer(text):
        opened = opened + 1 if found.group() in "[{" else max(0, opened - 1)
        deepest = max(deepest, opened)
    if deepest <= MAX_DEPTH and not STEEP.search(text):
        return False
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


def _report_unreadable(source: Source) -> None:
    """What is no YAML at all: a character that no text holds, or brackets without end."""
    for number, line in enumerate(source.lines, 1):
        found = CONTROL.search(line)
        if found:
            source.report(
                Mark(number, found.start() + 1, 1),
                "control-character",
                "这里有一个看不见的控制字符（{code}）",
                "删掉这一处，重新打一遍",
                code=f"U+{ord(found.group()):04X}",
            )
            return
    source.report(None, "too-deep", "内容嵌套太深或太多", "看看方括号和花括号是不是成对")


def _lines_of_words(root: yaml.Node) -> Iterator[int]:
    """The numbers of the lines inside quotes or blocks, where anything may be written."""
    seen: set[int] = set()
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if node.style:
                yield from range(node.start_mark.line + 2, node.end_mark.line + 2)
        elif isinstance(node, yaml.MappingNode):
            nodes += [child for pair in node.value for child in pair]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def build(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        mark = self._mark(node)
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            if self.count <= MAX_NODES + 1:
                cure = "看看方括号和花括号是不是成对，有没有用 & 和 * 互相引用"
                self.source.report(mark, "too-deep", "内容嵌套太深或太多", cure)
            return Node(None, mark)
        if not node.tag.startswith(STANDARD_TAG):
            cure = "整句用引号括起来"
            self.source.report(
                mark, "lost-words", "以 ! 开头的“{words}”被 YAML 当成了记号", cure, words=node.tag
            )
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, mark, depth)
        if isinstance(node, yaml.SequenceNode):
            return Node([self.build(item, depth + 1) for item in node.value], mark)
        assert isinstance(node, yaml.ScalarNode)
        return Node(self._scalar(node), mark)

    def _mapping(self, node: yaml.MappingNode, mark: Mark, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            place = self._mark(key_node)
            if key in keys:
                self.source.report(
                    place,
                    "duplicate-key",
                    "“{key}”写了两次，第一次在第 {line} 行",
                    "留一个，删一个",
                    key=key,
                    line=keys[key].line,
                )
                continue
            keys[key] = place
            values[key] = self.build(value_node, depth + 1)
        return Node(values, mark, keys)

    @staticmethod
    def _scalar(node: yaml.ScalarNode) -> Any:
        text: str = node.value
        if node.style:  # quoted or a block; libyaml says "" for plain, PyYAML itself None
            return text
        if text in PLAIN_WORDS:
            return PLAIN_WORDS[text]
        if len(text) > LONGEST_NUMBER:
            return text
        if INTEGER.fullmatch(text) and not re.match(r"[-+]?0[0-9]", text):
            return int(text)
        if DECIMAL.fullmatch(text):
            return float(text)
        return text

    @staticmethod
    def _mark(node: yaml.Node) -> Mark:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Mark(start.line + 1, start.column + 1, max(1, width))
