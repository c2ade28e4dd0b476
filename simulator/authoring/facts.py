"""Which facts of a case a template may name, known from the types alone."""

from __future__ import annotations

import dataclasses
import typing
from functools import cache

from simulator.authoring.shapes import did_you_mean
from simulator.dialogue import Case

# What the judge adds to the case when it shows a better sentence.
OF_THE_CALL = (
    "promise.amount",
    "promise.due",
    "promise.method",
    "promise.words",
    "followup",
    "today",
    "rest",
)


@cache
def fact_paths() -> frozenset[str]:
    """Every dotted path of single facts of a case."""
    return frozenset(_below(Case, ""))


def is_fact(path: str, of_the_call: bool = False) -> bool:
    return path in fact_paths() or (of_the_call and path in OF_THE_CALL)


def templates_hint(path: str) -> str:
    return did_you_mean(path, fact_paths()) or "例如 {debtor.call} {collector.name} {debt.total:digits}"


def _below(kind: type, prefix: str) -> typing.Iterator[str]:
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        name, hint = prefix + field.name.replace("_", "-"), hints[field.name]
        if dataclasses.is_dataclass(hint):
            yield from _below(typing.cast(type, hint), name + ".")
        elif typing.get_origin(hint) not in (tuple, dict):
            yield name
