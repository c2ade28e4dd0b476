"""A folded line cut into sentences and clauses, and what frames a clause: denial, report, condition, question, past.

Frames are what keeps “我们不会联系您的家人” from being a threat and “您刚才说不方便” from being a question.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SENTENCE_ENDS = frozenset("。!?;\n")
CLAUSE_ENDS = frozenset(",:…")
MAX_SENTENCE = 400

NEGATORS = (
    "不会", "绝不", "决不", "从不", "从未", "并不", "并未", "并非", "不得", "不允许", "不准", "不许", "严禁", "禁止", "无权", "没有权", "不能", "不可能", "不可以",
    "没有人", "没人", "谁也不", "谁都不", "任何人都不", "不应", "不该", "不需要", "不用", "不必", "无需", "无须", "不要求", "不让", "不建议", "不主张", "不鼓励", "不是让",
    "不是叫", "不是要", "不是说", "不是逼", "不是催", "没说", "没有说", "没让", "没有让", "没叫", "没要", "没有要", "没打算", "没想", "没有想", "谈不上", "用不着", "轮不到", "切勿", "请勿",
    "千万别", "不要", "别", "并没有", "没有", "尚未", "还没", "从没", "未曾", "不代表", "不等于", "不涉及", "不存在", "不敢", "不属于", "不做", "不提", "不碰", "不问", "不找", "不打", "不向",
    "不对", "不跟", "不给", "不往", "不去", "不再", "不收", "不发", "不透露", "不泄露", "不联系", "不通知", "未", "无法", "不便", "不方便", "没法", "不承担", "不负",
)  # fmt: skip
NEAR_NEGATORS = ("不", "没", "勿", "莫", "无")  # count only right before the words
MAX_NEAR = 3
# look like negators and are none
NO_NEGATORS = (
    "会不会", "能不能", "是不是", "有没有", "要不要", "可不可以", "不会不", "不得不", "不能不", "不好意思", "对不起", "差不多", "要不然", "不然", "要不", "不如", "不管", "不错",
    "不还", "不处理", "不配合", "不接", "再不", "不来", "不交", "不行", "不够", "不清", "不上", "不到", "不容易", "特别", "别的", "别人", "个别", "区别", "分别", "告别", "级别", "别处",
    "没有问题", "没问题", "没关系", "不一样", "不少", "不过", "不但", "不仅", "不只", "不光", "不单", "不论", "不止", "不了了之", "受不了", "不得已", "舍不得", "不愿", "不想活", "没有还", "没还",
    "没有处理", "没处理", "没有接", "没接", "未还", "未处理", "未来", "逾期未", "仍未", "迟迟未", "未结清", "未按", "未能", "未缴", "未归还", "无赖", "无所谓", "无抵押", "没有按", "没按", "不按时", "不守",
    "不要脸", "不知道", "不知好歹", "不是东西", "别怪", "莫怪", "不客气", "不放过", "别想", "要是不", "如果不", "若不", "如不", "不解决", "不理", "不回", "不露面", "不给钱", "不给说法", "不给个", "不出面", "别装",
    "不想让", "不希望", "不想闹", "别逼", "不要逼", "没法保证", "不敢保证", "不保证", "别躲", "不是吓", "不怕", "没信用", "没有信用", "没良心", "没素质", "没出息", "没本事", "别给脸", "没脸", "没完",
)  # fmt: skip
REPORTERS = (
    "您说您", "您刚才说", "您刚刚说", "您刚说", "您之前说", "您上次说", "您前面说", "您昨天说", "您是说", "您说的", "您说那", "您说有人", "您说我们", "您说怕", "你说你", "你刚才说", "你刚说", "您提到", "您刚提", "您反映", "您听说",
    "您听到", "您收到的", "您担心", "您怕", "您问", "您刚才问", "您讲的", "您刚才讲", "您刚才提", "您要是怕", "您所说", "听您说", "听您讲", "听您这么说", "我同事", "同事说", "同事跟您", "之前的同事", "上一位同事", "前面的同事",
    "有人跟您说", "有人给您", "有人说", "谁跟您说", "谁告诉您", "谁说的", "网上说", "网上那些", "别人说", "别家", "有些机构", "有的公司", "冒充", "假冒", "骗子", "如果有人", "要是有人", "若有人", "凡是", "以前有人", "所谓",
    "那条短信", "那封信", "那种话", "那些话", "这种话", "刚才那句", "之前那句", "我收回", "您记错", "您误会", "客户说", "对方说",
)  # fmt: skip
CONDITIONS = (
    "如果",
    "如若",
    "要是",
    "若",
    "假如",
    "倘若",
    "万一",
    "只要",
    "的话",
    "除非",
    "一旦",
    "协商不成",
    "如",
    "再不",
    "不还",
    "不处理",
)
QUESTIONS = (
    "吗",
    "么",
    "呢",
    "是不是",
    "能不能",
    "可不可以",
    "什么",
    "几",
    "哪",
    "多少",
    "怎么",
    "为啥",
    "为何",
    "谁",
    "有没有",
    "会不会",
    "行不行",
    "好不好",
    "方便不",
    "?",
)
PASTS = ("昨天", "上次", "上个月", "上周", "之前", "以前", "前几天", "那天", "当时", "已经", "过了")


@dataclass(frozen=True, slots=True)
class Clause:
    """Half-open, in the folded text; `sentence` counts from 0."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A denying or reporting expression at its place."""

    start: int
    end: int
    word: str


