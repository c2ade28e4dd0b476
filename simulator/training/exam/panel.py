"""Standard setting as values: a panel of judges with what they said, and the cut score that comes of it.

Cuts and errors are hundredths of a point, whole numbers, so that they can be hashed, signed and compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

ROUNDS = (1, 2)


class Method(StrEnum):
    ANGOFF = "angoff"
    REGRESSION = "borderline-regression"


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """What a judge rates: a scenario, or one criterion of it. `weight` is what it counts among the others."""

    scenario: str
    criterion: str | None = None
    weight: int = 1

    @property
    def key(self) -> tuple[str, str | None]:
        return self.scenario, self.criterion


@dataclass(frozen=True, slots=True)
class Rating:
    """One judge's share for one item in one round."""

    judge: str
    round: int
    scenario: str
    criterion: str | None
    share: int


@dataclass(frozen=True, slots=True)
class Graded:
    """A call as an examiner saw it: `grade` 1 to 5, beside the `total` it was given by its rubric."""

    judge: str
    attempt: str
    scenario: str
    grade: int
    total: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A standard setting as its file tells it. `borderline` is the panel's own words for who is only just good enough."""

    id: str
    method: Method
    exam: str
    held: date
    borderline: str
    judges: dict[str, str]
    items: tuple[Item, ...] = ()
    ratings: tuple[Rating, ...] = ()
    graded: tuple[Graded, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one scenario or item contributes: its cut and error, from how many judgements, spread or fit.

    `fit` is R² in hundredths for a regression, the judges' standard deviation in hundredths of a point for Angoff.
    """

    scenario: str
    criterion: str | None
    cut: int
    error: int
    n: int
    fit: int


@dataclass(frozen=True, slots=True)
class CutScore:
    """A cut score as blueprints and results refer to it. `cut` and `error` are hundredths of a point of 100.

    `pass_mark` is the least whole total that reaches the cut. `first` is the first round's cut, where there was one.
    """

    id: str
    method: Method
    exam: str
    held: date
    cut: int
    error: int
    pass_mark: int
    judges: tuple[str, ...]
    by_judge: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]
    first: int | None
    first_error: int | None
    borderline: str
    ratings: str

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "method": self.method.value,
            "exam": self.exam,
            "held": self.held.isoformat(),
            "cut": self.cut,
            "error": self.error,
            "pass_mark": self.pass_mark,
            "judges": list(self.judges),
            "by_judge": [{"judge": judge, "cut": cut} for judge, cut in self.by_judge],
            "parts": [
                {
                    "scenario": part.scenario,
                    "criterion": part.criterion,
                    "cut": part.cut,
                    "error": part.error,
                    "n": part.n,
                    "fit": part.fit,
                }
                for part in self.parts
            ],
            "first": self.first,
            "first_error": self.first_error,
            "borderline": self.borderline,
            "ratings": self.ratings,
        }


def made(
    panel: Panel,
    by_judge: dict[str, float],
    parts: tuple[Part, ...],
    cut: float,
    error: float,
    first: float | None = None,
    first_error: float | None = None,
) -> CutScore:
    kept = hundredths(min(100.0, max(0.0, cut)))
    return CutScore(
        id=panel.id,
        method=panel.method,
        exam=panel.exam,
        held=panel.held,
        cut=kept,
        error=hundredths(error),
        pass_mark=-(-kept // 100),
        judges=tuple(sorted(by_judge or {call.judge for call in panel.graded})),
        by_judge=tuple(sorted((judge, hundredths(own)) for judge, own in by_judge.items())),
        parts=parts,
        first=None if first is None else hundredths(first),
        first_error=None if first_error is None else hundredths(first_error),
        borderline=panel.borderline,
        ratings=panel.digest,
    )


def hundredths(value: float) -> int:
    """Rounded half up, as people do; the nudge keeps 68.125 from falling to the wrong side of its own binary form."""
    return math.floor(value * 100 + 0.5 + 1e-9)
