"""The addresses of a served hall: the candidates' page at `/`, the examiners' at `/desk`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from aiohttp import web

from simulator.errors import ExamError
from simulator.store.sessions import LASTS, Session
from simulator.web.hall_room import DESK, SEAT, HallRoom, SignedOutError
from simulator.web.limits import Limit
from simulator.web.pages import page
from simulator.web.wire import (
    SCORECARD_POLICY,
    Queues,
    json_answer,
    number_in,
    posted,
    text_in,
    texts_in,
)

R = TypeVar("R")
WORKERS = 4  # the disk is waited for in parallel; more would only take turns at the processor
WRONG_CODES, WRONG_WITHIN = 20, 600.0  # for one address; for one id the hall itself keeps count
REQUESTS, REQUESTS_WITHIN = 60, 10.0  # of one session
TIMES_OUT = 1.0  # seconds between two looks at the clock of every attempt
COOKIES = {SEAT: "peilian-seat", DESK: "peilian-desk"}
Body = Mapping[str, Any]


class HallRoutes:
    """`secure` where the hall is served over TLS."""

    def __init__(self, room: HallRoom, *, secure: bool) -> None:
        self._room, self._secure = room, secure
        self._workers = ThreadPoolExecutor(WORKERS, "turns")
        self._doors = ThreadPoolExecutor(2, "doors")  # a code takes 16 MB and some 40 ms to check
        self._desks = ThreadPoolExecutor(2, "desks")
        self._queues = Queues()
        self._wrong = Limit(WRONG_CODES, WRONG_WITHIN)
        self._busy = Limit(REQUESTS, REQUESTS_WITHIN)

    def add_to(self, app: web.Application) -> None:
        get, post = app.router.add_get, app.router.add_post
        get("/", self._seat_page)
        get("/desk", self._desk_page)
        post("/api/seat/enter", self._enter)
        post("/api/desk/enter", self._sign_in)
        post("/api/seat/leave", self._leave_seat)
        post("/api/desk/leave", self._leave_desk)
        get("/api/seat", self._seat)
        get("/seat/scorecard/{call:\\d{1,3}}", self._scorecard)
        get("/api/desk", self._desk)
        for name, act in SEAT_ACTS.items():
            post(f"/api/seat/{name}", self._seat_act(act))
        post("/api/seat/start", self._start)
        for name, order in DESK_ACTS.items():
            post(f"/api/desk/{name}", self._desk_act(order))

    async def close(self) -> None:
        self._workers.shutdown()
        self._doors.shutdown()
        self._desks.shutdown()

    async def _seat_page(self, request: web.Request) -> web.Response:
        return page(request, "seat.html", self._room.title)

    async def _desk_page(self, request: web.Request) -> web.Response:
        return page(request, "desk.html", self._room.title)

    # signing in and out

    async def _enter(self, request: web.Request) -> web.Response:
        return await self._let_in(request, SEAT, self._room.enter, "code")

    async def _sign_in(self, request: web.Request) -> web.Response:
        return await self._let_in(request, DESK, self._room.sign_in, "secret")

    async def _let_in(
        self, request: web.Request, kind: str, enter: Callable[[str, str], str], proof: str
    ) -> web.Response:
        address = request.remote or ""
        self._wrong.check(address)
        data = await posted(request)
        who, secret = text_in(data, "id")[:80], text_in(data, proof)[:80]
        try:
            token = await self._at_the_door(enter, who, secret)
        except ExamError:
            self._wrong.count(address)
            raise
        answer = json_answer({"entered": True})
        answer.set_cookie(
            COOKIES[kind],
            token,
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=self._secure,
            path="/",
        )
        return answer

    async def _at_the_door(self, enter: Callable[[str, str], str], who: str, secret: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._doors, enter, who, secret)

    async def _leave_seat(self, request: web.Request) -> web.Response:
        return await self._leave(request, SEAT)

    async def _leave_desk(self, request: web.Request) -> web.Response:
        return await self._leave(request, DESK)

    async def _leave(self, request: web.Request, kind: str) -> web.Response:
        token, _ = self._session(request, kind)
        await self._in_turn(token, lambda: self._room.leave(token))
        answer = json_answer({"left": True})
        answer.del_cookie(COOKIES[kind], path="/")
        return answer

    def _session(self, request: web.Request, kind: str) -> tuple[str, Session]:
        token = request.cookies.get(COOKIES[kind])
        if not token:
            raise SignedOutError
        session = self._room.session(token, kind)
        self._busy.take(token)
        return token, session

    async def _in_turn(self, token: str, work: Callable[[], R], pool: ThreadPoolExecutor | None = None) -> R:
        async with self._queues.of(token):
            return await asyncio.get_running_loop().run_in_executor(pool or self._workers, work)

    # candidates

    async def _seat(self, request: web.Request) -> web.Response:
        token, session = self._session(request, SEAT)
        return json_answer(await self._in_turn(token, lambda: self._room.seat(session)))

    async def _start(self, request: web.Request) -> web.Response:
        token, session = self._session(request, SEAT)
        exam = text_in(await posted(request), "exam")
        return json_answer(
            await self._in_turn(token, lambda: self._room.start(token, session, exam), self._doors)
        )

    def _seat_act(self, act: Act) -> Callable[[web.Request], Any]:
        async def acted(request: web.Request) -> web.Response:
            token, session = self._session(request, SEAT)
            work = act(self._room, session, await posted(request))
            return json_answer(await self._in_turn(token, work))

        return acted

    async def _scorecard(self, request: web.Request) -> web.Response:
        token, session = self._session(request, SEAT)
        call = int(request.match_info["call"])
        html = await self._in_turn(token, lambda: self._room.scorecard(session, call))
        headers = {"Content-Security-Policy": SCORECARD_POLICY}
        return web.Response(text=html, content_type="text/html", headers=headers)

    # examiners

    async def _desk(self, request: web.Request) -> web.Response:
        token, session = self._session(request, DESK)
        return json_answer(await self._in_turn(token, lambda: self._room.desk(session), self._desks))

    def _desk_act(self, act: Act) -> Callable[[web.Request], Any]:
        async def acted(request: web.Request) -> web.Response:
            token, session = self._session(request, DESK)
            work = act(self._room, session, await posted(request))
            return json_answer({"done": await self._in_turn(token, work, self._desks)})

        return acted


Act = Callable[[HallRoom, Session, Body], Callable[[], Any]]


def _say(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    call, turn, words = number_in(data, "call"), number_in(data, "turn"), text_in(data, "words")
    return lambda: room.say(session, call, turn, words)


def _begin(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    call = number_in(data, "call")
    return lambda: room.begin(session, call)


def _hang_up(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    call = number_in(data, "call")
    return lambda: room.hang_up(session, call)


def _note(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    call, text = number_in(data, "call"), text_in(data, "text")
    return lambda: room.note(session, call, text)


def _submit(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    return lambda: room.submit(session)


def _pause(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    attempts, why = texts_in(data, "attempts"), text_in(data, "why")
    return lambda: room.pause(session, attempts, why)


def _go_on(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    attempts, why = texts_in(data, "attempts"), text_in(data, "why")
    return lambda: room.go_on(session, attempts, why)


def _extend(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    attempts, minutes, why = texts_in(data, "attempts"), number_in(data, "minutes"), text_in(data, "why")
    return lambda: room.extend(session, attempts, minutes, why)


def _collect(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    attempts, why = texts_in(data, "attempts"), text_in(data, "why")
    return lambda: room.collect(session, attempts, why)


def _issue(room: HallRoom, session: Session, data: Body) -> Callable[[], Any]:
    candidate, seat = text_in(data, "candidate"), text_in(data, "seat")
    return lambda: {"candidate": candidate.strip().lower(), "code": room.issue(session, candidate, seat)}


SEAT_ACTS: Mapping[str, Act] = {
    "begin": _begin,
    "say": _say,
    "hang-up": _hang_up,
    "note": _note,
    "submit": _submit,
}
DESK_ACTS: Mapping[str, Act] = {
    "pause": _pause,
    "go-on": _go_on,
    "extend": _extend,
    "collect": _collect,
    "code": _issue,
}
