"""Pilots on a toy desk: everything about the screens, nothing about content."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from simulator.tui.app import PeilianApp
from simulator.tui.screens.debrief import Debrief
from simulator.tui.screens.practice import Talk
from simulator.tui.widgets.conversation import Bubble
from simulator.tui.widgets.line import Line
from tests.tui.toy import ToyDesk

Opened = Callable[..., AbstractAsyncContextManager["User"]]


class User:
    """Somebody at the screen: types, presses keys, reads."""

    def __init__(self, app: PeilianApp, pilot: Pilot) -> None:
        self.app, self.pilot = app, pilot

    async def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(200):
            if holds():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"never came about; the screen shows:\n{self.shown()}")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def dial(self) -> None:
        await self.until(
            lambda: (
                self.app.screen.query("#choices") and self.app._desk is not None and self.app._menu._entries
            )
        )
        await self.press("enter")
        await self.until(lambda: isinstance(self.app.screen, Talk) and bool(self.bubbles()))

    async def say(self, words: str) -> None:
        self.line.insert(words)
        await self.press("enter")

    async def hang_up(self) -> None:
        await self.press("f8", "f8")
        await self.until(lambda: isinstance(self.app.screen, Debrief))

    @property
    def line(self) -> Line:
        return self.app.screen.query_one(Line)

    def bubbles(self) -> list[str]:
        """What the bubbles say, without name and time."""
        return [bubble._words.plain for bubble in self.app.screen.query(Bubble)]

    def shown(self) -> str:
        """The screen as text, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    @asynccontextmanager
    async def open_app(
        size: tuple[int, int] = (140, 40),
        language: str = "zh",
        home: Path | None = None,
        scenario: str | None = None,
        desk: ToyDesk | None = None,
    ) -> AsyncIterator[User]:
        desk = desk or ToyDesk(home or tmp_path)
        app = PeilianApp(scenario, 7, language, lambda: desk)
        async with app.run_test(size=size) as pilot:
            yield User(app, pilot)

    return open_app


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
