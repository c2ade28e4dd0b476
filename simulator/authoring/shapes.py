"""The shapes of content: what a YAML value must look like, said once, used to read it, to explain it and as JSON Schema.

A shape's `read` returns the plain value, or `BAD` after reporting the problem to the source; reading goes on, so that
one run shows everything that is wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from simulator.authoring.marked import Mark, Node, Source


class _Bad:
    def __repr__(self) -> str:
        return "BAD"


BAD = _Bad()
KINDS = {
    str: "文字",
    int: "整数",
    float: "数字",
    bool: "true 或 false",
    list: "列表",
    dict: "一组“名字: 值”",
    type(None): "空",
}


def nearest(name: str, names: Collection[str]) -> list[str]:
    """The names that `name` was probably meant to be, best first."""
    return difflib.get_close_matches(name, sorted(names), n=2, cutoff=0.6)


def did_you_mean(name: str, names: Collection[str]) -> str:
    near = nearest(name, names)
    if near:
        return f"是不是“{near[0]}”？"
    if 0 < len(names) <= 24:
        return f"可以写：{'、'.join(sorted(names))}"
    return ""


class Shape(Protocol):
    def read(self, node: Node, source: Source) -> Any: ...

    def schema(self) -> dict[str, Any]: ...


def _wrong_type(node: Node, source: Source, wanted: str) -> _Bad:
    found = KINDS.get(type(node.value), "别的东西")
    source.report(node.mark, "wrong-type", f"这里要{wanted}，写的是{found}")
    return BAD


@dataclass(frozen=True, slots=True)
class Text:
    """Some words, not empty."""

    doc: str = ""

    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return str(node.value)
        return _wrong_type(node, source, "一句话（文字）")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Whole:
    low: int = 0
    high: int = 10**9

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, int) or isinstance(node.value, bool):
            return _wrong_type(node, source, "整数")
        if not self.low <= node.value <= self.high:
            source.report(node.mark, "out-of-range", f"{node.value} 不在 {self.low} 到 {self.high} 之间")
            return BAD
        return node.value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Number:
    """Yuan or a weight; read as text so that no binary rounding enters."""

    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return str(node.value)
        return _wrong_type(node, source, "数字")

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


@dataclass(frozen=True, slots=True)
class Flag:
    def read(self, node: Node, source: Source) -> Any:
        return node.value if isinstance(node.value, bool) else _wrong_type(node, source, " true 或 false")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Instant:
    """A local date and time, `2026-12-28 10:02`."""

    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, str):
            try:
                return datetime.fromisoformat(node.value.replace(" ", "T"))
            except ValueError:
                pass
        source.report(
            node.mark, "wrong-instant", f"看不懂这个时间“{node.value}”", "写成 2026-12-28 10:02 这样"
        )
        return BAD

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name out of a known set; `what` is what such a name is called (言语行为, 状态 …)."""

    what: str
    names: Collection[str]

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, str):
            return _wrong_type(node, source, f"{self.what}的名字")
        if node.value not in self.names:
            source.report(
                node.mark,
                "unknown-name",
                f"没有叫“{node.value}”的{self.what}",
                did_you_mean(node.value, self.names),
            )
            return BAD
        return node.value

    def schema(self) -> dict[str, Any]:
        return {"enum": sorted(self.names)}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; a single item may stand without the brackets when `or_one`."""

    item: Shape
    least: int = 0
    or_one: bool = False

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, list):
            if self.or_one and node.value is not None:
                value = self.item.read(node, source)
                return BAD if value is BAD else [value]
            return _wrong_type(node, source, "列表（每行以“- ”开头）")
        values = [self.item.read(item, source) for item in node]
        if len(values) < self.least:
            source.report(node.mark, "too-few", f"这里至少要 {self.least} 项，只有 {len(values)} 项")
        return [value for value in values if value is not BAD]

    def schema(self) -> dict[str, Any]:
        items = {"type": "array", "items": self.item.schema(), "minItems": self.least}
        return {"anyOf": [self.item.schema(), items]} if self.or_one else items


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names to values, names free (or out of `names`)."""

    item: Shape
    what: str = "名字"
    names: Collection[str] | None = None

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, dict):
            return _wrong_type(node, source, "一组“名字: 值”")
        values: dict[str, Any] = {}
        for key, child in node.value.items():
            if self.names is not None and key not in self.names:
                source.report(
                    node.keys[key],
                    "unknown-name",
                    f"没有叫“{key}”的{self.what}",
                    did_you_mean(key, self.names),
                )
                continue
            value = self.item.read(child, source)
            if value is not BAD:
                values[key] = value
        return values

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.item.schema()}


@dataclass(frozen=True, slots=True)
class Field:
    shape: Shape
    required: bool = False
    doc: str = ""


def need(shape: Shape, doc: str = "") -> Field:
    return Field(shape, True, doc)


def may(shape: Shape, doc: str = "") -> Field:
    return Field(shape, False, doc)


@dataclass(frozen=True, slots=True)
class Record:
    """Named fields. The result is a dict of the fields that were given and could be read, plus `PLACE`."""

    fields: Mapping[str, Field] = field(default_factory=dict)

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, dict):
            return _wrong_type(node, source, "一组“名字: 值”")
        values: dict[str, Any] = {PLACE: node}
        for key, child in node.value.items():
            known = self.fields.get(key)
            if known is None:
                source.report(
                    node.keys[key], "unknown-field", f"这里没有“{key}”这一项", did_you_mean(key, self.fields)
                )
                continue
            value = known.shape.read(child, source)
            if value is not BAD:
                values[key] = value
        for key, known in self.fields.items():
            if known.required and key not in node.value:
                source.report(_short(node.mark), "missing-field", f"缺少“{key}”", known.doc)
        return values

    def schema(self) -> dict[str, Any]:
        properties = {
            key: {**known.shape.schema(), **({"description": known.doc} if known.doc else {})}
            for key, known in self.fields.items()
        }
        required = [key for key, known in self.fields.items() if known.required]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


PLACE = "\0place"


def _short(mark: Mark) -> Mark:
    return Mark(mark.line, mark.column, 1)
