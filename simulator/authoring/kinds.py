"""Tells what kind of content a file is: by its modeline, else by the names that only its kind has."""

from __future__ import annotations

import re
from functools import cache

from simulator.authoring.blueprint_file import blueprint_shape
from simulator.authoring.marked import Node, Source
from simulator.authoring.persona_shape import persona_shape
from simulator.authoring.rubric_file import rubric_shape
from simulator.authoring.rule_file import rule_shape
from simulator.authoring.scenario_shape import scenario_shape
from simulator.authoring.shapes import Record

MODELINE = re.compile(r"^#.*\$schema=\S*?([a-z]+)\.schema\.json", re.MULTILINE)
CALL_TEST = frozenset({"scenario", "turns"})
LEAST_TELLING = 2


@cache
def shapes() -> dict[str, Record]:
    """The shape of each kind of file, whatever ids there are to name."""
    return {
        "persona": persona_shape(()),
        "scenario": scenario_shape((), (), ()),
        "rule": rule_shape(),
        "rubric": rubric_shape(),
        "blueprint": blueprint_shape((), ()),
    }


@cache
def _telling() -> dict[str, frozenset[str]]:
    """The names that no other kind has."""
    fields = {kind: frozenset(shape.fields) for kind, shape in shapes().items()}
    return {
        kind: own - frozenset().union(*(other for name, other in fields.items() if name != kind))
        for kind, own in fields.items()
    }


def kind_of(root: Node, source: Source) -> str | None:
    """The kind of a file, `call` for a call test; None (reported) where it cannot be told."""
    if isinstance(root.value, dict) and root.value.keys() >= CALL_TEST:
        return "call"
    modeline = MODELINE.match(source.text)
    if modeline and modeline.group(1) in shapes():
        return modeline.group(1)
    if isinstance(root.value, dict):
        keys = root.value.keys()
        hits = {kind: len(names & keys) for kind, names in _telling().items()}
        best = max(hits, key=lambda kind: hits[kind])
        if hits[best] >= LEAST_TELLING:
            return best
    if not source.problems:
        source.report(
            root.mark,
            "unknown-kind",
            "看不出这是角色、情境、规则还是评分表",
            "角色有 states，情境有 model，规则有 breached，评分表有 etiquette；用 peilian new 写一个开头",
        )
    return None
