"""Forty random kills of a sitting program, torn lines and full disks among them (500 in benchmarks/kills.py)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_acknowledged_turn_is_lost_however_often_the_program_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/kills.py"), "--kills", "40", "--seed", "3"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["acknowledged_turns"] > 20
    assert (found["lost"], found["refuted"]) == ([], [])
