"""Marking beside the exam: in a process of its own, so that the turns of those still talking do not wait for it."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, Protocol

from simulator.authoring.stage import ExamStage
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.marking import machine_marks


class Marking(Protocol):
    def marks(self, attempt: Attempt) -> dict[str, Any]:
        """The body of the attempt's `marks` entry."""

    def close(self) -> None: ...


class Marker:
    """One worker; it lives as long as the server and is started anew when it dies."""

    def __init__(self) -> None:
        self._pool = self._start()

    def marks(self, attempt: Attempt) -> dict[str, Any]:
        """Waits for the worker."""
        try:
            return self._pool.submit(_marks, attempt).result()
        except BrokenProcessPool:
            self._pool = self._start()
            return self._pool.submit(_marks, attempt).result()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def workers(self) -> list[int]:
        """The ids of its processes."""
        return list(self._pool._processes or ())

    @staticmethod
    def _start() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_step_back)


def _step_back() -> None:
    """Talking goes before marking. Ctrl+C reaches every process of a terminal: the server sees to the end of this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)
    Thread(target=_end_with_server, daemon=True).start()


def _end_with_server() -> None:
    """A killed server ends nobody: without this its worker would wait for ever."""
    server = parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(0)


@cache
def _stage() -> ExamStage:
    return ExamStage()


def _marks(attempt: Attempt) -> dict[str, Any]:
    return machine_marks(attempt, _stage())
