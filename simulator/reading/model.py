"""A model with small integer weights: one row of weights per feature, one column per label and per trait.

The rows of the features present are added, and their sum is tempered by how many there are, so that a long line does not
shout. With its bias, the sum of a label is a linear model's answer; that of a trait, where it is positive, is how much the
line has of something that labels share (traits have no names: training finds them), and counts for or against each label
by its outward weights. Features are the character n-grams of a line, kept as a trie in flat strings, and names, kept in a
dict. A row is one byte per column and stays in the file until it is needed. Rows are added as wide integers with a lane of
16 bits per column, and kept in that form once met; the outward weights have lanes of 32.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import add, mul
from struct import unpack as unpack_lanes

from simulator.reading.rows import Rows

OFFSET = 128  # keeps every byte of a row positive
LARGEST = 127  # a weight that still fits
CHUNK = 250  # rows whose sum cannot leave its lane
SHIFT = 20
OUTWARD_SHIFT = 11
LARGEST_OUTWARD = 4095  # an outward weight that still fits; also keeps every one positive
MOST_OF_A_TRAIT = 2000  # so that the sum of all cannot leave its lane
DEPTH = 3  # longest n-gram
MAX_FEATURES = 4000  # of one line; more are left out, longest n-grams first
ANY_BREACH = "any-breach"
NAME = "@"  # begins what is no n-gram
Spots = Sequence[tuple[int, int, int]]  # place, length and number of n-grams


@dataclass(frozen=True, slots=True)
class Trie:
    """All n-grams of up to `DEPTH` characters, numbered by length and then in order.

    `tails[k]` are the last characters of the n-grams of length k + 1; those that continue n-gram i of that length stand at
    `starts[k][i]:starts[k][i + 1]` of `tails[k + 1]`, and `bases[k]` is the number of the first of them.
    """

    heads: Mapping[str, int]
    tails: tuple[str, ...]
    starts: tuple[array[int], ...]
    bases: tuple[int, ...]

    def spots(self, text: str, least: int, most: int) -> Spots:
        """Where the n-grams of `least` to `most` characters stand."""
        found: list[tuple[int, int, int]] = []
        for place, node in enumerate(map(self.heads.get, text)):
            if node is None:
                continue
            if least == 1:
                found.append((place, 1, node))
            for depth, character in enumerate(text[place + 1 : place + most], 1):
                starts = self.starts[depth - 1]
                node = self.tails[depth].find(character, starts[node], starts[node + 1])
                if node < 0:
                    break
                if depth + 1 >= least:
                    found.append((place, depth + 1, self.bases[depth] + node))
        return found

    def all_in(self, text: str) -> set[int]:
        """The numbers of all n-grams of the text. Unrolled, being the innermost loop of the ear."""
        found: set[int] = set()
        add = found.add
        _, second, third = (tail.find for tail in self.tails)
        to_second, to_third = self.starts
        _, base_2, base_3 = self.bases
        heads = map(self.heads.get, text)
        for head, two, three in zip(heads, text[1:] + "\0", text[2:] + "\0\0", strict=False):
            if head is None:
                continue
            add(head)
            node = second(two, to_second[head], to_second[head + 1])
            if node < 0:
                continue
            add(base_2 + node)
            node = third(three, to_third[node], to_third[node + 1])
            if node >= 0:
                add(base_3 + node)
        return found


class Wide(dict[int, int]):
    """Rows as they are added, by number: those of the file in lanes of 16 bits, the even places first, then the odd ones."""

    def __init__(self, rows: Rows, width: int) -> None:
        self._rows, self._width = rows, width
        self._lows = int.from_bytes(b"\xff\0" * (width // 2), "little")

    def __missing__(self, number: int) -> int:
        width, lows = self._width, self._lows
        row = int.from_bytes(self._rows.piece(number * width, number * width + width), "little")
        self[number] = found = (row & lows) | (row >> 8 & lows) << 8 * width
        return found


@dataclass(frozen=True, slots=True)
class Model:
    """Row i, `width` bytes wide, has the weights of feature i, plus `OFFSET`: of the first half of the columns at even places, of
    the second at odd ones, so that their lanes come out in order.

    `tempers[n]` scales a sum of n rows; `bias` is of labels, then of traits, and fills the width of a row; `outward` are the
    wide rows of the traits, plus `LARGEST_OUTWARD`; `wide` keeps rows as they are added.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    tempers: tuple[int, ...]
    trie: Trie
    names: Mapping[str, int]
    width: int
    outward: tuple[int, ...]
    wide: Wide = field(compare=False)

    def score(self, text: str, names: Iterable[str]) -> list[int]:
        """One score per label, in the units of the thresholds, of a line's skeleton and its named features."""
        present = self.trie.all_in(text)
        present.update(filter(None, map(self.names.get, names)))  # number 0 is an n-gram's
        numbers = list(present) if len(present) <= MAX_FEATURES else sorted(present)[:MAX_FEATURES]
        temper = self.tempers[min(len(numbers), len(self.tempers) - 1)]
        level = OFFSET * len(numbers)
        found = [
            bias + ((value - level) * temper >> SHIFT)
            for value, bias in zip(self._sums(numbers), self.bias, strict=True)
        ]
        count = len(self.labels)
        return list(map(add, found[:count], self._from_traits(found[count:])))

    def _sums(self, numbers: Sequence[int]) -> Sequence[int]:
        """Of each column, in the order of the rows' lanes."""
        wholes = [
            sum(map(self.wide.__getitem__, numbers[first : first + CHUNK]))
            for first in range(0, len(numbers) or 1, CHUNK)
        ]
        shape, size = f"<{self.width}H", 2 * self.width
        lanes = [unpack_lanes(shape, whole.to_bytes(size, "little")) for whole in wholes]
        return lanes[0] if len(lanes) == 1 else [*map(sum, zip(*lanes, strict=True))]

    def _from_traits(self, found: Sequence[int]) -> list[int]:
        """What the traits add to each label."""
        amounts = [value if value > 0 else 0 for value in found]
        if max(amounts) > MOST_OF_A_TRAIT:
            amounts = [min(amount, MOST_OF_A_TRAIT) for amount in amounts]
        level = LARGEST_OUTWARD * sum(amounts)
        count = len(self.labels)
        whole = sum(map(mul, amounts, self.outward))
        lanes = unpack_lanes(f"<{count}I", whole.to_bytes(4 * count, "little"))
        return [(lane - level) >> OUTWARD_SHIFT for lane in lanes]

    def weights(self, numbers: Iterable[int], column: int) -> list[int]:
        """The weights of some features for one label."""
        shift = 16 * column
        lane = 0xFF << shift
        return [((self.wide[number] & lane) >> shift) - OFFSET for number in numbers]


