"""How often somebody may try: wrong codes from one address, and requests of one session."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

REMEMBERED = 4096  # keys; the one unused longest is forgotten


class TooManyError(Exception):
    """Too many tries within the time."""


class Limit:
    """At most `most` within `seconds` for each key. The clock only goes forward: setting the time helps nobody."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, key: str) -> None:
        """Raises TooManyError."""
        if len(self._recent(key)) >= self._most:
            raise TooManyError

    def count(self, key: str) -> None:
        self._recent(key).append(self._clock())

    def take(self, key: str) -> None:
        """Counts this try, if it is allowed. Raises TooManyError."""
        self.check(key)
        self.count(key)

    def _recent(self, key: str) -> deque[float]:
        tries = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)
        since = self._clock() - self._seconds
        while tries and tries[0] < since:
            tries.popleft()
        return tries
