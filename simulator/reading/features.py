"""What the linear model sees of a line: names of binary features, the same at training and at run time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.dialogue import Channel, Hearer
from simulator.reading.clauses import CLAUSE_ENDS, CONDITIONS, PASTS, QUESTIONS, SENTENCE_ENDS, clause_at
from simulator.reading.matcher import Hit, Line

NGRAMS = (1, 2, 3)
LENGTHS = (4, 8, 14, 24, 40, 80)
MAX_SPANS = 8  # places of one word that are looked at
_BREAKS = (
    SENTENCE_ENDS | CLAUSE_ENDS | frozenset(" ~—\"'()[]【】《》.@")
)  # @ begins the other features' names

_CONDITION, _QUESTION, _PAST = (
    re.compile("|".join(map(re.escape, words))) for words in (CONDITIONS, QUESTIONS, PASTS)
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Who hears the line, over which channel, and what was said and asked just before."""

    hearer: Hearer
    channel: Channel
    before: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The line as the n-grams see it: marks are `|`, numbers `0`; `places[i]` is where character i stands in the folded text."""

    text: str
    places: tuple[int, ...]


def skeleton(text: str) -> Skeleton:
    out = ["|"]
    places = [0]
    for place, character in enumerate(text):
        if character in _BREAKS:
            character = "?" if character == "?" else "|"
            if out[-1] == "|" and character == "|":
                continue
        elif character.isdigit():
            if out[-1] == "0":
                continue
            character = "0"
        out.append(character)
        places.append(place)
    if out[-1] != "|":
        out.append("|")
        places.append(len(text))
    return Skeleton("".join(out), tuple(places))


def ngrams(text: str) -> set[str]:
    found: set[str] = set()
    for size in NGRAMS:
        found.update(text[place : place + size] for place in range(len(text) - size + 1))
    return found


def names(
    line: Line,
    bones: Skeleton,
    hits: Sequence[Hit],
    labels: Sequence[str],
    concepts: Mapping[str, Sequence[str]],
    setting: Setting,
) -> set[str]:
    """The features of a line beside its n-grams. `labels[i]` is the act or rule of phrase i; `concepts` a word's concepts.
    Whoever is not the debtor alone hears words of their own: what is a matter of course to him may be a disclosure to
    them."""
    found: set[str] = set()
    found.update(_from_phrases(hits, labels))
    found.update(_from_concepts(line, concepts))
    found.update(_from_setting(line, setting))
    hearer = f"@h:{setting.hearer.value}"
    channel = f"@c:{setting.channel.value}"
    found.update([f"{name}&{hearer}" for name in found if name[1] == "p"])
    if setting.hearer is not Hearer.DEBTOR:
        found.update([f"@g:{pair}&{hearer}" for pair in map(str.__add__, bones.text, bones.text[1:])])
    found.add(hearer)
    found.add(channel)
    return found


def _from_phrases(hits: Sequence[Hit], labels: Sequence[str]) -> Iterator[str]:
    for hit in hits:
        dropped = "!" if hit.dropped else ""
        yield f"@p:{labels[hit.phrase]}{dropped}"
        yield f"@f{hit.phrase}{dropped}"


def _from_concepts(line: Line, concepts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    by_clause: dict[int, set[str]] = {}
    for word, spans in line.words.items():
        if word in concepts:
            for start, _ in spans[:MAX_SPANS]:
                by_clause.setdefault(clause_at(line.clauses, start), set()).update(concepts[word])
    last = len(line.clauses) - 1
    for number, seen in by_clause.items():
        clause = line.clauses[number]
        frame = _frame(line, number, line.text[clause.start : clause.end])
        for concept in seen:
            name = f"@k:{concept}"
            yield name
            yield name + frame
            if number == 0:
                yield name + "<"
            if number == last:
                yield name + ">"


def _frame(line: Line, number: int, text: str) -> str:
    clause = line.clauses[number]

    def within(frames: Sequence[object]) -> bool:
        return any(clause.start <= frame.start < clause.end for frame in frames)  # type: ignore[attr-defined]

    return (
        "!"
        + ("n" if within(line.strong) or within(line.near) else "")
        + ("r" if within(line.reported) else "")
        + ("c" if _CONDITION.search(text) else "")
        + ("q" if _QUESTION.search(text) or line.text[clause.end : clause.end + 1] == "?" else "")
        + ("t" if _PAST.search(text) else "")
    )


def _from_setting(line: Line, setting: Setting) -> Iterator[str]:
    length = sum(len(line.text) > limit for limit in LENGTHS)
    yield f"@l:{length}"
    if setting.channel is Channel.SMS and "【" not in line.text:
        yield "@unsigned"
        yield f"@unsigned:{length}"
    yield f"@n:{min(len(line.clauses), 5)}"
    for slot, spans in line.slots.items():
        if spans:
            yield f"@s:{slot}"
    if line.text.rstrip().endswith("?"):
        yield "@q"
    if line.strong or line.near:
        yield "@neg"
    if line.reported:
        yield "@rep"
    for word in _asked(setting):
        yield f"@b:{word}"


def _asked(setting: Setting) -> Iterator[str]:
    """What the debtor had just said, in a few kinds."""
    if not setting.before and not setting.asked:
        return
    yield "any"
    if setting.asked:
        yield f"={setting.asked}"
    words = setting.before
    for kind, signs in _BEFORE.items():
        if any(sign in words for sign in signs) or (kind == setting.asked):
            yield kind
            yield f"{kind}{'q' if any(mark in words for mark in '?？吗呢') else ''}"


_BEFORE = {
    "who": ("谁", "哪里", "哪位", "哪儿", "哪家", "什么公司", "你们是", "您是哪", "干什么的", "单位"),
    "name": ("姓什么", "贵姓", "叫什么", "名字", "工号", "怎么称呼"),
    "when": ("什么时候", "几点", "哪天", "几号", "明天", "后天", "周", "下午", "月底"),
    "sum": ("多少", "金额", "几千", "几百", "欠了", "一共"),
    "how": ("怎么还", "怎么付", "哪里还", "怎么转", "卡号", "账户", "渠道"),
    "why": ("为什么", "凭什么", "怎么会", "怎么算"),
    "what": ("什么事", "干嘛", "干什么", "有事", "欠钱", "欠你们", "是不是欠", "出什么事"),
    "no-money": ("没钱", "没工资", "失业", "没工作", "困难", "拿不出", "还不上", "还不起"),
    "paid": ("还了", "还过", "已经还", "付了", "转了"),
    "away": ("不在", "出去", "上班", "不认识", "打错", "别打", "不要打", "别再打"),
    "complain": ("投诉", "举报", "12378", "录音", "律师", "警"),
    "ill": ("病", "医院", "手术", "去世", "走了", "死", "不想活", "跳"),
    "confirm": ("行吗", "可以吗", "对吧", "对吗", "是吧", "好吗"),
    "yes": ("好", "行", "可以", "对", "嗯", "是的"),
}  # fmt: skip
