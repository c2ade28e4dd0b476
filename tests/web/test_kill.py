"""The served hall as a process: killed at any moment it loses nothing that was answered; marking has its own process."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from simulator.training.exam.marking import machine_marks
from simulator.web.marking import Marker
from tests.exam.made import Clock, marked, stage
from tests.web.served import Answer, Room, made_folder

ROOT = Path(__file__).parents[2]
KILLED_AT = (1, 2)
A_TURN = 0.03  # seconds: about what one takes here
LINES = (
    "您好，请问是本人吗？",
    "麻烦您报一下身份证后四位。",
    "您这笔款逾期了。",
    "是什么原因呢？",
    "今天能先还一部分吗？",
)


class Served:
    """`peilian serve` on one port, started as often as it is killed."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "simulator.cli.main", "serve", "--hall", str(self._folder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PEILIAN_HOME": str(self._folder / "home")}
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
        )
        assert self.process.stdout
        self.told = self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout
        self.process.stdout.close()
        return self.process.wait(30)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Served, Room]]:
    folder, clock = tmp_path / "hall", Clock(datetime.now(UTC))
    secret = made_folder(folder, clock, minutes=60)
    server = Served(folder)
    yield server, Room(folder, clock, server.url, secret)
    server.end()


def _until_answered(server: Served, ask: Callable[[], Answer]) -> dict[str, Any]:
    """Like the page: asks again, after a restart too."""
    while True:
        try:
            answer = ask()
        except (http.client.HTTPException, OSError):
            server.process.wait()
            assert server.process.stdout
            server.process.stdout.close()
            server.start()
            continue
        assert answer.status == 200, answer.text
        data: dict[str, Any] = answer.data
        return data


def test_killed_at_random_moments_it_loses_and_doubles_no_answered_turn(served: tuple[Served, Room]) -> None:
    server, room = served
    assert server.told == f"{server.url}/"
    browser, view = room.started()
    chance, said, first = random.Random(6), list[str](), server.process
    for number, line in enumerate(LINES):
        if number in KILLED_AT:
            timer = Timer(chance.random() * A_TURN, server.process.kill)
            timer.start()
            said.append(line)
            view = _until_answered(server, partial(browser.say, view, line))
            timer.join()
        elif view["phase"] == "call":
            said.append(line)
            view = _until_answered(server, partial(browser.say, view, line))
    _until_answered(server, partial(browser.get, "/api/seat"))
    assert server.process is not first
    assert room.said() == said


def test_a_marking_process_gives_the_same_marks_and_outlives_its_own_death() -> None:
    _, attempt = marked(["您好，请问是本人吗？"], ["您好"])
    here = machine_marks(attempt, stage())
    marker = Marker()
    try:
        assert json.dumps(marker.marks(attempt)) == json.dumps(here)
        for worker in marker.workers():
            os.kill(worker, signal.SIGKILL)
        assert json.dumps(marker.marks(attempt)) == json.dumps(here)
    finally:
        marker.close()
