"""Times of payment in a line of a call: when it is asked for, offered or promised, as intervals.

`due` is the last moment at which the words are still kept, `begin` the first moment meant. The
conventions are those of the domain page (§7); where it is silent:

- A bare day, week or month runs from 00:00 of its first day to 23:59 of its last. 之内, 之前, 再过N天 and
  最晚 begin at the call. N天后 begins at 00:00 of that day. X之前 ends where X ends (明天之前: 23:59
  tomorrow), except 中午之前 (12:00) and a festival (元旦前, 十一前, 年前: 23:59 of the day before it).
- An hour without 上午/下午 is the next such hour from 7:00 to 22:59, said after 18:00 also one of that night
  (十一点前: 23:00, 十二点前: 00:00); on another day the first such hour of it (明天三点 is 15:00, 明天七点 is 07:00). 晚上12点, 零点 today and 今晚十二点 are 00:00 of the next
  day. 三点多 ends at 3:59, 三点以后 at 23:59.
- 早上/一早 end like 上午, 夜里 like 晚上; 傍晚 and 天黑前 19:00; 下班后 from 18:00 to 23:59; 凌晨, 后半夜
  and 天亮前 06:00; 上班前 09:00. 晚上 said after 22:00 ends at 23:59.
- 周末 is Saturday 00:00 to Sunday 23:59; 月初 the 1st to 10th, 月中/中旬 the 11th to 20th. Working days
  skip weekends only.
- 31号 skips months without it, 下个月31号 ends with the month; 2月29号 waits for a leap year. 过两天 is
  two days, as worded.
- What has gone by (今天上午 in the afternoon, 这周二 on Friday) is no time, nor is what only tells the day or the
  hour (二十八号了, 明天除夕了, 再有二十分钟就三月了, 早上好), nor one said again to be refused (月底？月底我可没有).
- A vow counts (周五还不上我是你孙子), and so does a date without 号 before a word of paying (5月18还, 这个月25给).
- A clock or part of a day takes its day from the day named just before (明天上午还是下午). A day with an
  hour after it (明天吧，下午三点) is one mention.
- 五点下班前 is 17:00. 教师节过了才 has no end. In 下周一还两百，周三还三百 the second day comes after the first.
  马上 after a day or an arrival (4号下午回来马上弄) is no now; a day called today (今天就是月底) is no time.
- Pay-day (15号发工资，到时候一定还) counts only where a payment is dated by it and no other time is named.
  Money to come that has to come first (钱周四到账，到了我就转; 周五发工资就还) and 等-clauses never count.
- A promise told of (9号答应的没到账, 说好的10号, 15号的承诺没兑现) is no time, one said in this call
  (您刚才答应周五) is. 一点 after a verb or an adjective (还上一点, 早一点) is a little, no hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from simulator.dialogue import TimeMention
from simulator.reading.calendar_words import Days, last_minute, midnight
from simulator.reading.numerals import fold
from simulator.reading.time_beside import without_at_once
from simulator.reading.time_context import payment_times
from simulator.reading.time_expression import Expression
from simulator.reading.time_words import MORNING, Clock, Kind, Part, Piece, Span, pieces

_PREFIX = re.compile(
    r"(?:最晚|最迟|顶多|至多|最多|不晚于|不迟于|不超过|截止到?|截[至到])(?:也?(?:就是|是|到"
    r"|在))?$"
)
_SUFFIX = re.compile(
    r"(?P<before>之前|以前|前(?!面|台|后|提|天|几))|(?P<within>之内|以内|内(?!容))|(?P<after>之后|以后"
    r"|过后|后(?!面|续|台|天|悔))|为止|左右|前后"
)
_OVER = re.compile("过[了完](?:之?后|以后)?(?=我?(?:就|再|才))")  # 教师节过了才有空
_BETWEEN = re.compile(r"(?:到|至|-|~|—+)(?:了)?$")
# No time is told without one of these characters, or one of the words below: most lines are done with here.
_MARKS = frozenset("天日儿今明后周星礼月年旬号时钟刻nh点:./-早晨午晌晚夜亮黑班昼朝节假前庆旦秋诞夕现马立即场")
_ODD = re.compile("这就|一还|好[还给转打]")
_TAKEN_BACK = re.compile("[不没别太晚行发]|到账|还是|或|要么|过,|这[次回]|又[说答讲]|答应|承诺")
_ROLLS = re.compile("[还转付打存补给]")
_GLUE = frozenset(("", "的", " "))
# 五点下班前 names the hour of closing.
_HOURS = {"before closing": "before", "after closing": "after", "before opening": "before"}
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_FAR = timedelta(days=90)
_WAKES, _SLEEPS = 7, 22
_EVENING = 18  # from then on an hour without a day may still be one of the night: 十二点前 is midnight


@dataclass(frozen=True, slots=True)
class _Shape:
    """A joined expression before it is placed in time."""

    start: int
    end: int
    days: Days | None = None
    part: Part | None = None
    clock: Clock | None = None
    span: Span | None = None
    kind: Kind = Kind.DAYS
    edge: str = ""  # before, within or after
    latest: bool = False  # 最晚, 不超过


def find_times(text: str, now: datetime) -> tuple[TimeMention, ...]:
    """The times of payment of one line, in order. `now` is the naive local time of the call."""
    line, found = candidates(text, now)
    if not found:
        return ()
    folded = fold(text)
    return tuple(_mention(text, *folded.span(one.start, one.end), one) for one in payment_times(line, found))


def candidates(text: str, now: datetime) -> tuple[str, list[Expression]]:
    """The folded line and all that may be a time of payment in it, in order; nothing where all of it is past."""
    line = fold(text).text.replace("、", ",")
    if _MARKS.isdisjoint(line) and not _ODD.search(line):
        return line, []
    found_pieces = list(pieces(line, now))
    if all(piece.kind is Kind.PAST for piece in found_pieces):
        return line, []
    placed = [one for one in _placed(line, _joined(line, found_pieces), now) if not one.gone]
    found = without_at_once(line, placed)
    return line, [] if all(one.past for one in found) else found


def _mention(text: str, start: int, end: int, one: Expression) -> TimeMention:
    return TimeMention(start, end, text[start:end], min(one.begin, one.due), one.due)


def _joined(text: str, found: list[Piece]) -> list[_Shape]:
    """Neighbouring pieces as one: day, part of the day, clock face, and the word for before or within."""
    shapes: list[_Shape] = []
    for piece in found:
        last = shapes[-1] if shapes else None
        joined = _extended(last, piece) if last and text[last.end : piece.start] in _GLUE else None
        if joined is not None:
            shapes[-1] = _with_suffix(text, joined)
        else:
            shapes.append(_with_suffix(text, _with_prefix(text, _shape(piece))))
    return shapes


def _shape(piece: Piece) -> _Shape:
    value = piece.value
    return _Shape(
        piece.start,
        piece.end,
        days=value if isinstance(value, Days) else None,
        part=value if isinstance(value, Part) else None,
        clock=value if isinstance(value, Clock) else None,
        span=value if isinstance(value, Span) else None,
        kind=piece.kind,
    )


def _extended(shape: _Shape, piece: Piece) -> _Shape | None:
    """`shape` with `piece` added to it, or None where the two do not make one time."""
    if shape.clock and not shape.edge and isinstance(piece.value, Part) and piece.value.name in _HOURS:
        part = MORNING if piece.value.name == "before opening" else None
        return replace(shape, end=piece.end, edge=_HOURS[piece.value.name], part=shape.part or part)
    if (
        shape.edge
        or shape.clock
        or shape.kind in (Kind.SPAN, Kind.NOW)
        or piece.kind in (Kind.SPAN, Kind.NOW)
    ):
        return None
    if shape.kind is Kind.PAST:
        return None if piece.kind is Kind.PAST else replace(shape, end=piece.end)
    value = piece.value
    if isinstance(value, Part) and not shape.part:
        return replace(shape, end=piece.end, part=value)
    if isinstance(value, Clock) and (shape.part is None or shape.part.joins):
        return replace(shape, end=piece.end, clock=value)
    if isinstance(value, Days) and shape.days and not shape.part:
        first, last = max(shape.days.first, value.first), min(shape.days.last, value.last)
        if first > last and value.again:  # 下周的周三
            first, last = max(shape.days.first, value.again[0]), min(shape.days.last, value.again[1])
        return replace(shape, end=piece.end, days=Days(first, last)) if first <= last else None
    return None


def _with_prefix(text: str, shape: _Shape) -> _Shape:
    if shape.kind is not Kind.PAST and (match := _PREFIX.search(text, max(0, shape.start - 6), shape.start)):
        return replace(shape, start=match.start(), latest=True)
    return shape


def _with_suffix(text: str, shape: _Shape) -> _Shape:
    if shape.kind in (Kind.NOW, Kind.SPAN):
        return shape
    if match := _SUFFIX.match(text, shape.end):
        return replace(shape, end=match.end(), edge=match.lastgroup or "")
    if not shape.clock and not shape.part and not shape.edge and (match := _OVER.match(text, shape.end)):
        return replace(shape, end=match.end(), edge="after")
    return shape


def _placed(text: str, shapes: Iterable[_Shape], now: datetime) -> Iterable[Expression]:
    """Expressions in time, with 三点到五点 drawn together and a missing day taken from the one before."""
    before: _Shape | None = None
    last: Expression | None = None
    for shape in shapes:
        gap = text[last.end : shape.start] if last else ""
        ranged = bool(last and before and len(gap) < 4 and _BETWEEN.fullmatch(gap))
        whole = _inheriting(shape, before, ranged, gap) if before and last else shape
        whole = _following(whole, before, last, gap) if before and last and not ranged else whole
        placed = _place(whole, now, own_day_said=bool(shape.days))
        if placed is None:
            continue
        if ranged and last and not last.past and not placed.past:
            placed = _between(last, placed, before, shape)
            yield replace(last, gone=True)
        if last is not None and not ranged:
            yield last
        before, last = whole, placed
    if last is not None:
        yield last


def _between(first: Expression, second: Expression, before: _Shape | None, shape: _Shape) -> Expression:
    begin = first.begin
    if before and before.clock and not before.days and begin > second.due:
        half = begin - _DAY / 2
        begin = half if half <= second.due and not before.part else begin - _DAY
    elif begin > second.due:
        begin -= timedelta(weeks=1)
    return replace(second, start=first.start, begin=min(begin, second.due))


def _inheriting(shape: _Shape, before: _Shape, ranged: bool, gap: str) -> _Shape:
    """A clock or part of the day that names no day means the day named before it in the line."""
    if shape.days or shape.kind not in (Kind.PART, Kind.CLOCK) or before.kind is Kind.PAST:
        return shape
    part = shape.part
    close = ranged or gap.strip(",、 ") in ("还是", "或者", "或", "")
    if close and not part and before.part and before.part.joins and before.clock and shape.clock:
        later = shape.clock.hour > before.clock.hour % 12 or before.clock.hour == 12
        part = before.part if later else None
    return replace(shape, days=before.days, part=part)


def _following(shape: _Shape, before: _Shape, last: Expression, gap: str) -> _Shape:
    """下周一还两百，周三还三百: a day that rolls on is not before the one just named, unless that is taken back."""
    days = shape.days
    if not days or not days.again or last.past or days.first >= last.begin.date() or _TAKEN_BACK.search(gap):
        return shape
    if not (before.days and before.days.ahead) and not _ROLLS.search(gap):
        return shape  # 法务周四介入，您周三还
    if days.again[0] - days.first > timedelta(weeks=1) and not (before.days and before.days.ahead):
        return shape  # 15号发工资，10号还不了
    return replace(shape, days=Days(*days.again)) if days.again[0] > last.begin.date() else shape


def _place(shape: _Shape, now: datetime, own_day_said: bool) -> Expression | None:
    start, end, kind = shape.start, shape.end, shape.kind
    if shape.span:
        begin, due, anchored = shape.span.begin, shape.span.due, shape.span.anchored
        return Expression(
            start, end, begin, due, kind, anchored=anchored, coming=anchored and kind is Kind.SPAN
        )
    try:
        interval = _interval(shape, now) if kind is not Kind.PAST else None
    except (OverflowError, ValueError):
        return None
    within = _edged(shape, *interval, now) if interval else None
    if interval is None or within is None:
        return Expression(start, end, now, now, kind, past=True, own_day_said=own_day_said)
    clocked = bool(shape.clock or shape.part)
    return Expression(
        start,
        end,
        *within,
        kind,
        ahead=bool(shape.days and shape.days.ahead),
        coming=_is_coming(shape, interval[0], now),
        running=interval[0] <= now + _MINUTE and (not clocked or bool(shape.clock)),
        far=not (shape.days and shape.days.ahead) and interval[0] - now > _FAR,
        own_day_said=own_day_said,
        clocked=clocked,
    )


def _is_coming(shape: _Shape, begin: datetime, now: datetime) -> bool:
    """Whether the words cannot mean what has gone by: a limit still to come, the evening in the morning."""
    today = shape.days is None or shape.days.first == now.date()
    same_day = begin.date() == now.date()
    if shape.edge in ("before", "within"):
        return bool(shape.days and shape.days.ahead) or same_day or not today
    return bool(shape.part and today and now < begin and same_day)


def _edged(shape: _Shape, begin: datetime, due: datetime, now: datetime) -> tuple[datetime, datetime] | None:
    """The interval with 之前, 之内, 之后 or 最晚 put to it; None where it is left without an end."""
    if shape.edge == "before":
        noon = shape.part and shape.part.name == "noon" and not shape.clock
        return now, due - timedelta(hours=1) if noon else due
    if shape.edge == "within":
        return max(begin, now), due
    if shape.edge == "after":
        if shape.clock or (shape.part and shape.part.joins):
            return due, max(due, last_minute(due.date()))
        return (begin, due) if shape.part else None
    deadline = shape.latest or bool(shape.days and shape.days.until)
    return (now if deadline else begin), due


def _interval(shape: _Shape, now: datetime) -> tuple[datetime, datetime] | None:
    """First and last moment, the first that is not over; None where it is."""
    if shape.days is None:
        today = now.date()
        tries = [Days(today + _DAY * offset, today + _DAY * offset) for offset in range(3)]
    else:
        tries = [shape.days]
        if (rolled := shape.days.rolled()) is not None:
            tries.append(rolled)
    for days in tries:
        found = _on(days, shape, now)
        if found and found[1] >= now:
            return found
    return None


def _on(days: Days, shape: _Shape, now: datetime) -> tuple[datetime, datetime] | None:
    if shape.clock:
        faces = _faces(days.last, shape.part, shape.clock, shape.days is not None, now)
        coming = [face for face in faces if face >= now.replace(second=0, microsecond=0)]
        if not coming:
            return None
        exact = max(coming[0], now) if coming[0] <= now else coming[0]
        return exact, exact if shape.clock.sharp else exact + timedelta(minutes=59)
    if shape.part:
        return _part_of(days, shape.part, now)
    return midnight(days.first), last_minute(days.last)


def _part_of(days: Days, part: Part, now: datetime) -> tuple[datetime, datetime]:
    begin = midnight(days.first) + timedelta(hours=part.begin)
    due = last_minute(days.last) if part.due == 24 else midnight(days.last) + timedelta(hours=part.due)
    if part.name == "evening" and due <= now <= last_minute(days.last):
        due = last_minute(days.last)
    if part.name in ("before closing", "before dark"):
        begin = min(now, due)
    return begin, due


def _faces(day: date, part: Part | None, clock: Clock, named: bool, now: datetime) -> list[datetime]:
    """The moments of `day` a clock face can mean, best first. `named`: the words say which day."""
    shift = timedelta(minutes=clock.minutes)
    today = now.date()
    late = not named and day == today and now.hour >= _EVENING

    def at(hour: int) -> datetime:
        return datetime.combine(day, time()) + timedelta(hours=hour) + shift

    if clock.hour > 12:
        return [at(clock.hour)]
    if part:
        return [at(_hour_in(part, clock.hour))]
    if clock.hour == 0:
        return [at(24)] if named and day == today else [at(0)]
    if clock.hour == 12 and late:
        return [at(24), at(12)]
    if clock.hour == 12:
        return [at(12), at(24)] if named and day == today else [at(12)]
    hours = [hour for hour in (clock.hour, clock.hour + 12) if _WAKES <= hour <= _SLEEPS]
    if late or (named and day == today):
        hours.append(clock.hour + 12)
    return [at(hour) for hour in hours]


def _hour_in(part: Part, hour: int) -> int:
    if part.name == "evening":
        return 24 + hour % 12 if hour in (0, 12) or hour < 5 else hour + 12
    if part.name == "small hours":
        return hour % 12 if hour == 12 else hour
    return hour + 12 if hour < part.clock_from else hour
