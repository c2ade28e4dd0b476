"""Graded calls, and a page read the way a browser reads it."""

from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from scoring.scorecard import Scorecard
from simulator.authoring.desk import Desk
from simulator.authoring.report import report_html
from simulator.dialogue import Speaker, Transcript
from simulator.training.record import Event, call_event, end_event, note_event, scorecard_event, turn_event

DESK = Desk(Path("no-such-home"))
SCENARIOS = DESK.library.scenario_ids()
NOTE = "  客户货款没到。答应今天中午十二点半前还两万，余下明天下午五点前，手机银行。明天下午三点回访。\n"
VOID = {"meta", "path", "circle", "rect", "line", "br"}


@cache
def played(name: str, script: str, note: str | None = None) -> tuple[Transcript, Scorecard]:
    scenario = DESK.library.scenario(name)
    practice = DESK.play(scenario, 1, getattr(scenario, script))
    transcript = replace(practice.transcript, note=note)
    return transcript, DESK.grade(transcript, practice.versions)


@cache
def page(name: str, script: str, note: str | None = None) -> str:
    return report_html(*played(name, script, note))


def said(*lines: str, name: str = "owner-receivables") -> tuple[Transcript, Scorecard]:
    """A call in which the trainee says just that."""
    practice = DESK.play(DESK.library.scenario(name), 1, ())
    first = practice.transcript.turns[0]
    turns = [first]
    for line in lines:
        mine = replace(
            first, n=len(turns) + 1, who=Speaker.COLLECTOR, text=line, state="", pledges=(), asks=None
        )
        turns += [mine, replace(first, n=len(turns) + 2)]
    transcript = replace(practice.transcript, turns=tuple(turns))
    return transcript, DESK.grade(transcript, practice.versions)


def record_of(transcript: Transcript, card: Scorecard) -> list[Event]:
    return [
        call_event(transcript.case, transcript.seed, card.versions),
        *(turn_event(turn) for turn in transcript.turns),
        *([end_event(transcript.outcome)] if transcript.outcome else []),
        *([note_event(transcript.note)] if transcript.note else []),
        scorecard_event(card.to_json()),
    ]


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    children: "list[Node | str]" = field(default_factory=list)

    def nodes(self) -> "list[Node]":
        inner = [child for child in self.children if isinstance(child, Node)]
        return [self, *(node for child in inner for node in child.nodes())]

    def find(self, tag: str = "", **attributes: str) -> "list[Node]":
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            node
            for node in self.nodes()
            if tag in ("", node.tag)
            and all(value in node.attributes.get(name, "").split(" ") for name, value in wanted.items())
        ]

    def text(self, without: str = "") -> str:
        parts = [
            child
            if isinstance(child, str)
            else ""
            if without in child.attributes.get("class", "-").split()
            else child.text(without)
            for child in self.children
        ]
        return "".join(parts)


class Reader(HTMLParser):
    """Builds the tree and complains of an element that is not closed where it ought to be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node("", {})
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}> in line {self.getpos()[0]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def tree(html: str) -> Node:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert len(reader._open) == 1
    return reader.top
