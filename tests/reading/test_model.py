"""The model's arithmetic in lanes, against the same sums done one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.reading.decide import _least_margin, mixed
from simulator.reading.model import (
    LARGEST,
    LARGEST_OUTWARD,
    MOST_OF_A_TRAIT,
    OUTWARD_SHIFT,
    SHIFT,
    Model,
    pack,
    unpack,
)
from simulator.reading.rows import HeldRows, StoredRows

CHARACTERS = [chr(0x4E00 + number) for number in range(300)]
LABELS, TRAITS = ["first", "second", "third"], 4
COLUMNS = len(LABELS) + TRAITS
weights = st.integers(-LARGEST, LARGEST)
rows = st.lists(st.lists(weights, min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=300)
outwards = st.lists(
    st.lists(st.integers(-LARGEST_OUTWARD, LARGEST_OUTWARD), min_size=len(LABELS), max_size=len(LABELS)),
    min_size=TRAITS,
    max_size=TRAITS,
)
biases = st.lists(st.integers(-3000, 3000), min_size=COLUMNS, max_size=COLUMNS)


def made(table: Sequence[Sequence[int]], bias: Sequence[int], outward: Sequence[Sequence[int]]) -> Model:
    named = {"@name": [], **{CHARACTERS[number]: list(enumerate(row)) for number, row in enumerate(table)}}
    head, shape, data = pack(LABELS, bias, [1 << SHIFT, 1 << SHIFT, 1 << (SHIFT - 3)], named, outward)
    return unpack(head, shape, HeldRows(data))


@settings(max_examples=150, deadline=None)
@given(rows, biases, outwards)
def test_scores_are_the_sums_of_their_rows(
    table: list[list[int]], bias: list[int], outward: list[list[int]]
) -> None:
    shift = SHIFT if len(table) < 2 else SHIFT - 3
    sums = [
        start + (sum(row[column] for row in table) * (1 << shift) >> SHIFT)
        for column, start in enumerate(bias)
    ]
    traits = [min(max(value, 0), MOST_OF_A_TRAIT) for value in sums[len(LABELS) :]]
    expected = [
        sums[label]
        + (sum(amount * row[label] for amount, row in zip(traits, outward, strict=True)) >> OUTWARD_SHIFT)
        for label in range(len(LABELS))
    ]
    model = made(table, bias, outward)
    text = "".join(CHARACTERS[: len(table)])
    assert model.score(text, []) == expected
    known = sorted(model.trie.all_in(text))
    for column in range(len(LABELS)):
        assert model.weights(known, column) == [row[column] for row in table]


def test_a_line_without_a_known_feature_has_the_bias_alone() -> None:
    model = made([[1] * COLUMNS], [5, -6, 7, -1, -1, -1, -1], [[0] * len(LABELS)] * TRAITS)
    assert model.score("没", ["@h:nobody"]) == [5, -6, 7]


def test_stored_rows_are_those_held(tmp_path: Path) -> None:
    data = bytes(range(200))
    (tmp_path / "rows").write_bytes(b"head" + data)
    stored, held = StoredRows(tmp_path / "rows", 4), HeldRows(data)
    assert stored.size == held.size
    assert [stored.piece(start, start + 20) for start in range(0, 200, 20)] == [
        held.piece(start, start + 20) for start in range(0, 200, 20)
    ]


@given(st.integers(-300, 300), st.integers(-300, 300), st.integers(0, 99), st.integers(-500, 500))
def test_the_least_margin_is_where_the_mean_passes(
    needed: int, anything: int, share: int, margin: int
) -> None:
    assert (margin >= _least_margin(needed, anything, share)) == (mixed(margin, anything, share) > needed)
