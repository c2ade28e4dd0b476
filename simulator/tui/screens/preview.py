"""The author's rehearsal: the call on the left, the persona's inside on the right, what is wrong in the files below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from scoring.hearing import VERIFIED
from simulator.authoring.desk import Desk
from simulator.authoring.rehearsal import Beat, Content, Rehearsal, stamps
from simulator.dialogue import Speaker, Turn
from simulator.errors import Diagnostic, UnknownNameError
from simulator.tui.look import MUTED, join
from simulator.tui.messages import ReadWanted, ThemeWanted
from simulator.tui.screens.dialogs import Picks, Tell
from simulator.tui.widgets.bars import KeyBar, TopBar
from simulator.tui.widgets.conversation import Conversation
from simulator.tui.widgets.insight import Insight
from simulator.tui.widgets.line import Line
from simulator.tui.widgets.problems import Problems
from simulator.tui.words import Words

LOOKS_PER_SECOND = 2


class Preview(Screen[None]):
    """`start` is the state to begin in. The app reads the files; until it has, there is nothing to talk to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False, priority=True),
        Binding("f2", "jump", show=False, priority=True),
        Binding("f3", "restart", show=False, priority=True),
        Binding("f4", "side", show=False, priority=True),
        Binding("f5", "page(-1)", show=False, priority=True),
        Binding("f6", "page(1)", show=False, priority=True),
        Binding("f8", "hang_up", show=False, priority=True),
        Binding("f9", "theme", show=False, priority=True),
        Binding("f10", "leave", show=False, priority=True),
    ]

    def __init__(self, path: Path, seed: int, start: str | None, words: Words) -> None:
        super().__init__()
        self._path, self._seed, self._start, self.w = path, seed, start, words
        self.rehearsal: Rehearsal | None = None
        self._stamps = stamps([path])
        self._watched: tuple[Path, ...] = (path,)

    def compose(self) -> ComposeResult:
        w = self.w
        yield TopBar(w("preview.title"))
        with Horizontal(id="body"):
            with Vertical(id="talk"):
                yield Conversation(w, id="conversation")
                yield Line(w("preview.placeholder"), id="line")
                yield Problems(w, id="problems")
            yield Insight(w, id="insight")
        yield KeyBar(
            [
                ("F2", w("preview.jump"), "jump"),
                ("F3", w("preview.restart"), "restart"),
                ("F6", w("key.page"), "page(1)"),
                ("F10", w("key.quit"), "leave"),
                ("Ctrl+Z", w("key.back"), "take_back"),
                ("F8", w("key.hang-up"), "hang_up"),
                ("F4", w("key.panel"), "side"),
                ("F1", w("key.help"), "help"),
                ("F9", w("key.theme"), "theme"),
            ]
        )

    def on_mount(self) -> None:
        w = self.w
        self.query_one(Line).border_title = w("talk.says")
        self.query_one("#problems").border_title = w("preview.problems")
        self.query_one("#insight").border_title = w("preview.inside")
        self.query_one("#insight").border_subtitle = "F6"
        self.query_one(TopBar).show(w("loading"))
        self.query_one(Line).focus()
        self.set_interval(1 / LOOKS_PER_SECOND, self._look)

    # the files

    def _look(self) -> None:
        """Asks for a new reading when a watched file has changed."""
        now = stamps(self._watched)
        if {**self._stamps, **now} != self._stamps:
            self._stamps = {**self._stamps, **now}
            self.post_message(ReadWanted())

    def watch_files(self, files: Sequence[Path]) -> None:
        self._watched = tuple(dict.fromkeys((self._path, *files)))
        self._stamps = {**stamps(self._watched), **self._stamps}

    async def take(self, content: Content) -> None:
        """Goes on with what was read: the lines said so far are said again."""
        if self.rehearsal is None:
            self.rehearsal = Rehearsal(content, self._seed)
            self._begin(self.rehearsal)
        else:
            self.rehearsal.take(content)
        self.watch_files(content.files)
        await self._rebuild()

    def _begin(self, rehearsal: Rehearsal) -> None:
        """In the state asked for; where there is none of that name, from the beginning."""
        if self._start is not None:
            try:
                rehearsal.jump(self._start)
            except UnknownNameError as error:
                self.notify(str(error), severity="error", markup=False)

    def show_problems(self, problems: Sequence[Diagnostic], *, playable: bool) -> None:
        """`playable`: the files could be read all the same, and are what is being played."""
        panel = self.query_one(Problems)
        panel.show(problems, "、".join(path.name for path in self._watched))
        panel.set_class(any(problem.severity == "error" for problem in problems), "wrong")
        stale = self.rehearsal is not None and not playable
        panel.border_subtitle = self.w("preview.last-good") if stale else ""

    # the call

    async def _rebuild(self) -> None:
        rehearsal = self.rehearsal
        if rehearsal is None:
            return
        conversation = self.query_one(Conversation)
        await conversation.remove_children()
        if rehearsal.start is not None:
            await conversation.note(self.w("preview.begun", state=rehearsal.start))
        for turn in rehearsal.practice.turns:
            if turn.text or turn.who is Speaker.COLLECTOR:
                await conversation.add(turn, self._speaker(turn))
        if rehearsal.unsaid:
            await conversation.note(self.w("preview.unsaid", count=rehearsal.unsaid))
        self.query_one(Line).remember(rehearsal.said)
        await self._refresh()

    async def _refresh(self) -> None:
        rehearsal = self.rehearsal
        assert rehearsal is not None
        self.query_one(Insight).show(rehearsal)
        situation = rehearsal.practice.situation
        right = join(
            (f"{self.w('menu.seed', seed=rehearsal.seed)} · ", MUTED), (f"{situation.clock:%H:%M:%S}", "bold")
        )
        persona = rehearsal.content.persona
        self.query_one(TopBar).show(f"{persona.title} · {rehearsal.content.scenario.title}", right)
        if situation.outcome is not None:
            await self._ended(rehearsal)

    async def _ended(self, rehearsal: Rehearsal) -> None:
        w, practice = self.w, rehearsal.practice
        outcome = w("preview.ended", outcome=w.term("outcome", practice.situation.outcome or ""))
        await self.query_one(Conversation).note(outcome)
        if rehearsal.start is None:
            await self.query_one(Conversation).note(self._marks(rehearsal.content.desk, rehearsal))

    def _marks(self, desk: Desk, rehearsal: Rehearsal) -> str:
        card = desk.grade(rehearsal.practice.transcript, rehearsal.practice.versions)
        rules = "、".join(dict.fromkeys(breach.rule for breach in card.breaches))
        return self.w(
            "preview.marks",
            verdict=self.w("verdict.pass" if card.passed else "verdict.fail"),
            total=card.total,
            grade=self.w.term("grade", card.promise.grade.value),
            rules=rules or self.w("score.none-deducted"),
        )

    def _speaker(self, turn: Turn) -> str:
        assert self.rehearsal is not None
        if turn.who is Speaker.COLLECTOR:
            return self.w("talk.you")
        known = turn.hearer in VERIFIED
        return self.rehearsal.practice.case.person.call if known else self.w("talk.they")

    async def on_line_sent(self, event: Line.Sent) -> None:
        if self.rehearsal is None:
            return
        if self.rehearsal.practice.is_over:
            self.notify(self.w("preview.over"), markup=False)
            self.query_one(Line).put(event.text)
            return
        await self._show(self.rehearsal.say(event.text))

    async def _show(self, beat: Beat) -> None:
        conversation = self.query_one(Conversation)
        said, reply = beat.exchange.said, beat.exchange.reply
        flags = [cue.rule for cue in beat.exchange.reading.cues]
        await conversation.add(said, self._speaker(said), beat.exchange.reading, flags)
        if reply and reply.text:
            await conversation.add(reply, self._speaker(reply))
        await self._refresh()

    async def on_line_take_back(self) -> None:
        await self.action_take_back()

    def on_line_scrolled(self, event: Line.Scrolled) -> None:
        self.query_one(Conversation).page(event.pages)

    # what the keys do

    async def action_take_back(self) -> None:
        words = self.rehearsal.take_back() if self.rehearsal else None
        if words is not None:
            await self._rebuild()
            self.query_one(Line).put(words)

    def action_jump(self) -> None:
        if self.rehearsal is None:
            return
        persona = self.rehearsal.content.persona
        listed = [f"{state.id}　{state.about}" for state in persona.states if not state.is_final]
        self.app.push_screen(Picks([(persona.id, listed)], self.w, "states"), self._jump)

    async def _jump(self, chosen: str | None) -> None:
        if chosen is not None and self.rehearsal is not None:
            self.rehearsal.jump(chosen.split("　")[0])
            await self._rebuild()

    async def action_restart(self) -> None:
        if self.rehearsal is not None:
            self.rehearsal.restart()
            await self._rebuild()

    async def action_hang_up(self) -> None:
        if self.rehearsal is not None and not self.rehearsal.practice.is_over:
            self.rehearsal.practice.leave()
            await self._refresh()

    def action_side(self) -> None:
        """On narrow screens: the call or the persona's inside."""
        self.toggle_class("inside")

    def action_page(self, pages: int) -> None:
        panel = self.query_one(Insight)
        at_end = pages > 0 and panel.scroll_y >= panel.max_scroll_y
        step = -panel.scroll_y if at_end else pages * max(1, panel.size.height - 1)
        panel.scroll_relative(y=step, animate=False)

    def action_theme(self) -> None:
        self.post_message(ThemeWanted())

    def action_leave(self) -> None:
        self.app.exit(0)

    def action_help(self) -> None:
        self.app.push_screen(Tell(self.w("help.title"), self.w("preview.help"), self.w("key.close")))
