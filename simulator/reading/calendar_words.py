"""Day arithmetic for the time grammar: weeks that begin on Monday, months of unequal length, the next
such date."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# First day of the lunar year (春节). Needed for 年前 and 春节前; outside the table they are not read.
SPRING_FESTIVAL = {
    year: date(year, month, day)
    for year, month, day in (
        (2024, 2, 10), (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13),
        (2030, 2, 3), (2031, 1, 23), (2032, 2, 11), (2033, 1, 31), (2034, 2, 19), (2035, 2, 8),
    )
}  # fmt: skip
# Feasts of the lunar year and 清明, by year, where people pay by them.
FEASTS = {
    "端午": (
        (2024, 6, 10), (2025, 5, 31), (2026, 6, 19), (2027, 6, 9), (2028, 5, 28), (2029, 6, 16),
        (2030, 6, 5), (2031, 6, 24), (2032, 6, 12), (2033, 6, 1), (2034, 6, 20), (2035, 6, 10),
    ),
    "中秋": (
        (2024, 9, 17), (2025, 10, 6), (2026, 9, 25), (2027, 9, 15), (2028, 10, 3), (2029, 9, 22),
        (2030, 9, 12), (2031, 10, 1), (2032, 9, 19), (2033, 9, 8), (2034, 9, 27), (2035, 9, 16),
    ),
}  # fmt: skip
# Feasts of the solar year: month and day.
HOLIDAYS = {
    "国庆": (10, 1), "十一": (10, 1), "元旦": (1, 1), "劳动": (5, 1), "五一": (5, 1), "六一": (6, 1),
    "儿童": (6, 1), "教师": (9, 10), "圣诞": (12, 25), "双十": (11, 11), "双11": (11, 11), "618": (6, 18),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days meant, first to last. `again`: the next occurrence, for words that roll on (周三)."""

    first: date
    last: date
    again: tuple[date, date] | None = None
    ahead: bool = False  # the words themselves point to the future (明天, 下周), so 还了 cannot make it past
    until: bool = False  # a deadline in itself (年前, 元旦前): what it names begins at the call

    def rolled(self) -> Days | None:
        return Days(*self.again) if self.again else None


def last_minute(day: date) -> datetime:
    """23:59, the end of a day in the conventions of the trade."""
    return datetime.combine(day, time(23, 59))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that day is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_workdays(day: date, count: int) -> date:
    """`count` working days on; Saturdays and Sundays do not count, public holidays do."""
    day -= timedelta(days=max(day.weekday() - 4, 0))
    weeks, rest = divmod(count, 5)
    day += timedelta(weeks=weeks)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    return day


def week_start(day: date, weeks: int = 0) -> date:
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)


def next_month_day(after: date, day: int) -> date:
    """The first date on or after `after` that is a `day`-th; months without one are passed over."""
    first = after.replace(day=1)
    for months in range(4):
        candidate = add_months(first, months)
        if day <= calendar.monthrange(candidate.year, candidate.month)[1]:
            candidate = candidate.replace(day=day)
            if candidate >= after:
                return candidate
    raise ValueError(f"no month has a day {day}")


def next_year_day(after: date, month: int, day: int) -> date:
    """The first such date on or after `after`; 29 February waits for a leap year."""
    for year in range(after.year, after.year + 9):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= after:
            return date(year, month, day)
    raise ValueError(f"no year has a day {month}-{day}")


def next_feast(name: str, after: date) -> date | None:
    """The first day on or after `after` of the feast that begins with `name`, as far as the tables go."""
    if name in FEASTS:
        return min((day for day in (date(*one) for one in FEASTS[name]) if day >= after), default=None)
    return next_year_day(after, *HOLIDAYS[name])


def before_spring_festival(today: date) -> date | None:
    """The day before the coming lunar new year (除夕)."""
    coming = [day for day in SPRING_FESTIVAL.values() if day > today]
    first = min(coming, default=None)
    if first is None or (first - today).days > 400:
        return None
    return first - timedelta(days=1)
