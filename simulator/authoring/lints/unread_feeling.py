"""A number of the disposition that no guard ever looks at: it moves, and nothing comes of it."""

from simulator.authoring.lints import PersonaFile
from simulator.authoring.reach import transitions

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    persona = file.persona
    guards = [*(item.guard for item in transitions(persona)), *(feel.guard for feel in persona.feels)]
    read = {name for guard in guards for name, _ in guard.feeling}
    for name, _ in persona.disposition:
        if name not in read:
            file.source.report(
                file.key("disposition", name),
                "unread-feeling",
                "心态“{name}”没有一条转移看它，升降都没有用",
                "在某条转移里写 feeling: {{{name}: {{at-least: 5}}}}，或者删掉它",
                name=name,
            )
