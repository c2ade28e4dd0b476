"""A persona as a picture in words: the states and the ways between them, for Mermaid, DOT, the terminal and SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.authoring.proof.words import OUTCOMES, SIGNALS
from simulator.engine.persona import DISPOSITION_MAX, Guard, Persona, State, Transition

ANYWHERE = "*"  # where the ways start that are open in every state
LABELS = 2  # acts named on a way before the rest are counted


@dataclass(frozen=True, slots=True)
class Box:
    """A state. `stays` is how many transitions do not leave it."""

    id: str
    title: str
    about: str
    final: bool
    start: bool
    stays: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """All transitions from one state to another. `labels` say what each of them takes."""

    source: str
    target: str
    labels: tuple[str, ...]

    @property
    def short(self) -> str:
        first = self.labels[0]
        return f"{first} 等{len(self.labels)}条" if len(self.labels) > 1 else first


@dataclass(frozen=True, slots=True)
class Diagram:
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def diagram(persona: Persona, titles: Mapping[str, str]) -> Diagram:
    """`titles` are Chinese names of acts and rules; what has none is called by its id."""
    titles = {**SIGNALS, **titles}
    boxes = [_box(persona, state) for state in persona.states]
    whole = (*persona.always, *persona.otherwise)
    if any(item.to for item in whole):
        boxes.insert(0, Box(ANYWHERE, "任何时候", "", False, False, sum(not item.to for item in whole)))
    ways: dict[tuple[str, str], list[str]] = {}
    for source, item in _ways(persona):
        if item.to is not None and item.to != source:
            ways.setdefault((source, item.to), []).append(requirement(item.guard, titles))
    arrows = [Arrow(source, target, tuple(labels)) for (source, target), labels in ways.items()]
    return Diagram(persona.title, tuple(boxes), tuple(arrows))


def _box(persona: Persona, state: State) -> Box:
    stays = sum(item.to in (None, state.id) for item in state.transitions)
    about = state.about or (
        OUTCOMES[state.final] if state.final else "看答应了什么" if state.by_pledge else ""
    )
    return Box(state.id, state.id, about, state.is_final, state.id == persona.start, stays)


def _ways(persona: Persona) -> Iterator[tuple[str, Transition]]:
    for state in persona.states:
        yield from ((state.id, item) for item in state.transitions)
    yield from ((ANYWHERE, item) for item in (*persona.always, *persona.otherwise))


def requirement(guard: Guard, titles: Mapping[str, str]) -> str:
    """What a guard takes, in few words."""
    heard = [titles.get(name, name) for name in sorted(guard.hears)]
    parts = (
        ["、".join(heard[:LABELS]) + (f"…共{len(heard)}样" if len(heard) > LABELS else "")] if heard else []
    )
    parts += [f"＋{titles.get(name, name)}" for name in sorted(guard.along_with)]
    parts += [_range(name, bound.low, bound.high) for name, bound in guard.feeling]
    parts += [f"记得{name}" for name in sorted(guard.remembers)]
    parts += [f"还没{name}" for name in sorted(guard.not_yet)]
    if guard.pledged is not None:
        parts.append("答应过" if guard.pledged else "没答应过")
    return " ".join(parts) or "别的话"


def _range(name: str, low: int, high: int) -> str:
    if high == DISPOSITION_MAX:
        return f"{name}≥{low}"
    return f"{name}≤{high}" if low == 0 else f"{low}≤{name}≤{high}"


def mermaid(picture: Diagram, colours: Mapping[str, str]) -> str:
    lines = ["stateDiagram-v2", f"  %% {picture.title}"]
    names = {box.id: f"s{number}" for number, box in enumerate(picture.boxes)}
    for box in picture.boxes:
        lines.append(f'  state "{_plain(_caption(box))}" as {names[box.id]}')
        if box.start:
            lines.append(f"  [*] --> {names[box.id]}")
        if box.final:
            lines.append(f"  {names[box.id]} --> [*]")
    for arrow in picture.arrows:
        lines.append(f"  {names[arrow.source]} --> {names[arrow.target]}: {_plain(arrow.short)}")
    for number, colour in enumerate(sorted(set(colours.values()))):
        lines.append(f"  classDef c{number} fill:{colour}")
        marked = [names[box.id] for box in picture.boxes if colours.get(box.id) == colour]
        lines += [f"  class {','.join(marked)} c{number}"] if marked else []
    return "\n".join(lines)


def dot(picture: Diagram, colours: Mapping[str, str]) -> str:
    lines = ["digraph persona {", "  rankdir=LR", f"  label={_quoted(picture.title)}"]
    lines.append('  node [shape=box style="rounded,filled" fillcolor=white fontname="Noto Sans CJK SC"]')
    lines.append('  edge [fontname="Noto Sans CJK SC" fontsize=10]')
    for box in picture.boxes:
        shape = " peripheries=2" if box.final else " penwidth=2" if box.start else ""
        colour = f" fillcolor={_quoted(colours[box.id])}" if box.id in colours else ""
        lines.append(f"  {_quoted(box.id)} [label={_quoted(_caption(box))}{shape}{colour}]")
    for arrow in picture.arrows:
        lines.append(f"  {_quoted(arrow.source)} -> {_quoted(arrow.target)} [label={_quoted(arrow.short)}]")
    return "\n".join([*lines, "}"])


def text(picture: Diagram, counts: Mapping[str, int]) -> str:
    """For the terminal: every state with the ways that lead out of it."""
    lines = [picture.title]
    for box in picture.boxes:
        mark = "▶" if box.start else "■" if box.final else "○"
        counted = f"　{counts[box.id]} 次" if box.id in counts else "　一次也没有" if counts else ""
        stays = f"　（{box.stays} 条留在这里）" if box.stays else ""
        lines.append(f"{mark} {_caption(box)}{stays}{counted}")
        for arrow in picture.arrows:
            if arrow.source == box.id:
                lines += [f"    → {arrow.target}　{label}" for label in arrow.labels]
    return "\n".join(lines)


def _caption(box: Box) -> str:
    return f"{box.title} {box.about}".rstrip()


def _plain(words: str) -> str:
    """Without what Mermaid takes for its own."""
    return words.translate(str.maketrans('":;#\n', "”：；＃ "))


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
