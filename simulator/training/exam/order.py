"""What may follow what in a record: words in a call that is on, within its time, nothing after the seal but marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from simulator.dialogue import Speaker
from simulator.training.exam.attempt import Attempt, followed, read_attempt
from simulator.training.exam.entry import Entry
from simulator.training.exam.timing import left_at, running

BEFORE_SEAL = frozenset({"call", "turn", "end", "note", "back", "pause", "go-on", "extend", "submit"})
AFTER_SEAL = frozenset({"marks", "second", "adjudicate", "appeal", "decide", "void"})
SLACK = timedelta(
    seconds=30
)  # between reading the clock and the entry's own stamp: a slow disk is no offence


def out_of_order(entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Entry by entry, what could not have happened there; `entries` can be read as an attempt."""
    attempt = read_attempt(entries[:1])
    for entry in entries[1:]:
        for text in _wrong(attempt, entry):
            yield entry.n, f"第 {entry.n} 条（{entry.kind}）{text}"
        attempt = followed(attempt, entry)


def _wrong(attempt: Attempt, entry: Entry) -> Iterator[str]:
    kind = entry.kind
    if attempt.seal is None and kind not in BEFORE_SEAL:
        yield "在交卷以前"
    if attempt.seal is not None and kind not in AFTER_SEAL:
        yield "在交卷以后"
        return
    if kind in ("call", "turn", "end", "note"):
        yield from _wrong_in_call(attempt, entry)
    if kind == "marks" and attempt.marked:
        yield "是第二次机器评分"
    if kind in ("second", "adjudicate", "appeal", "decide") and not attempt.marked:
        yield "在机器评分以前"
    if kind == "decide" and len(attempt.decisions) >= len(attempt.appeals):
        yield "没有对应的申诉"
    if kind == "adjudicate" and attempt.decisions:
        yield "在申诉答复以后"
    if kind == "appeal" and attempt.review_until and entry.at - SLACK > attempt.review_until:
        yield "过了申诉期"


def _wrong_in_call(attempt: Attempt, entry: Entry) -> Iterator[str]:
    on, k = running(attempt), entry.body.get("call")
    if entry.kind == "call":
        begun = sum(call.started is not None for call in attempt.calls)
        if on is not None or k != begun + 1:
            yield "不是该开始的那一通"
    elif entry.kind in ("turn", "end") and (on is None or k != on.n):
        yield "不在正打着的那一通里"
    said = entry.kind == "turn" and entry.body.get("who") == Speaker.COLLECTOR
    if said and not left_at(attempt, entry.at - SLACK).may_speak:
        yield "在时间用完以后"
    if (said or entry.kind == "call") and attempt.paused():
        yield "在暂停的时候"
