"""The phrase language: what it says, what it refuses, and what a frame takes back."""

from __future__ import annotations

import pytest

from simulator.reading.matcher import Matcher
from simulator.reading.normalise import fold
from simulator.reading.phrases import Phrase, PhraseError, compile_phrase

LEXICON = {"kin": ["爸", "老婆"], "workplace": ["单位", "公司"]}


def hits(phrase: str, text: str, kept: bool = False, **slots: list[tuple[int, int]]) -> list[str]:
    matcher = Matcher([compile_phrase(phrase, LEXICON)], [kept])
    line = matcher.look(fold(text), {f"<{name}>": spans for name, spans in slots.items()})
    return [line.text[hit.start : hit.end] for hit in matcher.match(line) if not hit.dropped]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("告诉|通知 {workplace}", "我就告诉你单位", ["告诉你单位"]),
        ("告诉 {workplace}|邻居", "告诉你家邻居", ["告诉你家邻居"]),
        ("告诉 单位", "告诉一二三四五六七单位", []),
        ("告诉 ~8 单位", "告诉一二三四五六七单位", ["告诉一二三四五六七单位"]),
        ("告诉 ~0 单位", "告诉你单位", []),
        ("告诉 单位", "告诉你。单位", []),
        ("告诉 单位", "单位告诉", []),
        ("告诉 单位 -保密", "告诉您单位，会保密", []),
        ("^您好", "喂，您好", ["您好"]),
        ("^您好", "说您好", []),
        ("谢谢$", "好，谢谢啊", ["谢谢"]),
        ("谢谢$", "谢谢配合", []),
        ("告诉 单位", "我们不会告诉您单位", []),
        ("告诉 单位", "绝不会联系或告诉您单位", []),
        ("告诉 单位", "您刚才说告诉单位", []),
        ("告诉 单位", "您不还就告诉你单位", ["告诉你单位"]),
        ("告诉 单位", "不好意思，告诉你单位", ["告诉你单位"]),
    ],
)
def test_phrases_mean_what_they_say(phrase: str, text: str, found: list[str]) -> None:
    assert hits(phrase, text) == found


def test_a_phrase_kept_when_negated_counts() -> None:
    assert hits("不会 告诉 单位", "我们不会告诉您单位", kept=True) == ["不会告诉您单位"]


def test_slots_stand_for_spans_found_elsewhere() -> None:
    assert hits("还 <amount>", "先还两千", amount=[(2, 4)]) == ["还两千"]


@pytest.mark.parametrize(
    "phrase", ["", "~3 还", "还 ~99 款", "{nobody}", "<colour>", "还| 款", "还$ 款", "-不会"]
)
def test_wrong_phrases_are_refused_with_their_place(phrase: str) -> None:
    with pytest.raises(PhraseError) as error:
        compile_phrase(phrase, LEXICON)
    assert 0 <= error.value.place <= len(phrase)


def test_a_phrase_survives_plain_data() -> None:
    phrase = compile_phrase("^告诉|通知 ~3 {kin} -不会 $", LEXICON)
    assert Phrase.from_plain(phrase.to_plain()) == phrase
