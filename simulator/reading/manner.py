"""How a line was said, and the plain signals of a turn: yes, no, a question, a foreign tongue, noise."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.dialogue import Manner, Signal
from simulator.reading.normalise import Folded

LONG = 120
COURTESIES = (
    "请问",
    "请",
    "麻烦",
    "劳驾",
    "烦请",
    "不好意思",
    "谢谢",
    "感谢",
    "多谢",
    "辛苦",
    "打扰",
    "抱歉",
    "对不起",
    "有劳",
    "拜托",
)
_NO_COURTESIES = (
    "申请",
    "请假",
    "邀请",
    "聘请",
    "麻烦事",
    "找麻烦",
    "惹麻烦",
    "没麻烦",
    "请勿",
    "请律师",
    "请客",
)
HONORIFICS = (
    "您",
    "先生",
    "女士",
    "小姐",
    "太太",
    "老师",
    "师傅",
    "大哥",
    "大姐",
    "阿姨",
    "叔叔",
    "总",
    "老板",
    "大爷",
    "大妈",
)
_NO_HONORIFICS = ("总是", "总共", "总之", "总得", "总不", "总额", "总部", "总计", "总要", "总该", "老总说")
AFFIRM = (
    "对",
    "对的",
    "对对",
    "对对对",
    "嗯",
    "嗯嗯",
    "是",
    "是的",
    "是啊",
    "好",
    "好的",
    "好嘞",
    "行",
    "行的",
    "可以",
    "没错",
    "没问题",
    "ok",
    "成",
    "中",
    "得嘞",
    "嗯好",
    "嗯对",
    "对啊",
    "好吧",
    "行吧",
    "当然",
    "确实",
    "当然可以",
    "好好",
)
DENY = (
    "不",
    "不是",
    "不行",
    "不可以",
    "没有",
    "不对",
    "没",
    "不能",
    "不用",
    "不会",
    "没有的事",
    "不是的",
    "不好",
    "别",
)
_TAILS = "的啊呀哈吧呢哦噢嘛啦咯哟 ,。!~."


def find_manner(text: str, folded: Folded) -> Manner:
    spans = _spans(folded.text, COURTESIES, _NO_COURTESIES)
    honorific = bool(_spans(folded.text, HONORIFICS, _NO_HONORIFICS))
    length = sum(not character.isspace() for character in text)
    return Manner(honorific, length, tuple(folded.span(start, end) for start, end in spans))


def _spans(text: str, words: Sequence[str], but: Sequence[str]) -> list[tuple[int, int]]:
    taken = [(place, place + len(word)) for word in but for place in _places(text, word)]
    found: list[tuple[int, int]] = []
    for word in words:
        for place in _places(text, word):
            span = (place, place + len(word))
            if not any(start < span[1] and span[0] < end for start, end in (*taken, *found)):
                found.append(span)
    return sorted(found)


def _places(text: str, word: str) -> list[int]:
    found = []
    place = text.find(word)
    while place >= 0:
        found.append(place)
        place = text.find(word, place + len(word))
    return found


def find_signals(text: str, folded: Folded, unsure: bool, acts: Sequence[str]) -> frozenset[Signal]:
    plain = folded.text
    found: set[Signal] = set()
    first = plain.replace("。", ",").replace("!", ",").replace(" ", ",").split(",")[0].strip(_TAILS)
    whole = plain.strip(_TAILS)
    if first in AFFIRM or whole in AFFIRM:
        found.add(Signal.AFFIRM)
    elif first in DENY or whole in DENY:
        found.add(Signal.DENY)
    if _asks(plain):
        found.add(Signal.QUESTION)
    han = sum("\u3400" <= character <= "\u9fff" for character in plain)
    latin = sum(character.isascii() and character.isalpha() for character in plain)
    readable = han + latin + sum(character.isdigit() for character in plain)
    if not readable:
        found.add(Signal.GARBLED)
    elif latin >= 4 and latin > 2 * han:
        found.add(Signal.FOREIGN)
    if sum(not character.isspace() for character in text) > LONG:
        found.add(Signal.LONG)
    if unsure or tuple(acts) == ("out-of-scope",):
        found.add(Signal.NOT_UNDERSTOOD)
    return frozenset(found)


_QUESTION_ENDS = ("吗", "么", "呢", "没有", "不", "没", "吧")
_QUESTION_WORDS = (
    "什么",
    "几点",
    "几号",
    "哪天",
    "哪位",
    "哪里",
    "多少",
    "怎么",
    "为什么",
    "为何",
    "谁",
    "是不是",
    "能不能",
    "可不可以",
    "有没有",
    "会不会",
    "行不行",
    "好不好",
    "方便不方便",
    "还是",
    "多久",
    "几时",
)


def _asks(plain: str) -> bool:
    text = plain.strip(" ,。.!~\n")
    if "?" in text or text.endswith(("吗", "么", "呢", "行不", "好不", "对不", "了没", "没有呢")):
        return True
    last = text.replace("。", ",").replace("!", ",").split(",")[-1]
    return any(word in last for word in _QUESTION_WORDS)
