"""Frozen content comes back from its packed form as it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pytest

from simulator.authoring.packing import pack, unpack


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    day: date | None
    value: str | int | bool
    colours: frozenset[Colour] = frozenset()
    pairs: tuple[tuple[str, int], ...] = ()
    prices: Mapping[Colour, float] | None = None
    inside: tuple["Box", ...] = ()
    other: "Box | None" = None


SMALL = Box("小", None, True)
BOXES = {
    "least": SMALL,
    "a number for a value": Box("", date(2026, 3, 11), 1),
    "a word that looks like a number": Box("\u2028", None, "1"),
    "sets and pairs": Box("大", None, 0, frozenset(Colour), (("一", 1), ("二", 2))),
    "an empty mapping": Box("大", None, 0, prices={}),
    "a mapping": Box("大", None, 0, prices={Colour.BLUE: 0.1, Colour.RED: 2.0}),
    "boxes in boxes": Box("外", None, 0, inside=(SMALL, Box("中", None, 0, inside=(SMALL,))), other=SMALL),
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_what_is_packed_comes_back_equal_and_of_the_same_kinds(box: Box) -> None:
    back = unpack(Box, json.loads(json.dumps(pack(box))))
    assert back == box
    assert type(back.value) is type(box.value)
    assert type(back.colours) is frozenset
    assert all(type(colour) is Colour for colour in (*back.colours, *(back.prices or ())))


def test_equal_values_are_packed_into_the_same_bytes() -> None:
    one = Box("", None, 0, frozenset((Colour.RED, Colour.BLUE)))
    other = Box("", None, 0, frozenset((Colour.BLUE, Colour.RED)))
    assert json.dumps(pack(one)) == json.dumps(pack(other))


@pytest.mark.parametrize(
    "value", [datetime(2026, 3, 11), b"bytes", [1], {1}, object()], ids=lambda value: type(value).__name__
)
def test_what_would_come_back_as_something_else_is_not_packed(value: Any) -> None:
    with pytest.raises(TypeError):
        pack(value)


def test_a_record_of_fewer_fields_is_no_record() -> None:
    with pytest.raises(ValueError, match="shorter"):
        unpack(Box, ["小", None])
