"""A blueprint's mistakes are named with their place, and the shipped ones have none."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from simulator.authoring.blueprint_file import blueprint_files, find_blueprint, read_blueprint
from simulator.authoring.source import Source
from simulator.errors import UnknownNameError
from simulator.training.exam.drawing import fits, pool
from tests.exam.made import stage
from tests.exam.test_documented import PAGE, blocks

CASES = yaml.safe_load((Path(__file__).parent / "blueprints.yaml").read_text(encoding="utf-8"))
WHOLE = blocks(PAGE, "yaml")[0]


@pytest.mark.parametrize(("words", "instead", "id"), CASES)
def test_a_mistake_is_named_in_its_own_line(words: str, instead: str, id: str) -> None:
    assert WHOLE.count(words) == 1
    source = Source("weekly.yaml", WHOLE.replace(words, instead))
    assert read_blueprint(source, stage().desk.library) is None
    assert id in [problem.id for problem in source.problems]
    assert all(problem.line for problem in source.problems)


def test_everything_on_the_page_is_read() -> None:
    found = read_blueprint(Source("weekly.yaml", WHOLE), stage().desk.library)
    assert found
    assert (found.cut, found.tolerance_points, found.standard and found.standard.error) == (6500, 1500, 180)
    assert (found.practice, found.shows, found.calls) == (True, "verdict", 2)
    assert found.windows[0].opens.hour == 9
    assert found.parts[0].wanted.stages == {"1-5", "6-10"}


@pytest.mark.parametrize("cut", ["65", "65.5", "65.25", "0", "100"])
def test_points_are_kept_exactly(cut: str) -> None:
    found = read_blueprint(
        Source("weekly.yaml", WHOLE.replace("cut: 65 ", f"cut: {cut} ")), stage().desk.library
    )
    assert found
    assert Decimal(found.cut) / 100 == Decimal(cut)


def test_an_unknown_blueprint_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="rehearsal"):
        find_blueprint(stage().desk.library, "rehersal")


@pytest.mark.parametrize("name", sorted(blueprint_files(stage().desk.library)))
def test_every_part_of_a_shipped_blueprint_draws_from_more_than_it_takes(name: str) -> None:
    plan = find_blueprint(stage().desk.library, name)
    offers = stage().drawable(plan)
    assert all(len(pool(part, offers)) > part.count for part in plan.parts)
    assert all(any(fits(part.wanted, offer) for part in plan.parts) for offer in offers)


def test_scenarios_say_what_objections_are_raised_in_them() -> None:
    library = stage().desk.library
    assert all(library.scenario(name).objections for name in library.scenario_ids())
