"""An entry is written in one way only, and reads back as what it was."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator.errors import RecordError
from simulator.training.exam.entry import exact, hash_of, line_of, loose, made, parse_line, stamp

plain = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**53) + 1, 2**53 - 1)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(some.characters(exclude_categories=["Cs"])),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.text(some.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(plain)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    entry = made(None, datetime.now(UTC), "turn", {"value": value})
    again = parse_line(line_of(entry).rstrip(b"\n"), "")
    assert again == entry
    assert again.content == {"value": value}
    assert hash_of(again) == entry.hash


def test_there_are_no_binary_fractions_in_a_record() -> None:
    assert exact({"yuan": [216.8, 3]}) == {"yuan": [{"decimal": "216.8"}, 3]}
    assert loose(exact(216.8)) == 216.8


def test_a_line_can_be_checked_with_nothing_but_json_and_sha256() -> None:
    at = datetime(2026, 11, 22, 9, 31, 5, 123999, tzinfo=timezone(timedelta(hours=8)))
    hashed = (
        '{"at":"2026-11-22T01:31:05.123Z","body":{"n":1,"text":"您好"},"kind":"turn","n":1,"prev":"%s"}'
        % ("0" * 64)
    )
    digest = hashlib.sha256(hashed.encode()).hexdigest()
    line = line_of(made(None, at, "turn", {"text": "您好", "n": 1})).decode()
    assert line == hashed.replace('"kind"', f'"hash":"{digest}","kind"', 1) + "\n"


def test_times_never_run_backwards() -> None:
    first = made(None, datetime(2026, 1, 1, 9, tzinfo=UTC), "a", {})
    second = made(first, datetime(2026, 1, 1, 8, tzinfo=UTC), "b", {})
    assert stamp(second.at) == stamp(first.at)


@pytest.mark.parametrize("body", [{"n": 2**60}, {"text": "\ud800"}])
def test_what_has_no_one_way_to_be_written_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(RecordError, match="不能写进记录"):
        made(None, datetime.now(UTC), "a", body)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"1",
        b'{"n":1,"at":"x","kind":"a","body":{},"prev":"","hash":""}',
        b"[" * 10**5,
    ],
)
def test_a_line_that_is_no_entry_says_where(line: bytes) -> None:
    with pytest.raises(RecordError, match="第 7 行"):
        parse_line(line, "第 7 行")
