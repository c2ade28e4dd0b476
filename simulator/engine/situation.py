"""Where a call stands: the one value that moves, saveable and versioned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.dialogue import Outcome, Pledge

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Situation:
    """`clock` is the call's own simulated time; `used` are ids of wordings and once-only transitions already spent;
    `said` are the trainee's own lines in folded form, for noticing repetition."""

    state: str
    disposition: dict[str, int]
    memory: frozenset[str]
    pledges: tuple[Pledge, ...]
    used: frozenset[str]
    said: tuple[str, ...]
    verified: bool
    asked: str | None
    clock: datetime
    turn: int
    seed: int
    outcome: Outcome | None = None
    format: int = FORMAT

    @property
    def is_over(self) -> bool:
        return self.outcome is not None
