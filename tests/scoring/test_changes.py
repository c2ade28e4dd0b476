"""What would have changed the verdict is true: done as it says, the call passes when it is weighed again."""

from dataclasses import replace
from functools import cache

import pytest

from scoring.judge import judge
from scoring.scorecard import Better, Scorecard
from simulator.authoring.desk import Desk
from simulator.dialogue import Transcript
from tests.scoring.made import call_files, read_call

SCENARIOS = (
    "owner-receivables",
    "breaker-third-time",
    "spouse-cosigned",
    "relative-mother-first-call",
    "unemployed-first",
)


@cache
def desk() -> Desk:
    return Desk()


@cache
def careless(name: str) -> Transcript:
    scenario = desk().library.scenario(name)
    return desk().play(scenario, 1, scenario.careless).transcript


@cache
def model(name: str) -> Transcript:
    scenario = desk().library.scenario(name)
    return desk().play(scenario, 1, scenario.model).transcript


def graded(transcript: Transcript) -> Scorecard:
    case, library = transcript.case, desk().library
    return judge(transcript, library.rubric(case.rubric), library.rulebook(case.rulebook), library.ear)


def spoilt(transcript: Transcript, said: str) -> Transcript:
    """The call with these words in place of what the collector said last but one."""
    own = [turn for turn in transcript.turns if turn.who.value == "collector" and turn.text]
    turns = tuple(replace(turn, text=said) if turn is own[-2] else turn for turn in transcript.turns)
    return replace(transcript, turns=turns)


def betters(card: Scorecard, id: str) -> list[Better]:
    findings = (*card.etiquette.findings, *card.tasks.findings)
    found = [finding.better for finding in findings if finding.id == id]
    found += [breach.better for breach in card.breaches if breach.rule == id]
    return [better for better in found if better is not None]


@pytest.mark.parametrize(
    "said", ["再不还就等着坐牢吧。", "再不还我们就通知你单位领导。", "转我微信，我帮你入账。"]
)
@pytest.mark.parametrize("name", ["owner-receivables", "spouse-cosigned"])
def test_a_good_call_spoilt_by_one_line_passes_once_that_line_is_said_better(name: str, said: str) -> None:
    transcript = spoilt(model(name), said)
    card = graded(transcript)
    assert graded(model(name)).passed
    assert not card.passed
    flips = [change for change in card.what_would_change if change.flips]
    assert len(flips) == 1
    better = {one.turn: one.improved for change in card.what_would_change for one in betters(card, change.id)}
    mended = tuple(replace(turn, text=better.get(turn.n, turn.text)) for turn in transcript.turns)
    assert graded(replace(transcript, turns=mended)).passed


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_failed_call_is_told_how_to_pass(name: str) -> None:
    card = graded(careless(name))
    assert not card.passed
    assert [change.flips for change in card.what_would_change].count(True) == 1
    assert card.what_would_change[-1].flips


@pytest.mark.parametrize("path", call_files(), ids=lambda path: path.stem)
def test_no_change_that_is_named_is_needless(path: object) -> None:
    card = read_call(path).judge()  # type: ignore[arg-type]
    if not card.passed:
        assert card.what_would_change
        assert [change.flips for change in card.what_would_change] == [False] * (
            len(card.what_would_change) - 1
        ) + [True]
        assert len({(change.id, change.text) for change in card.what_would_change}) == len(
            card.what_would_change
        )
