"""The attempts that a served hall has open: one record, one sitting and one lock each."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from simulator.authoring.desk import DEFAULT_SEED
from simulator.authoring.stage import ExamStage
from simulator.errors import PeilianError, StorageError
from simulator.store.chain import Seat
from simulator.store.hall import AnchoredChain, Hall, attempt_file, wall_clock
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.hall import HallState
from simulator.training.exam.keeping import Clock, MovedError, New
from simulator.training.exam.sitting import Sitting
from simulator.web.marking import Marking

R = TypeVar("R")


class ServedHall(Hall):
    """A hall that many threads ask at once."""

    def __init__(self, folder: Path, clock: Clock = wall_clock) -> None:
        self._reading = threading.RLock()
        super().__init__(folder, clock)

    @property
    def state(self) -> HallState:
        with self._reading:
            return super().state


class HallStage(ExamStage):
    """Reads ahead: the first candidates should not wait for the content."""

    def warm_up(self, scenarios: Iterable[str]) -> None:
        """Reads what these scenarios need, and hears a first word."""
        names = sorted(scenarios)
        self.contents(names)
        for name in names[:1]:
            scenario = self.desk.library.scenario(name)
            self.desk.play(scenario, DEFAULT_SEED, scenario.model[:1])


@dataclass
class Place:
    """`hold` keeps other programs from sitting the same attempt; None when it is handed in, or sat elsewhere. `seen`
    is when the candidate's browser last asked; `trouble` is the last thing that could not be kept."""

    record: AnchoredChain
    sitting: Sitting
    hold: Seat | None
    lock: threading.RLock = field(default_factory=threading.RLock)
    seen: datetime | None = None
    trouble: str = ""

    @property
    def attempt(self) -> Attempt:
        return self.sitting.attempt

    @property
    def is_elsewhere(self) -> bool:
        return self.hold is None and self.attempt.seal is None


class Seats:
    """Every method may be called from any thread."""

    def __init__(self, hall: ServedHall, stage: HallStage, marker: Marking) -> None:
        self._hall, self._stage, self._marker = hall, stage, marker
        self._places: dict[str, Place] = {}
        self._guard = threading.Lock()

    def place(self, attempt: str) -> Place:
        """Opened when it is first asked for; one that a break had left open is taken up again."""
        found = self._places.get(attempt)
        if found:
            return found
        with self._guard:
            if attempt not in self._places:
                self._places[attempt] = self._opened(attempt)
            return self._places[attempt]

    def put(self, record: AnchoredChain) -> Place:
        """The place of an attempt that has just begun."""
        with self._guard:
            place = Place(record, self._sitting(record), Seat(record.path))
            self._places[record.id] = place
            return place

    def all(self) -> list[Place]:
        with self._guard:
            return list(self._places.values())

    def _sitting(self, record: AnchoredChain) -> Sitting:
        return Sitting(record, self._stage, self._hall.now)

    def _opened(self, attempt: str) -> Place:
        record = self._hall.open_record(attempt)
        try:
            sitting = self._sitting(record)
            # one that is sat without supervision belongs to another program, also while that is not running
            hold = self._held(attempt) if sitting.attempt.supervised and not sitting.attempt.seal else None
            if hold:
                sitting.come_back(record.torn)
        except BaseException:
            record.close()
            raise
        return Place(record, sitting, hold)

    def _held(self, attempt: str) -> Seat | None:
        try:
            return Seat(attempt_file(self._hall.folder, attempt))
        except StorageError:
            return None

    def retake(self, place: Place) -> None:
        """Takes up an attempt that another program has let go of. Raises StorageError while it has not."""
        with place.lock:
            if place.is_elsewhere:
                place.hold = Seat(place.record.path)
                place.sitting.come_back(place.record.torn)

    def act(self, place: Place, act: Callable[[Sitting], R]) -> R:
        """One act on the sitting; what could not be kept is noted for the examiner's page."""
        with place.lock:
            try:
                done = act(place.sitting)
            except StorageError as error:
                place.trouble = str(error)
                complain(error)
                raise
            place.trouble = ""
            if place.attempt.seal and place.hold:
                place.hold.close()
                place.hold = None
            return done

    def current(self, place: Place) -> Attempt:
        """The attempt as it is on disk now, without doing anything to it."""
        with place.lock:
            place.record.refresh()
            if place.attempt.entries != len(place.record.entries):
                if place.is_elsewhere:
                    place.sitting = self._sitting(
                        place.record
                    )  # a look would end what has run out of time there
                else:
                    place.sitting.look()
            return place.attempt

    def sweep(self) -> None:
        """Ends what has run out of time, with or without a browser looking on."""
        for place in self.all():
            if not place.is_elsewhere and place.attempt.seal is None:
                with suppress(StorageError):  # told by `act`; the next sweep tries again
                    self.act(place, lambda sitting: sitting.look())

    def mark(self) -> None:
        """Adds the machine's marks where they are missing."""
        for place in self.all():
            try:
                self._mark(place)
            except (PeilianError, BrokenExecutor) as error:  # the next round tries again
                complain(error)

    def _mark(self, place: Place) -> None:
        """The place's lock is free while the worker marks."""
        attempt = self.current(place) if place.attempt.seal and not place.attempt.marked else place.attempt
        if attempt.seal is None or attempt.marked or attempt.voided is not None:
            return
        with suppress(MovedError):  # an entry came between: the next round marks it
            place.record.add(New("marks", self._marker.marks(attempt), signed=True), after=attempt.entries)
        self.current(place)

    def close(self) -> None:
        for place in self.all():
            with place.lock:
                place.record.close()
                if place.hold:
                    place.hold.close()


def complain(error: BaseException) -> None:
    """To whoever watches the server; paths are for them, not for candidates."""
    sys.stderr.write(f"peilian serve：{error}\n")
    sys.stderr.flush()
