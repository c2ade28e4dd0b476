"""The short interview behind `peilian new`: what is asked, what holds where nothing is answered, and the file it makes.

The starters (`starters/*.starter`) are whole, commented files with `<<name>>` where an answer goes; each lints clean with
the default answers, and the starter scenario's model call passes with the starter persona.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from scoring.rulebook import GROUPS
from simulator.authoring.names import did_you_mean
from simulator.authoring.plain_yaml import scalar
from simulator.dialogue import HeardAs, PersonaKind, Severity
from simulator.engine.persona import Persona

FOLDER = Path(__file__).resolve().parent / "starters"
KINDS = ("persona", "scenario", "rule")
PLACES = {"persona": ("personas",), "scenario": ("scenarios",), "rule": ("scoring", "rulebooks", "cn")}
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
HOLE = re.compile(r"<<([a-z-]+)>>")
# asked in Chinese, written as an id
KIND_WORDS = {"本人": "debtor", "共同借款人": "jointly-liable", "不相干的人": "third-party"}
GENDER_WORDS = {"男": "male", "女": "female"}
DEBT_WORDS = {
    "信用卡": "credit-card",
    "消费贷": "consumer-loan",
    "经营贷": "business-loan",
    "民间借贷": "private-loan",
    "小额贷款": "small-loan",
}
USUAL_REASON = "运费让货主压了半个月，还没结。"
NUMBERS = ("patience", "difficulty", "principal", "days-overdue")

Check = Callable[[str], str]  # what is wrong with an answer, empty where nothing is


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are answers in Chinese with the ids that they stand for; a number chooses one of them."""

    key: str
    ask: str
    default: str
    check: Check
    words: Mapping[str, str] | None = None

    def read(self, answer: str) -> str:
        """The value that an answer stands for. Raises ValueError, saying what would be right."""
        text = answer.strip() or self.default
        if self.words:
            if text.isdigit() and 0 < int(text) <= len(self.words):
                return list(self.words.values())[int(text) - 1]
            text = self.words.get(text, text)
        problem = self.check(text)
        if problem:
            raise ValueError(problem)
        return text


