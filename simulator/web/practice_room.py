"""The training room in browsers: anybody who reaches it practises; every turn is on disk before it is shown.

Plain calls without a network, safe from any thread. A trainee is a random token in a cookie; nobody signs in.
"""

from __future__ import annotations

import hashlib
import random
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from scoring.scorecard import Scorecard
from simulator.authoring.desk import Desk
from simulator.authoring.report import report_html
from simulator.dialogue import Speaker
from simulator.dialogue.safe import safe
from simulator.errors import ExamError, PeilianError, RecordError, UnknownNameError
from simulator.store.journal import Journal
from simulator.training.practice import Practice, replay
from simulator.training.record import Event, read_transcript, scorecard_event
from simulator.training.scenario import Scenario
from simulator.web.views import Data, case_view, turns_view

FOLDER = "calls"
MOST_CALLS = 400  # held at once; the one unused longest is put away, its record stays
LONGEST = 1000
SEEDS = 10**6


@dataclass
class Call:
    """`fresh` is what the call has produced and the journal does not have yet."""

    scenario: Scenario
    seed: int
    journal: Journal
    practice: Practice
    fresh: list[Event]
    card: Scorecard | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def store(self) -> None:
        """Raises StorageError; what could not be stored still waits."""
        while self.fresh:
            self.journal.keep(self.fresh[0])
            del self.fresh[0]


class PracticeRoom:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.home / FOLDER
        self._calls: OrderedDict[str, Call] = OrderedDict()
        self._guard = threading.RLock()
        self._scenarios = sorted(
            (desk.library.scenario(name) for name in desk.library.scenario_ids()),
            key=lambda scenario: (scenario.case.difficulty, scenario.id),
        )

    def warm_up(self) -> None:
        """What would make the first trainee wait: the ear and one persona."""
        for scenario in self._scenarios[:1]:
            self._desk.play(scenario, 1, scenario.model[:1])

    def menu(self, trainee: str) -> Data:
        with self._guard:
            call = self._found(trainee)
        going = call is not None and not call.practice.is_over
        return {"scenarios": [_offer(scenario) for scenario in self._scenarios], "going": going}

    def dial(self, trainee: str, scenario: str) -> Data:
        """A new call; the one before stays as it was left."""
        # by id and from the list alone: elsewhere a name may be a path
        chosen = next((found for found in self._scenarios if found.id == scenario), None)
        if chosen is None:
            raise UnknownNameError("情境", scenario[:80])
        seed = random.SystemRandom().randrange(1, SEEDS)
        name = f"web-{_mark(trainee)}-{datetime.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}.jsonl"
        fresh: list[Event] = []
        journal = Journal(self._folder / name)
        practice = self._desk.open_call(chosen, seed, fresh.append)
        call = Call(chosen, seed, journal, practice, fresh)
        call.store()
        with self._guard:
            self._put_away(self._calls.pop(trainee, None))
            self._calls[trainee] = call
            while len(self._calls) > MOST_CALLS:
                self._put_away(self._calls.popitem(last=False)[1])
        return self._view(call)

    def look(self, trainee: str) -> Data:
        call = self._call(trainee)
        with call.lock:
            call.store()
            return self._view(call)

    def say(self, trainee: str, turn: int, words: str) -> Data:
        """Saying a turn again that was said already changes nothing."""
        call = self._call(trainee)
        words = safe(words).strip()
        if len(words) > LONGEST:
            raise ExamError(f"一句话最多 {LONGEST} 个字，这句有 {len(words)} 个；分几句说")
        with call.lock:
            call.store()
            turns = call.practice.turns
            again = turn <= len(turns) and (turns[turn - 1].who, turns[turn - 1].text) == (
                Speaker.COLLECTOR,
                words,
            )
            if not again:
                if call.practice.is_over or turn != len(turns) + 1:
                    raise ExamError("这一轮已经过了；请刷新后再说")
                call.practice.say(words)
                call.store()
            return self._view(call)

    def hang_up(self, trainee: str) -> Data:
        call = self._call(trainee)
        with call.lock:
            call.practice.leave()
            call.store()
            return self._view(call)

    def grade(self, trainee: str) -> Data:
        call = self._call(trainee)
        with call.lock:
            card = self._graded(call)
        return {"passed": card.to_json()["verdict"] == "pass", "total": card.total}

    def scorecard(self, trainee: str) -> str:
        call = self._call(trainee)
        with call.lock:
            return report_html(call.practice.transcript, self._graded(call))

    def _graded(self, call: Call) -> Scorecard:
        if not call.practice.is_over:
            raise ExamError("电话还没打完，打完再看成绩单")
        if call.card is None:
            call.card = self._desk.grade(call.practice.transcript, call.practice.versions)
            call.journal.keep(scorecard_event(call.card.to_json()))
        return call.card

    def _call(self, trainee: str) -> Call:
        with self._guard:
            call = self._found(trainee)
        if call is None:
            raise UnknownNameError("电话", "没打完的")
        return call

    def _found(self, trainee: str) -> Call | None:
        if trainee not in self._calls:
            call = self._broken_off(trainee)
            if call is None:
                return None
            self._calls[trainee] = call
        self._calls.move_to_end(trainee)
        return self._calls[trainee]

    def _broken_off(self, trainee: str) -> Call | None:
        """The trainee's last call, if a restart of the server broke it off."""
        records = sorted(self._folder.glob(f"web-{_mark(trainee)}-*.jsonl"))
        if not records:
            return None
        try:
            return self._resumed(records[-1])
        except (PeilianError, OSError):  # the content has changed since, or it cannot be read: it is over
            return None

    def _resumed(self, path: Path) -> Call | None:
        with open(path, encoding="utf-8", errors="replace") as lines:
            transcript, versions = read_transcript(lines, str(path))
        if transcript.outcome is not None:
            return None
        scenario = self._desk.library.scenario(transcript.case.scenario)
        if self._desk.versions(scenario) != versions:
            raise RecordError(f"{path}：内容或程序换过版本")
        fresh: list[Event] = []
        practice = replay(
            lambda: self._desk.open_call(scenario, transcript.seed, fresh.append), transcript.turns
        )
        del fresh[: 1 + len(transcript.turns)]
        call = Call(scenario, transcript.seed, Journal(path, resume=True), practice, fresh)
        call.store()
        return call

    @staticmethod
    def _put_away(call: Call | None) -> None:
        if call:
            with call.lock:
                call.journal.close()

    def _view(self, call: Call) -> Data:
        case = call.practice.case
        return {
            "call": {
                "n": 1,
                "scenario": call.scenario.id,
                "title": call.scenario.title,
                "brief": call.scenario.brief,
                "begun": True,
                "key": call.journal.path.stem,
                "channel": case.channel.value,
                "turns": turns_view(call.practice.turns),
                "case": case_view(case),
            },
            "over": call.practice.is_over,
        }

    def close(self) -> None:
        for call in self._calls.values():
            self._put_away(call)


def _mark(trainee: str) -> str:
    """Names a trainee's records without giving the token away."""
    return hashlib.sha256(trainee.encode("utf-8", "replace")).hexdigest()[:16]


def _offer(scenario: Scenario) -> dict[str, Any]:
    case = scenario.case
    return {
        "id": scenario.id,
        "title": scenario.title,
        "brief": scenario.brief,
        "difficulty": case.difficulty,
        "channel": case.channel.value,
    }
