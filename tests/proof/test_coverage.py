"""Calls gone through again count what they exercised; a call that the persona no longer answers so is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.authoring.desk import Desk
from simulator.authoring.proof.coverage import Coverage, own_calls, transitions, walk, wordings
from simulator.dialogue import Speaker, Transcript
from simulator.errors import RecordError

DESK = Desk()
NAME = "relative-mother-first-call"


def model() -> Transcript:
    return next(iter(own_calls(DESK, DESK.library.scenario(NAME))))


def test_a_walk_goes_the_way_that_the_record_shows() -> None:
    transcript = model()
    gone = walk(DESK, transcript)
    shown = [turn.state for turn in transcript.turns if turn.who is Speaker.PERSONA]
    assert list(gone.states) == shown
    assert len(gone.fired) == len(gone.states) - 1


def test_what_was_said_in_a_call_is_what_is_counted() -> None:
    persona = DESK.library.persona("relative-mother")
    one = Coverage(persona)
    gone = walk(DESK, model())
    one.count(gone)
    assert set(one.states) == set(gone.states)
    assert set(one.transitions) <= {item.id for item in transitions(persona)}
    assert set(one.worded) <= {line.id for line in wordings(persona)}
    assert "ask-relay" in one.acts


def test_the_same_call_again_covers_nothing_more() -> None:
    one = Coverage(DESK.library.persona("relative-mother"))
    one.count(walk(DESK, model()))
    before = (set(one.states), set(one.transitions), set(one.worded))
    one.count(walk(DESK, model()))
    assert (set(one.states), set(one.transitions), set(one.worded)) == before
    assert one.calls == 2


def test_a_record_with_other_answers_no_longer_replays() -> None:
    transcript = model()
    turns = list(transcript.turns)
    at = next(index for index, turn in enumerate(turns) if turn.who is Speaker.PERSONA and index)
    turns[at] = replace(turns[at], text="这不是她会说的话。")
    with pytest.raises(RecordError, match="和记录不一样"):
        walk(DESK, replace(transcript, turns=tuple(turns)))
