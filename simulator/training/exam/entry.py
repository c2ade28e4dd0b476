"""One line of a chained record: what happened, when, and the hash that ties it to the line before.

A line is the RFC 8785 canonical form of `{"n","at","kind","body","prev","hash"}` and a line feed; an entry that the
centre answers for also has `"key"` (id of its key) and `"sig"`. `hash` is sha256 over the canonical form of everything
but `hash` and `sig`; `prev` is the hash of the line before, sixty-four zeros in the first one. `at` is UTC in
milliseconds. There are no binary fractions in a record: 216.8 yuan stands as `{"decimal":"216.8"}`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

from simulator.errors import RecordError

FIRST = "0" * 64
DECIMAL = "decimal"
FIELDS = frozenset({"n", "at", "kind", "body", "prev", "hash"})
SIGNED = FIELDS | {"key", "sig"}


@dataclass(frozen=True, slots=True)
class Entry:
    """`body` is plain JSON data with decimals as in the record; `content` has them as numbers again. `key` and `sig`
    are None where the centre did not sign."""

    n: int
    at: datetime
    kind: str
    body: Mapping[str, Any]
    prev: str
    hash: str
    key: str | None = None
    sig: str | None = None

    @property
    def content(self) -> dict[str, Any]:
        loosened: dict[str, Any] = loose(self.body)
        return loosened

    @property
    def is_signed(self) -> bool:
        return self.sig is not None


def exact(value: Any) -> Any:
    """JSON data without binary fractions, fit for hashing."""
    if isinstance(value, float):
        return {DECIMAL: repr(value)}
    if isinstance(value, Mapping):
        return {str(key): exact(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [exact(item) for item in value]
    return value


def loose(value: Any) -> Any:
    """What `exact` was given."""
    if isinstance(value, Mapping):
        if value.keys() == {DECIMAL} and isinstance(value[DECIMAL], str):
            return float(value[DECIMAL])
        return {key: loose(item) for key, item in value.items()}
    return [loose(item) for item in value] if isinstance(value, list) else value


def canonical(value: Any) -> bytes:
    """The one way to write `value`. Raises RecordError for what has no such way (a number too large, a lone half character)."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise RecordError(f"这条内容不能写进记录：{error}") from error


def digest_of(value: Any) -> str:
    return hashlib.sha256(canonical(exact(value))).hexdigest()


def made(
    last: Entry | None, at: datetime, kind: str, body: Mapping[str, Any], key: str | None = None
) -> Entry:
    """The entry that follows `last`, unsigned; `key` is the id of the key it will be signed with.

    Its time is never before that of `last`: a clock that was set back stands still in the record.
    """
    at = at.astimezone(UTC)
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    at = max(at, last.at) if last else at
    entry = Entry(last.n + 1 if last else 1, at, kind, exact(body), last.hash if last else FIRST, "", key)
    return _with_hash(entry)


def _with_hash(entry: Entry) -> Entry:
    return Entry(entry.n, entry.at, entry.kind, entry.body, entry.prev, hash_of(entry), entry.key, entry.sig)


def hash_of(entry: Entry) -> str:
    """What the entry's hash must be."""
    hashed = {
        "n": entry.n,
        "at": stamp(entry.at),
        "kind": entry.kind,
        "body": entry.body,
        "prev": entry.prev,
        **({"key": entry.key} if entry.key is not None else {}),
    }
    return hashlib.sha256(canonical(hashed)).hexdigest()


def line_of(entry: Entry) -> bytes:
    plain: dict[str, Any] = {
        "n": entry.n,
        "at": stamp(entry.at),
        "kind": entry.kind,
        "body": entry.body,
        "prev": entry.prev,
        "hash": entry.hash,
    }
    if entry.key is not None:
        plain |= {"key": entry.key, "sig": entry.sig}
    return canonical(plain) + b"\n"


def parse_line(line: bytes, place: str) -> Entry:
    """The entry of one whole line, as it stands there, unproven. Raises RecordError when it is none."""
    try:
        data = json.loads(line)
        if not isinstance(data, dict) or data.keys() not in (FIELDS, SIGNED):
            raise ValueError("fields")
        entry = Entry(
            _expect(data["n"], int),
            datetime.fromisoformat(_expect(data["at"], str)),
            _expect(data["kind"], str),
            _expect(data["body"], dict),
            _expect(data["prev"], str),
            _expect(data["hash"], str),
            _expect(data["key"], str) if "key" in data else None,
            _expect(data["sig"], str) if "sig" in data else None,
        )
        if stamp(entry.at) != data["at"]:
            raise ValueError("at")
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise RecordError(f"{place}不像考试记录的一条") from error
    return entry


def _expect(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(kind.__name__)
    return value


def stamp(at: datetime) -> str:
    """`2026-11-22T01:31:05.123Z`"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def signed_words(record: str, entry: Entry) -> bytes:
    """What the centre's key signs: which record, which entry, and its hash, hence everything before it."""
    return f"peilian record\n{record}\n{entry.n}\n{entry.hash}\n".encode()
