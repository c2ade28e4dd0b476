"""Times of payment: the table of cases beside this file, and what must hold for any text."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.authoring.library import SHIPPED
from simulator.authoring.time_training import read_tables
from simulator.reading import normalise as spelling
from simulator.reading import time_words, times
from simulator.reading.numerals import fold
from simulator.reading.time_cues import HANGS, MAY_HANG, OTHER, PAY, REFUSED, TO_COME
from simulator.reading.time_patterns import PATTERNS
from simulator.reading.time_words import Kind, Piece, pieces
from simulator.reading.times import find_times
from tests.reading.steps import count_calls

CASES = read_tables(SHIPPED)
MISSED = set(yaml.safe_load((Path(__file__).parent / "times_missed.yaml").read_text(encoding="utf-8")))
NOW = datetime(2026, 3, 11, 10, 2)
WORDS = (
    "今明后大昨前天日儿晚早上下午中三两十一二五六半点分刻钟差号月周星期礼拜本这个底初年内之以后前过再等给到至还是钱转打"
    "没不了能吗就客户款工资发，。？！、 :：/-.0123456789０３　的从每最迟"
)
any_text = st.text(max_size=60) | st.text(alphabet=WORDS, max_size=40)
any_now = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']}@{case['now']}")
def test_a_line_is_read_as_the_table_says(case: dict[str, object]) -> None:
    found = find_times(spelling.fold(str(case["text"])).text, datetime.fromisoformat(str(case["now"])))
    right = [one.due.isoformat(timespec="minutes") for one in found] == case["due"]
    assert right == (case["text"] not in MISSED)


def test_all_misses_stand_in_the_tables() -> None:
    assert {case["text"] for case in CASES} >= MISSED


def test_a_line_is_read_alike_when_its_spelling_is_undone_first() -> None:
    for case in CASES:
        text, now = str(case["text"]), datetime.fromisoformat(str(case["now"]))
        plain = [one.due for one in find_times(spelling.fold(text).text, now)]
        assert plain == [one.due for one in find_times(text, now)], text


@pytest.mark.parametrize("words", [PAY, OTHER, REFUSED], ids=["pay", "other", "refused"])
def test_the_first_characters_of_words_leave_none_of_them_out(words: re.Pattern[str]) -> None:
    unguarded = re.compile(words.pattern.partition("])")[2])
    for line in folded_lines():
        assert [one.span() for one in words.finditer(line)] == [
            one.span() for one in unguarded.finditer(line)
        ]


def test_what_is_passed_over_at_a_glance_holds_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = {line: list(pieces(line, NOW)) for line in folded_lines()}
    monkeypatch.setattr(
        time_words, "TOKEN", re.compile("|".join(f"(?P<{name}>{body})" for name, body in PATTERNS))
    )
    for line, found in guarded.items():
        assert [_meant(piece) for piece in found] == [_meant(piece) for piece in pieces(line, NOW)]
        kinds = {piece.kind for piece in found}
        assert times._MARKS.intersection(line) or times._ODD.search(line) or kinds <= {Kind.PAST}, line


def test_money_to_come_is_never_passed_over() -> None:
    for clause in (clause for line in folded_lines() for clause in line.split(",")):
        assert MAY_HANG.search(clause) or not (HANGS.search(clause) or TO_COME.search(clause)), clause


def _meant(piece: Piece) -> tuple[object, ...]:
    return piece.kind, piece.end, piece.value


def folded_lines() -> list[str]:
    return [fold(str(case["text"])).text.replace("、", ",") for case in CASES]


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("周五还", "2026-03-13T00:00"),
        ("周五前还", "2026-03-11T10:02"),
        ("三天内还", "2026-03-11T10:02"),
        ("三天后还", "2026-03-14T00:00"),
        ("下周内还", "2026-03-16T00:00"),
        ("最晚后天还", "2026-03-11T10:02"),
        ("三点到五点还", "2026-03-11T15:00"),
        ("明天下午还", "2026-03-12T12:00"),
        ("下午三点以后还", "2026-03-11T15:00"),
        ("年前还", "2026-03-11T10:02"),
    ],
)
def test_an_interval_begins_where_its_words_say(text: str, begin: str) -> None:
    assert [one.begin.isoformat(timespec="minutes") for one in find_times(text, NOW)] == [begin]


def test_a_span_is_counted_in_the_original_text() -> None:
    (found,) = find_times("那就　明 天 ３点前还，行吗", NOW)
    assert found.text == "明 天 ３点前"


@settings(max_examples=400, deadline=None)
@given(any_text, any_now)
def test_no_text_is_too_strange(text: str, now: datetime) -> None:
    found = find_times(text, now)
    assert found == find_times(text, now)
    ends = 0
    for one in found:
        assert 0 <= ends <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.begin <= one.due
        assert one.due >= now.replace(second=0, microsecond=0)
        ends = one.end


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([datetime.min, datetime.max]), st.text(alphabet=WORDS, max_size=20))
def test_the_edges_of_the_calendar_raise_nothing(now: datetime, text: str) -> None:
    find_times(text, now)


@pytest.mark.parametrize(
    "unit",
    [
        "今天三点前还三千二，",
        "十点",
        "一",
        "三十",
        "1",
        "还",
        "等",
        "15号发工资",
        "再过三天内",
        "的",
        "三点到",
        " 三",
        "三点了，",
        "三点不行，",
        "说三点就三点？",
        "周五还不上我是",
    ],
)
def test_the_steps_of_reading_grow_with_length_only(unit: str) -> None:
    def steps(length: int) -> int:
        text = (unit * length)[:length]
        return count_calls(lambda: find_times(text, NOW))

    assert steps(8000) < 6 * steps(2000) + 1000
