"""Sums of money: the table of cases beside this file, and what must hold for any text."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dialogue import AmountKind
from simulator.reading.amount_patterns import PATTERN, SIGNS
from simulator.reading.amounts import find_amounts
from simulator.reading.numerals import fold, number
from tests.reading.steps import count_calls

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "amounts.jsonl").read_text("utf-8").splitlines()
]
WORDS = (
    "零〇一二两俩三四五六七八九十廿百千万亿壹贰仟萬kKwW块元"
    "钱毛角分多来几把半全部结清一次性先还付打，,. 　0123456789０５¥%成个天号月点"
)
any_text = st.text(max_size=60) | st.text(alphabet=WORDS, max_size=40)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_line_is_read_as_the_table_says(case: dict[str, object]) -> None:
    found = [
        {"text": one.text, "value": None if one.value is None else str(one.value), "kind": one.kind.value}
        for one in find_amounts(str(case["text"]))
    ]
    assert found == case["amounts"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三千二", 3200), ("一万二", 12000), ("十五", 15), ("廿五", 25), ("二百五", 250),
        ("三千零二", 3002), ("两万三千五", 23500),
        ("壹万贰仟", 12000), ("1.5万", 15000), ("3k5", 3500), ("二〇二六", 2026),
        ("１，２００", 1200), ("万一", None), ("三四", None),
    ],
)  # fmt: skip
def test_a_numeral_has_the_value_people_mean(words: str, value: int | None) -> None:
    assert number(fold(words).text) == (None if value is None else Decimal(value))


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=sorted(set(PATTERN.pattern) - SIGNS), max_size=20))
def test_a_line_without_any_sign_of_a_sum_holds_none(text: str) -> None:
    assert PATTERN.search(text) is None


@settings(max_examples=400, deadline=None)
@given(any_text)
def test_no_text_is_too_strange(text: str) -> None:
    found = find_amounts(text)
    assert found == find_amounts(text)
    ends = 0
    for one in found:
        assert 0 <= ends <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert (one.value is not None) == (one.kind is AmountKind.EXACT)
        assert one.value is None or one.value > 0
        ends = one.end


@pytest.mark.parametrize("unit", ["三千二，", "一", "1,", "1", "三千", "百八十块", "全部", "一百到", " 三"])
def test_the_steps_of_reading_grow_with_length_only(unit: str) -> None:
    def steps(length: int) -> int:
        text = (unit * length)[:length]
        return count_calls(lambda: find_amounts(text))

    assert steps(8000) < 6 * steps(2000) + 1000
