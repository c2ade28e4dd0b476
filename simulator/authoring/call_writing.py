"""A call that was played, written down as a test of what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.authoring.call_accept import plain_yaml
from simulator.authoring.call_tests import METS
from simulator.dialogue import Case, Speaker, Transcript
from simulator.training.scenario import Scenario

# what begins otherwise, or holds one of these, means something to YAML
BARE = re.compile(r"[\u3400-\u9fff【（“《A-Za-z][^:#\n\"'{}\[\]&*!|>%@`]*")


def call_test_text(scenario: Scenario, transcript: Transcript, card: Mapping[str, Any]) -> str:
    """The YAML of a test that holds for this call; `card` is its scorecard as plain data."""
    return "\n".join(_lines(scenario, transcript, card)) + "\n"


def _lines(scenario: Scenario, transcript: Transcript, card: Mapping[str, Any]) -> Iterator[str]:
    verdict = {"pass": "通过", "fail": "没通过"}[card["verdict"]]
    about = f"{transcript.case.title}，{verdict}，{card['total']} 分"
    yield f"about: {_words(about)}"
    yield f"scenario: {scenario.id}"
    yield f"seed: {transcript.seed}"
    yield "turns:"
    drawn = list(_drawn(scenario, transcript.case))
    turns = transcript.turns
    for number, turn in enumerate(turns):
        if turn.who is not Speaker.COLLECTOR:
            continue
        yield f"  - say: {_words(_open(turn.text, drawn))}"
        state = f", state: {turns[number + 1].state}" if number + 1 < len(turns) else ""
        yield f"    expect: {{acts: {plain_yaml(list(turn.acts))}{state}}}"
    if transcript.note:
        yield f"note: {_words(_open(transcript.note, drawn))}"
    yield from _end(transcript, card)


def _end(transcript: Transcript, card: Mapping[str, Any]) -> Iterator[str]:
    broken = sorted({breach["rule"] for breach in card["compliance"]["breaches"]})
    yield "end:"
    if transcript.outcome is not None:
        yield f"  outcome: {transcript.outcome.value}"
    yield f"  verdict: {card['verdict']}"
    yield f"  breaches: {plain_yaml(broken)}"
    yield f"  promise: {card['promise']['grade']}"
    yield f"  at-least: {card['total']}"
    yield f"  at-most: {card['total']}"
    yield "  findings:"
    for section in ("etiquette", "tasks"):
        for finding in card[section]["findings"]:
            yield f"    {finding['id']}: {METS[finding['met']]}"


def _drawn(scenario: Scenario, case: Case) -> Iterator[tuple[str, str]]:
    """Names that the seed drew, with the place in which a template gets them: another drawer draws other names."""
    for key, person in (("debtor", case.debtor), ("person", case.person)):
        if f"{key}.name" in scenario.drawn:
            yield person.name, f"{{{key}.name}}"
            yield person.call, f"{{{key}.call}}"


def _open(words: str, drawn: list[tuple[str, str]]) -> str:
    for name, place in drawn:
        if len(name) > 1:
            words = words.replace(name, place)
    return words


def _words(text: str) -> str:
    return text if BARE.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)
