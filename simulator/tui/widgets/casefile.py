"""The case file: who is called, what is owed, what was said before, what the trainee may offer."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.dialogue import Case, PersonaKind
from simulator.tui.look import HEAD, MUTED, WARN, join, rows, text, yuan
from simulator.tui.words import Words

DAY = "%Y-%m-%d"


class CaseFile(VerticalScroll, can_focus=False):
    def __init__(self, words: Words, id: str | None = None) -> None:
        super().__init__(id=id)
        self._w = words

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, case: Case, brief: str) -> None:
        self.query_one(Static).update(case_content(case, brief, self._w))


def case_content(case: Case, brief: str, w: Words) -> Content:
    return rows(
        [
            *_who(case, w),
            *_debt(case, w),
            *_history(case, w),
            *_authority(case, w),
            *_self(case, w),
            *_task(case, brief, w),
        ]
    )


def pair(label: str, value: str | Content, width: int = 12) -> Content:
    """A label and its value, the values in one column."""
    name = text(label, MUTED)
    return join(
        name, " " * max(1, width - name.cell_length), text(value) if isinstance(value, str) else value
    )


def _head(title: str) -> Content:
    return text(title, HEAD)


def _who(case: Case, w: Words) -> Iterator[Content]:
    debtor = case.debtor
    yield _head(w("case.who"))
    yield pair(w("case.name"), f"{debtor.name}（{debtor.call}）")
    yield pair(w("case.id4"), debtor.last4)
    if case.kind is PersonaKind.JOINTLY_LIABLE:
        person = case.person
        yield pair(w("case.dialled"), f"{person.name}（{person.call}），{person.relation}")
        yield pair(w("case.id4"), person.last4)
    elif case.person.relation is not None:
        yield pair(w("case.dialled"), w("case.contact", relation=case.person.relation))
    standing = case.standing
    if standing.debt_disputed:
        yield text(w("case.disputed"), WARN)
    if standing.illness:
        yield text(w("case.illness"), WARN)
    if standing.connected_today:
        yield text(w("case.called-today", count=standing.connected_today), WARN)


def _debt(case: Case, w: Words) -> Iterator[Content]:
    debt = case.debt
    yield Content("")
    yield _head(w("case.debt"))
    yield pair(w("case.creditor"), debt.creditor)
    yield pair(w("case.product"), f"{debt.product} ··{debt.tail}")
    yield pair(w("case.total"), text(w("case.yuan", sum=yuan(debt.total)), "bold"))
    for key in ("principal", "interest", "penalty"):
        value = getattr(debt, key)
        if value:
            yield pair(f" · {w(f'case.{key}')}", w("case.yuan", sum=yuan(value)))
    yield pair(w("case.days"), w("case.days-value", days=debt.days_overdue, due=f"{debt.due:%m-%d}"))
    yield pair(w("case.daily"), w("case.yuan", sum=yuan(debt.daily_cost)))
    if case.standing.legal != "none":
        yield pair(w("case.legal"), w.term("legal", case.standing.legal))


def _history(case: Case, w: Words) -> Iterator[Content]:
    yield Content("")
    yield _head(w("case.history"))
    if not case.history:
        yield text(w("case.no-history"), MUTED)
    for entry in case.history:
        yield join((f"{entry.on:%m-%d} ", MUTED), entry.note)
        if entry.promised:
            kept = {True: w("case.kept"), False: w("case.not-kept"), None: ""}[entry.kept]
            style = WARN if entry.kept is False else MUTED
            yield join(f"  {w('case.promised', what=entry.promised)} ", (kept, style))
    if case.broken_promises:
        yield text(w("case.broken", count=case.broken_promises), WARN)


def _authority(case: Case, w: Words) -> Iterator[Content]:
    may = case.authority
    offers = [
        w("case.may-partial") if may.partial else "",
        w("case.may-instalments", count=may.instalments) if may.instalments else "",
        w("case.may-extension", days=may.extension_days) if may.extension_days else "",
        w("case.may-waiver") if may.waiver else "",
        w("case.may-hardship") if may.hardship else "",
    ]
    listed = [offer for offer in offers if offer]
    yield Content("")
    yield _head(w("case.may"))
    for offer in listed:
        yield text(f"· {offer}")
    yield text(w("case.rest-apply") if listed else w("case.may-nothing"), MUTED)


def _self(case: Case, w: Words) -> Iterator[Content]:
    me = case.collector
    yield Content("")
    yield _head(w("case.self"))
    yield pair(w("case.self-name"), f"{me.name} · {w('case.number')} {me.number}")
    yield pair(w("case.org"), me.org)
    yield pair(w("case.hotline"), me.hotline)


def _task(case: Case, brief: str, w: Words) -> Iterator[Content]:
    yield Content("")
    yield _head(w("case.call-when"))
    yield pair(w("case.at"), f"{case.at:{DAY}} {case.at:%H:%M}")
    yield pair(w("case.channel"), w.term("channel", case.channel))
    yield pair(w("menu.goal"), w.term("goal", case.goal))
    yield Content("")
    yield text(brief)
