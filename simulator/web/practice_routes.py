"""The addresses of a served training room."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aiohttp import web

from simulator.authoring.desk import Desk
from simulator.web.limits import Limit
from simulator.web.pages import page
from simulator.web.practice_room import PracticeRoom
from simulator.web.server import empty_app
from simulator.web.wire import (
    SCORECARD_POLICY,
    Queues,
    RefusedError,
    json_answer,
    number_in,
    posted,
    text_in,
    text_of,
)

R = TypeVar("R")
COOKIE = "peilian-trainee"
KEEPS = 30 * 24 * 3600
WORKERS = 4
REQUESTS, REQUESTS_WITHIN = 60, 10.0  # of one trainee
NEW_CALLS, NEW_CALLS_WITHIN = 120, 60.0  # from one address: a class may share one


def practice_app(language: str, *, secure: bool) -> web.Application:
    return app_of_room(Desk(), language, secure=secure)


def app_of_room(desk: Desk, language: str, *, secure: bool) -> web.Application:
    room = PracticeRoom(desk)
    room.warm_up()
    app = empty_app(language)
    routes = PracticeRoutes(room, secure=secure)
    routes.add_to(app)

    async def running(_: web.Application) -> AsyncIterator[None]:
        yield
        routes.close()
        room.close()

    app.cleanup_ctx.append(running)
    return app


class PracticeRoutes:
    def __init__(self, room: PracticeRoom, *, secure: bool) -> None:
        self._room, self._secure = room, secure
        self._workers = ThreadPoolExecutor(WORKERS, "turns")
        self._queues = Queues()
        self._busy = Limit(REQUESTS, REQUESTS_WITHIN)
        self._dialled = Limit(NEW_CALLS, NEW_CALLS_WITHIN)

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/", self._page)
        app.router.add_get("/api/room", self._menu)
        app.router.add_get("/api/room/call", self._look)
        app.router.add_post("/api/room/dial", self._dial)
        app.router.add_post("/api/room/say", self._say)
        app.router.add_post("/api/room/hang-up", self._hang_up)
        app.router.add_post("/api/room/grade", self._grade)
        app.router.add_get("/scorecard", self._scorecard)

    def close(self) -> None:
        self._workers.shutdown()

    async def _page(self, request: web.Request) -> web.Response:
        answer = page(request, "room.html", text_of(request, "room.title"))
        if not request.cookies.get(COOKIE):
            answer.set_cookie(
                COOKIE,
                secrets.token_urlsafe(24),
                max_age=KEEPS,
                httponly=True,
                samesite="Strict",
                secure=self._secure,
                path="/",
            )
        return answer

    async def _in_turn(self, request: web.Request, work: Callable[[str], R]) -> R:
        trainee = request.cookies.get(COOKIE, "")[:80]
        if not trainee:  # the page gives one; a browser that refuses it cannot be told from another
            raise RefusedError(400, "room.no-cookie")
        self._busy.take(trainee)
        async with self._queues.of(trainee):
            return await asyncio.get_running_loop().run_in_executor(self._workers, work, trainee)

    async def _menu(self, request: web.Request) -> web.Response:
        return json_answer(await self._in_turn(request, self._room.menu))

    async def _look(self, request: web.Request) -> web.Response:
        return json_answer(await self._in_turn(request, self._room.look))

    async def _dial(self, request: web.Request) -> web.Response:
        scenario = text_in(await posted(request), "scenario")
        self._dialled.take(request.remote or "")
        return json_answer(await self._in_turn(request, lambda who: self._room.dial(who, scenario)))

    async def _say(self, request: web.Request) -> web.Response:
        data = await posted(request)
        turn, words = number_in(data, "turn"), text_in(data, "words")
        return json_answer(await self._in_turn(request, lambda who: self._room.say(who, turn, words)))

    async def _hang_up(self, request: web.Request) -> web.Response:
        await posted(request)
        return json_answer(await self._in_turn(request, self._room.hang_up))

    async def _grade(self, request: web.Request) -> web.Response:
        await posted(request)
        return json_answer(await self._in_turn(request, self._room.grade))

    async def _scorecard(self, request: web.Request) -> web.Response:
        html = await self._in_turn(request, self._room.scorecard)
        headers = {"Content-Security-Policy": SCORECARD_POLICY}
        return web.Response(text=html, content_type="text/html", headers=headers)
