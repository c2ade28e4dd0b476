"""A narrower case written after a wider one: it gets its turn only when the wider one has run out of words."""

from simulator.authoring.lints import PersonaFile, Written
from simulator.authoring.reach import implies

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    shadowed: dict[str, list[tuple[Written, Written]]] = {}
    states = [state for state in file.persona.states if not state.is_final]
    for state in states:
        order = file.in_order(state)
        for index, later in enumerate(order):
            earlier = next((item for item in order[:index] if _shadows(item, later)), None)
            if earlier is not None:
                shadowed.setdefault(later.transition.id, []).append((later, earlier))
    for found in shadowed.values():
        later, earlier = found[0]
        if later.state is None and len(found) < len(states):
            continue  # a general case that one state has an answer of its own to
        file.source.report(
            later.mark("hears"),
            "shadowed-transition",
            "第 {line} 行那一条更宽，先被用掉；这一条要等它的 {count} 种说法都说完才轮得到",
            "把更具体的这一条挪到第 {line} 行前面",
            line=earlier.mark().line,
            count=len(earlier.transition.say),
        )


def _shadows(earlier: Written, later: Written) -> bool:
    """Equal guards are meant: the second has what is said once the first has run out."""
    one, other = earlier.transition, later.transition
    return (
        not one.once
        and one.guard != other.guard
        and implies(other.guard, one.guard)
        and not implies(one.guard, other.guard)
    )
