"""Calls as tests: what is said, and what must come of it.

    about: 客气的一通，定下两笔        what this call shows
    scenario: owner-receivables       an id, or a file beside this one
    seed: 1
    turns:
      - say: 您好……                   a template over the case; "" is a silence
        expect: {acts: [greet], state: verified, signals: [], reply-contains: 本人, pledged: true}
    note: 客户答应……                  the note after the call (optional)
    end: {outcome: promise, verdict: pass, breaches: [], promise: full-today, at-least: 80, at-most: 100,
          findings: {greeting: met}}

`acts` and `signals` must all have been heard, others may be too; `breaches` are exactly the rules broken in the call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.rubric import Grade
from scoring.scorecard import Met
from simulator.authoring.desk import DEFAULT_SEED
from simulator.authoring.library import SUFFIX, Library, read_source
from simulator.authoring.marked import Mark, Node, Source, parse
from simulator.authoring.names import Titled
from simulator.authoring.shapes import (
    PLACE,
    Flag,
    ListOf,
    MapOf,
    Name,
    Record,
    Text,
    Whole,
    may,
    need,
)
from simulator.dialogue import Outcome, Signal
from simulator.errors import ContentError

SEEDS = 10**9
METS = {Met.YES: "met", Met.HALF: "half", Met.NO: "missed"}

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that must hold. `place` leads to its value in the file."""

    key: str
    wanted: Any
    place: Place
    mark: Mark


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the trainee with what must come of it."""

    words: str
    mark: Mark
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CallTest:
    about: str
    scenario: str
    seed: int
    turns: tuple[Said, ...]
    note: str | None
    end: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A claim that did not hold. `found` is the plain value that would hold; `place` is None where no value would do."""

    line: int
    message: str
    place: Place | None = None
    found: Any = None


def call_shape(library: Library) -> Record:
    """The shape of a call test."""
    expect = {
        "acts": may(ListOf(Name("言语行为", Titled(library.act_ids(), library.act_titles)))),
        "signals": may(ListOf(Name("信号", {signal.value for signal in Signal}))),
        "state": may(Text(), "说完这句以后角色的状态"),
        "pledged": may(Flag(), "说完这句以后有没有答应什么"),
        "reply-contains": may(Text(), "对方的答话里有这几个字"),
    }
    end = {
        "outcome": may(Name("通话结果", {outcome.value for outcome in Outcome})),
        "verdict": may(Name("成绩", {"pass", "fail"})),
        "breaches": may(
            ListOf(Name("规则", Titled(library.rule_ids(), library.rule_titles))),
            "整通电话犯了的规则，一条不多一条不少",
        ),
        "promise": may(Name("承诺的档次", {grade.value for grade in Grade})),
        "at-least": may(Whole(0, 100), "总分至少"),
        "at-most": may(Whole(0, 100), "总分至多"),
        "findings": may(MapOf(Name("判定", set(METS.values())), "评分项")),
    }
    turn = Record({"say": need(_Words(), '要说的话；"" 是不作声'), "expect": may(Record(expect))})
    return Record(
        {
            "about": need(Text(), "这通电话说明什么，一句话"),
            "scenario": need(Text(), "情境的 id，或一个情境文件"),
            "seed": may(Whole(0, SEEDS), "种子；不写就是 1"),
            "turns": need(ListOf(turn, 1), "每一轮说的话"),
            "note": may(Text(), "打完以后写的小结"),
            "end": need(Record(end), "这通电话最后怎样"),
        }
    )


@dataclass(frozen=True, slots=True)
class _Words(Text):
    """Words that may be empty: a silence."""

    def read(self, node: Node, source: Source) -> Any:
        return "" if node.value in ("", None) else Text.read(self, node, source)


def read_call_test(path: Path, library: Library) -> CallTest:
    """Raises ContentError with everything that is wrong in the file, StorageError when it cannot be read."""
    source = read_source(path)
    root = parse(source)
    data = call_shape(library).read(root, source) if root is not None else None
    if root is None or not isinstance(data, dict) or source.problems:
        raise ContentError(source.problems)
    turns = tuple(
        Said(turn["say"], node.mark, tuple(_claims(turn.get("expect"), ("turns", number, "expect"))))
        for number, (turn, node) in enumerate(zip(data["turns"], root.value["turns"], strict=True))
    )
    scenario = data["scenario"]
    return CallTest(
        about=data["about"],
        scenario=str(path.parent / scenario) if scenario.endswith((SUFFIX, ".yml")) else scenario,
        seed=data.get("seed", DEFAULT_SEED),
        turns=turns,
        note=data.get("note"),
        end=tuple(_claims(data["end"], ("end",))),
    )


def _claims(data: dict[str, Any] | None, place: Place) -> Iterator[Claim]:
    if data is None:
        return
    node: Node = data[PLACE]
    for key, wanted in data.items():
        if key == "findings":
            marks = node.value[key].keys
            for name, met in wanted.items():
                yield Claim(name, met, (*place, key, name), marks[name])
        elif key != PLACE:
            yield Claim(key, wanted, (*place, key), node.keys[key])
