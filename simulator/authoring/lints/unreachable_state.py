"""A state to which no path leads from the start."""

from simulator.authoring.lints import PersonaFile
from simulator.authoring.reach import reachable

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    found = reachable(file.persona, file.persona.start)
    for state in file.persona.states:
        if state.id not in found:
            file.source.report(
                file.key("states", state.id),
                "unreachable-state",
                "从“{start}”出发走不到状态“{name}”",
                "在某条转移里写上 to: {name}，或者删掉这个状态",
                start=file.persona.start,
                name=state.id,
            )
