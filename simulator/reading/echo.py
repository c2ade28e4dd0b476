"""Does a turn repeat back what was pledged?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from simulator.dialogue import Pledge, Reading, TimeMention

DEADLINES = ("前", "内")


def echoes(reading: Reading, pledges: Sequence[Pledge]) -> str | None:
    """`matches` when every sum and time named is one of the pledges', `differs` when one is not, None when neither a
    sum nor a time is named or nothing is pledged."""
    dated = [pledge.due for pledge in pledges if pledge.due is not None]
    sums = [pledge.amount for pledge in pledges if pledge.amount is not None]
    named = [mention.value for mention in reading.amounts if mention.value is not None]
    if not pledges or not (named or reading.times):
        return None
    total = sum(sums)
    right_sums = all(value in sums or value == total for value in named)
    right_times = all(any(same_time(mention, due) for due in dated) for mention in reading.times)
    return "matches" if right_sums and right_times else "differs"


def same_time(mention: TimeMention, due: datetime) -> bool:
    """Whether the words name that due time: exactly, or as the part of its day. 三点前 does not name two o'clock, but
    周三 and 周三下午 do."""
    if mention.due == due:
        return True
    last = due - timedelta(minutes=1)  # midnight ends the day before it
    if mention.due.date() not in (due.date(), last.date()):
        return False
    if (due.hour, due.minute) == (23, 59):
        return True
    return (
        mention.begin <= last
        and due - mention.due <= timedelta(minutes=1)
        and not mention.text.endswith(DEADLINES)
    )
