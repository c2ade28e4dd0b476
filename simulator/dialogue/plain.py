"""Values to and from plain JSON data, driven by their type hints, so that every record is written in one way."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def money(value: Decimal) -> int | float:
    """Yuan as a JSON number: whole where it is whole, else with its two decimals."""
    return int(value) if value == value.to_integral_value() else float(round(value, 2))


def to_plain(value: Any) -> Any:
    """JSON data for a value; unset optional fields are left out of records."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: to_plain(item) for name, item in pairs if item is not None}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `to_plain` turned into `data`.

    Raises ValueError, KeyError or TypeError on data that is not of that form.
    """
    result: T = _read(kind, data)
    return result


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_union(typing.get_args(kind), data)
    if origin in (tuple, frozenset):
        _expect(data, list)
        return origin(_read(typing.get_args(kind)[0], item) for item in data)
    if origin is dict:
        _expect(data, dict)
        return {key: _read(typing.get_args(kind)[1], item) for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        _expect(data, dict)
        hints = _hints(typing.cast(type, kind))
        unknown = data.keys() - hints.keys()
        if unknown:
            raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
        optional = {name: None for name, hint in hints.items() if type(None) in typing.get_args(hint)}
        values = {name: _read(hints[name], item) for name, item in data.items()}
        return typing.cast(type, kind)(**{**_undefaulted(kind, optional), **values})
    return _read_atom(kind, data)


def _undefaulted(kind: Any, optional: dict[str, None]) -> dict[str, None]:
    """The optional fields that have no default of their own."""
    return {
        field.name: None
        for field in dataclasses.fields(kind)
        if field.name in optional and field.default is dataclasses.MISSING
    }


def _read_atom(kind: Any, data: Any) -> Any:
    if kind is Decimal:
        _expect(data, (int, float))
        return Decimal(str(data))
    if kind in (datetime, date):
        _expect(data, str)
        return kind.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    _expect(data, kind)
    return data


def _read_union(options: tuple[Any, ...], data: Any) -> Any:
    if data is None and type(None) in options:
        return None
    problem: Exception = ValueError(f"unexpected {data!r}")
    for option in options:
        if option is type(None):
            continue
        try:
            return _read(option, data)
        except (ValueError, TypeError, KeyError) as error:
            problem = error
    raise problem


def _expect(data: Any, kind: Any) -> None:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise ValueError(f"expected {getattr(kind, '__name__', kind)}, found {data!r}")
