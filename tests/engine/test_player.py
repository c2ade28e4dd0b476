"""How a persona plays: the same words give the same answers, and no wording comes twice."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.authoring.marked import Source
from simulator.authoring.persona_file import read_persona
from simulator.dialogue import (
    Act,
    AmountKind,
    AmountMention,
    Case,
    Cue,
    HeardAs,
    Manner,
    Outcome,
    Reading,
    Severity,
    Signal,
    TimeMention,
)
from simulator.dialogue.plain import from_plain, to_plain
from simulator.engine.player import Player, Step, misnamed
from simulator.engine.situation import Situation
from tests.engine.case import CASE

ACTS = frozenset(
    {
        "empathize",
        "close",
        "verify-identity",
        "ask-ability",
        "demand-payment",
        "confirm-promise",
        "ask-commitment",
    }
)


def player() -> Player:
    path = Path(__file__).with_name("little.yaml")
    source = Source(path.name, path.read_text(encoding="utf-8"))
    persona = read_persona(source, ACTS)
    assert persona is not None, source.problems
    return Player(persona)


PLAYER = player()


def heard(
    text: str = "话",
    *acts: str,
    amount: str | None = None,
    due: datetime | None = None,
    felt: HeardAs | None = None,
    signals: frozenset[Signal] = frozenset(),
) -> Reading:
    end = len(text)
    return Reading(
        text=text,
        acts=tuple(Act(act, 0, end, "given") for act in acts),
        cues=(Cue("a-rule", Severity.MAJOR, felt, 0, end, "given"),) if felt else (),
        times=(TimeMention(0, end, text, CASE.at, due),) if due else (),
        amounts=(AmountMention(0, end, text, Decimal(amount), AmountKind.EXACT),) if amount else (),
        manner=Manner(False, end),
        signals=signals,
        unsure=False,
    )


def talk(*readings: Reading, seed: int = 1, case: Case = CASE) -> list[Step]:
    steps = [PLAYER.open(case, seed)]
    for reading in readings:
        steps.append(PLAYER.step(case, steps[-1].situation, reading))
    return steps


def test_a_verified_debtor_speaks_his_own_name() -> None:
    last = talk(heard("您是本人吗", "verify-identity"))[-1]
    assert last.reply == f"我是{CASE.debtor.name}。"
    assert last.situation.verified


def test_kindness_opens_what_a_bare_question_does_not() -> None:
    cold = talk(heard("是你吗", "verify-identity"), heard("有多少钱", "ask-ability"))[-1]
    warm = talk(heard("是你吗", "verify-identity"), heard("不容易，有多少", "ask-ability", "empathize"))[-1]
    assert "没钱" in cold.reply
    assert warm.reply == "（叹气）手上有八千。"
    assert warm.situation.memory == {"reason"}


def test_a_promise_holds_the_sum_and_the_hour_that_were_named() -> None:
    due = CASE.at.replace(hour=15, minute=0)
    last = talk(
        heard("是你吗", "verify-identity"), heard("三点前", "demand-payment", amount="5000", due=due)
    )[-1]
    pledge = last.situation.pledges[0]
    assert (pledge.amount, pledge.due, pledge.method) == (Decimal(5000), due, "app")


def test_the_rest_is_what_the_debt_leaves() -> None:
    due = CASE.at.replace(hour=15)
    steps = talk(
        heard("是你吗", "verify-identity"),
        heard("五千三点", "demand-payment", amount="5000", due=due),
        heard("剩下的呢", "ask-commitment"),
    )
    assert "四万五" in steps[-1].reply
    assert PLAYER.leave(CASE, steps[-1].situation).outcome is Outcome.PROMISE


def test_a_wrong_repetition_is_put_right() -> None:
    due = CASE.at.replace(hour=15)
    start = (heard("是你吗", "verify-identity"), heard("五千三点", "demand-payment", amount="5000", due=due))
    wrong = talk(*start, heard("那就六千", "confirm-promise", amount="6000"))[-1]
    right = talk(*start, heard("那就五千", "confirm-promise", amount="5000"))[-1]
    assert wrong.reply.startswith("不对")
    assert right.reply == "对。"


def test_patience_runs_out_and_the_call_ends() -> None:
    steps = talk(*[heard("", signals=frozenset())] * 3)
    assert steps[-1].situation.outcome is Outcome.HUNG_UP
    with pytest.raises(ValueError, match="over"):
        PLAYER.step(CASE, steps[-1].situation, heard())


def test_a_threat_is_answered_before_anything_else() -> None:
    last = talk(heard("是你吗，不还就……", "verify-identity", felt=HeardAs.THREAT))[-1]
    assert last.transition.startswith("always")


def test_another_seed_words_it_otherwise_but_goes_the_same_way() -> None:
    ways = {
        tuple(step.transition for step in talk(heard("一"), heard("二二"), seed=seed)) for seed in range(8)
    }
    words = {tuple(step.reply for step in talk(heard("一"), heard("二二"), seed=seed)) for seed in range(8)}
    assert len(ways) == 1
    assert len(words) > 1


readings = st.lists(
    st.builds(
        lambda text, acts, felt: heard(text, *acts, felt=felt),
        st.text("甲乙丙丁戊己庚辛壬癸", max_size=12),
        st.lists(st.sampled_from(sorted(ACTS)), max_size=3, unique=True),
        st.sampled_from([None, *HeardAs]),
    ),
    max_size=7,
)


@given(readings, st.integers(0, 5))
def test_no_wording_comes_twice_and_the_same_words_give_the_same_call(said: list[Reading], seed: int) -> None:
    def call() -> list[Step]:
        steps = [PLAYER.open(CASE, seed)]
        for reading in said:
            if steps[-1].situation.is_over:
                break
            steps.append(PLAYER.step(CASE, steps[-1].situation, reading))
        return steps

    once, again = call(), call()
    assert once == again
    bare = [step.reply.removeprefix("（叹气）") for step in once]
    assert len(bare) == len(set(bare))


@given(readings)
def test_a_saved_situation_goes_on_as_if_never_stopped(said: list[Reading]) -> None:
    step = PLAYER.open(CASE, 1)
    for reading in said:
        if step.situation.is_over:
            break
        saved = from_plain(Situation, to_plain(step.situation))
        assert saved == step.situation
        step, copy = PLAYER.step(CASE, step.situation, reading), PLAYER.step(CASE, saved, reading)
        assert copy == step


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("请问是郑国梁先生吗", False),
        ("您好，请问您是郑总吗", False),
        ("请问是王小明女士吗", True),
        ("我找李建军先生", True),
        ("请问是哪位先生", False),
        ("您是老板吧", False),
        ("请问您是总行的吗", False),
    ],
)
def test_a_name_that_is_nobodys_here_is_noticed(text: str, wrong: bool) -> None:
    assert misnamed(CASE, text) is wrong
