"""答复申诉：成立或不成立，改哪几处，理由写明。答复的人不能是评过、裁过这份的人。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._rule import arguments as arguments
from simulator.cli.exam._rule import ruled

NAME = "decide"
HELP = "答复申诉"


def run(options: argparse.Namespace) -> int:
    return ruled(options, decision=True)
