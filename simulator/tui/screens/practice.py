"""The call itself: case file, conversation, the line to type in, and the coach."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import ContentSwitcher, TextArea

from scoring.hearing import VERIFIED, Heard, listen
from simulator.dialogue import Channel, PersonaKind, Reading, Speaker, Turn
from simulator.dialogue.speak import fact, fill, speech
from simulator.errors import PeilianError, StorageError
from simulator.tui.coaching import warn
from simulator.tui.look import BAD, MUTED, closed_up, join, text
from simulator.tui.messages import CallEnded, MenuWanted, ThemeWanted
from simulator.tui.picks import prepared
from simulator.tui.screens.dialogs import Ask, Picks, Tell
from simulator.tui.widgets.bars import KeyBar, TopBar
from simulator.tui.widgets.casefile import CaseFile
from simulator.tui.widgets.coach import Coach, Coaching, Understood, Warned
from simulator.tui.widgets.conversation import Conversation
from simulator.tui.widgets.line import Line
from simulator.tui.words import Words

if TYPE_CHECKING:
    from simulator.training.practice import Exchange
    from simulator.tui.live import LiveCall

UNDERSTOOD, COACH, CASE = "understood", "coach-strip", "case-strip"


class Talk(Screen[None]):
    CSS_PATH = "practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False, priority=True),
        Binding("f2", "hint", show=False, priority=True),
        Binding("f3", "picks", show=False, priority=True),
        Binding("f4", "panel", show=False, priority=True),
        Binding("f5", "page(-1)", show=False, priority=True),
        Binding("f6", "page(1)", show=False, priority=True),
        Binding("f8", "hang_up", show=False, priority=True),
        Binding("f9", "theme", show=False, priority=True),
        Binding("f10", "leave", show=False, priority=True),
    ]

    def __init__(self, call: LiveCall, words: Words, folder: Path) -> None:
        super().__init__()
        self.call, self.w, self._folder = call, words, folder
        self._silence_offered = False
        self._chosen_panel = UNDERSTOOD
        self._last: tuple[Reading, tuple[Warned, ...]] | None = None

    def compose(self) -> ComposeResult:
        w = self.w
        written = self.call.case.channel is not Channel.PHONE
        yield TopBar(w("app.title"))
        with Horizontal(id="body"):
            yield CaseFile(w, id="case-column")
            with Vertical(id="talk"):
                yield Conversation(w, id="conversation")
                yield Line(w("talk.placeholder-written" if written else "talk.placeholder"), id="line")
                with ContentSwitcher(initial=UNDERSTOOD, id="strip"):
                    yield Understood(w, id=UNDERSTOOD)
                    yield Coach(w, id=COACH)
                    yield CaseFile(w, id=CASE)
            yield Coach(w, id="coach-column")
        yield KeyBar(self._keys())

    async def on_mount(self) -> None:
        w, case = self.w, self.call.case
        self.query_one("#case-column").border_title = w("case.title")
        self.query_one("#coach-column").border_title = w("coach.title")
        line = self.query_one(Line)
        line.border_title = w("talk.says" if case.channel is Channel.PHONE else "talk.writes")
        for panel in self.query(CaseFile):
            panel.show(case, closed_up(self._filled(self.call.scenario.brief)))
        self._name_strip()
        await self._rebuild()
        line.focus()

    def on_screen_resume(self) -> None:
        self.query_one(Line).focus()

    # what is on the screen

    def _keys(self) -> list[tuple[str, str, str]]:
        w = self.w
        if self.call.practice.is_over:
            first = [("Enter", w("key.scores"), "hang_up")]
        else:
            first = [
                ("F8", w("key.hang-up"), "hang_up"),
                ("F2", w("key.hint"), "hint"),
                ("F3", w("key.picks"), "picks"),
                ("F4", w("key.panel"), "panel"),
            ]
        last = [
            ("F10", w("key.leave"), "leave"),
            ("F1", w("key.help"), "help"),
            ("F6", w("key.page"), "page(1)"),
            ("Ctrl+Z", w("key.back"), "take_back"),
            ("F9", w("key.theme"), "theme"),
        ]
        return [*first, *last]

    async def _rebuild(self) -> None:
        """Shows the whole call anew, as after a resumption."""
        conversation = self.query_one(Conversation)
        await conversation.remove_children()
        case, practice = self.call.case, self.call.practice
        if not practice.turns:
            await conversation.note(self.w("talk.start-written"))
        heard = {item.turn.n: item for item in listen(practice.transcript, self.call.desk.library.ear).heard}
        before: set[str] = set()
        self._last = None
        for turn in practice.turns:
            item: Heard | None = heard.get(turn.n)
            if item is None:
                await conversation.add(turn, self._speaker(turn))
                continue
            warned = warn(case, turn, item.reading, self.call.rules, before)
            before |= set(item.reading.rule_ids)
            self._last = (item.reading, warned)
            await conversation.add(turn, self._speaker(turn), item.reading, self._flags(warned))
        lines = [turn.text for turn in practice.turns if turn.who is Speaker.COLLECTOR and turn.text]
        self.query_one(Line).remember(lines)
        await self._refresh_state()

    async def _refresh_state(self) -> None:
        self._coach()
        self._clock()
        self.query_one(KeyBar).show(self._keys())
        if self.call.practice.is_over:
            outcome = self.call.practice.situation.outcome
            ended = self.w("talk.ended", outcome=self.w.term("outcome", outcome or ""))
            await self.query_one(Conversation).note(ended)
            self.query_one(Line).placeholder = ended

    def _coach(self) -> None:
        practice, scenario = self.call.practice, self.call.scenario
        reading, warned = self._last or (None, ())
        hearer = practice.turns[-1].hearer if practice.turns else practice.case.kind.hearer(False)
        # that nobody else than the debtor is on the line is for the trainee to find out
        if practice.case.kind is PersonaKind.THIRD_PARTY and not any(
            turn.who is Speaker.COLLECTOR for turn in practice.turns
        ):
            hearer = PersonaKind.DEBTOR.hearer(False)
        shown = tuple(self._filled(hint) for hint in scenario.hints[: self.call.hints_seen])
        coaching = Coaching(
            situation=practice.situation,
            hearer=hearer,
            reading=reading,
            warned=warned,
            hints=shown,
            hints_left=len(scenario.hints) - len(shown),
            disposition=practice.situation.disposition,
        )
        for coach in self.query(Coach):
            coach.show(coaching)
        self.query_one(Understood).show(coaching)

    def _clock(self) -> None:
        """The call's clock, with the time that the words typed so far would take."""
        w, practice = self.w, self.call.practice
        typed = self.query_one(Line).text
        clock = practice.situation.clock + (
            speech(typed) if typed.strip() and not practice.is_over else speech("") * 0
        )
        rounds = sum(turn.who is Speaker.COLLECTOR for turn in practice.turns)
        state = w("talk.over" if practice.is_over else "talk.on")
        gone = int((clock - practice.case.at).total_seconds())
        where = f"{practice.case.title} · {state} · {w('talk.round', n=rounds)}"
        again = f"{w('talk.again')} · " if self.call.again else ""
        kept = (w("talk.kept"), MUTED) if self.call.is_kept else (w("talk.unkept"), BAD)
        right = join(
            (f"{again}{w('menu.seed', seed=practice.seed)} · ", MUTED),
            kept,
            (f" · {gone // 60}:{gone % 60:02d} · ", MUTED),
            (f"{clock:%H:%M:%S}", "bold"),
        )
        self.query_one(TopBar).show(where, right)

    def _speaker(self, turn: Turn) -> str:
        if turn.who is Speaker.COLLECTOR:
            return self.w("talk.you")
        return self.call.case.person.call if turn.hearer in VERIFIED else self.w("talk.they")

    def _flags(self, warned: tuple[Warned, ...]) -> list[str]:
        return [f"{self.w.term('severity', item.severity)} · {item.title}" for item in warned]

    def _filled(self, template: str) -> str:
        try:
            return fill(template, partial(fact, self.call.case), self.call.case.at)
        except KeyError:
            return template

    # saying something

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if event.text_area.text:
            self._offer_silence(False)
        self._clock()

    async def on_line_sent(self, event: Line.Sent) -> None:
        if self.call.practice.is_over:
            self.post_message(CallEnded(self.call))
            return
        if not event.text.strip() and not self._silence_offered:
            self._offer_silence(True)
            return
        self._offer_silence(False)
        try:
            exchange = self.call.say(event.text)
        except LookupError:
            self.query_one(Line).put(event.text)
            self._tell(self.w("error.no-answer"))
            return
        await self._store_and_show(exchange)

    async def _store_and_show(self, exchange: Exchange) -> None:
        """Nothing is shown before it is stored, unless the trainee wants to go on without keeping the call."""
        try:
            self.call.store()
        except StorageError as error:
            ask = Ask(
                self.w("ask.store"),
                self.w("ask.store-more", why=error),
                self.w("ask.go-on"),
                self.w("ask.retry"),
            )
            self.app.push_screen(ask, partial(self._after_failure, exchange))
            return
        await self._show(exchange)

    async def _after_failure(self, exchange: Exchange, go_on: bool | None) -> None:
        if go_on:
            self.call.keeper.forget()
        await self._store_and_show(exchange)

    async def _show(self, exchange: Exchange) -> None:
        practice = self.call.practice
        before = {rule for turn in practice.turns if turn.n < exchange.said.n for rule in turn.breaches}
        warned = warn(practice.case, exchange.said, exchange.reading, self.call.rules, before)
        self._last = (exchange.reading, warned)
        conversation = self.query_one(Conversation)
        await conversation.query(".remark").remove()
        await conversation.add(
            exchange.said, self._speaker(exchange.said), exchange.reading, self._flags(warned)
        )
        if exchange.reply and exchange.reply.text:
            await conversation.add(exchange.reply, self._speaker(exchange.reply))
        if not self._has_coach_column():
            self._switch(COACH if warned else self._chosen_panel)
        await self._refresh_state()

    def _offer_silence(self, offered: bool) -> None:
        self._silence_offered = offered
        self.query_one(Line).border_subtitle = (
            f"{self.w('talk.silence')} {self.w('talk.empty-once')}" if offered else ""
        )

    def on_line_scrolled(self, event: Line.Scrolled) -> None:
        self.query_one(Conversation).page(event.pages)

    # taking back, hanging up, leaving

    async def on_line_take_back(self) -> None:
        await self.action_take_back()

    async def action_take_back(self) -> None:
        if not self.call.can_take_back():
            return
        words = next(
            turn.text for turn in reversed(self.call.practice.turns) if turn.who is Speaker.COLLECTOR
        )
        try:
            self.call.take_back(self._folder, datetime.now())
        except PeilianError as error:
            self._tell(str(error))
            return
        await self._rebuild()
        line = self.query_one(Line)
        line.placeholder = self.w("talk.placeholder")
        line.put(words)

    def action_hang_up(self) -> None:
        if self.call.practice.is_over:
            self.post_message(CallEnded(self.call))
            return
        w = self.w
        self.app.push_screen(
            Ask(w("ask.hang-up"), w("ask.hang-up-more"), w("ask.yes-hang-up"), w("ask.stay")), self._hang_up
        )

    def _hang_up(self, sure: bool | None) -> None:
        if sure:
            self.call.leave()
            self.post_message(CallEnded(self.call))

    def action_leave(self) -> None:
        if self.call.is_kept or not self.call.practice.turns:
            self._leave(True)
            return
        w = self.w
        self.app.push_screen(
            Ask(w("key.leave"), w("kept.nothing", why=w("talk.unkept")), w("key.leave"), w("ask.stay")),
            self._leave,
        )

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.post_message(MenuWanted())

    # help of all kinds

    def action_help(self) -> None:
        self.app.push_screen(Tell(self.w("help.title"), self.w("help.text"), self.w("key.close")))

    def action_hint(self) -> None:
        self.call.hints_seen = min(self.call.hints_seen + 1, len(self.call.scenario.hints))
        self._coach()
        for coach in self.query(Coach):
            coach.call_after_refresh(coach.scroll_end, animate=False)
        if not self._has_coach_column():
            self._switch(COACH)

    def action_picks(self) -> None:
        if not self.call.practice.is_over:
            self.app.push_screen(Picks(prepared(self.call.case), self.w), self._picked)

    def _picked(self, line: str | None) -> None:
        if line is not None:
            self.query_one(Line).put(line)

    def action_theme(self) -> None:
        self.post_message(ThemeWanted())

    def _tell(self, words: str) -> None:
        self.app.push_screen(Tell(self.w("error.title"), words, self.w("key.close")))

    # the panel under the line

    def _has_coach_column(self) -> bool:
        return bool(self.query_one("#coach-column").display)

    def _panels(self) -> list[str]:
        """What the panel under the line can show: all that has no column of its own."""
        panels = [UNDERSTOOD]
        if not self._has_coach_column():
            panels.append(COACH)
        if not self.query_one("#case-column").display:
            panels.append(CASE)
        return panels

    def action_panel(self) -> None:
        panels = self._panels()
        current = self.query_one("#strip", ContentSwitcher).current
        place = panels.index(current) + 1 if current in panels else 0
        self._chosen_panel = panels[place % len(panels)]
        self._switch(self._chosen_panel)

    def action_page(self, pages: int) -> None:
        """Pages through every panel beside the conversation; past the end is the beginning."""
        for panel in self.query(VerticalScroll):
            if panel.id != "conversation" and panel.display and panel.max_scroll_y:
                at_end = pages > 0 and panel.scroll_y >= panel.max_scroll_y
                step = -panel.scroll_y if at_end else pages * max(1, panel.size.height - 1)
                panel.scroll_relative(y=step, animate=False)

    def _switch(self, panel: str) -> None:
        self.query_one("#strip", ContentSwitcher).current = panel
        self._name_strip()

    def on_resize(self) -> None:
        self.call_after_refresh(self._mend_strip)

    def _mend_strip(self) -> None:
        strip = self.query_one("#strip", ContentSwitcher)
        if strip.current not in self._panels():
            strip.current = UNDERSTOOD
        self._name_strip()

    def _name_strip(self) -> None:
        titles = {UNDERSTOOD: self.w("heard.title"), COACH: self.w("coach.title"), CASE: self.w("case.title")}
        strip = self.query_one("#strip", ContentSwitcher)
        panels = self._panels()
        names = [
            (f" {titles[panel]} ", "bold reverse" if panel == strip.current and len(panels) > 1 else "")
            for panel in panels
        ]
        strip.border_title = join(*names)
        strip.border_subtitle = text("F4" if len(panels) > 1 else "")


__all__ = ["Talk"]
