"""A hall or a training room served from a thread of the test, and browsers without a screen."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from aiohttp import web

from simulator.store.hall import Hall
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.hall import Role
from simulator.training.exam.marking import machine_marks
from simulator.web.seats import HallStage, ServedHall
from simulator.web.server import app_of
from tests.exam.made import Clock, hall_in, stage


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def data(self) -> Any:
        return json.loads(self.text)


@dataclass
class Browser:
    """Keeps cookies like one; `headers` go with every request."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(urllib.request.Request(self.url + path, headers={**self.headers, **headers}))

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        data = json.dumps({} if body is None else body).encode()
        sent = {"Content-Type": "application/json", **self.headers, **headers}
        return self._ask(urllib.request.Request(self.url + path, data=data, headers=sent))

    def _ask(self, request: urllib.request.Request) -> Answer:
        opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), urllib.request.ProxyHandler({})
        )
        try:
            with opener.open(request, timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read().decode())

    def say(self, view: dict[str, Any], words: str) -> Answer:
        """The next turn of the call that `view` shows."""
        call = view["call"]
        return self.post("/api/seat/say", {"call": call["n"], "turn": len(call["turns"]) + 1, "words": words})


@contextmanager
def serving(make: Callable[[], web.Application]) -> Iterator[str]:
    """The address under which the app answers."""
    ready: list[str] = []
    up, stop = threading.Event(), threading.Event()

    async def serve() -> None:
        runner = web.AppRunner(make(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ready.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        up.set()
        while not stop.is_set():
            await asyncio.sleep(0.01)
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert up.wait(60)
    try:
        yield ready[0]
    finally:
        stop.set()
        thread.join(60)


@dataclass
class Room:
    """A served hall with one candidate, `li-lei`, one examiner, `zhao`, and one open exam, `little`."""

    folder: Path
    clock: Clock
    url: str
    secret: str

    def browser(self, **headers: str) -> Browser:
        return Browser(self.url, headers)

    def code(self, candidate: str = "li-lei", seat: str = "A1") -> str:
        with Hall(self.folder, self.clock) as hall:
            return hall.issue_code("zhao", candidate, seat)

    def entered(self, candidate: str = "li-lei") -> Browser:
        browser = self.browser()
        assert browser.post("/api/seat/enter", {"id": candidate, "code": self.code(candidate)}).status == 200
        return browser

    def started(self) -> tuple[Browser, dict[str, Any]]:
        """A candidate in the first call, and what the page shows."""
        browser = self.entered()
        assert browser.post("/api/seat/start", {"exam": "little"}).status == 200
        begun = browser.post("/api/seat/begin", {"call": 1})
        assert begun.status == 200, begun.text
        return browser, begun.data

    def examiner(self) -> Browser:
        browser = self.browser()
        signed_in = browser.post("/api/desk/enter", {"id": "zhao", "secret": self.secret})
        assert signed_in.status == 200, signed_in.text
        return browser

    def record(self, attempt: str = "little.li-lei.1") -> list[dict[str, Any]]:
        lines = (self.folder / "attempts" / f"{attempt}.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def wait_for(self, kind: str, attempt: str = "little.li-lei.1") -> None:
        """Until the server has added such an entry of its own accord."""
        for _ in range(600):
            if any(entry["kind"] == kind for entry in self.record(attempt)):
                return
            time.sleep(0.05)
        raise AssertionError(f"no {kind} in {attempt}")

    def said(self, attempt: str = "little.li-lei.1") -> list[str]:
        """The candidate's turns on disk."""
        turns = [entry["body"] for entry in self.record(attempt) if entry["kind"] == "turn"]
        return [turn["text"] for turn in turns if turn["who"] == "collector"]


def made_folder(folder: Path, clock: Clock, **changes: Any) -> str:
    """A hall in a folder; the examiner's secret."""
    hall, _ = hall_in(folder, clock, supervised=True, **changes)
    with hall:
        for name in ("han-mei", "wang-fang"):
            hall.put_person("zhao", name, name, Role.CANDIDATE, "一班")
        secret = hall.put_person("zhao", "zhao", "赵考官", Role.EXAMINER, "")
    assert secret
    return secret


@contextmanager
def room_in(folder: Path, clock: Clock | None = None, **changes: Any) -> Iterator[Room]:
    clock = clock or Clock()
    secret = made_folder(folder, clock, **changes)
    with again(folder, clock, secret) as room:
        yield room


class Beside:
    """Marks where it stands: no second process to start."""

    def marks(self, attempt: Attempt) -> dict[str, Any]:
        return machine_marks(attempt, stage())

    def close(self) -> None:
        pass


@contextmanager
def again(folder: Path, clock: Clock, secret: str) -> Iterator[Room]:
    """The same hall served by a new server, as after a restart."""
    with serving(
        lambda: app_of(ServedHall(folder, clock), HallStage(stage().desk), Beside(), "zh", secure=False)
    ) as url:
        yield Room(folder, clock, url, secret)
