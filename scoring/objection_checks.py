"""What the debtor's objection calls for: it is taken up at once, and what is disputed is pressed for no more."""

from __future__ import annotations

import re

from scoring.hearing import VERIFIED, Call, Heard
from scoring.marks import PRESSING, Judged, Mark, act_at, at, half, no, proves, quote, yes
from scoring.rubric import Check
from simulator.dialogue import Turn

# Of what is not in dispute payment may be asked for.
UNDISPUTED = re.compile(
    r"(?:没有?|无|不)(?:争议|异议)|您认的|认可的(?:那|部分)|除了(?:这|那|有争议)|其他(?:的|几)期"
)


def unpressed(check: Check, judged: Judged) -> Mark | None:
    objected = _objection(check, judged.call)
    if objected is None:
        return None
    for heard in _after(objected, judged.call):
        act = heard.act(PRESSING)
        if act is not None and not UNDISPUTED.search(heard.text):
            return no(f"对方说“{objected.text}”以后，{at(heard)}还在催。", quote(heard, act.start, act.end))
    return yes(f"对方说“{objected.text}”以后，没有再催这一笔。", None)


def soon_after(check: Check, judged: Judged) -> Mark | None:
    objected = _objection(check, judged.call)
    if objected is None:
        return None
    later = _after(objected, judged.call)
    for place, heard in enumerate(later):
        if heard.acts & set(check.acts):
            evidence = act_at(heard, check.acts)
            if place < check.turns:
                return proves(heard, yes(f"对方说了异议，{at(heard)}就做到。", evidence))
            return half(f"对方说了异议，{at(heard)}才做到，晚了。", evidence)
    return no(f"对方说“{objected.text}”，没有接住。", quote(later[0]) if later else None)


def _objection(check: Check, call: Call) -> Turn | None:
    """The first turn of a verified persona with one of the words."""
    return next(
        (
            turn
            for turn in call.answers
            if turn.hearer in VERIFIED and any(word in turn.text for word in check.words)
        ),
        None,
    )


def _after(objected: Turn, call: Call) -> list[Heard]:
    return [heard for heard in call.spoken if heard.turn.n > objected.n]
