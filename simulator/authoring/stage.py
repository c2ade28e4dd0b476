"""Plays, draws and grades an exam's calls with the content that is installed here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from scoring.rubric import Rubric
from scoring.rulebook import Rulebook
from simulator.authoring.desk import DEFAULT_SEED, Desk
from simulator.dialogue import Case, Transcript
from simulator.errors import ExamError, StorageError, UnknownNameError
from simulator.training.exam.attempt import SatCall
from simulator.training.exam.blueprint import POINT, Blueprint, Form, stage_of
from simulator.training.exam.drawing import Offer, fits, form_of
from simulator.training.exam.entry import digest_of
from simulator.training.exam.hall import OpenExam
from simulator.training.practice import Keep, Practice
from simulator.training.scenario import Scenario

FIGURES = "exam-figures.json"


class ExamStage:
    """The desk as exams need it. Content is read when first asked for and kept."""

    def __init__(self, desk: Desk | None = None) -> None:
        self.desk = desk or Desk()
        self._modelled: dict[str, int] = {}
        self._case = lru_cache(maxsize=1024)(self._baked)

    def open_call(self, scenario: str, seed: int, keep: Keep) -> Practice:
        return self.desk.open_call(self.desk.library.scenario(scenario), seed, keep)

    def brief(self, scenario: str) -> str:
        found = self.desk.library.scenario(scenario)
        return f"{found.title}\n{found.brief}"

    def case_of(self, call: SatCall) -> Case:
        """Also that of a call which has not begun: a candidate reads the file before connecting."""
        return call.case or self._case(call.scenario, call.seed)

    def _baked(self, scenario: str, seed: int) -> Case:
        from simulator.authoring.scenario_file import bake

        return bake(self.desk.library.scenario(scenario), seed)

    def grade(self, transcript: Transcript, versions: Mapping[str, str]) -> dict[str, Any]:
        return self.desk.grade(transcript, dict(versions)).to_json()

    def rubric(self, name: str) -> Rubric:
        return self.desk.library.rubric(name)

    def rulebook(self, name: str) -> Rulebook:
        return self.desk.library.rulebook(name)

    def contents(self, scenarios: Iterable[str]) -> dict[str, str]:
        """For each scenario one digest of everything that a call of it and its marks depend on."""
        library = self.desk.library
        return {name: digest_of(self.desk.versions(library.scenario(name))) for name in sorted(scenarios)}

    def drawable(self, blueprint: Blueprint) -> list[Offer]:
        """What the blueprint may draw, with the figures that forms are balanced by: simulated difficulty (logits)
        where every one of them has been simulated as it now is, else what their authors say. Never a mixture: the two
        are different scales."""
        library, figures = self.desk.library, read_figures(self.desk.home / FIGURES)
        rough = [_rough(library.scenario(name)) for name in library.scenario_ids()]
        wanted = [offer for offer in rough if any(fits(part.wanted, offer) for part in blueprint.parts)]
        known = {offer.scenario: figures.get(offer.scenario, {}) for offer in wanted}
        measured = all(known[name].get("digest") == self.figure_digest(name) for name in known)
        return [
            replace(
                offer,
                difficulty=known[offer.scenario]["difficulty"] if measured else offer.level * POINT,
                reachable=self.reachable(offer.scenario),
                measured=measured,
            )
            for offer in wanted
        ]

    def reachable(self, name: str) -> int:
        """What the scenario's own model call earns, in hundredths: that much can be reached for certain."""
        scenario = self.desk.library.scenario(name)
        if scenario.digest not in self._modelled:
            model = self.desk.play(scenario, DEFAULT_SEED, scenario.model)
            self._modelled[scenario.digest] = self.desk.grade(
                model.transcript, model.versions, advice=False
            ).total
        return self._modelled[scenario.digest] * POINT

    def figure_digest(self, name: str) -> str:
        """Of what a scenario's difficulty depends on; the rules and the ear move it too little to simulate again."""
        library = self.desk.library
        scenario = library.scenario(name)
        persona, rubric = library.persona(scenario.case.persona), library.rubric(scenario.case.rubric)
        return digest_of([scenario.digest, persona.digest, rubric.digest])


def form_for(stage: ExamStage, exam: OpenExam, candidate: str, number: int) -> Form:
    """The form of one attempt at an open exam. Raises ExamError when what it draws is not what it was on opening."""
    form = form_of(exam.blueprint, exam.offers, exam.seed, candidate, number)
    if not _is_as_opened(stage, exam, form):  # what has changed is not said: a candidate reads this
        raise ExamError(
            "开考以后内容或程序换过版本，同一场考试不能用两种内容；请考官换回原来的版本，或收掉这场，另开一场"
        )
    return form


def _is_as_opened(stage: ExamStage, exam: OpenExam, form: Form) -> bool:
    try:
        now = stage.contents(item.scenario for item in form.items)
    except UnknownNameError:
        return False
    return all(digest == exam.contents[name] for name, digest in now.items())


def _rough(scenario: Scenario) -> Offer:
    case = scenario.case
    return Offer(
        scenario=scenario.id,
        persona=case.persona,
        kind=case.kind.value,
        channel=case.channel.value,
        goal=case.goal,
        stage=stage_of(case.debt.days_overdue),
        objections=frozenset(scenario.objections),
        level=case.difficulty,
        difficulty=0,
        reachable=0,
        measured=False,
    )


def read_figures(path: Path) -> dict[str, dict[str, Any]]:
    """Simulated difficulties: `{scenario: {"digest", "difficulty"}}`, in hundredths of a logit, as `exam figures`
    writes them. Empty where there is no such file."""
    if not path.exists():
        return {}
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(name): {"digest": str(item["digest"]), "difficulty": int(item["difficulty"])}
            for name, item in figures.items()
        }
    except OSError as error:
        raise StorageError(f"读不了 {path}：{error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExamError(f"{path} 不是难度数据；删掉它，难度就按作者写的算，或用 exam figures 重做") from error
