"""Requests in, answers out: what may come in, what every answer carries, and which error becomes which status."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from weakref import WeakValueDictionary

from aiohttp import web

from simulator.errors import ExamError, PeilianError, StorageError, UnknownNameError
from simulator.web.hall_room import SignedOutError
from simulator.web.limits import TooManyError
from simulator.web.seats import complain
from simulator.web.words import TABLES, language_of

LARGEST = 64 * 1024  # bytes of one request
READ_WITHIN = 15.0  # seconds for the body of a request
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
    "Server": "peilian",
}
# a scorecard is one file with its own style and no script
SCORECARD_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

LANGUAGE = web.AppKey("language", str)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RefusedError(Exception):
    """The request itself will not do; `word` is the key of the text that says why."""

    def __init__(self, status: int, word: str) -> None:
        self.status, self.word = status, word


def language(request: web.Request) -> str:
    accepted = request.headers.get("Accept-Language", "")
    return language_of(request.query.get("lang"), accepted, request.app[LANGUAGE])


def text_of(request: web.Request, word: str) -> str:
    return TABLES[language(request)][word]


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Own pages only may change anything; every answer, errors too, carries the headers."""
    try:
        _check_origin(request)
        answer = await handler(request)
    except web.HTTPException as error:
        answer = _error(request, error.status, "not-here" if error.status in (404, 405) else "malformed")
    except RefusedError as refused:
        answer = _error(request, refused.status, refused.word)
    except TooManyError:
        answer = _error(request, 429, "too-many")
    except SignedOutError:
        answer = _error(request, 401, "signed-out")
    except ExamError as error:
        answer = json_answer({"error": str(error)}, 409)
    except UnknownNameError as error:
        answer = json_answer({"error": str(error)}, 404)
    except StorageError as error:
        complain(error)
        answer = _error(request, 503, "unkept")
    except PeilianError as error:
        complain(error)
        answer = _error(request, 500, "fault")
    except (asyncio.CancelledError, ConnectionResetError):
        raise
    except Exception:
        traceback.print_exc()
        answer = _error(request, 500, "fault")
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def _check_origin(request: web.Request) -> None:
    """A page of another site can send a request but cannot lie in these headers; a program sends neither."""
    origin = request.headers.get("Origin")
    if request.method == "POST":
        foreign = origin is not None and origin.partition("://")[2] != request.host
        if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise RefusedError(403, "wrong-origin")


def _error(request: web.Request, status: int, word: str) -> web.Response:
    return json_answer({"error": text_of(request, word)}, status)


def json_answer(data: Any, status: int = 200) -> web.Response:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return web.Response(
        text=text.encode("utf-8", "replace").decode(), status=status, content_type="application/json"
    )


async def posted(request: web.Request) -> Mapping[str, Any]:
    """The JSON object that was sent. Raises RefusedError."""
    if request.content_type != "application/json":
        raise RefusedError(415, "malformed")
    try:
        body = await asyncio.wait_for(request.read(), READ_WITHIN)
        data = json.loads(body)
    except web.HTTPRequestEntityTooLarge as error:
        raise RefusedError(413, "too-large") from error
    except TimeoutError as error:
        raise RefusedError(408, "malformed") from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "malformed") from error
    if not isinstance(data, dict):
        raise RefusedError(400, "malformed")
    return data


def text_in(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise RefusedError(400, "malformed")
    return value


def number_in(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise RefusedError(400, "malformed")
    return value


def texts_in(data: Mapping[str, Any], name: str, most: int = 2000) -> list[str]:
    value = data.get(name)
    if not isinstance(value, list) or len(value) > most or not all(isinstance(item, str) for item in value):
        raise RefusedError(400, "malformed")
    return value


class Queues:
    """One request after another for each session, so that a client that asks twice holds no second worker."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, session: str) -> asyncio.Lock:
        lock = self._locks.get(session)
        if lock is None:
            lock = self._locks[session] = asyncio.Lock()
        return lock
