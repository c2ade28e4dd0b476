"""What the ear takes for ordinary writing comes from many lines, never from one."""

from __future__ import annotations

from simulator.authoring.ear_training import FOLDS, folds
from simulator.authoring.ear_words import LEAST_PAIR, LEAST_WORD, common_words, usual_pairs


def test_a_word_that_few_lines_hold_is_not_put_back() -> None:
    texts = ["今天还"] * LEAST_WORD + ["明天还"] * (LEAST_WORD - 1)
    assert common_words(texts, ["今天", "明天"], []) == {"jin tian": ["今天"]}


def test_of_words_of_one_sound_the_frequent_one_comes_first() -> None:
    texts = ["权力"] * LEAST_WORD + ["全力"] * (LEAST_WORD + 1)
    assert common_words(texts, ["权力", "全力"], [])["quan li"] == ["全力", "权力"]


def test_words_that_hide_are_not_common_ones_as_well() -> None:
    assert common_words(["起诉"] * LEAST_WORD, ["起诉"], ["起诉"]) == {}


def test_characters_seen_side_by_side_once_too_rarely_are_not_usual() -> None:
    lines = usual_pairs(["还款"] * LEAST_PAIR + ["还前"] * (LEAST_PAIR - 1)).split("\n")
    assert lines == ["还款"]


def test_each_hand_is_left_out_by_one_fold() -> None:
    hands = {f"hand-{number}": 100 + 7 * number for number in range(11)}
    groups = folds(hands)
    assert len(groups) == FOLDS
    assert sorted(hand for group in groups for hand in group) == sorted(hands)
    sizes = [sum(hands[hand] for hand in group) for group in groups]
    assert max(sizes) - min(sizes) <= max(hands.values())
