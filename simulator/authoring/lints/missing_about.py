"""A state in which the call goes on, and nobody is told what it means: the graph and the next author read it."""

from simulator.authoring.lints import PersonaFile

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    for state in file.persona.states:
        if not state.is_final and not state.about.strip():
            file.source.report(
                file.key("states", state.id),
                "missing-about",
                "状态“{name}”没有写 about",
                "用半句话说说这时候他是什么光景，例如 about: 知道是谁打来的，还没谈钱",
                name=state.id,
            )
