"""The wall clock of an attempt: what is left, with pauses taken out and the examiner's extensions put in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.training.exam.attempt import Attempt, SatCall

NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left at one moment, without grace; negative is time overdrawn. `call` is None when no call is on."""

    exam: timedelta
    call: timedelta | None
    grace: timedelta

    @property
    def may_begin(self) -> bool:
        return self.exam > NONE

    @property
    def may_speak(self) -> bool:
        """A call that is on may be finished within the grace period of both limits."""
        return min(self.exam, self.exam if self.call is None else self.call) + self.grace > NONE

    @property
    def is_over(self) -> bool:
        """The exam is over, its grace period too."""
        return self.exam + self.grace <= NONE


def left_at(attempt: Attempt, now: datetime) -> Left:
    """What is left at `now`; while the clock is stopped, what was left when it stopped."""
    call = running(attempt)
    return Left(
        exam=_allowed(attempt, attempt.opened, attempt.blueprint.minutes)
        - spent(attempt, attempt.opened, now),
        call=call_left(attempt, call, now) if call else None,
        grace=timedelta(minutes=attempt.blueprint.grace),
    )


def call_left(attempt: Attempt, call: SatCall, now: datetime) -> timedelta:
    assert call.started is not None
    return _allowed(attempt, call.started, call.minutes) - spent(attempt, call.started, now)


def _allowed(attempt: Attempt, since: datetime, minutes: int) -> timedelta:
    """The limit with the minutes that were added after `since`."""
    added = sum(extension.minutes for extension in attempt.extensions if extension.at >= since)
    return timedelta(minutes=minutes + added)


def spent(attempt: Attempt, since: datetime, now: datetime) -> timedelta:
    """How long the clock ran between two moments."""
    stood = NONE
    for stop in attempt.stops:
        first, last = max(stop.since, since), min(stop.until or now, now)
        stood += max(NONE, last - first)
    return max(NONE, now - since) - stood


def running(attempt: Attempt) -> SatCall | None:
    """The call that is on."""
    return next((call for call in attempt.calls if call.started and not call.ended), None)


def upcoming(attempt: Attempt) -> SatCall | None:
    """The next call to begin."""
    return next((call for call in attempt.calls if call.started is None), None)


def last_ended(attempt: Attempt) -> SatCall | None:
    ended = [call for call in attempt.calls if call.ended]
    return ended[-1] if ended else None
