"""What is told of lines as numbers, for training. numpy and scipy are imported inside functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any


def incidence(lines: Iterable[Collection[str]], names: Sequence[str]) -> Any:
    """A sparse matrix by line and name: 1 where the line has the name. Other names of a line are passed over."""
    import numpy
    from scipy.sparse import csr_matrix

    index = {name: number for number, name in enumerate(names)}
    places: list[int] = []
    starts = [0]
    for line in lines:
        places.extend(sorted(index[name] for name in line if name in index))
        starts.append(len(places))
    return csr_matrix((numpy.ones(len(places)), places, starts), shape=(len(starts) - 1, len(names)))


def whole(numbers: Any) -> Any:
    """The nearest whole numbers, as plain lists."""
    import numpy

    return numpy.rint(numbers).astype(int).tolist()
