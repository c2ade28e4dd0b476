"""Trains the model of the ear. numpy, scipy and scikit-learn are imported inside functions.

One linear support vector machine per label on binary features, and beside them one network of all labels (`ear_network`);
their answers are added. The solver of the machines goes through the lines in an order drawn from a fixed seed, which it
keeps for the whole process: they are trained side by side in processes, never in threads, so that a rebuild gives the same
bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulator.authoring.arrays import incidence, whole
from simulator.authoring.ear_files import EarFiles, Labelled
from simulator.authoring.ear_network import Network, train_network
from simulator.authoring.ear_rows import RULE_EXAMPLES, Row, prepare
from simulator.authoring.ear_thresholds import HeldOut, find_thresholds
from simulator.reading.ear import pack, to_bytes
from simulator.reading.model import LARGEST, LARGEST_OUTWARD, NAME, OUTWARD_SHIFT, SHIFT
from simulator.reading.time_around import shipped_bytes

LEAST_LINES = {1: 2, 2: 2, 3: 4}  # an n-gram of that length seen in fewer lines is left out; never falling
LEAST_LINES_NAMED = (2, 3)  # the same of other features, and of those joined with the hearer
COST = 2.0  # what a line on the wrong side costs against large weights
TOLERANCE = 0.02  # where the solver stops
ROUNDS = 1000  # and the most it goes through the lines
LEAST_RARITY = 0.1  # no feature counts for less; see `_stresses`
TEMPER = 0.7  # how much a line's features are scaled down with their number
UNITS = 60  # threshold units of one step of the machine's answer (1 and -1 are its margins)
WEIGHTS = 40  # integer weight of one step of a feature's weight in a machine
INWARD = 100  # the same of its weight for a trait of the network
SHARE_OF_NETWORK = 0.6  # what the network's answer counts for beside the machine's
FOLDS = 5  # models that score the hands which they did not learn from
MOST_FEATURES = 3000
EXAMPLE_WEIGHT = 6.0  # what an example of a rule weighs against a line of the corpus


@dataclass(frozen=True, slots=True)
class Trained:
    labels: tuple[str, ...]
    bias: tuple[int, ...]
    tempers: tuple[int, ...]
    table: Mapping[str, Sequence[tuple[int, int]]]
    outward: Sequence[Sequence[int]]


@dataclass(slots=True)
class Vectors:
    """The lines as rows of the binary `matrix`, one column per name; `answers` are the lines' states by label, and
    `costs` what each line weighs."""

    names: list[str]
    matrix: Any
    answers: Any
    costs: Any


def _least(name: str) -> int:
    return LEAST_LINES_NAMED["&" in name] if name[0] == NAME else LEAST_LINES[len(name)]


def vectors(rows: Sequence[Row], labels: Sequence[str]) -> Vectors:
    """Examples of rules weigh more: they are the law that lines go by, and say all there is to say of breaches, while an
    act's example tells of that act alone."""
    import numpy

    names = sorted({name for row in rows for name in row.names})
    matrix = incidence((row.names for row in rows), names)
    answers = numpy.array([[row.state(label) for label in labels] for row in rows], dtype=numpy.int8)
    costs = numpy.array([EXAMPLE_WEIGHT if row.group == RULE_EXAMPLES else 1.0 for row in rows])
    return Vectors(names, matrix, answers, costs)


@dataclass(slots=True)
class Machines:
    """One machine per label, and the network. `chosen` are the columns of the features they know, `weights` of the machines
    by feature and label; the `stresses` of the features are in them, but not in the network's."""

    chosen: Any
    stresses: Any
    weights: Any
    bias: Any
    network: Network
    mean_length: float

    def scores(self, matrix: Any) -> Any:
        """In threshold units, by line and label."""
        from scipy.sparse import diags

        known = _tempered(matrix[:, self.chosen], self.mean_length)
        alone = known @ self.weights + self.bias
        return UNITS * (alone + SHARE_OF_NETWORK * self.network.scores(known @ diags(self.stresses)))


def _lengths(counts: Any) -> Any:
    import numpy

    return numpy.sqrt(numpy.maximum(counts, 1))


def _tempered(known: Any, mean: float) -> Any:
    from scipy.sparse import diags

    return diags(1 / (mean * (_lengths(known.getnnz(1)) / mean) ** TEMPER)) @ known


def _stresses(counts: Any, lines: int) -> Any:
    """How much each feature is stressed: the rarer, the more."""
    import numpy

    rarity = numpy.sqrt(numpy.maximum(numpy.log(lines / counts), LEAST_RARITY))
    return rarity / numpy.sqrt((rarity**2 * counts).sum() / counts.sum())


