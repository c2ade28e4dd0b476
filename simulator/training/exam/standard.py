"""Standard setting: whether a panel may set a cut score, and which."""

from __future__ import annotations

from simulator.training.exam import angoff, regression
from simulator.training.exam.panel import CutScore, Method, Panel


def shortcomings(panel: Panel) -> tuple[str, ...]:
    """Everything for which this panel may not set a cut score; empty when it may."""
    return tuple(angoff.gaps(panel) if panel.method is Method.ANGOFF else regression.gaps(panel))


def cut_score(panel: Panel) -> CutScore:
    """The cut score of a panel. Raises ValueError when it has shortcomings."""
    gaps = shortcomings(panel)
    if gaps:
        raise ValueError("；".join(gaps))
    return angoff.cut_score(panel) if panel.method is Method.ANGOFF else regression.cut_score(panel)