def cut(text: str) -> tuple[tuple[Clause, ...], tuple[tuple[int, int], ...]]:
    """The clauses and the sentences of a folded line, none empty."""
    clauses: list[Clause] = []
    sentences: list[tuple[int, int]] = []
    begun = clause_start = 0
    for place in range(len(text) + 1):
        last = place == len(text)
        ends_sentence = last or text[place] in SENTENCE_ENDS or place - begun >= MAX_SENTENCE
        if not ends_sentence and not _ends_clause(text, place):
            continue
        if place > clause_start:
            clauses.append(Clause(clause_start, place, len(sentences)))
        clause_start = place if place - begun >= MAX_SENTENCE and not last else place + 1
        if ends_sentence:
            if place > begun:
                sentences.append((begun, place))
            begun = clause_start
    return tuple(clauses), tuple(sentences)


def _ends_clause(text: str, place: int) -> bool:
    character = text[place]
    if character in CLAUSE_ENDS:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        return not (before.isdigit() and after.isdigit())
    if character == ".":
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())
    if character in " ~—":
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        return before > "\u3000" and after > "\u3000"
    return False


def clause_at(clauses: tuple[Clause, ...], place: int) -> int:
    """Index of the clause that holds `place` (or of the last one before it)."""
    return max(0, bisect_right(clauses, place, key=lambda clause: clause.start) - 1)


FRAME_WORDS = frozenset((*NEGATORS, *NEAR_NEGATORS, *NO_NEGATORS, *REPORTERS))
_STRONG, _NEAR, _FALSE, _REPORTS = map(frozenset, (NEGATORS, NEAR_NEGATORS, NO_NEGATORS, REPORTERS))
Words = Mapping[str, Sequence[tuple[int, int]]]


def _frames(words: Words, wanted: frozenset[str]) -> list[Frame]:
    return [Frame(start, end, word) for word in words if word in wanted for start, end in words[word]]


def covered(frame: Frame, others: list[Frame]) -> bool:
    return any(other.start < frame.end and frame.start < other.end for other in others)


def negations(words: Words) -> tuple[list[Frame], list[Frame]]:
    """The expressions that deny whatever follows in the clause, and those that deny only what follows at once.

    `words` are the literals found in the line, `FRAME_WORDS` among them.
    """
    false = _frames(words, _FALSE)
    strong = [frame for frame in _frames(words, _STRONG) if not covered(frame, false)]
    near = [frame for frame in _frames(words, _NEAR) if not covered(frame, false)]
    return strong, near


def reports(words: Words) -> list[Frame]:
    return _frames(words, _REPORTS)
