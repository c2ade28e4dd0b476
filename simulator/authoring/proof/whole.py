"""Proves many scenarios at once, on every processor there is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from simulator.authoring.proof.lines import QuickDesk
from simulator.authoring.proof.questions import Proof, prove

FEWEST_APART = 3  # scenarios that are worth starting processes for


@cache
def _desk(home: Path | None) -> QuickDesk:
    return QuickDesk(home)


def _prove(task: tuple[str, Path | None]) -> Proof:
    return prove(_desk(task[1]), task[0])


def prove_all(names: Sequence[str], home: Path | None) -> Iterator[Proof]:
    """The proofs of these scenarios, in their order. Raises what reading a scenario raises."""
    tasks = [(name, home) for name in names]
    workers = min(os.cpu_count() or 1, len(names))
    if len(names) < FEWEST_APART or workers < 2:
        yield from map(_prove, tasks)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_prove, tasks)


def never_anywhere(proofs: Iterable[Proof]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By persona, the states and transitions that none of its scenarios comes to."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for proof in proofs:
        states, transitions = found.get(proof.persona, (proof.unreached, proof.unfired))
        found[proof.persona] = (
            tuple(name for name in states if name in proof.unreached),
            tuple(name for name in transitions if name in proof.unfired),
        )
    return {name: unused for name, unused in found.items() if any(unused)}
