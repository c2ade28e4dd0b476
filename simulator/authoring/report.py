"""The scorecard as one page to print, send or keep: a single HTML file that loads nothing and runs nothing.

Whatever the trainee or the persona said reaches the page through one gate (`_shown`, then autoescape), as text and
never as part of the template. Nothing but the arguments enters the page: the same call gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scoring.promise import TITLES
from scoring.scorecard import Scorecard
from simulator.dialogue import Speaker, Transcript
from simulator.dialogue.safe import safe

Plain = Mapping[str, Any]

TEMPLATE = "scorecard.html"
WORDS = {
    "met": {"yes": "做到", "half": "做到一半", "no": "没做到"},
    "severity": {"fatal": "红线", "major": "严重", "minor": "轻微"},
    "grade": {grade.value: title for grade, title in TITLES.items()},
    "payer": {"debtor": "本人", "jointly-liable": "共同借款人", "third-party": "不相干的人"},
    "channel": {"phone": "电话", "sms": "短信", "letter": "信函", "visit": "上门"},
    "outcome": {
        "promise": "有了承诺", "partial": "先还一部分", "plan": "定了方案", "vague": "只有含糊的话", "refused": "拒绝了",
        "disputed": "有异议", "hung-up": "对方挂断了", "message-left": "留了话", "cared-for": "先照顾了人",
        "unresolved": "没有结果",
    },
    "how": {
        "full": "读过条文", "reported": "据报道或转述，未见原文", "machine-translated": "据机器翻译的转述",
        "memory": "凭记忆，未核实", "derived": "由所列规则推出",
    },
    "version": {
        "program": "程序", "scenario": "情境", "persona": "角色", "rubric": "评分表", "rulebook": "规则库", "ear": "听力",
    },
    "what": {"etiquette": "礼仪", "tasks": "核心任务", "promise": "承诺", "note": "小结", "breach": "违规"},
}  # fmt: skip
WORST_FIRST = ("fatal", "major", "minor")
# of marks on the same words, the first of these gives them their look
LOUDEST_FIRST = ("breach", "leak", "no", "half", "doubt", "promise", "yes")
NOTE_TURN = 0
WEEKDAYS = "一二三四五六日"
WINDOW = timedelta(hours=48)
LONGEST_HEARD = 60
PHRASE = "短语："


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the words `start:end` of a turn. `kind` is one of `LOUDEST_FIRST`; `crossed` tells that these words
    share some with another mark's, so that the margin has to say which they are."""

    kind: str
    label: str
    title: str
    points: str
    turn: int
    start: int
    end: int
    text: str
    number: int = 0
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks throughout. `ends` are the marks that end with them."""

    text: str
    kind: str
    ends: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One pledge against its 48 hours; places are percent of the line. `beyond`: it is due further on than is drawn."""

    pledge: Plain
    limit: float
    due: float | None
    beyond: bool
    midnights: tuple[tuple[float, str], ...]


