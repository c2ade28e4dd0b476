"""After the call: the verdict, every mark with its words, the transcript beside it, the note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static, TextArea

from scoring.hearing import VERIFIED
from simulator.dialogue import Speaker, Turn
from simulator.errors import PeilianError, StorageError
from simulator.tui.look import BAD, GOOD, HEAD, MUTED, WARN, join, rows, text
from simulator.tui.messages import CallWanted, MenuWanted, ThemeWanted
from simulator.tui.screens.dialogs import Tell
from simulator.tui.widgets.bars import KeyBar, TopBar
from simulator.tui.widgets.mark import SIGNS, Mark
from simulator.tui.widgets.timeline import bar, timeline
from simulator.tui.words import Words

if TYPE_CHECKING:
    from simulator.tui.live import LiveCall

Card = dict[str, Any]
WORST_FIRST = {"fatal": 0, "major": 1, "minor": 2}
EVIDENCE = {"yes": "underline $success", "half": "underline $warning"}
CHANGES = 4  # how many improvements are named; more would be no advice
MISSED_FIRST = {"no": 0, "half": 1, "yes": 2}


class Debrief(Screen[None]):
    """`card` is the scorecard's plain form (see `scoring.scorecard`)."""

    CSS_PATH = "debrief.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False, priority=True),
        Binding("f3", "as_test", show=False, priority=True),
        Binding("f4", "side", show=False, priority=True),
        Binding("f5", "same", show=False, priority=True),
        Binding("f6", "other", show=False, priority=True),
        Binding("f7", "export", show=False, priority=True),
        Binding("f9", "theme", show=False, priority=True),
        Binding("f10,escape", "menu", show=False, priority=True),
        Binding("ctrl+s", "hand_in", show=False, priority=True),
    ]

    def __init__(self, call: LiveCall, card: Card, words: Words, folder: Path) -> None:
        super().__init__()
        self.call, self.card, self.w, self._folder = call, card, words, folder

    def compose(self) -> ComposeResult:
        w = self.w
        yield TopBar(w("app.title"))
        with Horizontal(id="body"):
            with Vertical(id="scores"):
                yield Static(self._verdict(), id="verdict", markup=False)
                with VerticalScroll(id="marks", can_focus=False):
                    yield Static(rows(list(self._summary())), id="summary", markup=False)
                    yield from self._marks()
            with Vertical(id="aside"):
                yield TextArea(
                    placeholder=w("note.help"),
                    compact=True,
                    tab_behavior="focus",
                    highlight_cursor_line=False,
                    id="note",
                )
                yield VerticalScroll(id="note-marks", can_focus=False)
                with VerticalScroll(id="transcript", can_focus=False):
                    for turn in self.call.practice.turns:
                        yield self._row(turn)
        yield KeyBar(
            [
                ("Enter", w("key.open"), "toggle_mark"),
                ("F4", w("key.turns"), "side"),
                ("F10", w("key.menu"), "menu"),
                ("F5", w("key.same"), "same"),
                ("F6", w("key.other"), "other"),
                ("F7", w("key.export"), "export"),
                ("F3", w("score.as-test"), "as_test"),
                ("F9", w("key.theme"), "theme"),
                ("F1", w("key.help"), "help"),
            ]
        )

    def on_mount(self) -> None:
        w, practice = self.w, self.call.practice
        aid = w(
            "score.aid", hints=self.call.hints_seen, again=w("score.aid-again") if self.call.again else ""
        )
        used = f"{aid} · " if self.call.hints_seen or self.call.again else ""
        self.query_one(TopBar).show(
            f"{practice.case.title} · {w('score.title')}", f"{used}{w('score.seed', seed=practice.seed)}"
        )
        self.query_one("#scores").border_title = w("score.title")
        self.query_one("#note").border_title = w("note.title")
        self.query_one("#note").border_subtitle = "Ctrl+S"
        self.query_one("#transcript").border_title = w("score.transcript")
        self.query_one("#transcript").border_subtitle = w("score.legend")
        marks = self.query(Mark)
        if marks:
            marks.first().focus(scroll_visible=False)
            self.call_after_refresh(self.query_one("#marks").scroll_home, animate=False)

    # the scorecard

    def _verdict(self) -> Content:
        w, card = self.w, self.card
        passed = card["verdict"] == "pass"
        sign, style = ("✓", "bold $background on $success") if passed else ("✗", "bold $background on $error")
        word = f"   {sign} {w('verdict.pass' if passed else 'verdict.fail')}   "
        blank = " " * text(word).cell_length
        total = join(
            "   ",
            (w("score.total", total=card["total"]), "bold"),
            (f"   {w('score.mark', mark=card['pass_mark'])}", MUTED),
        )
        return rows([text(blank, style), join((word, style), total), text(blank, style)])

    def _summary(self) -> Iterator[Content]:
        w, card = self.w, self.card
        passed = card["verdict"] == "pass"
        for key in ("etiquette", "tasks", "promise"):
            points, of = card[key]["points"], card[key]["of"]
            if of:
                yield self._section(
                    w(f"score.{key}"), bar(points, of), w("score.points", points=points, of=of)
                )
        deducted = card["compliance"]["deducted"]
        count = len(card["compliance"]["breaches"])
        verdict = (
            text(w("score.deducted", points=deducted), BAD) if count else text(w("score.none-deducted"), GOOD)
        )
        yield self._section(w("score.compliance"), verdict, "")
        if card["reasons"]:
            yield Content("")
            yield text(w("score.reasons"), HEAD)
            for reason in card["reasons"]:
                yield join(("✗ ", BAD), reason["text"])
        if card["promise"]["of"]:
            yield Content("")
            yield from self._promise(card["promise"])
        yield from self._changes(card["what_would_change"], passed)

    def _changes(self, changes: list[Card], passed: bool) -> Iterator[Content]:
        w = self.w
        if changes:
            yield Content("")
            yield text(w("score.change"), HEAD)
        for change in changes[:CHANGES]:
            flips = f"  ← {w('score.change-flips')}" if change["flips"] and not passed else ""
            gain = w("score.gain", points=change["gain"])
            yield join((f"{gain:<4}", GOOD), change["text"], (flips, "bold $success"))
        turning = next((place for place, change in enumerate(changes, 1) if change["flips"]), 0)
        if turning > CHANGES and not passed:
            yield text(w("score.change-more", count=turning - CHANGES), MUTED)

    def _section(self, name: str, middle: Content, end: str) -> Content:
        label = text(name)
        return join(label, " " * max(1, 14 - label.cell_length), middle, f"  {end}")

    def _promise(self, promise: Card) -> Iterator[Content]:
        w = self.w
        grade = str(promise["grade"])
        style = BAD if promise["void"] or grade == "none" else GOOD if promise["within_48h"] else WARN
        extra = ""
        if promise["void"]:
            extra = f" · {w('score.void')}"
        elif grade != "none":
            extra = f" · {w('score.confirmed' if promise['confirmed'] else 'score.unconfirmed')}"
        yield join((w("score.promise"), HEAD), "  ", (w.term("grade", grade), style), (extra, MUTED))
        yield from timeline(promise, w)
        yield text(promise["why"], MUTED)

    def _marks(self) -> Iterator[Widget]:
        w, card = self.w, self.card
        breaches = sorted(
            card["compliance"]["breaches"],
            key=lambda item: (WORST_FIRST.get(item["severity"], 9), item["turn"] or 0),
        )
        if breaches:
            yield Static(text(f"{w('score.breaches')}  {len(breaches)}", HEAD), classes="group", markup=False)
        for number, breach in enumerate(breaches):
            yield Mark(breach["severity"], breach, w, is_open=number == 0)
        for key in ("tasks", "etiquette"):
            findings = sorted(card[key]["findings"], key=lambda item: MISSED_FIRST[item["met"]])
            if findings:
                yield Static(text(w(f"score.{key}"), HEAD), classes="group", markup=False)
            for finding in findings:
                yield Mark(finding["met"], finding, w)
        if card["needs_human"]:
            yield Static(text(w("score.human"), HEAD), classes="group", markup=False)
        for doubt in card["needs_human"]:
            yield Mark("doubt", doubt, w)

    # the transcript with its marks in the margin

    def _row(self, turn: Turn) -> Widget:
        """One turn: its marks and number in the margin, who speaks, and the words with their evidence set off."""
        spans = self._spans(turn.n)
        signs = sorted({kind for kind, _, _ in spans}, key=list(SIGNS).index, reverse=True)[:2]
        margin = join(*[SIGNS[kind] for kind in signs])
        margin = join(" " * (2 - margin.cell_length), margin, (f" {turn.n:>2} ", MUTED))
        return Horizontal(
            Static(join(margin, self._speaker(turn)), classes="who", markup=False),
            Static(self._words(turn, spans), classes="words", markup=False),
            id=f"t{turn.n}",
            classes="row",
        )

    def _speaker(self, turn: Turn) -> Content:
        if turn.who is Speaker.COLLECTOR:
            return text(self.w("talk.you"), "bold $primary")
        name = self.call.case.person.call if turn.hearer in VERIFIED else self.w("talk.they")
        return text(name, "bold $secondary")

    def _words(self, turn: Turn, spans: list[tuple[str, int, int]]) -> Content:
        if not turn.text:
            return text(self.w("talk.silence"), "italic $muted")
        words = text(turn.text)
        if len(words) == len(turn.text):
            for kind, start, end in spans:
                words = words.stylize(EVIDENCE.get(kind, "underline $error"), start, end)
        return words

    def _spans(self, n: int) -> list[tuple[str, int, int]]:
        found = [(item["severity"], item) for item in self.card["compliance"]["breaches"]]
        for key in ("tasks", "etiquette"):
            found += [(item["met"], item) for item in self.card[key]["findings"] if item["met"] != "no"]
        found.sort(key=lambda pair: pair[0] in WORST_FIRST)
        return [(kind, item["start"] or 0, item["end"] or 0) for kind, item in found if item["turn"] == n]

    def on_mark_pointed(self, event: Mark.Pointed) -> None:
        self.query(".row").remove_class("pointed")
        try:
            row = self.query_one(f"#t{event.turn}")
        except NoMatches:
            return
        row.add_class("pointed")
        row.scroll_visible(animate=False)

    # the note

    def action_hand_in(self) -> None:
        note = self.query_one("#note", TextArea)
        if not note.text.strip():
            self.notify(self.w("note.empty"), markup=False)
            return
        try:
            self.card = self.call.grade(note.text)
            self.call.store()
        except PeilianError as error:
            self._tell(str(error))
            return
        note.border_subtitle = f"✓ {self.w('note.done')}"
        marks = self.query_one("#note-marks")
        marks.remove_children()
        graded = self.card.get("note")
        if graded:
            note.border_title = self.w("note.points", points=graded["points"], of=graded["of"])
            marks.mount_all([Mark(item["met"], item, self.w) for item in graded["findings"]])
            marks.add_class("graded")
            marks.query(Mark).first().focus()

    # what next

    def action_side(self) -> None:
        """On narrow screens: the marks or the call."""
        self.toggle_class("aside")
        (self.query_one("#note") if self.has_class("aside") else self.query(Mark).first()).focus()

    def action_toggle_mark(self) -> None:
        if isinstance(self.focused, Mark):
            self.focused.action_open()

    def action_same(self) -> None:
        self.post_message(CallWanted(self.call.case.scenario, self.call.practice.seed))

    def action_other(self) -> None:
        self.post_message(CallWanted(self.call.case.scenario))

    def action_menu(self) -> None:
        self.post_message(MenuWanted())

    def action_theme(self) -> None:
        self.post_message(ThemeWanted())

    def action_help(self) -> None:
        self._tell(self.w("help.text"), self.w("help.title"))

    def action_as_test(self) -> None:
        """This call as a test: a file in the user's own `tests/calls`, never over another."""
        from simulator.authoring.call_writing import call_test_text
        from simulator.store.whole import write_whole

        folder = self._folder.parent / "tests" / "calls"
        try:
            words = call_test_text(self.call.scenario, self.call.practice.transcript, self.card)
            path = _unused(folder, self._stem(), words)
            write_whole(path, words)
        except (StorageError, OSError) as error:
            self._tell(self.w("score.test-failed", why=error))
            return
        self.notify(self.w("score.test-written", path=path), markup=False)

    def _stem(self) -> str:
        record = self.call.record
        return record.stem if record else f"{self.call.case.scenario}-{self.call.practice.seed}"

    def action_export(self) -> None:
        path = self._folder.parent / "exports" / f"{self._stem()}.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(self.card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            self._tell(self.w("export.failed", why=error.strerror or error))
            return
        self.notify(self.w("export.done", paths=path), markup=False)

    def _tell(self, words: str, title: str | None = None) -> None:
        self.app.push_screen(Tell(title or self.w("error.title"), words, self.w("key.close")))


def _unused(folder: Path, stem: str, words: str) -> Path:
    """A name that no other file has; the file itself when it holds these very words already."""
    path, number = folder / f"{stem}.yaml", 2
    while path.exists() and path.read_text(encoding="utf-8") != words:
        path = folder / f"{stem}-{number}.yaml"
        number += 1
    return path