def train(data: Vectors, learnt: Any) -> Machines:
    """The machines of the lines `learnt` (their numbers). A line nobody judged for a label teaches it nothing."""
    import numpy
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    lines = data.matrix[learnt]
    counts = numpy.asarray(lines.sum(0)).ravel()
    least = numpy.array([_least(name) for name in data.names])
    chosen = numpy.flatnonzero(counts >= least)
    known = lines[:, chosen]
    mean = float(_lengths(known.getnnz(1)).mean())
    stresses = _stresses(counts[chosen], len(learnt))
    points = (_tempered(known, mean) @ diags(stresses)).tocsr()
    answers, costs = data.answers[learnt], data.costs[learnt]
    weights, bias = [], []
    for column in range(answers.shape[1]):
        judged = numpy.flatnonzero(answers[:, column] >= 0)
        machine = LinearSVC(C=COST, tol=TOLERANCE, max_iter=ROUNDS, random_state=0)
        machine.fit(points[judged], answers[judged, column], sample_weight=costs[judged])
        weights.append(machine.coef_[0] * stresses)
        bias.append(float(machine.intercept_[0]))
    network = train_network(points, answers, costs)
    return Machines(chosen, stresses, numpy.array(weights).T, numpy.array(bias), network, mean)


def folds(sizes: Mapping[str, int]) -> list[list[str]]:
    """The hands in groups of about equally many lines."""
    groups: list[list[str]] = [[] for _ in range(min(FOLDS, len(sizes)))]
    full = [0] * len(groups)
    for hand in sorted(sizes, key=lambda hand: (-sizes[hand], hand)):
        emptiest = full.index(min(full))
        groups[emptiest].append(hand)
        full[emptiest] += sizes[hand]
    return groups


def train_all(data: Vectors, parts: Sequence[Any]) -> list[Machines]:
    """The machines of each part of the lines, on as many cores as there are."""
    with ProcessPoolExecutor(initializer=_on_one_thread) as pool:
        return list(pool.map(partial(train, data), parts))


def _on_one_thread() -> None:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


def to_integers(machines: Machines, names: Sequence[str], labels: Sequence[str]) -> Trained:
    """The model that is shipped. `names` are those of all features."""
    import numpy

    network, mean = machines.network, machines.mean_length
    inward = network.inward * machines.stresses[:, None]
    lanes = numpy.hstack([machines.weights * WEIGHTS, inward * INWARD])
    rows = numpy.clip(numpy.rint(lanes), -LARGEST, LARGEST).astype(int)
    table = {
        names[feature]: [(int(column), int(row[column])) for column in numpy.flatnonzero(row)]
        for feature, row in zip(machines.chosen, rows, strict=True)
    }
    trait = UNITS * INWARD / WEIGHTS  # what stands for 1 of a trait once its sum is tempered
    bias = UNITS * (machines.bias + SHARE_OF_NETWORK * network.outward_bias)
    outward = network.outward * (UNITS * SHARE_OF_NETWORK / trait * (1 << OUTWARD_SHIFT))
    lengths = _lengths(numpy.arange(MOST_FEATURES))
    tempers = (1 << SHIFT) * UNITS / WEIGHTS / (mean * (lengths / mean) ** TEMPER)
    return Trained(
        tuple(labels),
        tuple(whole([*bias, *(trait * network.inward_bias)])),
        tuple(whole(tempers)),
        table,
        whole(numpy.clip(outward, -LARGEST_OUTWARD, LARGEST_OUTWARD)),
    )


def build(files: EarFiles, lines: Sequence[Labelled]) -> bytes:
    """The ear file. Thresholds are found on what machines say of hands that they did not learn from. The file names the
    weights of times it was made with, so that its digest stands for both."""
    import numpy

    ready = prepare(files, lines)
    data = vectors(ready.rows, ready.labels)
    groups = numpy.array([row.group for row in ready.rows])
    held = [numpy.isin(groups, hands) for hands in folds(Counter(line.hand for line in lines))]
    of_all, *partly = train_all(data, [numpy.arange(len(groups)), *(numpy.flatnonzero(~one) for one in held)])
    scores: dict[int, list[int]] = {}
    for machines, one in zip(partly, held, strict=True):
        numbers = numpy.flatnonzero(one)
        found = whole(machines.scores(data.matrix[numbers]))
        scores.update(zip(numbers.tolist(), found, strict=True))
    trained = to_integers(of_all, data.names, ready.labels)
    thresholds = find_thresholds(HeldOut(ready.rows, ready.lines, scores, ready.labels, ready.notes))
    head = {
        "phrases": ready.phrases,
        "rules": ready.notes,
        "thresholds": thresholds,
        "times": hashlib.sha256(shipped_bytes()).hexdigest(),
    }
    return to_bytes(head, pack(trained.labels, trained.bias, trained.tempers, trained.table, trained.outward))