def report_html(transcript: Transcript, scorecard: Scorecard, compared: Plain | None = None) -> str:
    """The whole page. `compared` is what `scoring.compare` says of an earlier scorecard of the call, if there is one."""
    card = scorecard.to_json()
    marks = _marks(card)
    by_turn = {
        turn.n: _pieces(turn.text, [mark for mark in marks if mark.turn == turn.n])
        for turn in transcript.turns
    }
    note = (transcript.note or "").strip()  # as the judge read it
    page = _environment().get_template(TEMPLATE)
    return page.render(
        transcript=transcript,
        case=transcript.case,
        card=card,
        breaches=sorted(card["compliance"]["breaches"], key=_worst_first),
        marks=marks,
        pieces=by_turn,
        note_pieces=_pieces(note, [mark for mark in marks if mark.turn == NOTE_TURN]),
        tracks=[_track(pledge) for pledge in card["promise"]["timeline"]["pledges"]],
        earned=sum(card[name]["points"] for name in ("etiquette", "tasks", "promise")),
        of=sum(card[name]["of"] for name in ("etiquette", "tasks", "promise")),
        compared=compared,
        words=WORDS,
        collector=Speaker.COLLECTOR,
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {"yuan": _yuan, "moment": _moment, "others": _others, "heard": _heard}
    return environment


def _shown(value: Any) -> Any:
    """Everything that is put into the page passes here: no control characters, no half characters."""
    return safe(value, lines=True) if isinstance(value, str) and not isinstance(value, Markup) else value


# marks


def _worst_first(breach: Plain) -> tuple[int, int, int]:
    return WORST_FIRST.index(breach["severity"]), breach["turn"], breach["start"]


def _marks(card: Plain) -> list[Mark]:
    """Every mark that points at words, numbered in the order of the call, those of the note last. What it marks is
    given the same `number` in `card`."""
    found = [
        (Mark(kind, label, title, points, words["turn"], words["start"], words["end"], words["text"]), words)
        for kind, label, title, points, words in _marked(card)
        if words["turn"] is not None
    ]
    found.sort(key=lambda pair: _place(pair[0]))
    marks = []
    for number, (mark, words) in enumerate(found, 1):
        words["number"] = number
        crossed = any(_cross(mark, other) for other, _ in found)
        marks.append(replace(mark, number=number, crossed=crossed))
    return marks


def _place(mark: Mark) -> tuple[bool, int, int, int, int]:
    return mark.turn == NOTE_TURN, mark.turn, mark.start, mark.end, LOUDEST_FIRST.index(mark.kind)


def _cross(mark: Mark, other: Mark) -> bool:
    """They share words without being on the same ones."""
    shared = mark.turn == other.turn and mark.start < other.end and other.start < mark.end
    return shared and (mark.start, mark.end) != (other.start, other.end)


def _marked(card: Plain) -> Iterator[tuple[str, str, str, str, dict[str, Any]]]:
    """What is marked in the call: the kind of mark, its label, title and points, and the plain data with the words."""
    breaches = card["compliance"]["breaches"]
    for breach in breaches:
        label = f"违规·{WORDS['severity'][breach['severity']]}"
        yield "breach", label, breach["title"], f"−{breach['points']}", breach
    for leak in card["seal"]["leaks"]:
        if not any(_share(leak, breach) for breach in breaches):
            yield "leak", "说早了", "核实身份以前说到了欠款", "", leak
    for doubt in card["needs_human"]:
        yield "doubt", "请人看", doubt["title"], "不计分", doubt
    yield "promise", "承诺", WORDS["grade"][card["promise"]["grade"]], "", card["promise"]
    for section in (card["etiquette"], card["tasks"], card["note"] or {"findings": []}):
        for finding in section["findings"]:
            points = f"{finding['points']}/{finding['of']}"
            yield finding["met"], WORDS["met"][finding["met"]], finding["title"], points, finding


def _share(one: Plain, other: Plain) -> bool:
    return bool(one["turn"] == other["turn"] and one["start"] < other["end"] and other["start"] < one["end"])


def _pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """`text` cut wherever a mark begins or ends, so that marks may overlap as they like; always at least one piece."""
    size = len(text)
    spans = {mark.number: (min(max(mark.start, 0), size), min(max(mark.end, 0), size)) for mark in marks}
    cuts = sorted({0, size, *(place for span in spans.values() for place in span)})
    pieces: list[Piece] = []
    left = list(marks)
    for start, end in pairwise(cuts if size else (0, 0)):
        over = [mark for mark in marks if spans[mark.number][0] <= start and end <= spans[mark.number][1]]
        ends = tuple(mark for mark in left if spans[mark.number][1] <= end)
        left = [mark for mark in left if mark not in ends]
        kind = min((mark.kind for mark in over), key=LOUDEST_FIRST.index, default="")
        pieces.append(Piece(text[start:end], kind, ends))
    return pieces


# the promise against its 48 hours


def _track(pledge: Plain) -> Track:
    made, limit = datetime.fromisoformat(pledge["made"]), datetime.fromisoformat(pledge["limit"])
    due = datetime.fromisoformat(pledge["due"]) if pledge["due"] else None
    last = min(max(limit, due or limit), made + 2 * WINDOW)
    span = last - made

    def place(moment: datetime) -> float:
        return round(100 * min(max((moment - made) / span, 0.0), 1.0), 2)

    return Track(
        pledge=pledge,
        limit=place(limit),
        due=place(due) if due else None,
        beyond=due is not None and due > last,
        midnights=tuple((place(day), _day(day)) for day in _midnights(made, last)),
    )


def _midnights(first: datetime, last: datetime) -> Iterable[datetime]:
    day = first.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while day < last:
        yield day
        day += timedelta(days=1)


def _day(day: datetime) -> str:
    return f"周{WEEKDAYS[day.weekday()]}"


# how values are written


def _yuan(value: float | Decimal) -> str:
    amount = Decimal(str(value))
    return f"{amount:,.0f} 元" if amount == amount.to_integral_value() else f"{amount:,.2f} 元"


def _moment(value: str | datetime) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.month}月{moment.day}日 {_day(moment)} {moment:%H:%M}"


def _others(mark: Plain) -> list[str]:
    """Further wordings than the one the improved sentence has; without such a sentence, two of them."""
    improved = mark["better"]["improved"] if mark["better"] else None
    wordings = [line for line in mark["say_instead"] if improved is None or line not in improved]
    return wordings[: 2 if improved is None else 1]


def _heard(text: str) -> str:
    """What gave a breach away. A phrase is not printed: it lists every way of saying the like, and the words stand
    above it already."""
    if text.startswith(PHRASE):
        return "合上规则里的一个短语（全文在 JSON 的 heard 里）"
    return text if len(text) <= LONGEST_HEARD else text[: LONGEST_HEARD - 1] + "…"
