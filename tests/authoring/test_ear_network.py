"""What the network learns that no machine of a single label can, and that it learns it the same way twice."""

from __future__ import annotations

import pytest

numpy = pytest.importorskip("numpy")
sparse = pytest.importorskip("scipy.sparse")

from simulator.authoring import ear_network  # noqa: E402
from simulator.authoring.ear_network import train_network  # noqa: E402

LINES = 600


def lines():  # type: ignore[no-untyped-def]
    """Either of two words makes the label, both together do not; a third label was never judged."""
    words = numpy.random.default_rng(1).integers(0, 2, (LINES, 2))
    words = numpy.hstack([words, 1 - words])
    either = words[:, 0] != words[:, 1]
    answers = numpy.stack([either, ~either, numpy.full(LINES, -1)], axis=1).astype(int)
    return sparse.csr_matrix(words.astype(float)), answers, numpy.ones(LINES)


@pytest.fixture
def _gentle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ear_network, "FEATURES_KEPT", 1.0)
    monkeypatch.setattr(ear_network, "BATCH", 30)


@pytest.mark.usefixtures("_gentle")
def test_one_word_or_the_other_but_not_both() -> None:
    points, answers, costs = lines()
    scores = train_network(points, answers, costs).scores(points)
    assert ((scores[:, 0] > 0) == (answers[:, 0] == 1)).mean() > 0.99


def test_the_same_lines_give_the_same_weights() -> None:
    one, other = (train_network(*lines()) for _ in range(2))
    assert one.inward.tobytes() == other.inward.tobytes()
    assert one.outward.tobytes() == other.outward.tobytes()


def test_what_nobody_judged_teaches_nothing() -> None:
    points, answers, costs = lines()
    judged = train_network(points, answers, costs)
    costs[:] = 2.0
    assert (judged.outward_bias[2], train_network(points, answers, costs).outward_bias[2]) == (-1, -1)
