"""Builds the files the ear loads: `python -m simulator.authoring.build_ear [--check]`. Needs scikit-learn.

Deterministic byte for byte on one kind of machine and library set: inputs sorted, solvers seeded, weights rounded to
integers. `--check` compares the bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from simulator.authoring.ear_files import CORPUS, read_corpus, read_ear_files
from simulator.authoring.ear_training import build
from simulator.authoring.time_training import build_times
from simulator.errors import ContentError
from simulator.reading.time_around import shipped

EAR = "simulator/reading/ear.bin"
TIMES = "simulator/reading/times.json"


def build_ear(root: Path) -> bytes:
    """The bytes of the ear made from the files below `root`. Raises ContentError where they are wrong."""
    files = read_ear_files(root)
    files.check()
    return build(files, [*read_corpus(root / CORPUS / "train"), *read_corpus(root / CORPUS / "tune")])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="rebuild and compare with the shipped file")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2])
    options = parser.parse_args()
    try:
        times = build_times(options.root).encode()
        if not options.check:  # the ear hears times by it
            (options.root / TIMES).write_bytes(times)
            shipped.cache_clear()
        built = {TIMES: times, EAR: build_ear(options.root)}
    except ContentError as error:
        for problem in error.diagnostics:
            sys.stderr.write(f"{problem.path}:{problem.line}:{problem.column}: {problem.message}\n")
        return 1
    different = False
    for name, data in built.items():
        target = options.root / name
        if not options.check:
            target.write_bytes(data)
            sys.stderr.write(f"{target}: {len(data):,} bytes\n")
        elif not target.exists() or target.read_bytes() != data:
            different = True
            sys.stderr.write(f"{name} is different: run python -m simulator.authoring.build_ear\n")
    return int(different)


if __name__ == "__main__":
    raise SystemExit(main())
