"""Nothing answers what no transition expects: the persona would say its last word and hang up."""

from simulator.authoring.lints import PersonaFile
from simulator.engine.persona import Guard

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    for state in file.persona.states:
        if not state.is_final and not any(
            item.transition.guard == Guard() and not item.transition.once for item in file.in_order(state)
        ):
            file.source.report(
                file.key("otherwise") if file.data.get("otherwise") else file.key("states", state.id),
                "no-catch-all",
                "在“{name}”里听到没料到的话，角色会直接挂断：没有一条什么都接的转移",
                "在 otherwise 的最后写一条只有 say 的：- {{say: [啥？, 没听清。, 再说一遍？]}}",
                name=state.id,
            )
            return
