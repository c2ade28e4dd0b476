"""Simulated difficulties are used for all that a blueprint draws or for none, and only for what they were made of."""

import json
from pathlib import Path

import pytest

from simulator.authoring.desk import Desk
from simulator.authoring.stage import FIGURES, ExamStage, read_figures
from simulator.errors import ExamError
from tests.exam.made import SCENARIOS, blueprint


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def _difficulties(home: Path) -> dict[str, tuple[int, bool]]:
    stage = ExamStage(Desk(home))
    stage.reachable = lambda name: 9000  # type: ignore[method-assign]
    return {one.scenario: (one.difficulty, one.measured) for one in stage.drawable(blueprint())}


def _write(home: Path, scenarios: tuple[str, ...], **changed: str) -> None:
    stage = ExamStage(Desk(home))
    digests = {name: changed.get("digest", stage.figure_digest(name)) for name in scenarios}
    figures = {name: {"digest": digest, "difficulty": -65} for name, digest in digests.items()}
    (home / FIGURES).write_text(json.dumps(figures), encoding="utf-8")


def test_without_figures_the_authors_level_counts(home: Path) -> None:
    assert _difficulties(home) == dict.fromkeys(SCENARIOS, (200, False))


def test_with_figures_for_all_they_count(home: Path) -> None:
    _write(home, SCENARIOS)
    assert _difficulties(home) == dict.fromkeys(SCENARIOS, (-65, True))


def test_two_scales_are_never_mixed(home: Path) -> None:
    _write(home, SCENARIOS[:1])
    assert _difficulties(home) == dict.fromkeys(SCENARIOS, (200, False))


def test_figures_of_content_that_has_changed_are_not_believed(home: Path) -> None:
    _write(home, SCENARIOS, digest="0" * 64)
    assert _difficulties(home) == dict.fromkeys(SCENARIOS, (200, False))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}', '{"a": {"digest": "x"}}'])
def test_a_file_that_holds_no_figures_is_one_message(home: Path, content: str) -> None:
    (home / FIGURES).write_text(content, encoding="utf-8")
    with pytest.raises(ExamError, match="不是难度数据"):
        read_figures(home / FIGURES)
