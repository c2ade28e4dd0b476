"""Content proves itself: the model call passes cleanly, the careless one fails, and no trick wins."""

import random
from functools import cache

import pytest

from scoring.scorecard import Scorecard
from simulator.authoring.desk import Desk
from simulator.dialogue.speak import fact, fill
from simulator.training.practice import Practice
from simulator.training.record import dump

DESK = Desk()
SCENARIOS = DESK.library.scenario_ids()
SEEDS = (1, 2, 7, 2026)


@cache
def call(name: str, script: str, seed: int) -> tuple[Practice, Scorecard]:
    scenario = DESK.library.scenario(name)
    practice = DESK.play(scenario, seed, getattr(scenario, script))
    return practice, DESK.grade(practice.transcript, practice.versions)


def attempt(name: str, lines: tuple[str, ...], seed: int = 1) -> Scorecard:
    practice = DESK.play(DESK.library.scenario(name), seed, lines)
    return DESK.grade(practice.transcript, practice.versions)


def test_there_are_at_least_ten_scenarios_over_five_people() -> None:
    assert len(SCENARIOS) >= 10
    assert len({DESK.library.scenario(name).case.persona for name in SCENARIOS}) >= 5


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_model_call_passes_without_a_breach(name: str, seed: int) -> None:
    _, card = call(name, "model", seed)
    assert not card.breaches
    assert card.passed, card.reasons


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_careless_call_fails(name: str, seed: int) -> None:
    _, card = call(name, "careless", seed)
    assert not card.passed


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_words(name: str) -> None:
    def record(seed: int) -> list[str]:
        scenario = DESK.library.scenario(name)
        events: list[str] = []
        practice = DESK.open_call(scenario, seed, lambda event: events.append(dump(event)))
        for line in scenario.model:
            if not practice.is_over:
                practice.say(fill(line, lambda path: fact(practice.case, path), practice.situation.clock))
        practice.leave()
        card = DESK.grade(practice.transcript, practice.versions)
        return [*events, dump(card.to_json())]

    assert record(3) == record(3)
    texts = {
        tuple(turn.text for turn in call(name, "model", seed)[0].turns if turn.who == "persona")
        for seed in SEEDS
    }
    assert len(texts) > 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_line_of_the_persona_comes_twice(name: str) -> None:
    for script in ("model", "careless"):
        lines = [turn.text for turn in call(name, script, 1)[0].turns if turn.who == "persona"]
        assert len(lines) == len(set(lines))


POLITE = "您好，麻烦您了，请您理解，谢谢您。"
HEAP = (
    "您好我是客服小陈工号2036请问是本人吗您欠款逾期了今天能还吗什么原因手上有多少征信罚息法律途径理解您不容易"
    "先还一部分分期App还款几点还多少确认一下明天三点前五百元再联系谢谢再见"
)


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_trick_wins(name: str) -> None:
    scenario = DESK.library.scenario(name)
    shuffled = list(scenario.model)
    random.Random(name).shuffle(shuffled)
    tricks = {
        "nothing": (),
        "silence": ("",) * 12,
        "one polite line": (POLITE,) * 12,
        "every keyword at once": (HEAP,),
        "every keyword, again and again": (HEAP,) * 6,
        "only goodbye": ("谢谢，再见。",),
        "the model backwards": tuple(reversed(scenario.model)),
        "only its last two lines": scenario.model[-2:],
    }
    won = [trick for trick, lines in tricks.items() if attempt(name, lines).passed]
    assert not won
