"""Line breaks in Chinese."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from simulator.tui.wrapping import NOT_FIRST, divide

MIXED = st.text(alphabet="您好，今天还50,000 元。ab（）", min_size=1, max_size=60)


def parts(text: str, width: int) -> list[str]:
    cuts = [0, *divide(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def test_a_sentence_after_a_figure_stays_on_its_row() -> None:
    assert parts("客户有 50,000 元昨天到期", 20) == ["客户有 50,000 元昨天", "到期"]


def test_no_row_begins_with_a_closing_mark() -> None:
    assert parts("您今天方便吗，我等您", 12) == ["您今天方便", "吗，我等您"]


@given(MIXED, st.integers(4, 30))
def test_nothing_is_lost_and_every_row_fits(text: str, width: int) -> None:
    rows = parts(text, width)
    assert "".join(rows) == text
    assert all(cell_len(row.rstrip()) <= width for row in rows)


@given(st.text(alphabet="您好，。今天", min_size=1, max_size=40), st.integers(8, 30))
def test_marks_follow_their_character(text: str, width: int) -> None:
    rows = parts(text, width)
    for before, row in pairwise(rows):
        assert row[0] not in NOT_FIRST or all(character in NOT_FIRST for character in before[1:])
