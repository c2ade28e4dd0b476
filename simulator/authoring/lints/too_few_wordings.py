"""Places that are come to again and again with too few ways of saying it: no line is ever said twice in a call."""

from simulator.authoring.lints import PersonaFile, Written
from simulator.engine.persona import Guard

LOOKS_AT = "persona"
ID = "too-few-wordings"
LEAST, LEAST_FOR_ANYTHING, LEAST_FIRST = 2, 5, 2


def check(file: PersonaFile) -> None:
    for item in file.written():
        if len(item.transition.say) < LEAST and _comes_again(item):
            file.source.report(
                item.mark("say"),
                ID,
                "这一条会一再用到，只有 {count} 种说法，第二回就没话了",
                "再写一两种；只该说一次的，写 once: true",
                count=len(item.transition.say),
            )
    anything = [item for item in file.written() if item.transition.guard == Guard() and item.state is None]
    count = sum(len(item.transition.say) for item in anything)
    if anything and count < LEAST_FOR_ANYTHING:
        cure = "写到至少 {least} 种：没听懂的时候总要落到这里"
        message = "什么都接的那一条只有 {count} 种说法，说完角色就挂电话了"
        file.source.report(anything[0].mark("say"), ID, message, cure, count=count, least=LEAST_FOR_ANYTHING)
    for key in ("opens", "gives-up"):
        lines = file.data.get(key, ())
        if 0 < len(lines) < LEAST_FIRST:
            message = "“{key}”只有 {count} 种说法，换了种子也听不出两样"
            file.source.report(file.key(key), ID, message, "再写一两种", key=key, count=len(lines))


def _comes_again(item: Written) -> bool:
    """Whether nothing in the transition keeps it from firing a second time in the same call."""
    transition = item.transition
    guard, effect = transition.guard, transition.effect
    settled = guard.not_yet & effect.remember or guard.remembers & effect.forget
    verified = guard.verified is False and effect.verify
    pledged = guard.pledged is False and effect.pledges
    moves_on = transition.to is not None and (item.state is None or transition.to != item.state.id)
    return not (transition.once or settled or verified or pledged or moves_on)
