"""After each line: what was understood of it, what was amiss, how the other one feels, hints when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.dialogue import AmountKind, Pledge, Reading, Severity
from simulator.engine.situation import Situation
from simulator.tui.look import BAD, GOOD, HEAD, MUTED, WARN, join, rows, text, yuan
from simulator.tui.widgets.casefile import pair
from simulator.tui.words import Words

WINDOW = timedelta(hours=48)
MOOD_STEPS = (
    2,
    4,
    7,
)  # up to which number of a disposition each of the four words goes, the last being the rest
SEVERITY_STYLE = {Severity.FATAL: BAD, Severity.MAJOR: BAD, Severity.MINOR: WARN}


@dataclass(frozen=True, slots=True)
class Warned:
    """A breach in the last line, ready to show: `words` are the trainee's own, `better` a lawful wording."""

    severity: Severity
    title: str
    words: str
    why: str
    better: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Coaching:
    """Everything the coach has to say at one moment. `reading` None before the first line."""

    situation: Situation
    hearer: str
    reading: Reading | None = None
    warned: tuple[Warned, ...] = ()
    hints: tuple[str, ...] = ()
    hints_left: int = 0
    disposition: dict[str, int] = field(default_factory=dict)


class Panel(VerticalScroll, can_focus=False):
    """A panel whose one text is replaced as a whole."""

    def __init__(self, words: Words, id: str | None = None) -> None:
        super().__init__(id=id)
        self.w = words

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def put(self, content: Content) -> None:
        self.query_one(Static).update(content)
        self.scroll_home(animate=False)


class Understood(Panel):
    def show(self, coaching: Coaching) -> None:
        self.put(rows(list(_understood(coaching, self.w))))


class Coach(Panel):
    def show(self, coaching: Coaching) -> None:
        self.put(rows(list(_coached(coaching, self.w))))


def _understood(coaching: Coaching, w: Words) -> Iterator[Content]:
    reading = coaching.reading
    if reading is None:
        yield text(w("heard.nothing"), MUTED)
        return
    if not reading.text:
        yield text(w("heard.silence"), MUTED)
        return
    for warned in coaching.warned:
        yield join(
            (f"⚑ {w.term('severity', warned.severity)} ", SEVERITY_STYLE[warned.severity]),
            warned.title,
            (f"「{_short(warned.words)}」", MUTED),
        )
    acts = [act for act in reading.acts if act.id != "out-of-scope"]
    shown: Content = Content("  ").join(
        [
            join((w.term("act", act.id), GOOD), (f"「{_short(reading.text[act.start : act.end])}」", MUTED))
            for act in acts
        ]
    )
    yield pair(w("heard.acts"), shown if acts else text(w("heard.out-of-scope"), MUTED), 8)
    for time in reading.times:
        yield pair(w("heard.times"), w("heard.until", words=time.text, due=_when(time.due)), 8)
    for sum_ in reading.amounts:
        key = {
            AmountKind.EXACT: "heard.sum",
            AmountKind.FULL: "heard.sum-full",
            AmountKind.PART: "heard.sum-part",
        }[sum_.kind]
        if sum_.value is not None:
            key = "heard.sum"
        elif key == "heard.sum":
            key = "heard.sum-part"
        yield pair(w("heard.sums"), w(key, words=sum_.text, sum=yuan(sum_.value or 0)), 8)
    courteous = [reading.text[start:end] for start, end in reading.manner.courtesies]
    manner = "　".join(
        [w("heard.honorific") if reading.manner.honorific else w("heard.no-honorific"), *courteous[:4]]
    )
    yield pair(w("heard.manner"), text(manner, "" if reading.manner.honorific else MUTED), 8)
    if reading.unsure:
        yield text(w("heard.unsure"), WARN)


def _coached(coaching: Coaching, w: Words) -> Iterator[Content]:
    if coaching.reading is not None and coaching.reading.text:
        if coaching.warned:
            yield text(w("coach.breaches"), "bold $error")
            for warned in coaching.warned:
                yield from _warned(warned, w)
        else:
            yield text(f"✓ {w('coach.clean')}", GOOD)
        yield Content("")
    mood = " · ".join(_mood(coaching.disposition, w))
    if mood:
        yield text(w("coach.mood"), HEAD)
        yield text(mood)
        yield Content("")
    yield text(w("coach.identity"), HEAD)
    yield text(w.term("hearer", coaching.hearer))
    yield Content("")
    yield text(w("coach.promise"), HEAD)
    if not coaching.situation.pledges:
        yield text(w("coach.no-promise"), MUTED)
    for pledge in coaching.situation.pledges:
        yield _pledge(pledge, coaching.situation.clock, w)
    yield Content("")
    yield text(w("coach.hints"), HEAD)
    for number, hint in enumerate(coaching.hints, 1):
        yield join((f"{number} ", MUTED), hint)
    if not coaching.hints:
        yield text(w("coach.hint-key"), MUTED)
    elif coaching.hints_left:
        yield text(w("coach.more-hints", count=coaching.hints_left), MUTED)
    else:
        yield text(w("coach.no-hints"), MUTED)


def _warned(warned: Warned, w: Words) -> Iterator[Content]:
    again = f" · {w('coach.again-named')}" if warned.again else ""
    yield join(
        (f"⚑ {w.term('severity', warned.severity)}{again} ", SEVERITY_STYLE[warned.severity]),
        (warned.title, "bold"),
    )
    yield text(f"「{warned.words}」", "$error")
    yield text(warned.why)
    if warned.better:
        yield join((f"{w('coach.better')} ", MUTED), (warned.better, GOOD))


def _pledge(pledge: Pledge, clock: datetime, w: Words) -> Content:
    amount = w("coach.no-sum") if pledge.amount is None else w("case.yuan", sum=yuan(pledge.amount))
    if pledge.due is None:
        return join("· ", (amount, "bold"), "  ", (w("coach.no-date"), WARN))
    inside = pledge.due <= clock + WINDOW
    verdict = (w("coach.within"), GOOD) if inside else (w("coach.later"), WARN)
    return join(
        "· ",
        (amount, "bold"),
        f"  {_when(pledge.due)}  ",
        verdict,
        (f"  {pledge.method}" if pledge.method else "", MUTED),
    )


def _mood(disposition: dict[str, int], w: Words) -> Iterator[str]:
    """Words for the numbers that have some; the numbers themselves are never shown."""
    for name, value in disposition.items():
        step = next((place for place, limit in enumerate(MOOD_STEPS) if value <= limit), len(MOOD_STEPS))
        key = f"mood.{name}.{step}"
        if w.has(key):
            yield w(key)


def _when(moment: datetime) -> str:
    return f"{moment:%m-%d %H:%M}"


def _short(words: str, most: int = 16) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
