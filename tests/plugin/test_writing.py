"""A call that was played becomes a test that holds."""

import asyncio
from pathlib import Path

import pytest

from simulator.authoring.call_running import run_call_test
from simulator.authoring.call_tests import read_call_test
from simulator.authoring.call_writing import call_test_text
from simulator.authoring.desk import Desk
from tests.tui.conftest import Opened, opened

__all__ = ["opened"]  # a fixture of the screens' tests

DESK = Desk()


@pytest.mark.parametrize(
    ("scenario", "script"), [("spouse-cosigned", "model"), ("relative-mother-offers", "careless")]
)
def test_a_played_call_written_down_holds(scenario: str, script: str, tmp_path: Path) -> None:
    found = DESK.library.scenario(scenario)
    practice = DESK.play(found, 9, getattr(found, script))
    practice.note = "对方：“下午再说” # 没定"
    card = DESK.grade(practice.transcript, practice.versions).to_json()
    text = call_test_text(found, practice.transcript, card)
    path = tmp_path / "written.yaml"
    path.write_text(text, encoding="utf-8")
    assert practice.case.debtor.name not in text
    test = read_call_test(path, DESK.library)
    assert len(test.turns) == sum(turn.who == "collector" for turn in practice.turns)
    assert run_call_test(test, DESK) == ()


@pytest.mark.parametrize(
    "words", ["{x}", "a: b", "- 好", "'", '"引"', "# 记", "好 ", "", "@我", "😀", "{debtor}"]
)
def test_whatever_was_typed_is_said_again(words: str, tmp_path: Path) -> None:
    found = DESK.library.scenario("relative-mother-offers")
    practice = DESK.open_call(found, 1)
    practice.say(words)
    practice.leave()
    card = DESK.grade(practice.transcript, practice.versions).to_json()
    path = tmp_path / "written.yaml"
    path.write_text(call_test_text(found, practice.transcript, card), encoding="utf-8")
    test = read_call_test(path, DESK.library)
    assert test.turns[0].words == practice.turns[1].text
    assert run_call_test(test, DESK) == ()


def test_one_key_in_the_debrief_makes_a_test_and_says_where(opened: Opened, tmp_path: Path) -> None:
    async def look() -> None:
        async with opened(home=tmp_path) as user:
            await user.dial()
            await user.say("您好，是本人吗")
            await user.hang_up()
            await user.press("f3", "f3")
            written = list((tmp_path / "tests" / "calls").glob("*.yaml"))
            assert len(written) == 1
            assert "say: 您好，是本人吗" in written[0].read_text(encoding="utf-8")
            told = [notice.message for notice in user.app._notifications]
            assert any(written[0].name in message for message in told)

    asyncio.run(look())
