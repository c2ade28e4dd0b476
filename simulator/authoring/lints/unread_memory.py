"""What a persona is said to remember, and never does, or never acts upon."""

from simulator.authoring.lints import PersonaFile
from simulator.authoring.reach import transitions

LOOKS_AT = "persona"
ID = "unread-memory"


def check(file: PersonaFile) -> None:
    persona = file.persona
    items = list(transitions(persona))
    remembered = {name for item in items for name in item.effect.remember}
    guards = [*(item.guard for item in items), *(feel.guard for feel in persona.feels)]
    read = {name for guard in guards for name in guard.remembers | guard.not_yet}
    for name in sorted(persona.memory):
        place = file.key("memory", name)
        if name not in remembered and name not in read:
            file.source.report(place, ID, "“{name}”没有一处用到", "用起来，或者删掉它", name=name)
        elif name not in read:
            cure = "在哪条转移里写 remembers 或 not-yet，或者删掉它"
            file.source.report(place, ID, "“{name}”记住了，可后面没有一处看它", cure, name=name)
        elif name not in remembered:
            file.source.report(
                place, ID, "“{name}”有人看，可从来没有记住过", "在某条转移里写 remember: {name}", name=name
            )
