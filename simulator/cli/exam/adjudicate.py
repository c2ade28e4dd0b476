"""裁定第二遍评分和机器的不同处。裁定的人不能是评过这份的人；每一处不同都要裁。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._rule import arguments as arguments
from simulator.cli.exam._rule import ruled

NAME = "adjudicate"
HELP = "裁定评分不同的地方"


def run(options: argparse.Namespace) -> int:
    return ruled(options, decision=False)
