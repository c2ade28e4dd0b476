"""Wires content, engine, ear and judge together: how both fronts open a call and grade it.

What only a new call needs is imported where one is opened: grading one again is the commoner start.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.judge import Scorecard, judge
from simulator.authoring.library import Library, user_folder
from simulator.dialogue import Transcript
from simulator.dialogue.speak import fact, fill

if TYPE_CHECKING:
    from simulator.engine.player import Player
    from simulator.training.practice import Keep, Practice
    from simulator.training.scenario import Scenario

DEFAULT_SEED = 1


class Desk:
    """Everything needed to run and grade calls. Content is read when first asked for and kept."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or user_folder()
        self._players: dict[str, Player] = {}

    @cached_property
    def library(self) -> Library:
        return Library(self.home)

    def player(self, scenario: Scenario) -> Player:
        name = scenario.case.persona
        from simulator.engine.player import Player

        if name not in self._players:
            self._players[name] = Player(self.library.persona(name))
        return self._players[name]

    def open_call(self, scenario: Scenario, seed: int, keep: Keep | None = None) -> Practice:
        """A call that has just been answered. `keep` stores each event before it is handed out."""
        from simulator.authoring.scenario_file import bake
        from simulator.training.practice import Practice

        parts = (bake(scenario, seed), seed, self.player(scenario), self.library.ear, self.versions(scenario))
        return Practice(*parts, keep) if keep else Practice(*parts)

    def versions(self, scenario: Scenario) -> dict[str, str]:
        """What a call of this scenario depends on; hashes are of the content files."""
        case = scenario.case
        return {
            "program": program_version(),
            "scenario": scenario.digest,
            "persona": self.library.persona(case.persona).digest,
            **self.judging_versions(case.rubric, case.rulebook),
        }

    def judging_versions(self, rubric: str, rulebook: str) -> dict[str, str]:
        return {
            "rubric": self.library.rubric(rubric).digest,
            "rulebook": self.library.rulebook(rulebook).digest,
            "ear": self.library.ear.digest,
        }

    def grade(self, transcript: Transcript, made_with: dict[str, str], *, advice: bool = True) -> Scorecard:
        """The scorecard by the rubric, rulebook and ear that are installed here (see `scoring.judge.judge`)."""
        case = transcript.case
        versions = {**made_with, **self.judging_versions(case.rubric, case.rulebook)}
        return judge(
            transcript,
            self.library.rubric(case.rubric),
            self.library.rulebook(case.rulebook),
            self.library.ear,
            versions,
            advice=advice,
        )

    def play(self, scenario: Scenario, seed: int, lines: tuple[str, ...]) -> Practice:
        """A whole call of prepared lines (templates over the case), ended by hanging up."""
        practice = self.open_call(scenario, seed)
        for line in lines:
            if practice.is_over:
                break
            practice.say(fill(line, lambda path: fact(practice.case, path), practice.situation.clock))
        practice.leave()
        return practice


@cache
def program_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("peilian")
    except PackageNotFoundError:
        return "0"
