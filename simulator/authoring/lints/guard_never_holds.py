"""A guard whose parts contradict each other, or that waits for what nothing in the persona brings about."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.authoring.lints import PersonaFile
from simulator.authoring.marked import Mark, Node
from simulator.authoring.reach import feeling_range, transitions
from simulator.authoring.shapes import PLACE
from simulator.dialogue import Signal
from simulator.engine.persona import Guard

LOOKS_AT = "persona"
ID = "guard-never-holds"
WORDLESS = frozenset({Signal.SILENCE.value})  # where nothing is said, no act, sum or time is heard
SILENT_WITH = WORDLESS | {Signal.NOT_UNDERSTOOD.value}

Fault = tuple[str, str, str, dict[str, object]]  # the key at fault, the message, the cure, the values


def check(file: PersonaFile) -> None:
    facts = _Facts(file)
    guards: list[tuple[Guard, Node]] = [(item.transition.guard, item.data[PLACE]) for item in file.written()]
    feels = zip(file.persona.feels, file.data.get("feels", ()), strict=True)
    guards += [(feel.guard, data[PLACE]) for feel, data in feels]
    for guard, place in guards:
        for key, message, cure, values in (*_contradictions(guard), *facts.missing(guard)):
            file.source.report(_key(place, key), ID, message, cure, **values)


def _key(place: Node, key: str) -> Mark:
    return place.keys.get(key, place.mark)


def _contradictions(guard: Guard) -> Iterator[Fault]:
    both = guard.remembers & guard.not_yet
    if both:
        yield "not-yet", "又要记得“{name}”又要还没有，不可能", "删掉一边", {"name": _one(both)}
    denied = guard.along_with & guard.without
    if denied or (guard.hears and guard.hears <= guard.without):
        name = _one(denied or guard.hears)
        yield "without", "又要听到“{name}”又要没听到，不可能", "删掉一边", {"name": name}
    if guard.hears and guard.hears <= WORDLESS and (guard.along_with - SILENT_WITH or _names(guard)):
        yield "hears", "对方不作声的时候，听不到别的，也没有金额和时间", "把 silence 单独写一条", {}
    for name, bound in guard.feeling:
        if bound.low > bound.high:
            yield (
                "feeling",
                "“{name}”的范围是空的：at-least 要比 below 小",
                "改小 at-least 或改大 below",
                {"name": name},
            )


def _names(guard: Guard) -> bool:
    """Whether it waits for a sum or a time."""
    return bool((guard.amount and "none" not in guard.amount) or (guard.time and "none" not in guard.time))


def _one(names: frozenset[str]) -> str:
    return min(names)


class _Facts:
    """What the whole persona can bring about."""

    def __init__(self, file: PersonaFile) -> None:
        self.file = file
        effects = [item.effect for item in transitions(file.persona)]
        self.remembered = {name for effect in effects for name in effect.remember}
        self.asked = {effect.asks for effect in effects if effect.asks}
        self.pledges = any(effect.pledges for effect in effects)
        self.verifies = any(effect.verify for effect in effects)
        self.has_now = ("now", "yuan") in file.persona.needs
        moods = file.others.moods(file.persona.id)
        self.ranges = {
            name: feeling_range(file.persona, name, frozenset({start, *moods.get(name, ())}))
            for name, start in file.persona.disposition
        }

    def missing(self, guard: Guard) -> Iterator[Fault]:
        for name in sorted(guard.remembers - self.remembered):
            yield (
                "remembers",
                "“{name}”从来没有记住过，这一条永远轮不到",
                "在某条转移里写 remember: {name}",
                {"name": name},
            )
        if guard.after and not guard.after & self.asked:
            cure = "在问这句话的转移里写 asks: {name}"
            yield "after", "角色从来没有问过“{name}”", cure, {"name": _one(guard.after)}
        if guard.pledged and not self.pledges:
            yield (
                "pledged",
                "这个角色没有一条转移写了 pledge，不会答应什么",
                "写上 pledge，或删掉 pledged",
                {},
            )
        if guard.echo is not None and not self.pledges:
            yield "echo", "这个角色什么都没答应过，没有话可以复述", "写上 pledge，或删掉 echo", {}
        if guard.verified and not self.verifies:
            yield (
                "verified",
                "没有一条转移写了 verify: true，本人永远认不下来",
                "在认了是本人的那条写 verify: true",
                {},
            )
        if guard.amount == {"within"} and not self.has_now:
            yield "amount", "没有 means.now，就没有“拿得出”的数", "在 needs 里写 now: yuan", {}
        for name, bound in guard.feeling:
            low, high = self.ranges[name]
            if bound.low <= bound.high and (bound.low > high or bound.high < low):
                cure = "在 feels 或转移里用 moves 推它一把，或改这里的范围"
                values = {"name": name, "low": low, "high": high}
                yield "feeling", "“{name}”只会在 {low} 到 {high} 之间，到不了这里写的范围", cure, values
