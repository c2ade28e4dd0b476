"""The shipped ear on any text, and on every example that act and rule files promise it hears."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.authoring.ear_files import EarFiles, Example, read_ear_files
from simulator.dialogue import Channel, Hearer, Reading, Signal
from simulator.reading.ear import FILE, HEAD, Ear

NOW = datetime(2026, 11, 23, 10, 2)
ROOT = Path(__file__).parents[2]
WORDS = (
    "您好我你不会没告诉单位领导家人起诉法院坐牢欠款还今天明天三点两千元吗呢，。？！ qisu zx🙂\u200b律 师征*信贷款"
    + "催收逾期"
)
texts = st.one_of(st.text(max_size=80), st.text(alphabet=WORDS, max_size=60))


@cache
def ear() -> Ear:
    return Ear.load()


@cache
def ear_files() -> EarFiles:
    return read_ear_files(ROOT)


def spans(reading: Reading) -> list[tuple[int, int]]:
    found = [(act.start, act.end) for act in reading.acts] + [(cue.start, cue.end) for cue in reading.cues]
    found += [(time.start, time.end) for time in reading.times] + [
        (sum.start, sum.end) for sum in reading.amounts
    ]
    return found + list(reading.manner.courtesies)


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from(Hearer), st.sampled_from(Channel), st.none() | texts)
def test_any_text_is_read_and_all_spans_lie_inside_it(
    text: str, hearer: Hearer, channel: Channel, before: str | None
) -> None:
    reading = ear().read(text, hearer, channel, now=NOW, before=before)
    assert reading.acts
    assert all(0 <= start <= end <= len(text) for start, end in spans(reading))
    assert reading == ear().read(text, hearer, channel, now=NOW, before=before)


def test_the_shipped_file_is_the_one_it_says_it_is() -> None:
    assert Ear.from_bytes((files("simulator.reading") / FILE).read_bytes()).digest == ear().digest


def test_the_digest_stands_for_the_weights_of_times_too() -> None:
    data = (files("simulator.reading") / FILE).read_bytes()
    size = int.from_bytes(data[HEAD : HEAD + 4], "little")
    content = zlib.decompress(data[HEAD + 4 : HEAD + 4 + size])
    head = json.loads(content[4 : 4 + int.from_bytes(content[:4], "little")])
    times = (files("simulator.reading") / "times.json").read_bytes()
    assert head["times"] == hashlib.sha256(times).hexdigest()


def test_one_changed_weight_is_noticed() -> None:
    data = (files("simulator.reading") / FILE).read_bytes()
    with pytest.raises(ValueError, match="damaged"):
        Ear.from_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def test_a_file_that_was_cut_short_is_refused() -> None:
    data = (files("simulator.reading") / FILE).read_bytes()
    with pytest.raises(ValueError, match="cut short"):
        Ear.from_bytes(data[:-1])


@pytest.mark.parametrize("data", [b"", b"PEILIAN-EAR 2\n", b"no ear at all"])
def test_bytes_that_are_no_ear_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not an ear file"):
        Ear.from_bytes(data)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_out_of_scope_stands_alone(text: str) -> None:
    acts = ear().read(text, now=NOW).act_ids
    assert "out-of-scope" not in acts or acts == ("out-of-scope",)


@settings(max_examples=100, deadline=None)
@given(texts, st.sampled_from(Hearer), st.sampled_from(Channel))
def test_only_rules_that_hold_for_hearer_and_channel_are_raised(
    text: str, hearer: Hearer, channel: Channel
) -> None:
    for rule in ear().read(text, hearer, channel, now=NOW).rule_ids:
        note = ear().rules[rule]
        assert hearer.value in note.hearers
        assert channel.value in note.channels


@pytest.mark.parametrize(
    "text",
    ["还" * 20_000, "您告诉单位还款" * 3_000, "a b " * 5_000, "起 " * 9_000, "不会" * 9_000, "1" * 20_000],
)
def test_no_text_hangs_the_ear(text: str) -> None:
    begun = time.process_time()
    ear().read(text, now=NOW)
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("对", Signal.AFFIRM),
        ("好的。", Signal.AFFIRM),
        ("嗯，行", Signal.AFFIRM),
        ("不是", Signal.DENY),
        ("您几点方便", Signal.QUESTION),
        ("Hello? can you hear me", Signal.FOREIGN),
        ("🙂🙂", Signal.GARBLED),
        ("您好" * 70, Signal.LONG),
    ],
)
def test_plain_signals(text: str, signal: Signal) -> None:
    assert signal in ear().read(text, now=NOW).signals


def read(example: Example) -> Reading:
    return ear().read(example.text, example.hearer, example.channel, now=NOW, before=example.before)


def test_the_files_of_the_ear_are_right() -> None:
    assert ear_files().problems == []


def share_right(examples: list[Example], rules: bool) -> tuple[float, list[str]]:
    wrong = []
    for example in examples:
        reading = read(example)
        heard = example.of in (reading.rule_ids if rules else reading.act_ids)
        if heard != example.holds:
            wrong.append(f"{example.path}:{example.line}: {example.text}")
    return 1 - len(wrong) / max(1, len(examples)), wrong


def test_acts_are_heard_as_their_files_say() -> None:
    examples = [example for act in ear_files().acts.values() for example in act.examples]
    share, wrong = share_right(examples, rules=False)
    assert share >= 0.9, "\n".join(wrong)


def test_rules_are_heard_as_their_files_say() -> None:
    examples = [
        example for rule in ear_files().rules.values() for example in rule.examples if not example.facts
    ]
    share, wrong = share_right(examples, rules=True)
    assert share >= 0.9, "\n".join(wrong)


def test_evidence_overlaps_the_marked_words() -> None:
    """Of the examples that are heard, nearly all are heard in the words that the author marked."""
    shown = away = 0
    things = [*ear_files().acts.values(), *ear_files().rules.values()]
    for example in (
        example for thing in things for example in thing.examples if example.marks and not example.facts
    ):
        reading = read(example)
        found = [(act.start, act.end) for act in reading.acts if act.id == example.of]
        found += [(cue.start, cue.end) for cue in reading.cues if cue.rule == example.of]
        for start, end in found:
            meets = any(start < last and first < end for first, last in example.marks)
            shown, away = shown + meets, away + (not meets)
    assert shown / (shown + away) >= 0.95
