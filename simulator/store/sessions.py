"""Who is signed in to a served hall: kept on disk as hashes, so that a restart of the server signs nobody out.

The file carries the centre's signature: whoever can write to the folder cannot write himself in.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from simulator.errors import RecordError, StorageError
from simulator.store.keys import Signer
from simulator.store.whole import write_whole
from simulator.training.exam.entry import canonical
from simulator.training.exam.keeping import Clock

LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """`kind` is `seat` (a candidate) or `desk` (an examiner). `attempt` is what this seat code is used for, None until
    an exam was begun; a finished one cannot be followed by another without a new code. `by` is the salt of the secret
    that an examiner signed in with: a new secret ends the session."""

    kind: str
    who: str
    place: str
    attempt: str | None
    until: datetime
    by: str = ""


class Sessions:
    """A candidate has one session: signing in again, with a new code, ends the one before."""

    def __init__(self, path: Path, clock: Clock, signer: Signer) -> None:
        self._path, self._clock, self._signer = path, clock, signer
        self._guard = threading.Lock()
        self._kept: dict[str, Session] = _read(path, signer)

    def begin(self, kind: str, who: str, place: str = "", attempt: str | None = None, by: str = "") -> str:
        """The token of a new session. Raises StorageError."""
        token = secrets.token_urlsafe(32)
        session = Session(kind, who, place, attempt, self._clock() + LASTS, by)
        with self._guard:
            now = self._clock()
            kept = {
                key: old
                for key, old in self._kept.items()
                if old.until > now and not (kind == "seat" and (old.kind, old.who) == (kind, who))
            }
            self._keep({**kept, _hash(token): session})
        return token

    def find(self, token: str, kind: str) -> Session | None:
        session = self._kept.get(_hash(token))
        return session if session and session.kind == kind and session.until > self._clock() else None

    def open(self, kind: str) -> list[Session]:
        now = self._clock()
        return [session for session in self._kept.values() if session.kind == kind and session.until > now]

    def bind(self, token: str, attempt: str) -> None:
        """This session is for that attempt from now on."""
        with self._guard:
            key = _hash(token)
            if key in self._kept:
                self._keep({**self._kept, key: replace(self._kept[key], attempt=attempt)})

    def end(self, token: str) -> None:
        with self._guard:
            key = _hash(token)
            self._keep({other: session for other, session in self._kept.items() if other != key})

    def _keep(self, kept: Mapping[str, Session]) -> None:
        plain = {
            key: {**asdict(session), "until": session.until.isoformat()} for key, session in kept.items()
        }
        whole = {"sessions": plain, "sig": self._signer.sign(_signed_words(plain))}
        write_whole(self._path, json.dumps(whole, ensure_ascii=False, indent=0) + "\n")
        self._path.chmod(0o600)
        self._kept = dict(kept)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _signed_words(plain: Mapping[str, Any]) -> bytes:
    return b"peilian sessions\n" + canonical(plain)


def _read(path: Path, signer: Signer) -> dict[str, Session]:
    """None where there is no file yet."""
    try:
        whole: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        plain = whole["sessions"]
        if not signer.public.verifies(whole["sig"], _signed_words(plain)):
            raise ValueError("signature")
        return {
            key: Session(
                str(item["kind"]),
                str(item["who"]),
                str(item["place"]),
                item["attempt"],
                datetime.fromisoformat(item["until"]),
                str(item["by"]),
            )
            for key, item in plain.items()
        }
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"读不了 {path}：{error.strerror}；看看权限") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecordError) as error:
        raise StorageError(f"{path} 坏了，或不是考场写的；删掉它，请每位考生用新的座位码再进一次") from error
