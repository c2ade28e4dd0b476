"""Trains what decides by its surroundings whether a time is one of payment. scikit-learn is imported inside functions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.authoring.arrays import incidence, whole
from simulator.reading import normalise
from simulator.reading.time_around import STEP, Weights, features
from simulator.reading.times import candidates

TABLES = "simulator/reading/corpus/times"
LEAST_TIMES = 2  # a feature seen beside fewer times is left out
COST = 1.0  # what a time on the wrong side costs against large weights


@dataclass(frozen=True, slots=True)
class Case:
    """One time of a table's line: the features around it, and whether it is one of payment."""

    names: frozenset[str]
    is_paid: bool


def read_tables(root: Path) -> list[dict[str, Any]]:
    """The lines of all tables below `root`: `text`, `now`, and the ends of its times of payment as `due`."""
    return [line for path in sorted((root / TABLES).glob("*.jsonl")) for line in read_table(path)]


def read_table(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cases(lines: Iterable[dict[str, Any]]) -> Iterator[Case]:
    for line in lines:
        text, found = candidates(normalise.fold(line["text"]).text, datetime.fromisoformat(line["now"]))
        for place, one in enumerate(found):
            if not one.past:
                due = one.due.isoformat(timespec="minutes")
                yield Case(frozenset(features(text, found, place)), due in line["due"])


def train_times(known: Iterable[Case]) -> Weights:
    import numpy
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    learnt = list(known)
    counts = Counter(name for case in learnt for name in case.names)
    names = sorted(name for name, count in counts.items() if count >= LEAST_TIMES)
    matrix = incidence((case.names for case in learnt), names)
    points = (diags(1 / numpy.sqrt(numpy.maximum(matrix.getnnz(1), 1))) @ matrix).tocsr()
    machine = LinearSVC(C=COST, tol=0.001, max_iter=5000, random_state=0)
    machine.fit(points, [case.is_paid for case in learnt])
    weights = zip(names, whole(machine.coef_[0] * STEP), strict=True)
    return Weights(
        round(float(machine.intercept_[0]) * STEP), {name: weight for name, weight in weights if weight}
    )


def build_times(root: Path) -> str:
    """The file of weights made from the tables below `root`."""
    weights = train_times(cases(read_tables(root)))
    plain = {"bias": weights.bias, "weights": weights.of}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
