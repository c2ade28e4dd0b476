"""Fifty candidates in one hall at once: how long a turn takes, and whether one is lost when the server is killed.

`python benchmarks/hall.py [--candidates 50] [--seconds 60] [--think 3] [--kill]` makes a hall in a temporary folder,
serves it in a process of its own, and talks to it over the loopback as browsers would: one connection each, a look
every five seconds, an examiner's page besides. A turn is measured from sending it to having the answer. `--think` is
the mean of the pause before each turn; 0 measures how the server holds out with nobody ever pausing. With `--kill` it
is killed (signal 9) half-way and started again; every client asks again until it is answered. In the end the records
on disk are held against what the clients were told.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
LOOK_EVERY = 5.0
GIVE_UP = 120.0
LINES = (
    "您好，我是客服专员小陈，工号2047，请问是本人吗？",
    "麻烦您报一下身份证后四位，我核对一下。",
    "您这笔款已经逾期了，想先了解一下是什么原因。",
    "我理解您现在的难处，您今天能先还多少？",
    "那您看明天下午三点前能处理吗？",
    "好的，我跟您确认一下：明天下午三点前，用手机银行还，对吗？",
    "如果那笔钱没到，您打算怎么办？",
    "谢谢您的配合，再见。",
)


@dataclass
class Figures:
    turns: list[float] = field(default_factory=list)
    through_break: list[float] = field(default_factory=list)
    doors: list[float] = field(default_factory=list)
    tries: int = 0
    told: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    submitted: int = 0


class Server:
    def __init__(self, hall: Path) -> None:
        self._hall = hall
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.broken_at = 0.0
        self.back_at = 0.0

    async def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "simulator.cli.main",
            "serve",
            "--hall",
            str(self._hall),
            "--port",
            str(self._port),
        ]
        self.process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        assert self.process.stdout
        if not await self.process.stdout.readline():
            raise SystemExit("the server did not start")

    async def kill_and_restart(self) -> None:
        self.broken_at = time.perf_counter()
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()
        await self.start()
        self.back_at = time.perf_counter()


class Client:
    """One browser. Like the page, it asks again until it is answered."""

    def __init__(self, server: Server, figures: Figures, who: str, code: str) -> None:
        self._server, self._figures, self._who, self._code = server, figures, who, code
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        until = time.perf_counter() + GIVE_UP
        while time.perf_counter() < until:
            self._figures.tries += 1
            try:
                method = "GET" if body is None else "POST"
                async with self._http.request(method, self._server.url + path, json=body) as answer:
                    data: dict[str, Any] = await answer.json()
                    if answer.status < 300:
                        return data
                    if answer.status not in (429, 503):
                        raise SystemExit(f"{self._who} {path}: {answer.status} {data}")
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                pass
            await asyncio.sleep(0.4)
        raise SystemExit(f"{self._who}: no answer to {path}")

    async def sit(self, rng: random.Random, think: float, until: float) -> None:
        start = time.perf_counter()
        await self.ask("/api/seat/enter", {"id": self._who, "code": self._code})
        self._figures.doors.append(time.perf_counter() - start)
        view = await self.ask("/api/seat/start", {"exam": "load"})
        told = self._figures.told.setdefault(self._who, [])
        looking = asyncio.create_task(self._look_on(rng))
        while time.perf_counter() < until:
            if view["phase"] == "ready":
                view = await self.ask("/api/seat/begin", {"call": view["call"]["n"]})
            elif view["phase"] == "call":
                view = await self._turn(rng, think, view, told)
            else:
                break
        looking.cancel()
        view = await self.ask("/api/seat/submit", {})
        self._figures.submitted += view["receipt"] is not None
        await self._http.close()

    async def _turn(
        self, rng: random.Random, think: float, view: dict[str, Any], told: list[tuple[int, int, str]]
    ) -> dict[str, Any]:
        if think:
            await asyncio.sleep(rng.expovariate(1 / think))
        call, turn = view["call"]["n"], len(view["call"]["turns"]) + 1
        words = f"{rng.choice(LINES)}（{rng.randrange(10**6)}）"
        start = time.perf_counter()
        view = await self.ask("/api/seat/say", {"call": call, "turn": turn, "words": words})
        end = time.perf_counter()
        broken = start < self._server.back_at + 0.5 and end > self._server.broken_at > 0
        (self._figures.through_break if broken else self._figures.turns).append(end - start)
        told.append((call, turn, words))
        return view

    async def _look_on(self, rng: random.Random) -> None:
        await asyncio.sleep(rng.random() * LOOK_EVERY)
        while True:
            await self.ask("/api/seat")
            await asyncio.sleep(LOOK_EVERY)


async def examine(server: Server, figures: Figures, secret: str) -> None:
    """An examiner's page that is open all the time."""
    desk = Client(server, figures, "zhao", secret)
    await desk.ask("/api/desk/enter", {"id": "zhao", "secret": secret})
    try:
        while True:
            await desk.ask("/api/desk")
            await asyncio.sleep(2)
    finally:
        await desk._http.close()


