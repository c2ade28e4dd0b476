"""What may be reached: for each state with each set of promises, the values that all else may have there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.authoring.proof.pledged import Pledged

Node = tuple[str, Pledged]


@dataclass(slots=True)
class May:
    """`unset`, `known`: memories that may be absent, present; `fresh`, `spent` the same of once-only things; `asked` a
    bit for each entry of `Compiled.if_asked`; `feeling` eleven bits for each number."""

    unset: int
    known: int
    fresh: int
    spent: int
    verified: int
    asked: int
    feeling: tuple[int, ...]

    def join(self, other: May) -> bool:
        """Takes in what `other` may be; whether that was anything new."""
        before = (self.unset, self.known, self.fresh, self.spent, self.verified, self.asked, self.feeling)
        self.unset |= other.unset
        self.known |= other.known
        self.fresh |= other.fresh
        self.spent |= other.spent
        self.verified |= other.verified
        self.asked |= other.asked
        self.feeling = tuple(a | b for a, b in zip(self.feeling, other.feeling, strict=True))
        return before != (
            self.unset, self.known, self.fresh, self.spent, self.verified, self.asked, self.feeling
        )  # fmt: skip


@dataclass(slots=True)
class Reach:
    """`depth` is the least number of turns to each node, `edges` where each leads in one turn, `fired` every
    transition that may fire with the least number of turns."""

    depth: dict[Node, int] = field(default_factory=dict)
    edges: dict[Node, set[Node]] = field(default_factory=dict)
    fired: dict[int, int] = field(default_factory=dict)

    def states(self) -> frozenset[str]:
        return frozenset(state for state, _ in self.depth)

    def to(self, goal: Callable[[Node], bool]) -> dict[Node, int]:
        """The least number of turns from each node to one that `goal` accepts; nodes that never get there are absent."""
        back: dict[Node, list[Node]] = {}
        for node, nexts in self.edges.items():
            for near in nexts:
                back.setdefault(near, []).append(node)
        far = {node: 0 for node in self.depth if goal(node)}
        layer = list(far)
        while layer:
            layer = [
                before
                for node in layer
                for before in back.get(node, ())
                if _first(far, before, far[node] + 1)
            ]
        return far


def _first(far: dict[Node, int], node: Node, turns: int) -> bool:
    if node in far:
        return False
    far[node] = turns
    return True
