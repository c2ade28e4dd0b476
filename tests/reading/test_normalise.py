"""Folding undoes spelling, unmasking undoes disguise, and every character finds its way back."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.reading.ear import Ear
from simulator.reading.normalise import Folded, fold
from simulator.reading.unmask import Masks, _changes, _undisguised, unmask

alphabet = "您起诉法院律师征信qisu zheng1４，。*· \u200b\ufe0f亻尔貝戈帳單还錢🙂①㈱ﷺＡｂ\n"
texts = st.one_of(st.text(max_size=60), st.text(alphabet=alphabet, max_size=40))


@cache
def masks() -> Masks:
    return Ear.load().phrases.masks


def plain(text: str) -> str:
    return unmask(fold(text), masks()).text


def well_mapped(folded: Folded, length: int) -> bool:
    pairs = zip(folded.starts, folded.ends, strict=True)
    return len(folded.text) == len(folded.starts) and all(0 <= start < end <= length for start, end in pairs)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert well_mapped(once, len(text))
    assert fold(once.text).text == once.text


@settings(max_examples=400, deadline=None)
@given(texts)
def test_unmasking_keeps_every_place(text: str) -> None:
    folded = unmask(fold(text), masks())
    assert well_mapped(folded, len(text))


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="起诉法院律师正征信心坐做牢老报警电店花话身分份证还钱前,。0146 a", max_size=12))
def test_a_glance_misses_no_disguise(text: str) -> None:
    folded = fold(text)
    if _undisguised(folded.text, masks()):
        assert _changes(folded.text, masks()) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("起\u200b诉", "起诉"),
        ("ＡＰＰ", "app"),
        ("帳單", "账单"),
        ("徵信報告", "征信报告"),
        ("亻尔好", "你好"),
        ("贝戈人", "贱人"),
        ("起 诉你", "起诉你"),
        ("起*诉你", "起诉你"),
        ("征🙂信", "征信"),
        ("qisu你", "起诉你"),
        ("起su你", "起诉你"),
        ("zuo lao", "坐牢"),
        ("影响正信", "影响征信"),
        ("把yzm报一下", "把验证码报一下"),
        ("加我vx", "加我微信"),
        ("fǎ院", "法院"),
        ("个 人 账 户", "个人账户"),
        ("已 经 起 诉 了", "已经起诉了"),
        ("告诉您老ban", "告诉您老板"),
        ("jin天还", "今天还"),
        ("叫你家孩*子知道", "叫你家孩子知道"),
        ("我联系你家里仁", "我联系你家里人"),
        ("你这个片子", "你这个骗子"),
    ],
)
def test_disguises_come_off(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "您好,请问您现在方便吗",
        "app里点还款",
        "这个方式您看行吗",
        "您是老师吧",
        "ok没问题",
        "今天还是明天",
        "工号1024",
        "我们经理 您稍等",
        '昨天小孙说您要"进去",那话是错的',
        "一分钱不摊到您头上",
        "这样吧 我帮您登记一下 周三给您回话",
        "嫌疑人",
        "还款用app 或者去atm都行",
    ],
)
def test_ordinary_words_stay_what_they_are(text: str) -> None:
    assert plain(text) == text
