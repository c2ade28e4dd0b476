"""The Textual application: composes the screens and routes between them. Everything heavy comes after the first paint."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from simulator.errors import PeilianError, StorageError
from simulator.tui.look import DARK, DUSK, LIGHT, PAPER, closed_up
from simulator.tui.screens.menu import Entry, Menu
from simulator.tui.words import Words
from simulator.tui.wrapping import install

if TYPE_CHECKING:
    from scoring.rulebook import Rule
    from simulator.authoring.desk import Desk
    from simulator.tui import messages
    from simulator.tui.live import LiveCall
    from simulator.tui.records import Survey

SEEDS = 10_000
CALLS = "calls"
AFTER_FIRST_FRAME = 0.02  # seconds until the content is read, so that reading does not delay the picture


def open_desk() -> Desk:
    from simulator.authoring.desk import Desk

    return Desk()


class PeilianApp(App[int]):
    """`scenario` None opens the menu, an empty name the easiest scenario. `desk` is for tests."""

    CSS_PATH = "peilian.tcss"
    ENABLE_COMMAND_PALETTE = False
    # plain attributes in App, so they cannot be ClassVars here
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (126, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave_all", show=False, priority=True)]

    def __init__(
        self, scenario: str | None, seed: int | None, language: str, desk: Callable[[], Desk] = open_desk
    ) -> None:
        install()
        super().__init__()
        self._wanted, self._seed = scenario, seed
        self.words = Words(language)
        self._open_desk = desk
        self._desk: Desk | None = None
        self._rules: dict[str, dict[str, Rule]] = {}
        self._call: LiveCall | None = None
        self._is_busy = False
        self._menu = Menu(self.words)
        self.register_theme(DUSK)
        self.register_theme(PAPER)
        self.theme = DARK
        self.title = self.words("app.title")

    def get_default_screen(self) -> Menu:
        return self._menu

    def on_mount(self) -> None:
        self.call_after_refresh(self.set_timer, AFTER_FIRST_FRAME, self._load)

    def action_leave_all(self) -> None:
        """Every turn is on disk already."""
        self.exit(0)

    def on_unmount(self) -> None:
        self._close_call()

    def _close_call(self) -> None:
        if self._call:
            self._call.close()
        self._call = None

    # reading the content, in a thread

    def _load(self) -> None:
        self.run_worker(self._read_all, thread=True, group="load", exit_on_error=True)

    def _read_all(self) -> None:
        worker = get_current_worker()
        try:
            desk = self._open_desk()
            desk.library.ear  # noqa: B018 - read once, here
            self._desk = desk
            if self._wanted:
                self.call_later(self._menu.status, self.words("dialling"))
                self._open_wanted(self._wanted)
            self._survey(desk)
            for id in desk.library.scenario_ids():
                if worker.is_cancelled:
                    return
                self.call_later(self._entry_read, _entry(desk, id))
        except (PeilianError, OSError, ValueError) as error:
            self.call_later(self._failed, str(error))
            return
        self.call_later(self._all_read)

    def _survey(self, desk: Desk) -> None:
        from simulator.tui.records import survey

        self.call_later(self._surveyed, survey(desk.home / CALLS))

    def _open_wanted(self, scenario: str) -> None:
        """The call named on the command line, before the rest of the library is read."""
        seed = random.randrange(1, SEEDS) if self._seed is None else self._seed
        try:
            self._open_call(scenario, seed, keep=True)
        except PeilianError as error:
            self.call_later(self._failed, str(error))

    def _entry_read(self, entry: Entry) -> None:
        self._menu.add(entry)

    def _all_read(self) -> None:
        desk = self._ready_desk()
        self._menu.ready(desk.home / "scenarios")
        if self._wanted == "":
            easiest = self._menu.easiest()
            if easiest:
                self._begin(easiest, self._seed)

    def _surveyed(self, survey: Survey) -> None:
        self._menu.survey(survey)

    def _ready_desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    # calls

    def on_call_wanted(self, event: messages.CallWanted) -> None:
        self._begin(event.scenario, event.seed)

    def _begin(self, scenario: str, seed: int | None) -> None:
        drawn = random.randrange(1, SEEDS) if seed is None else seed
        self._dial(lambda: self._open_call(scenario, drawn, keep=True))

    def _dial(self, work: Callable[[], None]) -> None:
        """Opens one call at a time, however often Enter is pressed."""
        if self._desk and not self._is_busy:
            self._is_busy = True
            self._menu.status(self.words("dialling"))
            self._in_thread(work)

    def _open_call(self, scenario: str, seed: int, keep: bool) -> None:
        from simulator.tui import live

        desk = self._ready_desk()
        found = desk.library.scenario(scenario)
        self._rules_of(found.case.rulebook)
        try:
            journal = live.open_journal(desk.home / CALLS, found.id, datetime.now()) if keep else None
            call = live.start(desk, found, seed, journal)
        except StorageError as error:
            self.call_later(self._not_kept, scenario, seed, str(error))
            return
        self._arm(call)

    def _rules_of(self, name: str) -> dict[str, Rule]:
        if name not in self._rules:
            self._rules[name] = {rule.id: rule for rule in self._ready_desk().library.rulebook(name).rules}
        return self._rules[name]

    def _arm(self, call: LiveCall) -> None:
        """Gives the call its rules and shows it."""
        call.rules = self._rules_of(call.case.rulebook)
        self.call_later(self._opened, call)

    def _not_kept(self, scenario: str, seed: int, why: str) -> None:
        """The call cannot be stored; shall it be practised all the same?"""
        from simulator.tui.screens.dialogs import Ask

        w = self.words
        self._is_busy = False

        def decided(go_on: bool | None) -> None:
            self._menu.status("")
            if go_on:
                self._dial(lambda: self._open_call(scenario, seed, keep=False))

        more = w("ask.unkept-more", why=why)
        self.push_screen(Ask(w("ask.unkept"), more, w("ask.yes-unkept"), w("ask.menu")), decided)

    def on_resume_wanted(self, event: messages.ResumeWanted) -> None:
        self._dial(lambda: self._resume(event.record))

    def _resume(self, record: Path) -> None:
        from simulator.tui import live

        self._arm(live.resume(self._ready_desk(), record))

    def on_give_up_wanted(self, event: messages.GiveUpWanted) -> None:
        from simulator.tui.records import give_up

        def drop() -> None:
            give_up(event.record)
            self._survey(self._ready_desk())

        self._in_thread(drop)

    def _opened(self, call: LiveCall) -> None:
        from simulator.tui.screens.practice import Talk

        self._close_call()
        self._call = call
        self._show(Talk(call, self.words, self._ready_desk().home / CALLS))

    def on_call_ended(self, event: messages.CallEnded) -> None:
        call = event.call
        if self._is_busy:
            return
        self._is_busy = True

        def grade() -> None:
            card = call.grade()
            try:
                call.store()
            except StorageError as error:
                call.keeper.forget()
                self.call_later(self._failed, self.words("kept.nothing", why=error))
            self.call_later(self._graded, call, card)

        self._in_thread(grade)

    def _graded(self, call: LiveCall, card: dict[str, Any]) -> None:
        from simulator.tui.screens.debrief import Debrief

        self._show(Debrief(call, card, self.words, self._ready_desk().home / CALLS))

    def on_menu_wanted(self) -> None:
        self._close_call()
        self._show(None)
        self._in_thread(lambda: self._survey(self._ready_desk()))

    def on_theme_wanted(self) -> None:
        self.theme = LIGHT if self.theme == DARK else DARK

    def _failed(self, why: str) -> None:
        from simulator.tui.screens.dialogs import Tell

        self._menu.status("")
        self._is_busy = False
        self.push_screen(Tell(self.words("error.title"), why, self.words("key.close")))

    # helpers

    def _show(self, screen: Any) -> None:
        """`screen` above the menu, or the menu alone."""
        self._menu.status("")
        self._is_busy = False
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if screen is not None:
            self.push_screen(screen)

    def _in_thread(self, work: Callable[[], None]) -> None:
        """Errors that a person can do something about become a message."""

        def guarded() -> None:
            try:
                work()
            except (PeilianError, OSError) as error:
                self.call_later(self._failed, str(error))

        self.run_worker(guarded, thread=True)


def _entry(desk: Desk, id: str) -> Entry:
    """A scenario for the menu, with its task for one possible draw of its open facts."""
    from functools import partial

    from simulator.dialogue.speak import fact, fill

    try:
        scenario = desk.library.scenario(id)
        title = desk.library.persona(scenario.case.persona).title
    except PeilianError as error:
        return Entry(id, None, problem=str(error))
    try:
        brief = fill(scenario.brief, partial(fact, scenario.case), scenario.case.at)
    except KeyError:
        brief = scenario.brief
    return Entry(id, scenario, closed_up(brief), title)


def run_app(scenario: str | None, seed: int | None, language: str) -> int:
    """Opens the screen; returns the exit code."""
    result = PeilianApp(scenario, seed, language).run()
    return 0 if result is None else result
