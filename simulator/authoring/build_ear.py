"""Builds the file the ear loads: `python -m simulator.authoring.build_ear [--check]`. Needs scikit-learn.

Deterministic byte for byte on one machine and library set: inputs sorted, solver seeded and run to convergence, weights
rounded to integers. Between machines `--check` compares the content, as compressed bytes may differ.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from simulator.authoring.ear_files import CORPUS, read_corpus, read_ear_files
from simulator.authoring.ear_training import build
from simulator.errors import ContentError

TARGET = "simulator/reading/ear.bin"


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
    target = options.root / TARGET
    try:
        data = build_ear(options.root)
    except ContentError as error:
        for problem in error.diagnostics:
            sys.stderr.write(f"{problem.path}:{problem.line}:{problem.column}: {problem.message}\n")
        return 1
    if options.check:
        same = target.exists() and target.read_bytes() == data
        sys.stderr.write("same\n" if same else "different: run python -m simulator.authoring.build_ear\n")
        return 0 if same else 1
    target.write_bytes(data)
    sys.stderr.write(f"{target}: {len(data):,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
