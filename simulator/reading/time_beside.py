"""Times said beside the time of payment that are no further one: 马上 after a day, the hour a system deducts."""

from __future__ import annotations

import re

from simulator.reading.time_cues import BREAK
from simulator.reading.time_expression import WINDOW, Expression, is_bare
from simulator.reading.time_words import Kind

# 4号下午回来马上弄; 三点到家，到家立马转: at once then, not now.
_AT_ONCE = re.compile("马上|立[刻即马]|即刻|这就")
_ONCE_THERE = re.compile(
    "(?:到[家站了账]|回[来去家]|[下收]了?[班摊工课]|[醒到完好]了|[忙弄办取开]完|[之以]?后|[起出]来)(?:我?就|我)?$"
)


def without_at_once(text: str, found: list[Expression]) -> list[Expression]:
    """`found` without the 马上 that follows upon a time just named."""
    kept: list[Expression] = []
    for one in found:
        last = kept[-1] if kept else None
        if last and one.kind is Kind.NOW and not last.past and _AT_ONCE.fullmatch(text, one.start, one.end):
            between = text[last.end : one.start][:WINDOW]
            breaks = len(BREAK.findall(between))
            if (not breaks and not last.running) or (breaks == 1 and _ONCE_THERE.search(between)):
                continue
        kept.append(one)
    return kept


# 系统两点划扣, 你等我两分钟: said beside the time of payment, and no other one.
_BY_ITSELF = re.compile("(?:系统|银行|自动|后台|平台)[^,]{0,4}$")
_DEDUCTED = re.compile("[^,]{0,4}(?:划扣|扣款|扣(?=$|[,的了]))")


def is_aside(text: str, one: Expression) -> bool:
    if _BY_ITSELF.search(text[max(0, one.start - 8) : one.start]) and _DEDUCTED.match(text, one.end):
        return True
    return one.kind is Kind.SPAN and text.startswith("等", one.start) and is_bare(text[one.end : one.end + 1])