def wrong_id(id: str) -> str:
    """What is wrong with an id for a new file."""
    return "" if ID.fullmatch(id) else f"id 用小写英文、数字和连字符，例如 busy-cousin；“{id}”不行"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a new scenario may build on: the personas, which of them is likely meant, and a scenario's text for each
    persona that is played already: its facts and its model call fit that persona, so a new one starts from them."""

    personas: Mapping[str, Persona]
    likely: str
    patterns: Mapping[str, str]


def next_question(kind: str, answers: Mapping[str, str], shelf: Shelf) -> Question | None:
    """The first question that `answers` leave open."""
    return next(
        (question for question in _questions(kind, answers, shelf) if question.key not in answers), None
    )


def _questions(kind: str, answers: Mapping[str, str], shelf: Shelf) -> tuple[Question, ...]:
    if kind == "persona":
        return _persona_questions(answers)
    if kind == "scenario":
        return _scenario_questions(answers, shelf)
    return RULE_QUESTIONS


def _any(text: str) -> str:
    return ""


def _one_of(names: Collection[str], text: str) -> str:
    return "" if text in names else f"没有“{text}”这个选择；{did_you_mean(text, names)}"


def _number(low: int, high: int, text: str) -> str:
    fits = text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high
    return "" if fits else f"要 {low} 到 {high} 的整数"


def _moment(text: str) -> str:
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M")
    except ValueError:
        return "写成 2026-12-28 10:02 这样"
    return "" if 8 <= moment.hour < 22 else "早八点以前、晚十点以后不打电话"


def _choice(words: Mapping[str, str]) -> tuple[Check, Mapping[str, str]]:
    return partial(_one_of, tuple(words.values())), words


def _persona_questions(answers: Mapping[str, str]) -> tuple[Question, ...]:
    shared = (
        Question("title", "给他起个名字，列表里看得出是谁", "忙得没空的货车司机", _any),
        Question("kind", "接电话的是谁", "本人", *_choice(KIND_WORDS)),
        Question("about", "他是什么样的人，一两句话", "开货车的，总在路上；人不坏，就是没空。", _any),
        Question("voice", "他说话什么样", "话短，直来直去。", _any),
        Question("patience", "耐心有多少（1 到 10，越小越容易挂电话）", "6", partial(_number, 1, 10)),
    )
    if answers.get("kind") == PersonaKind.THIRD_PARTY:
        return shared
    return (
        *shared,
        Question("reason", "为什么没还，用他的口气说一句", USUAL_REASON, _any),
        Question("source", "他拿什么钱来还", "运费", _any),
    )


def _scenario_questions(answers: Mapping[str, str], shelf: Shelf) -> tuple[Question, ...]:
    who = "谁来接电话（角色的 id，peilian list personas 有全部）"
    first = (
        Question("title", "给这通电话起个名字", "头一回逾期的那通电话", _any),
        Question("persona", who, shelf.likely, partial(_one_of, tuple(shelf.personas))),
        Question("difficulty", "有多难（1 到 5）", "2", partial(_number, 1, 5)),
    )
    if answers.get("persona") in shelf.patterns:
        return first
    return (
        *first,
        Question("creditor", "钱是欠谁的（编一个名字）", "江禾银行", _any),
        Question("product", "是笔什么款，对客户怎么说", "消费贷", _any),
        Question("debt-kind", "归哪一类", "消费贷", *_choice(DEBT_WORDS)),
        Question("principal", "欠多少元", "6000", partial(_number, 100, 10_000_000)),
        Question("days-overdue", "逾期几天", "6", partial(_number, 1, 3650)),
        Question("at", "哪天几点打的", "2026-09-16 10:20", _moment),
        Question("gender", "欠款的人是男是女", "男", *_choice(GENDER_WORDS)),
    )


def _marked(text: str) -> str:
    return "" if re.search(r"\[\[.+\]\]", text) else "用 [[…]] 把犯规的那几个字框起来"


def _unmarked(text: str) -> str:
    return "合规的例子里不用 [[…]]" if "[[" in text else ""


RULE_QUESTIONS = (
    Question("title", "一句话说是条什么规矩", "不拿家里的老人孩子说事", _any),
    Question("rule", "说清楚：什么样的话不许说", "不拿对方家里的老人、孩子说事，给人施压。", _any),
    Question("why", "为什么，给学员看的", "家人和账没关系；拿家人说事，对方只会更不想谈。", _any),
    Question("severity", "多重", "严重", *_choice({"红线": "fatal", "严重": "major", "轻微": "minor"})),
    Question("document", "依据是哪份文件", "本单位催收作业规范", _any),
    Question("breached", "犯规的话举一例，用 [[…]] 框住犯规的字", "[[您家孩子]]知道您欠着钱吗？", _marked),
    Question("phrase", "认出它的短语（词之间空一格，| 是任选其一）", "您家|你家 ~2 孩子|老人|爹妈", _any),
    Question("say-instead", "换成该怎么说", "您先照顾好家里，我们商量一个您拿得出的数。", _unmarked),
)


def written(kind: str, id: str, answers: Mapping[str, str], shelf: Shelf) -> str:
    """The file that the answers make, without its modeline."""
    values = {key: value if key in NUMBERS else scalar(value) for key, value in answers.items()} | {"id": id}
    if kind == "persona":
        which = "third-party" if answers["kind"] == PersonaKind.THIRD_PARTY else "debtor"
        return _filled(f"persona-{which}", values)
    if kind == "scenario":
        return _scenario(answers, values, shelf)
    return _filled("rule", values | _rule_values(answers))


def _scenario(answers: Mapping[str, str], values: Mapping[str, str], shelf: Shelf) -> str:
    pattern = shelf.patterns.get(answers["persona"])
    if pattern is not None:
        for key in ("id", "title", "difficulty"):
            line = f"{key}: {values[key]}".replace("\\", r"\\")
            pattern = re.sub(rf"(?m)^{key}:.*$", line, pattern, count=1)
        note = "# 照着同一个角色的另一通电话写的：账、底、提示、示范都可以改；改完用 peilian lint 看示范还通不通得过\n"
        return note + re.sub(r"\A(?:#.*\n)+", "", pattern)
    persona = shelf.personas[answers["persona"]]
    which = "third-party" if persona.kind is PersonaKind.THIRD_PARTY else "debtor"
    return _filled(f"scenario-{which}", {**values, **_scenario_values(answers, persona)})


def _filled(starter: str, values: Mapping[str, str]) -> str:
    text = (FOLDER / f"{starter}.starter").read_text(encoding="utf-8")
    return HOLE.sub(lambda match: values[match.group(1)], text)


def _scenario_values(answers: Mapping[str, str], persona: Persona) -> dict[str, str]:
    principal = int(answers["principal"])
    relation = "家人" if persona.kind is PersonaKind.THIRD_PARTY else "妻子"
    person = f"person: {{name: draw, gender: female, relation: {relation}}}    # 接电话的人\n"
    return {
        "person": "" if persona.kind is PersonaKind.DEBTOR else person,
        "now": str(max(50, principal // 3 // 50 * 50)),
        "daily-cost": f"{principal * 0.0005:g}",
        "at": f'"{answers["at"]}"',
    } | {key: scalar(answers[key], in_brackets=True) for key in ("creditor", "product")}


def _rule_values(answers: Mapping[str, str]) -> dict[str, str]:
    evidence = re.findall(r"\[\[.+?\]\]", answers["breached"])[0]
    return {
        "group": GROUPS[2],
        "heard-as": HeardAs.PESTERING.value,
        "breached-too": scalar(f"我再说一遍，{evidence}，您听清楚了吗？"),
        "clean": scalar(answers["say-instead"]),
        "clean-too": scalar("您的情况我记下了，咱们一样一样说。"),
        "document": scalar(answers["document"], in_brackets=True),
        "severity": Severity(answers["severity"]).value,
    }
