"""A state from which no path leads to an end: only the trainee's hanging up or the persona's last word ends the call."""

from simulator.authoring.lints import PersonaFile
from simulator.authoring.reach import reachable

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    persona = file.persona
    ends = {state.id for state in persona.states if state.is_final}
    if not ends:
        file.source.report(
            file.key("states"),
            "no-way-out",
            "没有一个状态写了 final，这通电话结束不了",
            "states 里加上 bye: {final: by-pledge}",
        )
        return
    for state in persona.states:
        if not state.is_final and not reachable(persona, state.id) & ends:
            file.source.report(
                file.key("states", state.id),
                "no-way-out",
                "进了状态“{name}”就出不来：从这里走不到任何结局",
                "加一条 to 通向 {ends}，或在 always 里写道别",
                name=state.id,
                ends="、".join(sorted(ends)),
            )
