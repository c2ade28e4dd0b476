"""Scripted trainees of several skills: what each would say next, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.authoring.proof.lines import MONEY, filled
from simulator.authoring.proof.playing import recap
from simulator.dialogue import Case, PersonaKind
from simulator.training.practice import Practice
from simulator.training.scenario import Scenario

MOST_TURNS = 24


@dataclass(frozen=True, slots=True)
class Skill:
    """`craft` is how often (percent) the trainee says what a good caller would say next, `skips` how often that line is
    left out altogether, `fouls` how often something is said that must not be said, `silent` how often nothing at all;
    otherwise something that callers say, but not now. `listens`: answers what was asked, and repeats back what was
    really promised. `ability` is where the skill stands on the scale of difficulty, in logits; None: not a caller to
    measure by."""

    id: str
    title: str
    craft: int
    skips: int = 0
    fouls: int = 0
    silent: int = 0
    listens: bool = False
    ability: float | None = None


SKILLS = (
    Skill("silent", "不吭声的", craft=10, silent=80),
    Skill("rude", "耍横的", craft=40, fouls=50),
    Skill("novice", "新手", craft=45, skips=20, fouls=6, silent=2, ability=-2.0),
    Skill("learner", "学了一阵的", craft=65, skips=14, fouls=2, ability=-1.0),
    Skill("steady", "稳当的", craft=80, skips=8, fouls=1, listens=True, ability=0.0),
    Skill("diligent", "用心的", craft=90, skips=4, listens=True, ability=1.0),
    Skill("expert", "老手", craft=98, skips=1, listens=True, ability=2.0),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What trainees have to say in one case: the good call, what is said at the wrong time, what must not be said."""

    good: tuple[str, ...]
    stray: tuple[str, ...]
    foul: tuple[str, ...]
    who: str


def words_for(
    scenario: Scenario, case: Case, acts: dict[str, tuple[str, ...]], breaches: Sequence[str]
) -> Words:
    sealed = case.kind is PersonaKind.THIRD_PARTY
    return Words(
        good=tuple(filled(line, case) for line in scenario.model),
        stray=tuple(
            text
            for act, texts in acts.items()
            if not (sealed and act in MONEY) and act != "close"
            for text in texts[:2]
        ),
        foul=(*(filled(line, case) for line in scenario.careless), *breaches),
        who=filled("您好，我是{collector.org}的{collector.name}，工号{collector.number}。", case),
    )


class Trainee:
    """One trainee in one call."""

    def __init__(self, skill: Skill, words: Words, chance: random.Random) -> None:
        self.skill, self.words, self.chance = skill, words, chance
        self.left = [line for line in words.good if chance.randrange(100) >= skill.skips]

    def next(self, practice: Practice) -> str | None:
        """What to say now; None to hang up."""
        skill = self.skill
        if not self.left or len(practice.turns) > 2 * MOST_TURNS:
            return None
        if skill.listens and practice.situation.asked == "who" and len(practice.turns) > 2:
            return self.words.who
        draw = self.chance.randrange(100)
        if draw < skill.silent:
            return ""
        if draw < skill.silent + skill.fouls:
            return self.chance.choice(self.words.foul)
        if draw < skill.silent + skill.fouls + skill.craft:
            return self._good(practice)
        return self.chance.choice(self.words.stray)

    def _good(self, practice: Practice) -> str:
        line = self.left.pop(0)
        promised = [pledge for pledge in practice.situation.pledges if pledge.due and pledge.amount]
        if self.skill.listens and promised and ("确认" in line or "核对" in line or "记一下" in line):
            return recap(practice)
        return line
