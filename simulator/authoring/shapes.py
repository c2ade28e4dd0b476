"""The shapes of content: what a YAML value must look like, said once, used to read it, to explain it and as JSON Schema.

A shape's `read` returns the plain value, or `BAD` after reporting the problem to the source; reading goes on, so that
one run shows everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from simulator.authoring.marked import Mark, Node, Source
from simulator.authoring.names import LISTED, listed
from simulator.authoring.names import did_you_mean as did_you_mean
from simulator.authoring.names import nearest as nearest


class _Bad:
    def __repr__(self) -> str:
        return "BAD"


BAD = _Bad()
MOST = 10**9
IN_RANGE = "改成 {low} 到 {high} 之间的数"
YEARS = range(2000, 2101)
SEPARATORS = re.compile(r"[，,、]")
KINDS = {
    str: "文字",
    int: "整数",
    float: "数字",
    bool: "true 或 false",
    list: "列表",
    dict: "一组“名字: 值”",
    type(None): "空",
}


def closest(name: str, names: Collection[str]) -> tuple[str, str]:
    """The cure for a name that does not exist, and what it speaks of as `right`; both empty where nothing is near."""
    near = nearest(name, names)
    if near:
        return "是不是“{right}”？", near[0]
    if 0 < len(names) <= LISTED:
        return "可以写：{right}", listed(names)
    return "", ""


def report_unknown(source: Source, mark: Mark, what: str, name: str, names: Collection[str]) -> None:
    """Reports that there is no `what` called `name`, with the name that was probably meant."""
    parts = [part.strip() for part in SEPARATORS.split(name)]
    if len(parts) > 1 and all(part in names for part in parts):
        cure, right = "这是几个名字：写成 [{right}]，用半角逗号隔开", ", ".join(parts)
    else:
        cure, right = closest(name, names)
    source.report(mark, "unknown-name", "没有叫“{name}”的{what}", cure, name=name, what=what, right=right)


def report_unknown_field(source: Source, mark: Mark, key: str, known: Collection[str]) -> None:
    cure, right = closest(key, known)
    source.report(mark, "unknown-field", "这里没有“{key}”这一项", cure, key=key, right=right)


class Shape(Protocol):
    def read(self, node: Node, source: Source) -> Any: ...

    def schema(self) -> dict[str, Any]: ...


def _wrong_type(node: Node, source: Source, wanted: str, cure: str = "") -> _Bad:
    found = KINDS.get(type(node.value), "别的东西")
    message = "这里要{wanted}，写的是{found}"
    source.report(node.mark, "wrong-type", message, cure, wanted=wanted, found=found)
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
        is_split, is_list = isinstance(node.value, dict), isinstance(node.value, list)
        cure = (
            "话里有“: ”或花括号时，整句用引号括起来" if is_split else "空着的话用引号写点什么，或把这一项删掉"
        )
        return _wrong_type(node, source, "一句话（文字）", "这里只写一句，不用列表" if is_list else cure)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Whole:
    low: int = 0
    high: int = MOST

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, int) or isinstance(node.value, bool):
            return _wrong_type(node, source, "整数", "只写整数，例如 5")
        if not self.low <= node.value <= self.high:
            bounds = {"low": self.low, "high": self.high}
            message = "{value} 不在 {low} 到 {high} 之间"
            source.report(node.mark, "out-of-range", message, IN_RANGE, value=node.value, **bounds)
            return BAD
        return node.value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Number:
    """Yuan or a weight, not negative; read as text so that no binary rounding enters."""

    def read(self, node: Node, source: Source) -> Any:
        if not isinstance(node.value, (int, float)) or isinstance(node.value, bool):
            return _wrong_type(node, source, "数字", "只写数字，例如 8000，不写单位和逗号")
        if not 0 <= node.value <= MOST:
            bounds = {"low": 0, "high": f"{MOST:,}"}
            message = "{value} 不在 {low} 到 {high} 之间"
            source.report(node.mark, "out-of-range", message, IN_RANGE, value=node.value, **bounds)
            return BAD
        return str(node.value)

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": 0}


@dataclass(frozen=True, slots=True)
class Flag:
    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, bool):
            return node.value
        return _wrong_type(node, source, " true 或 false", "是写 true，不是写 false，不加引号")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Instant:
    """A local date and time, `2026-12-28 10:02`."""

    def read(self, node: Node, source: Source) -> Any:
        if isinstance(node.value, str):
            try:
                moment = datetime.fromisoformat(node.value.replace(" ", "T"))
            except ValueError:
                moment = None
            if moment is not None and moment.tzinfo is None and moment.year in YEARS:
                return moment
        shown = node.value if isinstance(node.value, (str, int, float)) else KINDS.get(type(node.value), "")
        cure = "写成 2026-12-28 10:02 这样"
        source.report(node.mark, "wrong-instant", "看不懂这个时间“{value}”", cure, value=shown)
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
            found = KINDS.get(type(node.value), "别的东西")
            message = "这里要一个{what}的名字，写的是{found}"
            source.report(node.mark, "wrong-type", message, what=self.what, found=found)
            return BAD
        if node.value not in self.names:
            report_unknown(source, node.mark, self.what, node.value, self.names)
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
            message = "这里至少要 {least} 项，只有 {count} 项"
            counts = {"least": self.least, "count": len(values), "left": self.least - len(values)}
            source.report(node.mark, "too-few", message, "再写 {left} 项", **counts)
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
                report_unknown(source, node.keys[key], self.what, key, self.names)
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
                titles = {name: other.doc for name, other in self.fields.items()}
                report_unknown_field(source, node.keys[key], key, titles)
                continue
            value = known.shape.read(child, source)
            if value is not BAD:
                values[key] = value
        for key, known in self.fields.items():
            if known.required and key not in node.value:
                cure = "加上 {key}：{doc}" if known.doc else "加上一行 {key}: …"
                source.report(_short(node.mark), "missing-field", "缺少“{key}”", cure, key=key, doc=known.doc)
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


def check_id(data: dict[str, Any], source: Source) -> None:
    """Reports an id that is not the name of its file: content is found by its file's name."""
    if data["id"] != source.stem:
        mark = data[PLACE].value["id"].mark
        message = "id 是“{id}”，文件名却是“{stem}”"
        source.report(mark, "id-differs", message, "两个要一样", id=data["id"], stem=source.stem)
