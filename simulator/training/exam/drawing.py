"""From a blueprint and a seed to a form, and forms so alike that no seed is luckier than another."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from simulator.dialogue.plain import to_plain
from simulator.errors import ExamError
from simulator.training.exam.blueprint import POINT, Blueprint, Form, Item, Part, Wanted, shown_points
from simulator.training.exam.entry import digest_of

TRIES = 4000


@dataclass(frozen=True, slots=True)
class Offer:
    """A scenario that may be drawn. `level` is what its author says (1 to 5); `difficulty` and `reachable` are what
    forms are balanced by, in hundredths; `difficulty` is of a logit where it was `measured` by simulated calls, else of
    a step of `level`."""

    scenario: str
    persona: str
    kind: str
    channel: str
    goal: str
    stage: str
    objections: frozenset[str]
    level: int
    difficulty: int
    reachable: int
    measured: bool


def fits(wanted: Wanted, offer: Offer) -> bool:
    """Whether the part asks for such a scenario."""
    return (
        _is_in(offer.scenario, wanted.scenarios)
        and _is_in(offer.persona, wanted.personas)
        and _is_in(offer.kind, wanted.kinds)
        and _is_in(offer.channel, wanted.channels)
        and _is_in(offer.goal, wanted.goals)
        and _is_in(offer.stage, wanted.stages)
        and (not wanted.objections or not wanted.objections.isdisjoint(offer.objections))
        and wanted.easiest <= offer.level <= wanted.hardest
    )


def _is_in(value: str, wanted: frozenset[str]) -> bool:
    return not wanted or value in wanted


@dataclass(frozen=True, slots=True)
class Middle:
    """What the mean call of every form should be like: the mean of all that may be drawn, part by part."""

    reachable: float
    difficulty: float


def pool(part: Part, offers: Iterable[Offer]) -> list[Offer]:
    """What a part draws from. Raises ExamError when there is not enough."""
    found = sorted((offer for offer in offers if fits(part.wanted, offer)), key=lambda offer: offer.scenario)
    if len(found) < part.count:
        raise ExamError(
            f"“{part.title}”要抽 {part.count} 通，合条件的情境只有 {len(found)} 个；放宽条件，或少抽几通"
        )
    return found


def middle(blueprint: Blueprint, offers: Sequence[Offer]) -> Middle:
    pools = [(part.count, pool(part, offers)) for part in blueprint.parts]
    calls = sum(count for count, _ in pools)
    return Middle(
        sum(count * fmean(offer.reachable for offer in found) for count, found in pools) / calls,
        sum(count * fmean(offer.difficulty for offer in found) for count, found in pools) / calls,
    )


def draw(
    blueprint: Blueprint, offers: Sequence[Offer], seed: int, avoid: Collection[str] = frozenset()
) -> Form:
    """The form of this seed: the first draw that lies within the blueprint's tolerances.

    Scenarios in `avoid` (those a candidate has sat before) are drawn only where there is no form without them. Raises
    ExamError when no form is found within the tolerances.
    """
    wanted = middle(blueprint, offers)
    fresh = [offer for offer in offers if offer.scenario not in avoid]
    for choice in (fresh, offers) if avoid else (offers,):
        form = _first_alike(blueprint, choice, wanted, random.Random(f"{blueprint.digest}:{seed}"), seed)
        if form:
            return form
    raise ExamError(
        f"“{blueprint.title}”抽不出一套在容差以内的卷子：平均可得分应在 {wanted.reachable / POINT:.1f}"
        f"±{shown_points(blueprint.tolerance_points)}，平均难度应在 {wanted.difficulty / POINT:.2f}"
        f"±{shown_points(blueprint.tolerance_difficulty)}；每部分多抽几通、收窄难度，或放宽 parallel"
    )


def form_of(
    blueprint: Blueprint, offers: Sequence[Offer], exam_seed: int, candidate: str, number: int
) -> Form:
    """The form of a candidate's attempt: its seed cannot be guessed without the exam's, and what was sat in earlier
    attempts is avoided. The earlier forms are drawn again: nothing but the number is needed."""
    sat: set[str] = set()
    for earlier in range(1, number):
        form = draw(blueprint, offers, form_seed(exam_seed, candidate, earlier), sat)
        sat |= {item.scenario for item in form.items}
    return draw(blueprint, offers, form_seed(exam_seed, candidate, number), sat)


def form_seed(exam_seed: int, candidate: str, number: int) -> int:
    """Forty-eight bits."""
    words = f"{exam_seed}:{candidate}:{number}"
    return int(hashlib.sha256(words.encode()).hexdigest()[:12], 16)


def _first_alike(
    blueprint: Blueprint, offers: Sequence[Offer], wanted: Middle, chance: random.Random, seed: int
) -> Form | None:
    try:
        pools = [pool(part, offers) for part in blueprint.parts]
    except ExamError:
        return None
    for _ in range(TRIES):
        drawn = _drawn(blueprint, pools, chance)
        if drawn is not None and _is_alike(blueprint, drawn, wanted):
            return _form(blueprint, drawn, seed, chance)
    return None


Drawn = list[tuple[Part, Offer]]


def _drawn(blueprint: Blueprint, pools: Sequence[Sequence[Offer]], chance: random.Random) -> Drawn | None:
    """One draw, no scenario twice; None where earlier parts have left too few."""
    drawn: Drawn = []
    for part, found in zip(blueprint.parts, pools, strict=True):
        used = {offer.scenario for _, offer in drawn}
        left = [offer for offer in found if offer.scenario not in used]
        if len(left) < part.count:
            return None
        drawn += [(part, offer) for offer in chance.sample(left, part.count)]
    return drawn


def _is_alike(blueprint: Blueprint, drawn: Drawn, wanted: Middle) -> bool:
    reachable, difficulty = _means(drawn)
    return (
        abs(reachable - wanted.reachable) <= blueprint.tolerance_points
        and abs(difficulty - wanted.difficulty) <= blueprint.tolerance_difficulty
    )


def _means(drawn: Drawn) -> tuple[float, float]:
    return fmean(offer.reachable for _, offer in drawn), fmean(offer.difficulty for _, offer in drawn)


def _form(blueprint: Blueprint, drawn: Drawn, seed: int, chance: random.Random) -> Form:
    reachable, difficulty = _means(drawn)
    items = tuple(
        Item(n, part.id, offer.scenario, chance.randrange(1, 10**9), part.minutes)
        for n, (part, offer) in enumerate(drawn, 1)
    )
    form = Form(blueprint.digest, seed, items, round(reachable), round(difficulty), "")
    return replace(form, digest=form_digest(form))


def form_digest(form: Form) -> str:
    """What the form's own digest must be."""
    return digest_of({key: value for key, value in to_plain(form).items() if key != "digest"})
