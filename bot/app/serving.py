"""Serving the app with uvicorn, and saying where."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from bot.app.heads import bounded, files
from bot.app.logs import log_what_nobody_caught, set_up_logs
from bot.app.server import application, watching_application
from bot.app.settings import Settings, SettingsError
from bot.app.systemd import under_systemd
from bot.app.wiring import House, Part, open_house

Opening = Callable[[Settings], AbstractAsyncContextManager[House]]

_BACKLOG = 2048
"""Connections that wait to be accepted. All may be at once, so they must fit into the files."""

_TURN_SECONDS = 0.001

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def serve(settings: Settings, opening: Opening = open_house, *, quiet: bool = False) -> None:
    """Serve until a signal stops it. ``quiet``: only warnings are logged."""
    set_up_logs(settings.log_format, quiet=quiet)
    if settings.log_format == "json":
        log_what_nobody_caught()
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(_serve(settings, opening))


def serve_pages_only(settings: Settings) -> None:
    """Serve the doors until a signal stops it; workers do the rest."""
    serve(settings, partial(open_house, part=Part.WEB))


WORKER_READY = "A Sounding Board worker is running"
"""What it prints once it works: a supervisor or a test may wait for it."""


def work(settings: Settings) -> None:
    """Deliver and read until a signal stops it; no doors."""
    set_up_logs(settings.log_format)
    if settings.log_format == "json":
        log_what_nobody_caught()
    asyncio.run(working(partial(open_house, settings, part=Part.WORKER)))


async def working(opening: Callable[[], AbstractAsyncContextManager[House]]) -> None:
    """An open house without doors, until a signal stops it. A second one ends it at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    async with opening() as house, watched(house), under_systemd(house):
        set_up_python()
        for each in _STOPPING:
            loop.add_signal_handler(each, stop.set)
        sys.stdout.write(f"\n{WORKER_READY}. Stop it with Ctrl-C.\n\n")
        sys.stdout.flush()
        await stop.wait()
        for each in _STOPPING:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)


class _Beside(uvicorn.Server):
    """A server beside other work, which leaves signals to it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def watched(house: House) -> AsyncIterator[None]:
    """Where ``metrics_port`` is set, a process without doors says there how it is."""
    settings = house.core.settings
    if not settings.metrics_port:
        yield
        return
    async with listening(settings.model_copy(update={"port": settings.metrics_port})) as (bound, _):
        server = _Beside(server_config(watching_application(house)))
        serving = asyncio.create_task(server.serve(sockets=[bound]), name="watching")
        try:
            yield
        finally:
            server.should_exit = True
            await serving


async def _serve(settings: Settings, opening: Opening) -> None:
    async with listening(settings) as (bound, at), opening(at) as house:
        server = uvicorn.Server(server_config(application(house)))
        set_up_python()
        if house.core.lock is not None:
            house.core.lock.say_url(_loopback(bound))
        sys.stdout.write(f"\nSounding Board is at {house.core.web_url}\n")
        sys.stdout.write("Stop it with Ctrl-C.\n\n")
        sys.stdout.flush()
        with _stopped_gently():
            async with under_systemd(house):
                await server.serve(sockets=[bound])


def set_up_python() -> None:
    """Set up the garbage collector and thread switching once the service has started.

    Objects loaded at startup are frozen, because a full collection of them pauses the service for
    150 ms. Threads switch after 1 ms (Python's default is 5), because a write had to wait 440 ms
    while another thread compared 70,000 people during an import."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_TURN_SECONDS)


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Makes the loop that serves: one in C where there is one, else (None) Python's own. With the
    parser in C it halves what the server itself costs at each request: 0.12 ms against 0.22."""
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


def server_config(app: ASGIApp) -> uvicorn.Config:
    """How this service is served; benchmarks serve what they compare it with in the same way."""
    return uvicorn.Config(
        app,
        http=bounded(files() // 2),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
    )


@contextmanager
def _stopped_gently() -> Iterator[None]:
    """uvicorn raises the signal that stopped it once more when it is done; without this the
    process would end there, with messages in flight. While the house closes, a further Ctrl-C
    ends it at once."""
    before = {each: signal.signal(each, lambda *_: None) for each in _STOPPING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if each is signal.SIGINT else handler)


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[tuple[socket.socket, Settings]]:
    """A bound socket, and the settings with the port it got."""
    bound = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        try:
            bound.bind((settings.host, settings.port))
            bound.listen(min(_BACKLOG, files() // 4))
        except OSError as error:
            raise SettingsError(
                f"Cannot listen at {settings.host}, port {settings.port}: {error.strerror}. If "
                "Sounding Board is already running there, use that one. Otherwise choose another "
                "port with --port."
            ) from None
        port = bound.getsockname()[1]
        yield bound, settings.model_copy(update={"port": port})
    finally:
        bound.close()


def _loopback(bound: socket.socket) -> str:
    """Where the command line of this machine reaches the process."""
    host, port = bound.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  (compared, not bound)
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
