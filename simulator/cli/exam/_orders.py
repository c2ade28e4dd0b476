"""An examiner's order to an attempt that may be going on in another window: it takes effect at the next turn."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.cli.exam._room import open_hall, signed_in
from simulator.cli.report import DONE

if TYPE_CHECKING:
    from simulator.training.exam.sitting import Sitting


def ordered(options: argparse.Namespace, order: Callable[[Sitting, str], None]) -> int:
    from simulator.authoring.stage import ExamStage
    from simulator.training.exam.hall import Role
    from simulator.training.exam.sitting import Sitting

    with open_hall(options) as hall, hall.open_record(options.attempt) as record:
        by = signed_in(hall, options, Role.EXAMINER).id
        order(Sitting(record, ExamStage(), hall.now), by)
    return DONE
