"""The first screen: the scenarios, what each is about, how well it has gone; calls that broke off come first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.look import BAD, GOOD, HEAD, MUTED, STRONG, WARN, join, own, rows, text, yuan
from simulator.tui.messages import CallWanted, GiveUpWanted, ResumeWanted, ThemeWanted
from simulator.tui.widgets.bars import KeyBar, TopBar
from simulator.tui.words import Words

if TYPE_CHECKING:
    from simulator.training.scenario import Scenario
    from simulator.tui.records import Best, Survey, Unfinished

STARS = 5
STAGES = (0, 5, 10, 30)  # the last day of each stage of an account


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario as the menu shows it. `problem` says why it cannot be opened."""

    id: str
    scenario: Scenario | None
    brief: str = ""
    persona: str = ""
    problem: str = ""


def stage(days: int) -> int:
    return next((number for number, last in enumerate(STAGES) if days <= last), len(STAGES))


class Menu(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False),
        Binding("f9", "theme", show=False),
        Binding("f10", "leave", show=False),
        Binding("delete", "drop", show=False),
    ]

    def __init__(self, words: Words, folder: Path | None = None) -> None:
        super().__init__()
        self.w = words
        self._folder = folder
        self._entries: dict[str, Entry] = {}
        self._survey: Survey | None = None
        self._ready = False

    def compose(self) -> ComposeResult:
        yield TopBar(self.w("app.title"), self.w("app.line"))
        with Horizontal(id="body"):
            yield OptionList(markup=False, id="choices")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(own(self.w("loading"), MUTED), markup=False, id="about")
        yield KeyBar(self._keys())

    def on_mount(self) -> None:
        self.query_one("#choices").border_title = self.w("menu.choose")

    def _keys(self) -> list[tuple[str, str, str]]:
        w = self.w
        return [
            ("Enter", w("key.call"), "choose"),
            ("F1", w("key.help"), "help"),
            ("F9", w("key.theme"), "theme"),
            ("F10", w("key.quit"), "leave"),
        ]

    # what the app tells it

    def add(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self._refill()

    def ready(self, folder: Path) -> None:
        """All scenarios have been read."""
        self._ready, self._folder = True, folder
        self._refill()

    def survey(self, survey: Survey) -> None:
        self._survey = survey
        self._refill()

    def easiest(self) -> str | None:
        entries = [entry.scenario.case for entry in self._entries.values() if entry.scenario]
        return min(entries, key=lambda case: (case.difficulty, case.scenario)).scenario if entries else None

    def status(self, words: str) -> None:
        """Something that takes a moment; an empty text ends it."""
        self.query_one(TopBar).show(self.w("app.line"), words)

    def _unfinished(self) -> tuple[Unfinished, ...]:
        return self._survey.unfinished if self._survey else ()

    def _best(self) -> dict[str, Best]:
        return dict(self._survey.best) if self._survey else {}

    # choosing

    def _refill(self) -> None:
        choices = self.query_one("#choices", OptionList)
        kept = choices.highlighted_option.id if choices.highlighted_option else None
        best = self._best()
        options = [
            Option(self._unfinished_row(call), id=f"record:{number}")
            for number, call in enumerate(self._unfinished())
        ]
        entries = sorted(
            self._entries.values(),
            key=lambda entry: (entry.scenario.case.difficulty if entry.scenario else 9, entry.id),
        )
        options += [
            Option(self._row(entry, best.get(entry.id)), id=f"scenario:{entry.id}") for entry in entries
        ]
        choices.clear_options()
        choices.add_options(options)
        ids = [option.id for option in options]
        if ids:
            # until everything has been read the first row is the chosen one, not the one that was read first
            choices.highlighted = ids.index(kept) if kept in ids and self._ready else 0
            choices.focus()
        self._detail()

    def _row(self, entry: Entry, best: Best | None) -> Content:
        if entry.scenario is None:
            return join((entry.id, STRONG), "\n", (f"  {self.w('menu.broken')}", BAD))
        case = entry.scenario.case
        stars = "★" * case.difficulty + "☆" * (STARS - case.difficulty)
        mark = self._best_mark(best)
        return join(
            (case.title, STRONG),
            "\n",
            (f"  {stars}", "$primary"),
            (f"  {self.w.term('channel', case.channel)}", MUTED),
            "  ",
            mark,
        )

    def _best_mark(self, best: Best | None) -> Content:
        if best is None:
            return text("")
        return text(f"{'✓' if best.passed else '○'} {best.total}", GOOD if best.passed else WARN)

    def _unfinished_row(self, call: Unfinished) -> Content:
        return join(
            (f"↻ {self.w('menu.unfinished')}", "bold $secondary"),
            "\n",
            f"  {call.title}",
            (f"  {call.left:%m-%d %H:%M}", MUTED),
        )

    def on_option_list_option_highlighted(self) -> None:
        self._detail()

    def on_option_list_option_selected(self) -> None:
        self.action_choose()

    def _chosen(self) -> Entry | Unfinished | None:
        option = self.query_one("#choices", OptionList).highlighted_option
        if option is None or option.id is None:
            return None
        kind, _, id = option.id.partition(":")
        return self._unfinished()[int(id)] if kind == "record" else self._entries.get(id)

    def action_choose(self) -> None:
        chosen = self._chosen()
        if isinstance(chosen, Entry):
            if chosen.scenario is not None:
                self.post_message(CallWanted(chosen.id))
        elif chosen is not None:
            self.post_message(ResumeWanted(chosen.record))

    def action_drop(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not isinstance(chosen, Entry):
            self.post_message(GiveUpWanted(chosen.record))

    def action_help(self) -> None:
        from simulator.tui.screens.dialogs import Tell

        self.app.push_screen(Tell(self.w("help.title"), self.w("help.text"), self.w("key.close")))

    def action_theme(self) -> None:
        self.post_message(ThemeWanted())

    def action_leave(self) -> None:
        self.app.exit(0)

    # the detail on the right

    def _detail(self) -> None:
        chosen = self._chosen()
        keys = self._keys()
        if chosen is not None and not isinstance(chosen, Entry):
            keys[:1] = [("Enter", self.w("key.resume"), "choose"), ("Delete", self.w("key.drop"), "drop")]
        self.query_one(KeyBar).show(keys)
        self.query_one("#about", Static).update(self._about(chosen))

    def _about(self, chosen: Entry | Unfinished | None) -> Content:
        if chosen is not None and not isinstance(chosen, Entry):
            return rows(
                [
                    text(chosen.title, HEAD),
                    text(
                        self.w("menu.unfinished-is", turns=chosen.turns, left=f"{chosen.left:%m-%d %H:%M}"),
                        MUTED,
                    ),
                    Content(""),
                    text(self.w("menu.unfinished-help")),
                ]
            )
        if chosen is None:
            return text(
                self.w("menu.empty", folder=self._folder) if self._ready else self.w("loading"), MUTED
            )
        if chosen.scenario is None:
            return rows(
                [
                    text(chosen.id, HEAD),
                    text(self.w("menu.broken"), BAD),
                    Content(""),
                    text(chosen.problem, lines=True),
                ]
            )
        return rows(self._described(chosen, chosen.scenario))

    def _described(self, entry: Entry, scenario: Scenario) -> list[Content]:
        w, case = self.w, scenario.case
        best = self._best().get(entry.id)
        pairs = [
            (w("menu.who"), entry.persona),
            (w("menu.difficulty"), "★" * case.difficulty + "☆" * (STARS - case.difficulty)),
            (w("menu.channel"), f"{w.term('channel', case.channel)} · {case.at:%Y-%m-%d %H:%M}"),
            (w("menu.debt"), f"{case.debt.product} · {w('case.yuan', sum=yuan(case.debt.total))}"),
            (w("menu.stage"), w(f"stage.{stage(case.debt.days_overdue)}")),
            (w("menu.goal"), w.term("goal", case.goal)),
            (w("menu.best"), self._best_words(best)),
        ]
        width = max(text(label).cell_length for label, _ in pairs) + 2
        table = [
            join((label, MUTED), " " * (width - text(label).cell_length), value) for label, value in pairs
        ]
        return [
            text(scenario.title, HEAD),
            text(entry.id, MUTED),
            Content(""),
            *table,
            Content(""),
            text(w("menu.task"), HEAD),
            text(entry.brief),
        ]

    def _best_words(self, best: Best | None) -> str:
        if best is None:
            return self.w("menu.never")
        verdict = self.w("verdict.pass" if best.passed else "verdict.fail")
        again = self.w("menu.again") if best.again else ""
        return self.w("menu.best-is", total=best.total, verdict=verdict, again=again, calls=best.calls)
