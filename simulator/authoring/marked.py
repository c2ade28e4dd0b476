"""YAML with places: every key and value knows its line and column, and only the plain scalars of YAML 1.2 are read.

PyYAML by itself turns `on:` into True and 12:30 into 750, and keeps the last of two equal keys without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import yaml

from simulator.errors import Diagnostic

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 100_000
INTEGER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)")
PLAIN_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place: line and column from 1; `width` in characters."""

    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place. `value` is a scalar, a list of nodes, or a dict of nodes; `keys` are the keys' places."""

    value: Any
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.value)


@dataclass(slots=True)
class Source:
    """One file being read, and all that was found wrong in it."""

    path: str
    text: str
    problems: list[Diagnostic] = field(default_factory=list)
    _lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def report(
        self, mark: Mark | None, id: str, message: str, help: str = "", severity: str = "error"
    ) -> None:
        if mark is None:
            self.problems.append(Diagnostic(self.path, 0, 0, severity, message, id, help=help))
            return
        line = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        self.problems.append(
            Diagnostic(self.path, mark.line, mark.column, severity, message, id, line, mark.width, help)
        )

    @property
    def stem(self) -> str:
        return PurePath(self.path).stem


def parse(source: Source) -> Node | None:
    """The document of `source`, or None with the problem reported."""
    if len(source.text) > MAX_CHARACTERS:
        source.report(
            None, "file-too-large", f"文件有 {len(source.text):,} 个字符，最多 {MAX_CHARACTERS:,} 个"
        )
        return None
    _warn_look_alikes(source)
    try:
        root = yaml.compose(source.text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        _report_syntax(source, error)
        return None
    except yaml.YAMLError as error:
        source.report(None, "yaml-syntax", f"这个文件不是 YAML：{error}")
        return None
    if root is None:
        source.report(Mark(1, 1, 1), "empty-file", "文件是空的")
        return None
    return _Builder(source).build(root, 0)


def _warn_look_alikes(source: Source) -> None:
    for number, line in enumerate(source.lines, 1):
        indent = re.match(r"[ \t\u3000]*", line)
        blank = indent.group() if indent else ""
        for character, name in (("\t", "制表符（Tab）"), ("\u3000", "全角空格")):
            if character in blank:
                source.report(
                    Mark(number, blank.index(character) + 1, 1),
                    "look-alike",
                    f"缩进里有{name}，YAML 只认半角空格",
                    "把它换成空格",
                )
        key = re.match(r"\s*(?:- )?([A-Za-z][A-Za-z0-9_-]*)：", line)
        if key:
            source.report(
                Mark(number, key.end(), 1),
                "look-alike",
                f"“{key.group(1)}”后面是全角冒号“：”",
                "换成半角冒号加一个空格 “: ”",
            )


def _report_syntax(source: Source, error: yaml.MarkedYAMLError) -> None:
    if any(problem.id == "look-alike" for problem in source.problems):
        return
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1, 1) if place else None
    known = {
        "mapping values are not allowed": (
            "这里多了一个冒号，或上一行少了引号",
            "话里有“: ”时，整句用引号括起来",
        ),
        "could not find expected ':'": ("这里应该有冒号“:”", "检查上一行的冒号和引号"),
        "did not find expected": ("缩进或括号对不上", "同一级的行要对齐；方括号、引号要成对"),
        "found unexpected end of stream": ("引号没有收尾", "给这句话补上另一半引号"),
        "cannot start any token": ("这一行以 YAML 的保留符号开头", "整句用引号括起来"),
        "found undefined alias": ("以 * 开头的话被当成了引用", "整句用引号括起来"),
    }
    text = str(error.problem or error.context or "")
    message, cure = next(
        (pair for fragment, pair in known.items() if fragment in text),
        ("这里不合 YAML 的写法", "检查缩进、冒号和引号"),
    )
    source.report(mark, "yaml-syntax", message, cure)


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def build(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        mark = self._mark(node)
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            if self.count <= MAX_NODES + 1:
                self.source.report(mark, "too-deep", "内容嵌套太深或太多")
            return Node(None, mark)
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
                    f"“{key}”写了两次，第一次在第 {keys[key].line} 行",
                    "留一个，删一个",
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
