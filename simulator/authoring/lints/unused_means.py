"""A sum or a moment that every scenario must supply, and that the persona never speaks of or promises."""

from simulator.authoring.lints import PersonaFile
from simulator.authoring.reach import transitions
from simulator.dialogue.speak import paths

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    persona = file.persona
    items = list(transitions(persona))
    lines = [*persona.opens, *persona.gives_up, *(line for item in items for line in item.say)]
    used = {path.removeprefix("means.") for line in lines for path in paths(line.text)}
    for item in items:
        used |= {name for terms in item.effect.pledges for name in (terms.amount, terms.due) if name}
        if item.guard.amount & {"within", "beyond"}:
            used.add("now")
    for name, _ in persona.needs:
        if name not in used:
            file.source.report(
                file.key("needs", name),
                "unused-means",
                "needs 里要了“{name}”，可没有一句话、一个承诺用到它",
                "在话里写 {{means.{name}}}，或者删掉它",
                name=name,
            )
