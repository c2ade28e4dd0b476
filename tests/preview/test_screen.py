"""The rehearsal's screen as its author meets it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from simulator.authoring.library import SHIPPED
from simulator.authoring.rehearsal import Rehearsal
from simulator.reading.ear import Ear
from simulator.tui import words_en, words_zh
from simulator.tui.rehearse import RehearsalApp
from simulator.tui.screens.preview import Preview
from simulator.tui.widgets.insight import Insight
from simulator.tui.widgets.line import Line
from simulator.tui.widgets.problems import Problems
from tests.tui.conftest import User

EAR = Ear.load()


class Author(User):
    """Somebody who writes the file and talks to it."""

    def __init__(self, app: RehearsalApp, pilot: object, file: Path) -> None:
        super().__init__(app, pilot)  # type: ignore[arg-type]
        self.file = file

    @property
    def preview(self) -> Preview:
        return self.app._preview  # type: ignore[attr-defined]

    @property
    def rehearsal(self) -> Rehearsal:
        assert self.preview.rehearsal is not None
        return self.preview.rehearsal

    def panel(self, kind: type) -> str:
        return str(self.preview.query_one(kind).query_one("Static").content)

    async def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Waits for what a thread brings about, which on a busy machine takes longer than a screen."""
        for _ in range(round(seconds * 20)):
            if holds():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"never came about; the screen shows:\n{self.shown()}")

    def save(self, old: str, new: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def rehearsing(tmp_path: Path) -> Callable[..., object]:
    for kind, name in (("personas", "relative-mother"), ("scenarios", "relative-mother-first-call")):
        (tmp_path / kind).mkdir()
        shutil.copy(SHIPPED / kind / f"{name}.yaml", tmp_path / kind)

    @asynccontextmanager
    async def open_app(
        state: str | None = None, size: tuple[int, int] = (140, 40), *, judged: bool = False
    ) -> AsyncIterator[Author]:
        file = tmp_path / "personas" / "relative-mother.yaml"
        app = RehearsalApp(file, state, 1, "zh", tmp_path / "home")
        app._ear = EAR
        if not judged:  # lint is not what these tests are about, and takes its time
            app._judge_files = lambda content: None  # type: ignore[method-assign]
        async with app.run_test(size=size) as pilot:
            author = Author(app, pilot, file)
            await author.until(
                lambda: author.preview.rehearsal is not None and "读得通" in author.panel(Problems)
            )
            yield author

    return open_app


def run(test: Callable[[], object]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


def test_the_answer_and_why_it_came_stand_side_by_side(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing() as author:  # type: ignore[attr-defined]
            await author.say("您好")
            assert author.bubbles()[1] == "您好"
            inside = author.panel(Insight)
            assert "greet" in inside
            assert "✓ answering." in inside
            assert "没听到 wrong-name" in inside
            assert "patience" in inside

    run(look)


def test_a_save_is_seen_and_the_lines_are_kept(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing() as author:  # type: ignore[attr-defined]
            await author.say("您好")
            answer = author.bubbles()[2]
            author.save(answer, "换了一句全新的")
            await author.until(lambda: author.bubbles()[2:] and author.bubbles()[2] != answer)
            assert author.bubbles()[1] == "您好"

    run(look)


def test_a_broken_save_shows_place_and_cure_while_the_last_good_version_plays_on(
    rehearsing: Callable[..., object],
) -> None:
    async def look() -> None:
        async with rehearsing() as author:  # type: ignore[attr-defined]
            await author.say("您好")
            author.save("to: guarding}", "to: gaurding}")
            await author.until(lambda: "gaurding" in author.panel(Problems))
            assert "relative-mother.yaml:" in author.panel(Problems)
            assert "是不是“guarding”" in author.panel(Problems)
            await author.say("您好，请问他在吗？")
            assert len(author.bubbles()) == 5
            author.save("to: gaurding}", "to: guarding}")
            await author.until(lambda: "读得通" in author.panel(Problems))
            assert len(author.rehearsal.said) == 2

    run(look)


def test_what_lint_has_to_say_stands_beside_a_call_that_plays(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing(judged=True) as author:  # type: ignore[attr-defined]
            author.save("memory:\n", "memory:\n  unheard-of: 谁也不看的一件事\n")
            await author.until(lambda: "unheard-of" in author.panel(Problems), seconds=30)
            await author.say("您好")
            assert "文件有错" not in author.shown()

    run(look)


def test_it_begins_in_the_state_asked_for_and_jumps_to_another(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing("suspicious") as author:  # type: ignore[attr-defined]
            assert author.rehearsal.practice.situation.state == "suspicious"
            assert "从状态 suspicious 开始" in author.shown()
            await author.press("f2", "down", "enter")
            await author.until(lambda: author.rehearsal.start == author.rehearsal.states[1])

    run(look)


def test_a_state_nobody_knows_is_told_and_the_call_begins_at_the_beginning(
    rehearsing: Callable[..., object],
) -> None:
    async def look() -> None:
        async with rehearsing("suspicous") as author:  # type: ignore[attr-defined]
            assert author.rehearsal.start is None
            assert any("suspicious" in notice.message for notice in author.app._notifications)

    run(look)


def test_hanging_up_shows_the_marks(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing() as author:  # type: ignore[attr-defined]
            await author.say("您好")
            await author.press("f8")
            await author.until(lambda: "没通过" in author.shown())
            await author.press("f3")
            await author.until(lambda: not author.rehearsal.practice.is_over)

    run(look)


def test_letters_go_into_the_line_and_never_to_a_command(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing() as author:  # type: ignore[attr-defined]
            await author.press(*"qrjsh")
            assert author.line.text == "qrjsh"

    run(look)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
def test_the_input_keeps_six_rows_below_it(rehearsing: Callable[..., object], size: tuple[int, int]) -> None:
    async def look() -> None:
        async with rehearsing(size=size) as author:  # type: ignore[attr-defined]
            line = author.preview.query_one(Line)
            assert line.region.height >= 3
            assert line.region.bottom <= size[1] - 6

    run(look)


def test_on_a_narrow_screen_one_key_shows_the_inside(rehearsing: Callable[..., object]) -> None:
    async def look() -> None:
        async with rehearsing(size=(84, 30)) as author:  # type: ignore[attr-defined]
            assert not author.preview.query_one(Insight).display
            await author.press("f4")
            assert author.preview.query_one(Insight).region.width > 60

    run(look)


def test_both_languages_have_every_text() -> None:
    assert words_zh.TABLE.keys() == words_en.TABLE.keys()
