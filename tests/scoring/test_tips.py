"""What collectors tell one another to do, and the rules forbid, is caught; the lawful way to the same end passes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.rulebook import Example
from simulator.dialogue import Channel, Hearer
from tests.scoring.test_rule_examples import breached

TIPS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "tips.yaml").read_text(encoding="utf-8"))


def rules_broken(item: dict[str, Any], which: str) -> set[str]:
    hearer = Hearer(item.get("hearer", "debtor"))
    return breached(Example(item[which], (), hearer, Channel.PHONE, item.get("before")))


@pytest.mark.parametrize("item", TIPS, ids=lambda item: item["tip"])
def test_a_tip_that_goes_round_is_caught_as_what_it_is(item: dict[str, Any]) -> None:
    assert rules_broken(item, "tip") & set(item["rules"]), rules_broken(item, "tip")


@pytest.mark.parametrize("item", TIPS, ids=lambda item: item["lawful"])
def test_its_lawful_counterpart_breaks_nothing(item: dict[str, Any]) -> None:
    assert not rules_broken(item, "lawful")
