"""Accepting touches the values and nothing else, however the file is laid out."""

import pytest

from simulator.authoring.call_accept import accepted, plain_yaml
from simulator.authoring.call_tests import Miss

CASES = [
    ("end: {verdict: pass, total: 3}\n", ("end", "verdict"), "fail", "end: {verdict: fail, total: 3}\n"),
    ("end:\n  verdict: 'pass'  # why\n", ("end", "verdict"), "fail", "end:\n  verdict: fail  # why\n"),
    ("a: [x, y]   # two\nb: 1\n", ("a",), [], "a: []   # two\nb: 1\n"),
    ("a: []\n", ("a",), ["p", "q"], "a: [p, q]\n"),
    (
        "a:\n  # first\n  - x  # keep\n  - y\n# after\nb: 1\n",
        ("a",),
        ["x", "z"],
        "a:\n  # first\n  - x  # keep\n  - z\n# after\nb: 1\n",
    ),
    ("a:\n  - x\n  - y  # gone\nb: 1\n", ("a",), [], "a:\n  []\nb: 1\n"),
    ("a:\n- x\n- y\nb: 1\n", ("a",), ["y"], "a:\n- y\nb: 1\n"),
    ("a: 好\nb: 1\n", ("a",), "说：“行” # 吗", 'a: "说：“行” # 吗"\nb: 1\n'),
    ("a: >-\n  长长的\n  一句\nb: 1\n", ("a",), "短", 'a: "短"\nb: 1\n'),
    ("t:\n  - {n: 1}\n  - {n: 2} # two\n", ("t", 1, "n"), 20, "t:\n  - {n: 1}\n  - {n: 20} # two\n"),
    ("p: true", ("p",), False, "p: false"),
    ("a: x\r\nb: y # 留着\r\n", ("b",), "z", "a: x\r\nb: z # 留着\r\n"),
]


@pytest.mark.parametrize(("before", "place", "found", "after"), CASES)
def test_only_the_value_changes(before: str, place: tuple[str | int, ...], found: object, after: str) -> None:
    assert accepted(before, [Miss(1, "", place, found)]) == after


def test_several_values_of_one_file_change_together() -> None:
    misses = [Miss(1, "", ("a",), "x"), Miss(1, "", ("b", "c"), ["z"]), Miss(1, "", None)]
    assert accepted("a: 1 # 一\nb: {c: [], d: 2}\n", misses) == "a: x # 一\nb: {c: [z], d: 2}\n"


@pytest.mark.parametrize("word", ["true", "no", "null", "Yes", "12", "a b", "", "是", "-", "a: b"])
def test_a_word_that_yaml_would_take_for_something_else_is_quoted(word: str) -> None:
    assert plain_yaml(word).startswith('"')
