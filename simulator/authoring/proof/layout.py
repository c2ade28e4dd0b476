"""Where boxes and arrows go: layers from left to right, few crossings, nothing drawn through a box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """`boxes` are centres; `ways` the points through which each arrow goes, from its source to its target."""

    boxes: Mapping[str, Point]
    ways: Mapping[tuple[str, str], tuple[Point, ...]]
    width: float
    height: float


def place(
    names: Sequence[str], arrows: Sequence[tuple[str, str]], start: str, column: float, row: float
) -> Placed:
    """`column` and `row` are the distances of layers and of boxes in a layer."""
    forward = _forward(names, arrows, start)
    layer = _layers(names, forward)
    chains = _chains(forward, layer)
    order = _ordered(names, layer, chains)
    spots = {
        name: (depth * column, (at - (len(some) - 1) / 2) * row)
        for depth, some in enumerate(order)
        for at, name in enumerate(some)
    }
    top = min(y for _, y in spots.values())
    spots = {name: (x, y - top) for name, (x, y) in spots.items()}
    ways = {}
    for source, target in arrows:
        chain = chains.get((source, target)) or chains[target, source][::-1]
        ways[source, target] = tuple(spots[name] for name in chain)
    return Placed(
        {name: spots[name] for name in names},
        ways,
        max(x for x, _ in spots.values()),
        max(y for _, y in spots.values()),
    )


def _forward(names: Sequence[str], arrows: Sequence[tuple[str, str]], start: str) -> list[tuple[str, str]]:
    """The arrows with those turned round that lead back to where a walk from the start already is."""
    out: dict[str, list[str]] = {name: [] for name in names}
    for source, target in arrows:
        out[source].append(target)
    seen: set[str] = set()
    open_now: set[str] = set()
    back: set[tuple[str, str]] = set()

    def visit(name: str) -> None:
        seen.add(name)
        open_now.add(name)
        for target in out[name]:
            if target in open_now:
                back.add((name, target))
            elif target not in seen:
                visit(target)
        open_now.discard(name)

    for name in (start, *names):
        if name not in seen:
            visit(name)
    turned = [(target, source) if (source, target) in back else (source, target) for source, target in arrows]
    return list(dict.fromkeys(turned))


def _layers(names: Sequence[str], forward: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Each box as far right as the longest way to it."""
    layer = dict.fromkeys(names, 0)
    for _ in names:
        for source, target in forward:
            layer[target] = max(layer[target], layer[source] + 1)
    for name in names:  # a box that nothing leads to stands just before what it leads to
        targets = [layer[target] for source, target in forward if source == name]
        if targets and not any(target == name for _, target in forward):
            layer[name] = max(0, min(targets) - 1)
    joined = {name for arrow in forward for name in arrow}
    return {name: depth if name in joined else max(layer.values()) for name, depth in layer.items()}


def _chains(
    forward: Sequence[tuple[str, str]], layer: Mapping[str, int]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Every arrow with a bend in each layer that it passes."""
    return {
        (source, target): (
            source,
            *(f"{source}>{target}>{depth}" for depth in range(layer[source] + 1, layer[target])),
            target,
        )
        for source, target in forward
    }


def _ordered(
    names: Sequence[str], layer: Mapping[str, int], chains: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[list[str]]:
    """The boxes and bends of each layer, each near the middle of those that it hangs on."""
    depth_of = dict(layer)
    near: dict[str, list[str]] = {name: [] for name in names}
    for (source, _), chain in chains.items():
        for step, name in enumerate(chain):
            depth_of.setdefault(name, layer[source] + step)
        for one, other in pairwise(chain):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    order: list[list[str]] = [[] for _ in range(max(depth_of.values()) + 1)]
    for name, depth in depth_of.items():
        order[depth].append(name)
    for sweep in range(SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for some in order[::step]:
            place = {name: at / max(1, len(level) - 1) for level in order for at, name in enumerate(level)}
            before = {
                name: [place[other] for other in near[name] if _before(depth_of, other, name, step)]
                for name in some
            }
            some.sort(key=lambda name: sum(before[name]) / len(before[name]) if before[name] else place[name])
    return order


def _before(depth_of: Mapping[str, int], other: str, name: str, step: int) -> bool:
    return (depth_of[name] - depth_of[other]) * step > 0
