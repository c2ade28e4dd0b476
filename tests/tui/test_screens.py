"""The screens as their user meets them. Each test is one claim."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from itertools import pairwise
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Static

from simulator.errors import StorageError
from simulator.store.journal import Journal
from simulator.tui import words_en, words_zh
from simulator.tui.look import DARK, LIGHT
from simulator.tui.records import survey
from simulator.tui.screens.debrief import Debrief
from simulator.tui.screens.dialogs import Ask, Picks, Tell
from simulator.tui.screens.menu import Menu
from simulator.tui.screens.practice import Talk
from simulator.tui.widgets.mark import Mark
from tests.tui.conftest import Opened
from tests.tui.toy import SCENARIO, ToyDesk


def piloted(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    @wraps(test)
    def run(*arguments: object, **named: object) -> None:
        asyncio.run(test(*arguments, **named))

    return run


def records(home: Path) -> list[Path]:
    return sorted((home / "calls").glob("*.jsonl"))


def kinds(record: Path) -> list[str]:
    return [json.loads(line)["event"] for line in record.read_text(encoding="utf-8").splitlines()]


class TestMenu:
    @piloted
    async def test_it_shows_each_scenario_with_its_task(self, opened: Opened) -> None:
        async with opened() as user:
            await user.until(lambda: "50,000" in user.shown())
            assert "小店老板" in user.shown()
            assert "逾期 1–5 天" in user.shown()
            assert "还没练过" in user.shown()

    @piloted
    async def test_the_best_result_so_far_is_shown_when_one_comes_back(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.hang_up()
            await user.press("f10")
            await user.until(lambda: isinstance(user.app.screen, Menu) and "82 分 · 通过" in user.shown())

    @piloted
    async def test_a_scenario_named_on_the_command_line_is_dialled_at_once(self, opened: Opened) -> None:
        async with opened(scenario="little-case") as user:
            await user.until(lambda: isinstance(user.app.screen, Talk))

    @piloted
    async def test_an_empty_name_dials_the_easiest(self, opened: Opened) -> None:
        async with opened(scenario="") as user:
            await user.until(lambda: isinstance(user.app.screen, Talk))

    @piloted
    async def test_a_name_nobody_knows_is_a_message(self, opened: Opened) -> None:
        async with opened(scenario="litle") as user:
            await user.until(lambda: isinstance(user.app.screen, Tell))
            assert "little-case" in user.shown()


class TestCall:
    @piloted
    async def test_words_and_answer_stand_in_the_conversation(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，请问是本人吗？")
            assert user.bubbles()[1:] == ["您好，请问是本人吗？", "我是郑国梁。"]
            assert user.line.text == ""

    @piloted
    async def test_each_side_is_named(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            assert "对方" in user.shown()
            await user.say("您好，请问是本人吗？")
            assert "郑总" in user.shown()
            assert "你  10:02" in user.shown()

    @piloted
    async def test_what_was_understood_is_named_with_its_words(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，今天还8000元行吗")
            assert "要求还款「今天还」" in user.shown()
            assert "8000元 → 8,000 元" in user.shown()
            assert "今天 → 最晚 03-11 18:00" in user.shown()

    @piloted
    async def test_a_rude_line_is_marked_and_mended(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("不还就坐牢！")
            assert "红线 · 不拿坐牢、报警吓人" in user.shown()
            coach = user.app.screen.query_one("#coach-column Static", Static)
            assert "可以这样说 逾期是合同上的事。郑总，我们先看今天能处理多少。" in str(coach.content)

    @piloted
    async def test_an_empty_line_is_a_silence_at_the_second_enter(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("enter")
            assert len(user.bubbles()) == 1
            assert "（沉默）" in user.shown()
            await user.press("enter")
            assert user.bubbles()[1] == "（沉默）"

    @piloted
    async def test_enter_never_overtakes_what_was_typed_before_it(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            for character in "ninhao您好":
                user.app.post_message(events.Key(character, character))
            user.app.post_message(events.Key("enter", "\r"))
            await user.until(lambda: len(user.bubbles()) > 1)
            assert user.bubbles()[1] == "ninhao您好"

    @piloted
    async def test_up_brings_back_what_was_said_and_down_the_draft(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好")
            await user.say("再说一次")
            user.line.insert("草稿")
            await user.press("up", "up")
            assert user.line.text == "您好"
            await user.press("down", "down")
            assert user.line.text == "草稿"

    @piloted
    async def test_many_pasted_lines_become_one_turn(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            user.line.post_message(events.Paste("您好，\n我是小陈，\r\n请问是本人吗？"))
            await user.press("enter")
            assert user.bubbles()[1] == "您好， 我是小陈， 请问是本人吗？"

    @piloted
    async def test_letters_are_always_typed_never_commands(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("q", "n", "y", "h", "question_mark", "space")
            assert user.line.text == "qnyh? "

    @piloted
    async def test_a_click_into_the_conversation_loses_no_typing(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.pilot.click("#conversation")
            await user.press("a")
            assert user.line.text == "a"

    @piloted
    async def test_the_clock_runs_with_the_words_not_with_the_typing(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            clock = user.app.screen.call.practice.situation.clock
            assert f"{clock:%H:%M:%S}" in user.shown()
            user.line.insert("您" * 45)
            await user.pilot.pause()
            assert f"{clock + timedelta(seconds=11):%H:%M:%S}" in user.shown()

    @piloted
    async def test_hints_come_one_by_one(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("f2")
            assert "先核实是不是本人" in user.shown()
            assert "问问手上" not in user.shown()
            await user.press("f2", "f2")
            assert "问问手上" in user.shown()
            assert user.app.screen.call.hints_seen == 2

    @piloted
    async def test_a_prepared_line_is_put_into_the_input_and_not_sent(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("f3")
            assert isinstance(user.app.screen, Picks)
            await user.press("down", "enter")
            assert (
                user.line.text == "本次通话会录音。为了保护您的信息，麻烦您报一下身份证后四位，我核对一下。"
            )
            assert len(user.bubbles()) == 1

    @piloted
    async def test_every_prepared_line_is_the_one_that_was_chosen(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("f3")
            await user.press("end", "enter")
            assert user.line.text == "谢谢您，郑总，打扰了，再见。"

    @piloted
    async def test_hanging_up_is_asked_once_and_can_be_taken_back(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("f8")
            assert isinstance(user.app.screen, Ask)
            await user.press("enter")
            assert isinstance(user.app.screen, Talk)
            await user.hang_up()

    @piloted
    async def test_when_they_hang_up_enter_leads_to_the_scorecard(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("再见")
            assert "通话结束" in user.shown()
            await user.press("enter")
            await user.until(lambda: isinstance(user.app.screen, Debrief))


class TestHostileText:
    @pytest.mark.parametrize(
        "words",
        [
            "[/bold]",
            "[/]",
            "[@click=app.quit]点我[/]",
            "[red]红[/red]",
            "\\[b]",
            "$primary",
            "{debtor.name}",
            "[bold",
            "😀👨‍👩‍👧‍👦🇨🇳",
            "é́́́",
            "‮倒着",
        ],
    )
    @piloted
    async def test_it_is_shown_as_it_stands(self, opened: Opened, words: str) -> None:
        async with opened() as user:
            await user.dial()
            await user.say(words)
            assert user.bubbles()[1] == words.replace("‮", "")
            await user.hang_up()

    @piloted
    async def test_escape_sequences_never_reach_the_terminal(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            user.line.post_message(events.Paste("您\x1b[31m好\x1b]0;标题\x07\x9b2J"))
            await user.pilot.pause()
            assert user.line.text == "您[31m好]0;标题2J"
            await user.say("\x1b]52;c;AAAA\x07")
            assert not any(ord(character) < 32 and character != "\n" for character in user.shown())

    @piloted
    async def test_three_thousand_characters_do_no_harm(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            user.line.post_message(events.Paste("您好，请问今天方便吗？" * 273))
            await user.press("enter")
            assert len(user.bubbles()[1]) == 3003
            await user.press("pageup", "pagedown")

    @piloted
    async def test_persona_and_brief_are_no_markup_either(self, opened: Opened, tmp_path: Path) -> None:
        desk = ToyDesk(tmp_path)
        desk.library.scenarios = (
            replace(SCENARIO, brief="[/x] 看这里 [@click=app.quit]", hints=("[/hint]",)),
        )
        async with opened(desk=desk) as user:
            await user.dial()
            await user.press("f2")
            assert "[/x] 看这里" in user.shown()
            assert "[/hint]" in user.shown()


class TestRecord:
    @piloted
    async def test_every_turn_is_on_disk_when_it_is_shown(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，是本人吗？")
            assert kinds(records(tmp_path)[0]) == ["call", "turn", "turn", "turn"]

    @piloted
    async def test_a_call_that_was_left_can_be_gone_on_with(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，是本人吗？")
            before = user.bubbles()
        async with opened() as user:
            await user.until(lambda: "没打完的电话" in user.shown())
            await user.dial()
            assert user.bubbles() == before
            await user.say("手上能动的有多少？")
            assert len(kinds(records(tmp_path)[0])) == 6

    @piloted
    async def test_a_call_killed_in_the_middle_of_a_line_loses_nothing_shown(
        self, opened: Opened, tmp_path: Path
    ) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，是本人吗？")
            before = user.bubbles()
        record = records(tmp_path)[0]
        whole = record.read_bytes().splitlines(keepends=True)
        record.write_bytes(b"".join(whole[:-1]) + whole[-1][:20])
        async with opened() as user:
            await user.dial()
            assert user.bubbles() == before
        assert record.read_bytes() == b"".join(whole)

    @piloted
    async def test_a_call_nobody_wants_is_not_offered_again(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("f10")
            await user.until(lambda: "没打完的电话" in user.shown())
            await user.press("home", "delete")
            await user.until(lambda: not survey(tmp_path / "calls").unfinished)
            await user.until(lambda: "没打完的电话" not in user.shown())

    @piloted
    async def test_taking_back_is_marked_in_a_record_of_its_own(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("不还就坐牢！")
            await user.press("ctrl+z")
            assert len(user.bubbles()) == 1
            assert user.line.text == "不还就坐牢！"
            assert "收回过话" in user.shown()
            user.line.put("")
            await user.say("您好")
        old, new = sorted(records(tmp_path), key=lambda record: "fresh-attempt" in kinds(record))
        assert kinds(old) == ["call", "turn", "turn", "turn", "taken-back"]
        assert kinds(new) == ["call", "turn", "fresh-attempt", "turn", "turn"]
        assert [call.record for call in survey(tmp_path / "calls").unfinished] == [new]

    @piloted
    async def test_a_disk_that_fills_up_stops_the_call_politely(
        self, opened: Opened, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with opened() as user:
            await user.dial()
            keep = Journal.keep

            def full(self: Journal, event: object) -> None:
                raise StorageError("盘满了")

            monkeypatch.setattr(Journal, "keep", full)
            await user.say("您好")
            assert isinstance(user.app.screen, Ask)
            assert "盘满了" in user.shown()
            monkeypatch.setattr(Journal, "keep", keep)
            await user.press("enter")
            await user.until(lambda: isinstance(user.app.screen, Talk))
            assert user.bubbles()[1] == "您好"

    @piloted
    async def test_an_unwritable_home_is_asked_about_and_said_clearly(
        self, opened: Opened, tmp_path: Path
    ) -> None:
        home = tmp_path / "home"
        home.write_text("no folder")
        async with opened(home=home) as user:
            await user.until(lambda: bool(user.app._menu._entries))
            await user.press("enter")
            await user.until(lambda: isinstance(user.app.screen, Ask))
            await user.press("right", "enter")
            await user.until(lambda: isinstance(user.app.screen, Talk))
            assert "不保存" in user.shown()
            await user.say("您好")
            await user.hang_up()

    @piloted
    async def test_a_record_that_no_longer_fits_is_a_message(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，是本人吗？")
        record = records(tmp_path)[0]
        record.write_text(
            record.read_text(encoding="utf-8").replace("我是郑国梁", "我是别人"), encoding="utf-8"
        )
        async with opened() as user:
            await user.until(lambda: "没打完的电话" in user.shown())
            await user.press("home", "enter")
            await user.until(lambda: isinstance(user.app.screen, Tell))
            assert "不能接着打" in user.shown()


class TestDebrief:
    @piloted
    async def test_the_verdict_is_plain_and_the_breach_comes_first(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("不还就坐牢！")
            await user.hang_up()
            assert "✗ 没通过" in user.shown()
            assert "31 分" in user.shown()
            assert "《刑法》 第196条" in user.shown()
            assert "－ 不还就坐牢！" in user.shown()
            assert "＋ 先看今天能处理多少。" in user.shown()

    @piloted
    async def test_a_mark_opens_to_its_reason(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好")
            await user.hang_up()
            assert "对方有权知道谁在打电话" not in user.shown()
            marks = list(user.app.screen.query(Mark))
            marks[1].focus()
            await user.press("enter")
            assert "对方有权知道谁在打电话" in user.shown()

    @piloted
    async def test_the_promise_is_drawn_against_its_two_days(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.say("您好，是本人吗？")
            await user.say("今天还8000元行吗")
            await user.hang_up()
            assert "48 小时以内" in user.shown()
            assert "●━" in user.shown()

    @piloted
    async def test_the_note_is_kept_and_graded(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.hang_up()
            note = user.app.screen.query_one("#note")
            note.focus()
            note.insert("客户今天还八千，手机银行，明天下午三点跟进。")
            await user.press("ctrl+s")
            await user.until(lambda: "小结 5/5" in user.shown())
        assert kinds(records(tmp_path)[0])[-2:] == ["note", "scorecard"]

    @piloted
    async def test_the_same_seed_can_be_played_again(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            seed = user.app.screen.call.practice.seed
            await user.hang_up()
            await user.press("f5")
            await user.until(lambda: isinstance(user.app.screen, Talk))
            assert user.app.screen.call.practice.seed == seed

    @piloted
    async def test_the_scorecard_can_be_exported(self, opened: Opened, tmp_path: Path) -> None:
        async with opened() as user:
            await user.dial()
            await user.hang_up()
            await user.press("f7")
            exported = list((tmp_path / "exports").glob("*.json"))
            assert json.loads(exported[0].read_text(encoding="utf-8"))["verdict"] == "pass"


class TestLayout:
    @piloted
    async def test_on_a_small_screen_conversation_and_input_are_always_there(self, opened: Opened) -> None:
        async with opened(size=(80, 24)) as user:
            await user.dial()
            screen = user.app.screen
            assert not screen.query_one("#case-column").display
            assert screen.query_one("#conversation").size.height >= 8
            await user.press("f4")
            assert "教练" in user.shown()
            await user.press("f4")
            assert "郑国梁" in user.shown()

    @piloted
    async def test_on_a_large_screen_there_are_three_columns(self, opened: Opened) -> None:
        async with opened(size=(140, 40)) as user:
            await user.dial()
            columns = [
                user.app.screen.query_one(name).region for name in ("#case-column", "#talk", "#coach-column")
            ]
            assert all(left.right <= right.x for left, right in pairwise(columns))
            assert columns[2].right == 140

    @pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40), (200, 60)])
    @piloted
    async def test_six_rows_under_the_input_stay_free_for_the_input_method(
        self, opened: Opened, size: tuple[int, int]
    ) -> None:
        async with opened(size=size) as user:
            await user.dial()
            user.line.insert("好\n" * 20)
            await user.pilot.pause()
            assert user.line.region.bottom <= size[1] - 6
            assert user.app.screen.query_one("#conversation").size.height >= 3

    @piloted
    async def test_the_window_may_change_its_size(self, opened: Opened) -> None:
        async with opened(size=(140, 40)) as user:
            await user.dial()
            user.line.insert("没说完")
            await user.pilot.resize_terminal(80, 24)
            await user.pilot.pause()
            await user.press("f4", "f4")
            await user.pilot.resize_terminal(140, 40)
            await user.pilot.pause()
            assert user.line.text == "没说完"

    @piloted
    async def test_dark_and_light_are_one_key_apart(self, opened: Opened) -> None:
        async with opened() as user:
            await user.dial()
            await user.press("f9")
            assert user.app.theme == LIGHT
            await user.press("f9")
            assert user.app.theme == DARK


class TestEnglish:
    def test_both_languages_have_every_text_with_the_same_places(self) -> None:
        import re

        assert words_en.TABLE.keys() == words_zh.TABLE.keys()
        for key, words in words_en.TABLE.items():
            assert set(re.findall(r"{(\w+)}", words)) == set(re.findall(r"{(\w+)}", words_zh.TABLE[key])), key

    @piloted
    async def test_the_interface_is_english_throughout(self, opened: Opened) -> None:
        async with opened(language="en") as user:
            await user.dial()
            await user.say("您好，今天还8000元行吗")
            assert "asks for payment「今天还」" in user.shown()
            assert "Seed" in user.shown() or "seed" in user.shown()
            await user.hang_up()
            assert "Passed" in user.shown()
            assert "通过" not in user.shown()
