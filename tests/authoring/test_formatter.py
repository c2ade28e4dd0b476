"""Formatting changes how a file looks, never what it says; every comment is kept, and twice is as good as once."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.authoring.formatter import UnformattableError, format_text, plain
from simulator.authoring.formatter.comments import find_comments
from simulator.authoring.formatter.writing import WIDTH, columns
from simulator.authoring.library import SHIPPED
from simulator.authoring.marked import Source, parse
from simulator.authoring.plain_yaml import scalar

SHIPPED_FILES = [
    *sorted((SHIPPED / "personas").glob("*.yaml")),
    *sorted((SHIPPED / "scenarios").glob("*.yaml")),
]
RULES = sorted((SHIPPED / "scoring").rglob("*.yaml"))
TELLING = "# $schema=persona.schema.json\n"  # makes any file of the tests one of a kind


def data_of(text: str) -> Any:
    root = parse(Source("x.yaml", text))
    assert root is not None
    return plain(root)


def formatted(text: str) -> str:
    found = format_text(Source("x.yaml", text))
    assert found is not None
    return found


def comments_of(text: str) -> Counter[str]:
    return Counter(comment.text for comment in find_comments(text))


@pytest.mark.parametrize("path", SHIPPED_FILES + RULES, ids=lambda path: path.stem)
def test_a_shipped_file_says_the_same_and_keeps_its_comments(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = formatted(text)
    assert data_of(once) == data_of(text)
    assert comments_of(once) == comments_of(text)
    assert formatted(once) == once


CASES = {
    "keys come in the order of the readers": (
        "title: 甲\nid: x\nstates: {}\nstart: a\n",
        "id: x\ntitle: 甲\nstart: a\nstates: {}\n",
    ),
    "a comment moves with the key below it": (
        "title: 甲\n# 名字\nid: x\n",
        "# 名字\nid: x\ntitle: 甲\n",
    ),
    "what stands above the first key stays on top": (
        "# 一个角色\n\ntitle: 甲\nid: x\n",
        "# 一个角色\n\nid: x\ntitle: 甲\n",
    ),
    "brackets that fit stay brackets": (
        "opens: [ 喂？,哪位？ ]\n",
        "opens: [喂？, 哪位？]\n",
    ),
    "lines stay lines": (
        "opens:\n- 喂？\n-   哪位？\n",
        "opens:\n  - 喂？\n  - 哪位？\n",
    ),
    "brackets with a comment inside become lines": (
        "opens: [喂？,  # 头一声\n  哪位？]\n",
        "opens:\n  - 喂？  # 头一声\n  - 哪位？\n",
    ),
    "a comment at the end of a list stays in it": (
        "states:\n  a:\n    on:\n      - say: [啥？]\n      # - say: [以后再写]\n  b: {final: hung-up}\n",
        "states:\n  a:\n    on:\n      - say: [啥？]\n      # - say: [以后再写]\n  b: {final: hung-up}\n",
    ),
    "several blank lines become one": (
        "id: x\n\n\n\ntitle: 甲\n",
        "id: x\n\ntitle: 甲\n",
    ),
    "quotes stay as they were": (
        "id: \"x\"\ntitle: '甲'\n",
        "id: \"x\"\ntitle: '甲'\n",
    ),
    "words over several lines come on one": (
        "about: 开货车的\n  在路上\n",
        "about: 开货车的 在路上\n",
    ),
    "a block of words keeps its lines": (
        "about: |  # 两行\n      一\n        二\n\nid: x\n",
        "id: x\nabout: |  # 两行\n  一\n    二\n",
    ),
    "a transition names what it hears first": (
        "always:\n  - {to: x, say: [好。], hears: close}\n",
        "always:\n  - {hears: close, say: [好。], to: x}\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_house_has_one_way_of_writing(name: str) -> None:
    before, after = CASES[name]
    assert formatted(TELLING + before) == TELLING + after


def test_what_is_too_wide_for_a_bracket_becomes_lines() -> None:
    say = ", ".join(f"这是第{number}句不长不短的话" for number in range(8))
    text = formatted(f"{TELLING}always:\n  - {{hears: close, say: [{say}], to: x}}\n")
    assert max(columns(line) for line in text.split("\n")) <= WIDTH
    assert "      - 这是第7句不长不短的话\n" in text


@pytest.mark.parametrize(
    "text",
    [f"{TELLING}a: &x [1]\nb: *x\n", "%YAML 1.2\n---\nvoice: a\nstates: {}\n", f"{TELLING}? [a]\n: 1\n"],
)
def test_what_is_more_than_content_needs_is_left_alone(text: str) -> None:
    with pytest.raises(UnformattableError):
        formatted(text)


def test_what_cannot_be_read_is_left_alone_and_said() -> None:
    source = Source("x.yaml", TELLING + "a: 1\na: 2\n")
    assert format_text(source) is None
    assert [problem.id for problem in source.problems] == ["duplicate-key"]


WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
    ),
    max_size=12,
)
ALPHABET = "好的喂a1 ：，,:#-[]{}'\"!&*|>?%@`~“”…\\"


class Scribbler:
    """Makes data up and writes it as an untidy author would: brackets here, lines there, comments and blanks anywhere."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def words(self, alphabet: str, most: int) -> str:
        return "".join(self.chance.choices(alphabet, k=self.chance.randint(1, most)))

    def value(self, depth: int) -> Any:
        kind = self.chance.randrange(9 if depth else 5)
        if kind >= 7:
            return {self.words("abcdef", 5): self.value(depth - 1) for _ in range(self.chance.randint(0, 4))}
        if kind >= 5:
            return [self.value(depth - 1) for _ in range(self.chance.randint(0, 4))]
        leaf = [self.words(ALPHABET, 9), self.words(ALPHABET, 40), self.chance.randint(-99, 99), True, None]
        return leaf[kind]

    def note(self) -> str:
        return f"# {self.words('注意这里a:[', 6)}"

    def lines(self, value: Any, indent: int) -> list[str]:
        step = " " * indent
        found: list[str] = []
        for key, item in value.items() if isinstance(value, dict) else [(None, item) for item in value]:
            found += self.chance.choice(
                [[], [], [""], [step + self.note()], ["", "", step + self.note(), ""]]
            )
            lead = step + ("-" if key is None else f"{key}:")
            beside = self.chance.choice(["", "", f"   {self.note()}"])
            if isinstance(item, (dict, list)) and item and self.chance.random() < 0.5:
                found += [lead + beside, *self.lines(item, indent + self.chance.randint(1, 4))]
            else:
                found.append(f"{lead} {self.bracket(item)}{beside}")
        return found

    def bracket(self, value: Any) -> str:
        gap = self.chance.choice(["", " "])
        if isinstance(value, dict):
            inner = f",{gap} ".join(f"{key}: {self.bracket(item)}" for key, item in value.items())
            return "{" + gap + inner + gap + "}"
        if isinstance(value, list):
            return "[" + gap + f", {gap}".join(map(self.bracket, value)) + gap + "]"
        if isinstance(value, str) and self.chance.random() < 0.5:
            return scalar(value, in_brackets=True)
        return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_whatever_is_written_says_the_same_when_it_is_formatted(first: int) -> None:
    for seed in range(first, first + 50):
        scribbler = Scribbler(seed)
        value = {
            "id": "x",
            **{key: scribbler.value(3) for key in ("about", "states", "opens", "voice", "other")},
        }
        text = TELLING + "\n".join(scribbler.lines(value, 0)) + "\n"
        assert data_of(text) == value, seed
        once = formatted(text)
        assert data_of(once) == value, seed
        assert comments_of(once) == comments_of(text), seed
        assert formatted(once) == once, seed


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_any_words_read_back_as_they_were_written(words: str) -> None:
    assert data_of(f"a: {scalar(words)}\n") == {"a": words}
    assert data_of(f"a: [{scalar(words, in_brackets=True)}]\n") == {"a": [words]}
    assert not re.search(r"[\n\r]", scalar(words))
