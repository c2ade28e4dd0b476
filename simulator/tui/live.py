"""A practice call at the screen: no turn is shown before its record is on disk; it can be resumed and taken back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.dialogue import Case, Speaker, Transcript
from simulator.errors import PeilianError, RecordError
from simulator.store.journal import Journal
from simulator.training.practice import Exchange, Practice, replay
from simulator.training.record import Event, note_event, read_transcript, scorecard_event
from simulator.tui.records import FRESH_ATTEMPT, TAKEN_BACK

if TYPE_CHECKING:
    from scoring.rulebook import Rule
    from simulator.authoring.desk import Desk
    from simulator.training.scenario import Scenario


class Keeper:
    """Holds events back until they are stored. Without a journal nothing is kept.

    The first `stored` events are in the file already, as when a call is played again to resume it.
    """

    def __init__(self, journal: Journal | None, stored: int = 0) -> None:
        self.journal = journal
        self._stored = stored
        self._waiting: list[Event] = []

    def keep(self, event: Event) -> None:
        if self._stored:
            self._stored -= 1
        elif self.journal:
            self._waiting.append(event)

    def store(self) -> None:
        """Raises StorageError; what could not be stored still waits."""
        while self.journal and self._waiting:
            self.journal.keep(self._waiting[0])
            del self._waiting[0]

    def forget(self) -> None:
        """Goes on without keeping anything."""
        if self.journal:
            self.journal.close()
        self.journal = None
        self._waiting.clear()


@dataclass
class LiveCall:
    """`hints_seen` counts the hints shown, `again` that turns were taken back. Call `store` before showing anything."""

    desk: Desk
    scenario: Scenario
    practice: Practice
    keeper: Keeper
    rules: Mapping[str, Rule] = field(default_factory=dict)
    again: bool = False
    hints_seen: int = 0

    @property
    def case(self) -> Case:
        return self.practice.case

    @property
    def is_kept(self) -> bool:
        return self.keeper.journal is not None

    @property
    def record(self) -> Path | None:
        return self.keeper.journal.path if self.keeper.journal else None

    def say(self, words: str) -> Exchange:
        return self.practice.say(words)

    def store(self) -> None:
        self.keeper.store()

    def can_take_back(self) -> bool:
        return any(turn.who is Speaker.COLLECTOR for turn in self.practice.turns)

    def take_back(self, folder: Path | None, now: datetime) -> None:
        """Undoes the last exchange; from here on the call is kept in a record of its own that names the one it came from.

        Raises StorageError or RecordError, and then nothing has changed.
        """
        turns = self.practice.turns
        last = max(place for place, turn in enumerate(turns) if turn.who is Speaker.COLLECTOR)
        journal = open_journal(folder, self.case.scenario, now) if folder and self.is_kept else None
        keeper = Keeper(journal)
        try:
            practice = replay(
                lambda: _practice(self.desk, self.scenario, self.case, self.practice.seed, keeper),
                turns[:last],
            )
            if journal and self.record:
                keeper.keep({"event": FRESH_ATTEMPT, "of": self.record.name, "from_turn": turns[last].n})
                keeper.store()
                self.keeper.keep(
                    {"event": TAKEN_BACK, "turn": turns[last].n, "goes_on_in": journal.path.name}
                )
                self.keeper.store()
        except PeilianError:
            keeper.forget()
            raise
        self.keeper.forget()
        self.practice, self.keeper, self.again = practice, keeper, True

    def leave(self) -> None:
        self.practice.leave()

    def grade(self, note: str | None = None) -> dict[str, Any]:
        """The scorecard as plain data, kept in the record with the note. Raises StorageError."""
        if note is not None:
            self.practice.note = note
            self.keeper.keep(note_event(note))
        scorecard = self.desk.grade(self.practice.transcript, self.practice.versions).to_json()
        self.keeper.keep(scorecard_event(scorecard))
        return scorecard

    def close(self) -> None:
        self.keeper.forget()


def start(desk: Desk, scenario: Scenario, seed: int, journal: Journal | None) -> LiveCall:
    """Raises StorageError when the first words cannot be kept."""
    from simulator.authoring.scenario_file import bake

    keeper = Keeper(journal)
    try:
        practice = _practice(desk, scenario, bake(scenario, seed), seed, keeper)
        keeper.store()
    except Exception:
        keeper.forget()
        raise
    return LiveCall(desk, scenario, practice, keeper)


def resume(desk: Desk, record: Path) -> LiveCall:
    """The call of a record that broke off. Raises RecordError, StorageError, UnknownNameError or ContentError."""
    transcript, _, stored, again = read_record(record)
    scenario = desk.library.scenario(transcript.case.scenario)
    keeper = Keeper(Journal(record, resume=True), stored)
    try:
        practice = replay(
            lambda: _practice(desk, scenario, transcript.case, transcript.seed, keeper), transcript.turns
        )
        keeper.store()
    except Exception:
        keeper.forget()
        raise
    return LiveCall(desk, scenario, practice, keeper, again=again)


def read_record(record: Path) -> tuple[Transcript, dict[str, str], int, bool]:
    """Transcript and versions of a record, how many events a replay would write again, whether turns were taken back."""
    try:
        content = record.read_bytes()
    except OSError as error:
        raise RecordError(f"读不了 {record}：{error.strerror}") from error
    whole = content[: content.rfind(b"\n") + 1].decode("utf-8", "replace").splitlines()
    transcript, versions = read_transcript(whole, record.name)
    again = any(line.startswith(f'{{"event":"{FRESH_ATTEMPT}"') for line in whole)
    return transcript, versions, 1 + len(transcript.turns), again


def open_journal(folder: Path, scenario: str, now: datetime) -> Journal:
    """A new record in `folder`. Raises StorageError."""
    stem = f"{scenario}-{now:%Y%m%d-%H%M%S}"
    path = folder / f"{stem}.jsonl"
    number = 2
    while os.path.exists(path):  # unlike Path.exists, False where the folder may not be read
        path = folder / f"{stem}-{number}.jsonl"
        number += 1
    return Journal(path)


def _practice(desk: Desk, scenario: Scenario, case: Case, seed: int, keeper: Keeper) -> Practice:
    return Practice(case, seed, desk.player(scenario), desk.library.ear, desk.versions(scenario), keeper.keep)
