"""The yardstick as frozen content: criteria with their checks, what a promise is worth, what a breach costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.rulebook import Condition
from simulator.dialogue import Severity


class Grade(StrEnum):
    """Grades of a promise, best first."""

    FULL_TODAY = "full-today"
    FULL_WITHIN_48H = "full-within-48h"
    PART_TODAY_REST_DATED = "part-today-rest-dated"
    PART_WITHIN_48H = "part-within-48h"
    DATED_LATER = "dated-later"
    VAGUE = "vague"
    NONE = "none"

    @property
    def rank(self) -> int:
        """Higher is better; none is 0."""
        return len(Grade) - 1 - list(Grade).index(self)


# What a check looks for, by its name in the file. `words` and `acts` mean any of them.
CHECKS: dict[str, str] = {
    "within": "在头几轮（turns）或开口头几秒（seconds）里做到；half-turns 轮以内算一半",
    "before": "先做 acts，后做 before；做了但晚了算一半",
    "said": "做到 acts 里的 least 样；half-least 样、或只做了 half-acts，算一半",
    "demand-first": "先请对方今天还款，才谈 before 里的事；没说今天、或说晚了算一半",
    "reason": "问了原因，或对方说了以后接住了；问了没接住算一半",
    "commitment": "请对方说出日子和钟点；只有 half-acts 算一半",
    "confirm": "把承诺的时间和数目复述一遍，对方没有改口；只复述一样算一半",
    "method": "承诺之后说到怎么还",
    "verified-first": "指名核实，对方认了本人，才谈欠款；没指名、没等回答算一半",
    "honorific": "称呼得体的轮数够 share（百分比）；过了一半算一半",
    "courteous": "有礼貌用语的轮数够 least；只有一轮算一半",
    "brief": "每轮不超过 longest 字；只有一轮超过算一半",
    "even": "没有 words 这样的话，也没有辱骂、威胁；有一处算一半",
    "fresh": "不重复自己说过的话；只重复一次算一半",
    "answers": "对方问的都答了；答了一半以上算一半",
    "calm": "对方说出 words 以后，稳得住、把话带回来",
    "care": "对方说出 words 以后先关心、不再要钱；说出 grave 以后没有一句关心就算没做到",
    "unpressed": "对方说出 words 以后不再催这一笔；只说没有争议的部分不算催",
    "soon-after": "对方说出 words 以后 turns 轮以内做到 acts；晚了算一半",
    "stage": "轻重合乎逾期的阶段",
    "history": "话里接上了以前的约定（words）",
    "clear": "没有触犯 rules，至少说了 least 轮",
    "leaves": "做了 acts 以后 turns 轮以内结束",
    "closes": "最后道谢并道别；只做一样算一半",
    "ended": "通话的结果是 words 之一",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One structured check; which fields count is a matter of its kind (see `CHECKS`)."""

    kind: str
    acts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    half_acts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    grave: tuple[str, ...] = ()
    turns: int = 0
    half_turns: int = 0
    seconds: int = 0
    least: int = 1
    half_least: int = 0
    longest: int = 0
    share: int = 0
    most_at_once: int = 0
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """How a missed criterion could have been met: words put `before` or `after` what was said in one turn, in its place
    (`instead`), or before it with every 你 made 您 (`polite`). `turn` names it: `first`, `last`, `debt` (the first to a verified hearer that speaks of the debt),
    `after-debt` (the next one), `late` (the last before the goodbye), `pledge` (the first after the promise) or `found`
    (the one the finding points at)."""

    turn: str
    place: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One yes/no (or half) line. `points` is even, so that half of it is whole. `needed`: a call that misses it fails.
    It is left out of a call where not all of `only_if` hold."""

    id: str
    title: str
    why: str
    points: int
    check: Check
    needed: bool = False
    only_if: tuple[Condition, ...] = ()
    wording: Wording | None = None


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """Points for each grade of promise, in percent of `points`; `least` is the grade that a pass needs.

    `unconfirmed` and `unbacked` are the percent left of a promise that was not repeated back, and of one by somebody
    who has broken `broken` already while nothing stands behind it.
    """

    points: int
    percent: Mapping[Grade, int]
    least: Grade
    unconfirmed: int
    unbacked: int
    broken: int
    only_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """`deductions` are points of the hundred for each breach, `fails` how many of a severity fail a call outright."""

    id: str
    title: str
    about: str
    pass_mark: int
    least_turns: int
    etiquette: tuple[Criterion, ...]
    tasks: tuple[Criterion, ...]
    promise: PromiseTerms
    deductions: Mapping[Severity, int]
    fails: Mapping[Severity, int]
    digest: str = ""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return (*self.etiquette, *self.tasks)
