"""A sparse linear model with integer weights: one row of weights per feature, one column per label.

A score is the bias plus the sum of the rows of the features present, tempered by how many there are, so that a long line
does not shout. Rows are added as one wide integer each, a lane of 16 bits per label.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from struct import pack as pack_lanes
from struct import unpack as unpack_lanes

LANE = 2  # bytes
OFFSET = 128  # keeps every lane of a row positive
CHUNK = 250  # rows whose sum cannot leave its lane
SHIFT = 20
MAX_CACHED = 40_000  # rows kept unpacked; all are dropped when there are more
MAX_FEATURES = 4000  # of one line; more are left out, in sorted order
ANY_BREACH = "any-breach"


@dataclass(frozen=True, slots=True)
class Model:
    """`starts[i]` is where the weights of feature i begin in `columns` and `weights`; `tempers[n]` scales a sum of n rows."""

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    tempers: tuple[int, ...]
    rows: Mapping[str, int]
    starts: array[int]
    columns: bytes
    weights: array[int]
    wide: dict[int, int] = field(default_factory=dict)

    def score(self, features: Iterable[str]) -> list[int]:
        """One score per label, in the units of the thresholds."""
        numbers = [number for number in map(self.rows.get, features) if number is not None]
        if len(numbers) > MAX_FEATURES:
            numbers = sorted(numbers)[:MAX_FEATURES]
        wide = self.wide
        if len(wide) > MAX_CACHED:
            wide.clear()
        for number in numbers:
            if number not in wide:
                self._widen(number)
        size = len(self.labels)
        sums = [-OFFSET * len(numbers)] * size
        for first in range(0, len(numbers), CHUNK):
            total = sum([wide[number] for number in numbers[first : first + CHUNK]])
            part = unpack_lanes(f"<{size}H", total.to_bytes(LANE * size, "little"))
            sums = [one + more for one, more in zip(sums, part, strict=True)]
        temper = self.tempers[min(len(numbers), len(self.tempers) - 1)]
        return [bias + (value * temper >> SHIFT) for value, bias in zip(sums, self.bias, strict=True)]

    def _widen(self, number: int) -> None:
        lanes = [OFFSET] * len(self.labels)
        for place in range(self.starts[number], self.starts[number + 1]):
            lanes[self.columns[place]] += self.weights[place]
        self.wide[number] = int.from_bytes(pack_lanes(f"<{len(lanes)}H", *lanes), "little")

    def weight(self, feature: str, column: int) -> int:
        number = self.rows.get(feature)
        if number is None:
            return 0
        place = self.columns.find(column, self.starts[number], self.starts[number + 1])
        return self.weights[place] if place >= 0 else 0


def pack(
    labels: Sequence[str], bias: Sequence[int], tempers: Sequence[int], table: Mapping[str, Sequence[tuple[int, int]]]
) -> tuple[dict[str, object], bytes]:
    """The model as a JSON head and a block of bytes. Weights must fit a signed byte."""
    names = sorted(table)
    counts = bytes(len(table[name]) for name in names)
    columns = bytes(column for name in names for column, _ in table[name])
    weights = array("b", (weight for name in names for _, weight in table[name])).tobytes()
    head: dict[str, object] = {"labels": list(labels), "bias": list(bias), "tempers": list(tempers), "features": "\n".join(names)}
    return head, counts + columns + weights


def unpack(head: Mapping[str, object], block: bytes) -> Model:
    names = str(head["features"]).split("\n")
    starts = array("l", [0])
    place = 0
    for count in block[: len(names)]:
        place += count
        starts.append(place)
    columns = block[len(names) : len(names) + place]
    weights = array("b")
    weights.frombytes(block[len(names) + place : len(names) + 2 * place])
    labels, bias, tempers = head["labels"], head["bias"], head["tempers"]
    assert isinstance(labels, list) and isinstance(bias, list) and isinstance(tempers, list)
    rows = dict(zip(names, range(len(names)), strict=True))
    return Model(tuple(labels), tuple(bias), tuple(tempers), rows, starts, columns, weights)
