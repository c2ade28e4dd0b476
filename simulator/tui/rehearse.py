"""The application around the author's rehearsal: reads the files in a thread, so that typing never waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from simulator.authoring.library import user_folder
from simulator.authoring.rehearsal import Content, read_content
from simulator.errors import ContentError, Diagnostic, PeilianError
from simulator.reading.ear import Ear
from simulator.tui.look import DARK, DUSK, LIGHT, PAPER
from simulator.tui.screens.preview import Preview
from simulator.tui.words import Words
from simulator.tui.wrapping import install


class RehearsalApp(App[int]):
    """Plays `path`, a persona or a scenario, while it is being written."""

    # a default screen's own style sheets are not read, so they stand here
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "peilian.tcss",
        "screens/practice.tcss",
        "screens/preview.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (126, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False, priority=True)]

    def __init__(
        self, path: Path, state: str | None, seed: int, language: str, home: Path | None = None
    ) -> None:
        install()
        super().__init__()
        self._path, self._home = path, home or user_folder()
        self._ear: Ear | None = None
        self._preview = Preview(path, seed, state, Words(language))
        self.register_theme(DUSK)
        self.register_theme(PAPER)
        self.theme = DARK

    def get_default_screen(self) -> Preview:
        return self._preview

    def on_mount(self) -> None:
        self.call_after_refresh(self._read)

    def on_read_wanted(self) -> None:
        self._read()

    def _read(self) -> None:
        self.run_worker(self._read_files, thread=True, group="read", exclusive=True)

    def _read_files(self) -> None:
        """What cannot be read is shown; what was read last goes on."""
        try:
            content = read_content(self._path, self._home, self._ear)
            self._ear = content.desk.library.ear
        except ContentError as error:
            self.call_later(self._preview.watch_files, [Path(item.path) for item in error.diagnostics])
            self._tell(error.diagnostics, playable=False)
        except (PeilianError, OSError) as error:
            self._tell([_problem(self._path, error)], playable=False)
        else:
            self.call_later(self._take, content)
            self._judge_files(content)

    async def _take(self, content: Content) -> None:
        await self._preview.take(content)
        self._preview.show_problems((), playable=True)

    def _judge_files(self, content: Content) -> None:
        """What lint has to say of files that can be played; it takes longer, so it comes after."""
        from simulator.authoring.lint import lint

        worker = get_current_worker()
        try:
            problems, _ = lint([self._path], content.desk.library)
        except (PeilianError, OSError) as error:
            problems = [_problem(self._path, error)]
        if problems and not worker.is_cancelled:
            self._tell(problems, playable=True)

    def _tell(self, problems: Sequence[Diagnostic], *, playable: bool) -> None:
        self.call_later(partial(self._preview.show_problems, problems, playable=playable))

    def on_theme_wanted(self) -> None:
        self.theme = LIGHT if self.theme == DARK else DARK


def _problem(path: Path, error: Exception) -> Diagnostic:
    return Diagnostic(str(path), 1, 1, "error", str(error), "")


def run_rehearsal(path: Path, state: str | None, seed: int, language: str) -> int:
    """Opens the screen; returns the exit code."""
    result = RehearsalApp(path, state, seed, language).run()
    return 0 if result is None else result
