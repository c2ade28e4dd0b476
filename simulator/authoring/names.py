"""The names that an author may have meant: by spelling, by pinyin, and by the Chinese title of what is named."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property

from simulator.reading.normalise import sounds

CUTOFF = 0.6
SURE = 0.9  # from which the second best is no longer worth showing
ALMOST_THE_SAME = 0.75  # what two Chinese words must share in writing
LISTED = 24

# What people call the members of the closed sets, so that a Chinese word leads to the id.
TITLES: dict[str, str] = {
    "debtor": "本人",
    "jointly-liable": "共同借款人",
    "third-party": "不相干的人",
    "debtor-unverified": "还没核实的本人",
    "male": "男",
    "female": "女",
    "phone": "电话",
    "sms": "短信",
    "letter": "信函",
    "visit": "上门",
    "promise": "承诺",
    "partial": "部分承诺",
    "plan": "分期方案",
    "relay": "转告",
    "care": "关怀",
    "vague": "含糊",
    "refused": "拒绝",
    "disputed": "有异议",
    "hung-up": "挂断",
    "message-left": "转告了",
    "cared-for": "照顾到了",
    "unresolved": "没结果",
    "by-pledge": "看承诺",
    "affirm": "嗯好",
    "deny": "不是",
    "question": "问句",
    "foreign": "外语",
    "garbled": "看不懂",
    "long": "太长",
    "not-understood": "没听懂",
    "silence": "不作声",
    "repetition": "重复",
    "wrong-name": "叫错名字",
    "threat": "威胁",
    "insult": "辱骂",
    "disclosure": "泄露",
    "falsehood": "不实",
    "money": "钱上的猫腻",
    "brush-off": "敷衍",
    "pestering": "纠缠",
    "none": "没有",
    "some": "没准数",
    "within": "拿得出",
    "beyond": "拿不出",
    "full": "全部",
    "today": "今天",
    "within-48h": "两天内",
    "later": "以后",
    "matches": "对得上",
    "differs": "对不上",
    "patience": "耐心",
    "trust": "信任",
    "yuan": "金额",
    "instant": "时间",
    "fatal": "红线",
    "major": "严重",
    "minor": "轻微",
    "entrusted": "已委托",
    "filed": "已起诉",
    "judged": "已判决",
    "enforced": "已执行",
    "credit-card": "信用卡",
    "consumer-loan": "消费贷",
    "business-loan": "经营贷",
    "private-loan": "民间借贷",
    "small-loan": "小额贷款",
}


class Titled(Mapping[str, str]):
    """Ids with their Chinese titles, which are looked up, once, only when somebody has got an id wrong."""

    def __init__(self, ids: Iterable[str], look_up: Callable[[], Mapping[str, str]]) -> None:
        self._ids = frozenset(ids)
        self._look_up = look_up

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return self._look_up()

    def __getitem__(self, name: str) -> str:
        if name not in self._ids:
            raise KeyError(name)
        return self._titles.get(name, "")

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        return len(self._ids)


def nearest(name: str, names: Collection[str]) -> list[str]:
    """The names that `name` was probably meant to be, best first, at most two.

    `names` may be a mapping of names to what they are called in Chinese.
    """
    titles = names if isinstance(names, Mapping) else {}
    likeness = {known: _likeness(name, known, titles.get(known) or TITLES.get(known, "")) for known in names}
    best = sorted(
        (known for known in names if likeness[known] >= CUTOFF), key=lambda known: (-likeness[known], known)
    )
    return best[:1] if best and likeness[best[0]] >= SURE else best[:2]


def did_you_mean(name: str, names: Collection[str]) -> str:
    """The cure for a name that does not exist; empty where there is nothing to say."""
    near = nearest(name, names)
    if near:
        return f"是不是“{near[0]}”？"
    if 0 < len(names) <= LISTED:
        return f"可以写：{listed(names)}"
    return ""


def listed(names: Collection[str]) -> str:
    """The names for a message, each with what people call it."""
    return "、".join(f"{name}（{TITLES[name]}）" if name in TITLES else name for name in sorted(names))


def _likeness(name: str, known: str, title: str) -> float:
    """0 to 1: the better of how alike they are written and how alike they sound."""
    typed = name.strip().lower().replace("_", "-").replace(" ", "-")
    if not typed:
        return 0.0
    written = [_ratio(typed, known)]
    # one character makes another word of two that are Chinese: 明天 is not 今天, nor 没起诉 已起诉
    alike = 0.75 if typed.isascii() else 0.9
    if title:
        inside = 0.85 if len(typed) > 1 and (typed in title or title in typed) else 0.0
        same = _ratio(typed, title)
        written += [same if typed.isascii() or same >= ALMOST_THE_SAME else 0.0, inside]
    spoken = [
        _ratio(_pinyin(typed), _pinyin(other)) for other in (known, title) if other and _sounds(typed, other)
    ]
    return max([*written, *(0.98 * ratio for ratio in spoken if ratio >= alike)])


def _sounds(one: str, other: str) -> bool:
    """Whether either is Chinese: two words of letters are compared as written."""
    return not (one.isascii() and other.isascii())


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


@cache
def _pinyin(text: str) -> str:
    """Syllables without tones or joints; what is no Chinese character stays, but for hyphens."""
    table = sounds()
    return "".join(table[character][0] if character in table else character for character in text).replace(
        "-", ""
    )
