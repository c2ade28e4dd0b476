"""Puts a hall or a training room on an address of this machine, until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

from simulator.errors import PeilianError, StorageError
from simulator.store.chain import Seat
from simulator.store.sessions import Sessions
from simulator.web.hall_room import HallRoom
from simulator.web.hall_routes import TIMES_OUT, HallRoutes
from simulator.web.marking import Marker, Marking
from simulator.web.pages import asset
from simulator.web.seats import HallStage, Seats, ServedHall, complain
from simulator.web.wire import LANGUAGE, LARGEST, guarded

SESSIONS, SERVED = "sessions.json", "serve"
HAND_OVER = 0.001  # seconds: turns in other threads get the processor sooner than by default


def empty_app(language: str) -> web.Application:
    app = web.Application(middlewares=[guarded], client_max_size=LARGEST)
    app[LANGUAGE] = language
    app.router.add_get("/static/{name}", asset)
    return app


def hall_app(folder: Path, language: str, *, secure: bool) -> web.Application:
    """The hall in this folder, ready to be served."""
    return app_of(ServedHall(folder), HallStage(), Marker(), language, secure=secure)


def app_of(
    hall: ServedHall, stage: HallStage, marker: Marking, language: str, *, secure: bool
) -> web.Application:
    """Everything a served hall needs; hall and marker are let go of when the app is cleaned up."""
    hold = _alone(hall)
    seats = Seats(hall, stage, marker)
    room = HallRoom(hall, stage, seats, Sessions(hall.folder / SESSIONS, hall.now, hall.signer))
    room.warm_up()
    routes = HallRoutes(room, secure=secure)
    app = empty_app(language)
    routes.add_to(app)

    async def running(_: web.Application) -> AsyncIterator[None]:
        sys.setswitchinterval(HAND_OVER)
        marking = asyncio.create_task(_every(TIMES_OUT, seats.mark))
        sweeping = asyncio.create_task(_every(TIMES_OUT, seats.sweep, first=room.take_up))
        yield
        sweeping.cancel()
        marking.cancel()
        await asyncio.gather(sweeping, marking, return_exceptions=True)
        await routes.close()
        marker.close()
        seats.close()
        hall.close()
        hold.close()

    app.cleanup_ctx.append(running)
    return app


def _alone(hall: ServedHall) -> Seat:
    """Two servers of one hall would each know only half of who is signed in."""
    try:
        return Seat(hall.folder / SERVED)
    except StorageError as error:
        hall.close()
        raise StorageError(f"{hall.folder} 的考场已经开着了，或这个文件夹不能写；先关掉那一个") from error


async def _every(seconds: float, work: Callable[[], None], first: Callable[[], None] | None = None) -> None:
    """Does it again and again in a thread of its own, whatever goes wrong once."""
    with ThreadPoolExecutor(1) as thread:
        if first:
            await asyncio.get_running_loop().run_in_executor(thread, first)
        while True:
            try:
                await asyncio.get_running_loop().run_in_executor(thread, work)
            except (PeilianError, OSError, RuntimeError) as error:
                complain(error)
            await asyncio.sleep(seconds)


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Raises StorageError when the files cannot be read or do not belong together."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise StorageError(f"证书 {certificate} 或它的钥匙 {key} 用不了：{error}") from error
    return context


async def serve(
    app: web.Application, host: str, port: int, context: ssl.SSLContext | None, ready: Callable[[str], None]
) -> None:
    """Serves until SIGINT or SIGTERM. `ready` is told the address once it answers; port 0 takes a free one."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, ssl_context=context, backlog=512)
        try:
            await site.start()
        except OSError as error:
            why = "有别的程序在用" if error.errno == errno.EADDRINUSE else error.strerror
            raise StorageError(f"用不了 {host}:{port}：{why}；换一个 --port，或看看 --host") from error
        taken = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        ready(f"{'https' if context else 'http'}://{shown}:{taken}/")
        await _told_to_stop()
    finally:
        await runner.cleanup()


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    await stop.wait()