def pack(
    labels: Sequence[str],
    bias: Sequence[int],
    tempers: Sequence[int],
    table: Mapping[str, Sequence[tuple[int, int]]],
    outward: Sequence[Sequence[int]],
) -> tuple[dict[str, object], bytes, bytes]:
    """The model as a JSON head, the shape of the trie and the rows. Weights must fit a signed byte, and the table must
    hold the beginnings of its n-grams: KeyError where one is missing."""
    grams = [
        sorted(name for name in table if name[0] != NAME and len(name) == size)
        for size in range(1, DEPTH + 1)
    ]
    names = sorted(name for name in table if name[0] == NAME)
    shape: list[bytes] = []
    rows: list[bytes] = []
    for shorter, longer in pairwise(grams):
        counts = dict.fromkeys(shorter, 0)
        for gram in longer:
            counts[gram[:-1]] += 1
        shape.append(array("H", counts.values()).tobytes())
    bias = [*bias, *[0] * (len(bias) % 2)]
    width = len(bias)
    for name in [gram for level in grams for gram in level] + names:
        columns = bytearray([OFFSET]) * width
        for column, weight in table[name]:
            columns[column] += weight
        row = bytearray(width)
        row[::2], row[1::2] = columns[: width // 2], columns[width // 2 :]
        rows.append(bytes(row))
    head: dict[str, object] = {
        "labels": list(labels),
        "bias": list(bias),
        "tempers": list(tempers),
        "tails": ["".join(gram[-1] for gram in level) for level in grams],
        "names": "\n".join(names),
        "outward": outward,
    }
    return head, b"".join(shape), b"".join(rows)


def unpack(head: Mapping[str, object], shape: bytes, rows: Rows) -> Model:
    """The model out of the parts of an ear file. Raises ValueError where rows are missing."""
    labels, bias, tempers, tails = head["labels"], head["bias"], head["tempers"], head["tails"]
    outward = head["outward"]
    assert isinstance(labels, list)
    assert isinstance(bias, list)
    assert isinstance(tempers, list)
    assert isinstance(tails, list)
    assert isinstance(outward, list)
    starts: list[array[int]] = []
    place = 0
    for tail in tails[:-1]:
        counts = array("H", shape[place : place + 2 * len(tail)])
        starts.append(array("I", accumulate(counts, initial=0)))
        place += 2 * len(tail)
    bases = tuple(accumulate(map(len, tails), initial=0))
    names = str(head["names"]).split("\n")
    trie = Trie(
        {head: number for number, head in enumerate(tails[0])}, tuple(tails), tuple(starts), bases[:-1]
    )
    known = dict(zip(names, range(bases[-1], bases[-1] + len(names)), strict=True))
    width = len(bias)
    if rows.size != width * (bases[-1] + len(names)):
        raise ValueError("the ear file is cut short")
    return Model(
        tuple(labels),
        tuple(bias),
        tuple(tempers),
        trie,
        known,
        width,
        tuple([_lanes(weights) for weights in outward]),
        Wide(rows, width),
    )


def _lanes(weights: Sequence[int]) -> int:
    return int.from_bytes(array("I", [weight + LARGEST_OUTWARD for weight in weights]).tobytes(), "little")