def made_hall(folder: Path, candidates: int) -> tuple[str, dict[str, str]]:
    """An open exam and a code for each candidate."""
    from simulator.authoring.blueprint_file import find_blueprint
    from simulator.authoring.stage import ExamStage
    from simulator.store.hall import Hall
    from simulator.training.exam.hall import Role

    stage = ExamStage()
    blueprint = find_blueprint(stage.desk.library, "collector")
    hall, secret = Hall.create(folder, "load", "zhao", "zhao")
    with hall:
        offers = stage.drawable(blueprint)
        contents = stage.contents(offer.scenario for offer in offers)
        hall.open_exam("zhao", blueprint, "load", contents, offers)
        names = [f"c{number:03d}" for number in range(candidates)]
        for name in names:
            hall.put_person("zhao", name, name, Role.CANDIDATE, "")
        return secret, {name: hall.issue_code("zhao", name, name) for name in names}


def lost_and_doubled(folder: Path, figures: Figures) -> tuple[int, int]:
    """Acknowledged turns that the records lack, and turns that they hold twice."""
    lost = doubled = 0
    for who, told in figures.told.items():
        record = folder / "attempts" / f"load.{who}.1.jsonl"
        entries = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        kept = Counter(
            (entry["body"]["call"], entry["body"]["n"], entry["body"]["text"])
            for entry in entries
            if entry["kind"] == "turn" and entry["body"]["who"] == "collector"
        )
        lost += sum(turn not in kept for turn in told)
        doubled += sum(count - 1 for count in kept.values())
        doubled += sum(kept.values()) - len(kept)
    return lost, doubled


def percentile(samples: list[float], part: float) -> float:
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 if ordered else 0.0


async def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "hall"
        secret, codes = made_hall(folder, options.candidates)
        server, figures = Server(folder), Figures()
        await server.start()
        desk = asyncio.create_task(examine(server, figures, secret))
        until = time.perf_counter() + options.seconds
        sitting = [
            Client(server, figures, who, code).sit(random.Random(who), options.think, until)
            for who, code in codes.items()
        ]
        killer = asyncio.create_task(kill_half_way(server, options)) if options.kill else None
        await asyncio.gather(*sitting)
        if killer:
            await killer
        desk.cancel()
        server.process.terminate()
        await server.process.wait()
        return report(options, figures, server, *lost_and_doubled(folder, figures))


async def kill_half_way(server: Server, options: argparse.Namespace) -> None:
    await asyncio.sleep(options.seconds / 2)
    await server.kill_and_restart()


def report(options: argparse.Namespace, figures: Figures, server: Server, lost: int, doubled: int) -> int:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    turns = figures.turns
    print(
        f"candidates {options.candidates}, pause {options.think:g} s, {options.seconds} s, load average {load:.1f}"
    )
    print(
        f"turns {len(turns) + len(figures.through_break)}, {len(turns) / options.seconds:.1f} a second; requests {figures.tries}"
    )
    print(
        f"turn p50 {percentile(turns, 0.5):.1f} ms, p95 {percentile(turns, 0.95):.1f} ms (goal 100), "
        f"p99 {percentile(turns, 0.99):.1f} ms, longest {percentile(turns, 1):.1f} ms"
    )
    print(f"signing in p95 {percentile(figures.doors, 0.95):.0f} ms with all at the door at once")
    if options.kill:
        away = server.back_at - server.broken_at
        print(
            f"killed: away {away:.1f} s; {len(figures.through_break)} turns went through it, longest {percentile(figures.through_break, 1):.0f} ms"
        )
    print(
        f"handed in {figures.submitted} of {options.candidates}; acknowledged turns lost {lost}, doubled {doubled}"
    )
    return 1 if lost or doubled or figures.submitted != options.candidates else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, default=3.0)
    parser.add_argument("--kill", action="store_true")
    sys.exit(asyncio.run(run(parser.parse_args())))
