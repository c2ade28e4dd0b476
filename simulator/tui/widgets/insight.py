"""What goes on inside the persona: where it stands, how it feels, and why it answered the last line as it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.authoring.rehearsal import Beat, Rehearsal
from simulator.dialogue import Pledge
from simulator.engine.persona import DISPOSITION_MAX
from simulator.engine.why import Tried, Unmet
from simulator.tui.look import BAD, GOOD, HEAD, MUTED, WARN, join, rows, text, yuan
from simulator.tui.widgets.casefile import pair
from simulator.tui.words import Words

MANY = 4  # names of a list that are written out


class Insight(VerticalScroll, can_focus=False):
    def __init__(self, words: Words, id: str | None = None) -> None:
        super().__init__(id=id)
        self._w = words

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, rehearsal: Rehearsal) -> None:
        self.query_one(Static).update(insight(rehearsal, self._w))
        self.scroll_home(animate=False)


def insight(rehearsal: Rehearsal, w: Words) -> Content:
    beat = rehearsal.beats[-1] if rehearsal.beats else None
    blocks = [list(_stand(rehearsal, w)), list(_mood(rehearsal, beat, w))]
    if beat is not None:
        blocks += [list(_heard(beat, w)), list(_tries(beat, rehearsal.content.lines, w))]
    lines = [line for block in blocks for line in (*block, Content(""))]
    return rows(lines[:-1])


def _stand(rehearsal: Rehearsal, w: Words) -> Iterator[Content]:
    situation = rehearsal.practice.situation
    state = rehearsal.content.persona.state(situation.state)
    yield join((w("preview.state"), HEAD), "  ", (state.id, "bold"))
    if state.about:
        yield text(state.about, MUTED)
    identity = w("preview.verified" if situation.verified else "preview.unverified")
    asked = w("preview.asks", asked=situation.asked) if situation.asked else w("preview.asks-nothing")
    yield text(f"{identity} · {asked}")
    yield pair(w("preview.memory"), "、".join(sorted(situation.memory)) or w("preview.nothing"), 8)
    if not situation.pledges:
        yield pair(w("preview.pledges"), w("preview.nothing"), 8)
    for pledge in situation.pledges:
        yield pair(w("preview.pledges"), _pledge(pledge, w), 8)
    if situation.outcome is not None:
        yield join((w("preview.outcome"), HEAD), "  ", (w.term("outcome", situation.outcome.value), "bold"))


def _pledge(pledge: Pledge, w: Words) -> str:
    amount = w("coach.no-sum") if pledge.amount is None else w("case.yuan", sum=yuan(pledge.amount))
    due = w("coach.no-date") if pledge.due is None else _when(pledge.due)
    return " ".join(part for part in (amount, due, pledge.method or "") if part)


def _when(moment: datetime) -> str:
    return f"{moment:%m-%d %H:%M}"


def _mood(rehearsal: Rehearsal, beat: Beat | None, w: Words) -> Iterator[Content]:
    yield text(w("preview.disposition"), HEAD)
    now = rehearsal.practice.situation.disposition
    for name, value in now.items():
        change = value - beat.before.disposition[name] if beat else 0
        style = GOOD if change > 0 else BAD
        bar = join(("█" * value, "$primary"), ("░" * (DISPOSITION_MAX - value), "$line"), f" {value:>2}")
        yield pair(name, join(bar, (f" {change:+d}" if change else "", style)), 12)


def _heard(beat: Beat, w: Words) -> Iterator[Content]:
    yield text(w("preview.heard"), HEAD)
    reading, view = beat.exchange.reading, beat.view
    for act in reading.act_ids:
        yield join("· ", (act, GOOD), f"  {w.term('act', act, '')}")
    for cue in reading.cues:
        yield join("⚑ ", (cue.rule, BAD), f"  → {cue.heard_as.value}")
    rest = sorted(view.heard - set(reading.act_ids) - set(reading.rule_ids))
    if rest:
        yield pair(w("preview.signals"), "、".join(rest), 8)
    yield pair(w("preview.amount"), view.amount, 8)
    yield pair(w("preview.time"), view.time, 8)
    if view.echo:
        yield pair(w("preview.echo"), view.echo, 8)


def _tries(beat: Beat, lines: Mapping[str, int], w: Words) -> Iterator[Content]:
    """The one that fired, those that heard their words and yet did not fire, then those that waited for other words."""
    fired = beat.tried[-1] if beat.tried and beat.tried[-1].fires else None
    failed = beat.tried if fired is None else beat.tried[:-1]
    deaf = [tried for tried in failed if any(unmet.part in ("hears", "along-with") for unmet in tried.unmet)]
    yield text(w("preview.tried", count=len(beat.tried)), HEAD)
    if fired is None:
        yield text(w("preview.gave-up"), BAD)
    else:
        target = fired.transition.to
        yield join(("✓ ", GOOD), _place(fired, lines, w), (f" → {target}" if target else "", "bold"))
    for tried in failed:
        if tried not in deaf:
            yield _try(tried, lines, WARN, w)
    if deaf:
        yield text(w("preview.deaf", count=len(deaf)), MUTED)
    for tried in deaf:
        yield _try(tried, lines, MUTED, w)


def _try(tried: Tried, lines: Mapping[str, int], style: str, w: Words) -> Content:
    reasons = [why(unmet, w) for unmet in tried.unmet]
    if tried.is_spent:
        reasons.append(w("why.spent"))
    return join(("✗ ", MUTED), _place(tried, lines, w), "  ", (w("why.join").join(reasons), style))


def _place(tried: Tried, lines: Mapping[str, int], w: Words) -> Content:
    id = tried.transition.id
    line = f" {w('preview.line', line=lines[id])}" if id in lines else ""
    return join((id, "bold"), (line, MUTED))


def why(unmet: Unmet, w: Words) -> str:
    """Why a part of a guard does not hold, in one short sentence."""
    if unmet.part == "feeling":
        return _feeling(unmet, w)
    if unmet.part in ("verified", "pledged"):
        return w(f"why.{unmet.part}.{unmet.wanted[0]}")
    found = "、".join(unmet.found[:MANY]) or w("preview.nothing")
    return w(f"why.{unmet.part}", wanted=_listed(unmet.wanted), found=found)


def _feeling(unmet: Unmet, w: Words) -> str:
    low, high = (int(bound) for bound in unmet.wanted)
    key = "why.feeling-within"
    if high == DISPOSITION_MAX:
        key = "why.feeling-least"
    elif low == 0:
        key = "why.feeling-most"
    return w(key, name=unmet.name, found=unmet.found[0], low=low, high=high)


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names[:MANY]) + ("…" if len(names) > MANY else "")
