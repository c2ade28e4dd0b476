"""Trains the network of the ear: lines to a small layer of shared traits, and those to all labels at once.

What the machines of single labels cannot see, the network learns from all labels together. Every product goes through
sparse matrices, whose loops add in a fixed order, and nothing but sums, products, quotients and square roots is asked of
numpy: a rebuild gives the same bytes on any processor of a kind, with any mathematical library. numpy and scipy are
imported inside functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TRAITS = 128  # units of the shared layer
ROUNDS = 40  # times that every line is learnt from
BATCH = 512  # lines learnt from at once
STEP = 0.003  # how far a weight may move for a batch in the first half of the rounds; then ever less
FEATURES_KEPT = 0.4  # of a line, each time that it is learnt from, so that no word alone decides
TRAITS_KEPT = 0.8
MEAN_KEPT = 0.9  # how much of the mean slope of a weight each new slope leaves
SIZE_KEPT = 0.999  # the same of its mean size
SIZE_KEPT_OF_FEATURES = 0.99  # less: most batches have nothing to say of a feature
MOST_COST = 3.0  # what a line may weigh
NOTHING = 1e-6


@dataclass(slots=True)
class Network:
    """`inward` and `inward_bias` by feature and trait, `outward` and `outward_bias` by trait and label."""

    inward: Any
    inward_bias: Any
    outward: Any
    outward_bias: Any

    def traits(self, points: Any) -> Any:
        import numpy

        return numpy.maximum(points @ self.inward + self.inward_bias, 0)

    def scores(self, points: Any) -> Any:
        """In margins: 1 for a clear yes, -1 for a clear no; by line and label."""
        from scipy.sparse import csr_matrix

        return csr_matrix(self.traits(points)) @ self.outward + self.outward_bias


@dataclass(slots=True)
class _Moved:
    """A weight array under training, with the running mean and size of its slopes."""

    values: Any
    mean: Any
    size: Any
    kept: float

    @staticmethod
    def of(values: Any, kept: float) -> _Moved:
        import numpy

        return _Moved(values, numpy.zeros_like(values), numpy.zeros_like(values), kept)

    def move(self, slopes: Any, step: float, places: Any = ...) -> None:
        import numpy

        mean, size = self.mean[places], self.size[places]
        mean += (1 - MEAN_KEPT) * (slopes - mean)
        size += (1 - self.kept) * (slopes * slopes - size)
        self.mean[places], self.size[places] = mean, size
        self.values[places] -= step * mean / (numpy.sqrt(size) + NOTHING)


def train_network(points: Any, answers: Any, costs: Any) -> Network:
    """The network of the lines `points` (sparse, by line and feature). `answers` are 1, 0 or -1 by line and label, where -1
    teaches nothing; `costs` what each line weighs."""
    import numpy
    from scipy.sparse import csr_matrix

    chance = numpy.random.Generator(numpy.random.PCG64(0))
    points = points.astype(numpy.float32)
    lines, labels = answers.shape
    weights = numpy.minimum(costs, MOST_COST).astype(numpy.float32)[:, None] * (answers >= 0) / BATCH
    weights = weights.astype(numpy.float32)
    sides = numpy.where(answers == 1, 1, -1).astype(numpy.float32)

    def drawn(rows: int, columns: int, width: float) -> Any:
        return (width * (2 * chance.random((rows, columns), dtype=numpy.float32) - 1)).astype(numpy.float32)

    inward = _Moved.of(drawn(points.shape[1], TRAITS, 0.09), SIZE_KEPT_OF_FEATURES)
    inward_bias = _Moved.of(numpy.zeros(TRAITS, numpy.float32), SIZE_KEPT)
    outward = _Moved.of(drawn(TRAITS, labels, 0.15), SIZE_KEPT)
    outward_bias = _Moved.of(numpy.full(labels, -1, numpy.float32), SIZE_KEPT)

    def thinned(numbers: Any, kept: float) -> Any:
        return (chance.random(numbers.shape, dtype=numpy.float32) < kept) / numpy.float32(kept)

    for round_ in range(ROUNDS):
        step = STEP * min(1.0, 2 * (1 - round_ / ROUNDS))
        order = chance.permutation(lines)
        for first in range(0, lines, BATCH):
            batch = order[first : first + BATCH]
            seen = points[batch]
            seen.data *= thinned(seen.data, FEATURES_KEPT)
            seen.eliminate_zeros()
            before = seen @ inward.values + inward_bias.values
            open_ = thinned(before, TRAITS_KEPT) * (before > 0)
            traits = csr_matrix(before * open_)
            margins = sides[batch] * (traits @ outward.values + outward_bias.values)
            slopes = -sides[batch] * numpy.maximum(1 - margins, 0) * weights[batch]
            back = (csr_matrix(slopes) @ numpy.ascontiguousarray(outward.values.T)) * open_
            known = numpy.unique(seen.indices)
            outward.move(traits.T @ slopes, step)
            outward_bias.move(slopes.sum(0), step)
            inward.move(seen[:, known].T @ back, step, known)
            inward_bias.move(back.sum(0), step)
    return Network(inward.values, inward_bias.values, outward.values, outward_bias.values)
