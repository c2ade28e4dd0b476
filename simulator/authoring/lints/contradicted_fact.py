"""A sum or a count of days in the author's own text that the case does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from simulator.authoring.lints import ScenarioFile
from simulator.dialogue import AmountKind, Case
from simulator.dialogue.speak import PLACEHOLDER
from simulator.reading.amounts import find_amounts
from simulator.reading.numerals import number

LOOKS_AT = "scenario"
ID = "contradicted-fact"
OVERDUE = re.compile(r"逾期(?:了)?([0-9]+|[零一二两三四五六七八九十百]+)天")
LEAST_SUM = 100


def check(file: ScenarioFile) -> None:
    case = file.scenario.case
    sums = set(_sums(case))
    for key in ("brief", "hints", "model"):
        for line, mark in file.lines(key):
            text = PLACEHOLDER.sub("", line)
            for days in OVERDUE.finditer(text):
                if _days(days.group(1)) != case.debt.days_overdue:
                    file.source.report(
                        mark,
                        ID,
                        "这里写“{words}”，可情境里逾期 {days} 天",
                        "写成 {{debt.days-overdue}}，就不会对不上",
                        words=days.group(),
                        days=case.debt.days_overdue,
                    )
            for amount in find_amounts(text):
                value = amount.value if amount.kind is AmountKind.EXACT else None
                if value is not None and value >= LEAST_SUM and value not in sums:
                    cure = "用 {{debt.total}}、{{means.…}} 这样的写法，就不会对不上"
                    file.source.report(mark, ID, "“{words}”不是这个情境里的数", cure, words=amount.text)


def _days(words: str) -> int | None:
    value = number(words)
    return None if value is None else int(value)


def _sums(case: Case) -> Iterator[Decimal]:
    """Every sum that may be spoken of: of the debt, of the means, and what is left when a part is paid."""
    debt = case.debt
    own = [debt.total, debt.principal, debt.interest, debt.penalty, debt.daily_cost]
    means = [value for value in case.means.values() if isinstance(value, Decimal)]
    yield from own
    yield from means
    yield from (debt.total - value for value in means)
