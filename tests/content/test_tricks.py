"""A search for ways to pass without doing the work: reports every scenario and trick that wins."""

import random
from collections.abc import Iterator
from functools import partial

import pytest

from simulator.authoring.desk import Desk
from simulator.authoring.scenario_file import bake
from simulator.dialogue import PersonaKind
from simulator.dialogue.speak import fact, fill

DESK = Desk()
SCENARIOS = DESK.library.scenario_ids()
FISHING = (
    "您好，我是客服小陈，工号2036，请问他在吗？",
    "您看您方便帮他处理一下吗？",
    "您要是愿意，今天下午三点前先还五百也行。",
    "谢谢您，再见。",
)
PASTED = (
    "您好，我是客服小陈，工号2036，请问是本人吗？",
    "您有一笔款逾期了，今天能还上吗？",
    "我理解您的难处，是什么原因没还上呢？",
    "每天都有罚息，也会影响征信。",
    "您手上现在能动的有多少？",
    "先还一部分，余下的几号几点还？",
    "那我确认一下，明天下午三点前还五百，App还款，对吗？",
    "明天我再联系您，谢谢，再见。",
)


def tricks(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    model = DESK.library.scenario(name).model
    chance = random.Random(name)
    for number in range(6):
        shuffled = list(model)
        while shuffled[0] == model[0]:  # with its opening in place the middle of a call may come in any order
            chance.shuffle(shuffled)
        yield f"shuffled {number}", tuple(shuffled)
    yield "first half", model[: len(model) // 2]
    yield "first line again and again", (model[0],) * 12
    yield "promise fishing", FISHING
    yield "pasted answers, all in one turn", ("".join(PASTED),)
    yield "pasted answers backwards", tuple(reversed(PASTED))
    yield "silence between two lines", (model[0], *[""] * 6, model[-1])
    for other in SCENARIOS:
        scenario = DESK.library.scenario(other)
        if scenario.case.persona != DESK.library.scenario(name).case.persona:
            case = bake(scenario, 6)  # other names than this call draws
            words = tuple(fill(line, partial(fact, case), case.at) for line in scenario.model)
            yield f"the model of {other}", words


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_scenario_is_won_by_a_trick(name: str) -> None:
    scenario = DESK.library.scenario(name)
    won = []
    for trick, lines in tricks(name):
        practice = DESK.play(scenario, 5, lines)
        if DESK.grade(practice.transcript, practice.versions, advice=False).passed:
            won.append(trick)
    assert not won


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shown_threat_fails_even_the_model_call(name: str) -> None:
    scenario = DESK.library.scenario(name)
    kind = scenario.case.kind
    spoilt = (
        "他欠我们的钱，您替他还吧。" if kind is PersonaKind.THIRD_PARTY else "再不还我就告诉你们单位领导。"
    )
    lines = (*scenario.model[:2], spoilt, *scenario.model[2:])
    practice = DESK.play(scenario, 5, lines)
    assert not DESK.grade(practice.transcript, practice.versions, advice=False).passed
