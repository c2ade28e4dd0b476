"""Figures that are said are held against the account: sums, days, what a day costs, shares of a plan."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.scorecard import Breach
from tests.scoring.made import made

FIGURES: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8")
)
ACCOUNT = {
    "debt.total": 12380.45,
    "debt.principal": 11200,
    "debt.interest": 860.45,
    "debt.penalty": 320,
    "debt.daily-cost": 6.2,
    "debt.days-overdue": 12,
    "debt.due": date(2026, 2, 27),
    "authority.instalments": 6,
}
ACTS = ["state-debt", "warn-cost", "explain-fees"]


def found(item: str | dict[str, Any]) -> list[Breach]:
    data = {"said": item} if isinstance(item, str) else item
    before: dict[str, Any] = {"对方": data.get("after", "嗯。"), "verified": True}
    if "pledged" in data:
        before["pledges"] = [{"amount": data["pledged"], "due": "2026-03-11T18:00"}]
    call = made({"claim": "", "case": ACCOUNT, "turns": [before, {"催收": data["said"], "acts": ACTS}]})
    return [breach for breach in call.judge().breaches if breach.rule == "amount-accuracy"]


@pytest.mark.parametrize("item", FIGURES["right"], ids=str)
def test_figures_that_agree_with_the_account_are_let_pass(item: str | dict[str, Any]) -> None:
    assert not [breach.heard for breach in found(item)]


@pytest.mark.parametrize("item", FIGURES["wrong"], ids=str)
def test_figures_that_differ_are_found_and_set_right_in_the_same_sentence(item: dict[str, Any]) -> None:
    breaches = found(item)
    assert breaches
    better = breaches[0].better
    assert better is not None
    assert item.get("says", "") in better.improved
    assert better.improved != item["said"]


def test_the_table_has_cases_of_both_kinds() -> None:
    assert len(FIGURES["right"]) >= 35
    assert len(FIGURES["wrong"]) >= 30
