"""The whole service, running for a test: real database, real HTTP, a clock that can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import uvicorn
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app.core import Core
from bot.app.server import application
from bot.app.serving import listening, server_config
from bot.app.settings import Settings
from bot.app.wiring import House, Part, open_house
from bot.doctor.checking import upgrade_database
from bot.web.sessions import signin_token
from core.commands import Command
from governance.access import Source
from storage.ledger_tables import delivery
from storage.store import database_file
from storage.tables import release_note
from tests.journeys import logged
from tests.journeys.town import person
from tests.journeys.worker import Asked, WorkerProcess

which_database = "sqlite"
"""Set by the fixture that runs every journey on both databases."""

by_rote = False
"""Set by the fixture of journeys that are not about reading (``rote.py``)."""

SECRET = "a-secret-that-was-made-up-for-tests"

PATIENCE = 120_000
"""Milliseconds until something on a page is given up: a busy machine pauses a browser."""


@dataclass
class MovableClock:
    """The real time, moved by as much as a test likes; other processes read by how much."""

    moved: timedelta = field(default_factory=timedelta)
    file: Path | None = None

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def forward(self, **by: float) -> None:
        self.moved += timedelta(**by)
        if self.file is not None:
            new = self.file.with_suffix(".new")
            new.write_text(str(self.moved.total_seconds()))
            new.replace(self.file)


@dataclass
class Running:
    """A service that can be stopped and started on the same database. On PostgreSQL it is a web
    replica here and two workers, processes of their own."""

    settings: Settings
    prepare: Callable[[Core], Awaitable[None]]
    clock: MovableClock
    _house: House | None = None
    _stack: AsyncExitStack | None = None
    port: int = 0
    crew: int = 2
    """Workers, on PostgreSQL."""
    lease: float | None = None
    """Seconds that they hold what they send; None: as ever."""
    workers: list[WorkerProcess] = field(default_factory=list)
    _hired: int = 0

    @property
    def house(self) -> House:
        assert self._house is not None, "the service is stopped"
        return self._house

    @property
    def core(self) -> Core:
        return self.house.core

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        stack = AsyncExitStack()
        try:
            wanted = self.settings.model_copy(update={"port": self.port})
            bound, at = await stack.enter_async_context(listening(wanted))
            self.port = at.port
            at = at.model_copy(update={"web_url": self.url})
            self._house = await stack.enter_async_context(
                open_house(at, clock=self.clock, prepare=self.prepare, part=self._part)
            )
            server = uvicorn.Server(server_config(application(self._house)))
            # ``_serve`` is ``serve`` without taking over the test runner's signals.
            serving = asyncio.create_task(server._serve([bound]))
            stack.push_async_callback(_end, server, serving)
            while not server.started:  # noqa: ASYNC110  (uvicorn tells by a flag)
                await asyncio.sleep(0.01)
        except BaseException:
            await stack.aclose()
            raise
        self._stack = stack
        if self._part is Part.WEB and not self.workers:
            self.workers = [await self.hire() for _ in range(self.crew)]
            await asyncio.gather(*(worker.ready() for worker in self.workers))

    @property
    def _part(self) -> Part:
        embedded = database_file(self.settings.database_url) is not None
        return Part.EVERYTHING if embedded else Part.WEB

    async def hire(self, **more: Any) -> WorkerProcess:
        """One more worker process; ``more``: fields of ``Asked``."""
        assert self.clock.file is not None
        settings = {
            name: value.get_secret_value() if isinstance(value, SecretStr) else value
            for name, value in self.settings.model_copy(update={"web_url": self.url})
        }
        more = {"lease": self.lease, "by_rote": by_rote, **more}
        asked = Asked(settings=settings, clock=str(self.clock.file), **more)
        self._hired += 1
        log = self.clock.file.with_name(f"worker-{self._hired}.log")
        logged.files.append(log)
        return WorkerProcess(asked, log)

    async def stop(self) -> None:
        if self._stack is not None:
            await self._stack.aclose()
        self._stack, self._house = None, None
        workers, self.workers = self.workers, []
        await asyncio.gather(*(worker.stop() for worker in workers))

    async def restart(self) -> None:
        """Stop in the middle and start again on what is in the database: on PostgreSQL the web
        replica and one of the workers; the other goes on."""
        kept, self.workers = self.workers[1:], self.workers[:1]
        try:
            await self.stop()
        finally:
            self.workers = kept
        if kept:
            self.workers.append(await self.hire())
        await self.start()

    async def hasten(self, **rates: float) -> None:
        """Start again with other rates: what a test does not look at need not take its time."""
        self.settings = self.settings.model_copy(update=rates)
        await self.restart()

    # -- what tests ask of it -------------------------------------------------------------------

    async def by_itself(self, command: Command) -> Any:
        return (await self.core.dispatch.by_itself(command, Source.OPERATOR)).message

    async def pass_time(self, **by: float) -> None:
        """Move the clock and let what is due happen."""
        self.clock.forward(**by)
        await self.core.dispatch.keep_time()
        self.core.ears.pump()

    async def signin_url(self, email: str) -> str:
        one = await person(self.core, email)
        expires = self.clock() + timedelta(minutes=15)
        token = signin_token(self.core.vault.key("web"), one.id, expires)
        return f"{self.url}/signin?token={token}"

    async def sent(self, kind: str, subject: UUID) -> int:
        """How many deliveries of a kind went out."""
        return await self.core.store.read(lambda tx: tx.deliveries_by_state(kind, subject)["sent"])

    async def at_rest(self) -> None:
        """A second after sending was stopped, and until nothing is on its way any more."""
        await asyncio.sleep(1)
        on_its_way = select(func.count()).where(delivery.c.state == "leased")

        async def arrived() -> bool:
            return not await self.core.store.read(
                lambda tx: tx.connection.execute(on_its_way).scalar_one()
            )

        await until(arrived)

    async def shown_of(self, wave: UUID) -> list[str]:
        """What the ledger says was shown of a survey's answers."""
        lines = select(release_note.c.what).where(release_note.c.wave_id == wave)
        return await self.core.store.read(
            lambda tx: list(tx.connection.execute(lines).scalars().all())
        )


async def _end(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    server.should_exit = True
    await serving


@asynccontextmanager
async def running(
    folder: Path, prepare: Callable[[Core], Awaitable[None]], **settings: Any
) -> AsyncIterator[Running]:
    """A service on a fresh database in ``folder``."""
    with _database(folder) as url:
        wanted = Settings(database_url=url, secret_key=SECRET, port=0, **settings)
        service = Running(settings=wanted, prepare=prepare, clock=MovableClock())
        async with opened(service, folder):
            yield service


@asynccontextmanager
async def opened(service: Running, folder: Path) -> AsyncIterator[None]:
    """Run a service on an empty database."""
    if database_file(service.settings.database_url) is None:
        service.clock.file = folder / "clock"
        service.clock.forward(seconds=0)
        await asyncio.to_thread(upgrade_database, service.settings)
    await service.start()
    try:
        yield
    finally:
        await service.stop()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    if which_database == "postgres":
        from tests.postgres import migrated_database

        with migrated_database() as url:
            yield url
    else:
        yield f"sqlite:///{folder / 'test.sqlite3'}"


async def until(
    true: Callable[[], Awaitable[Any]], *, seconds: float = 240, every: float = 0.05
) -> Any:
    """Wait until something is true and return it; fail with what it was last."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        found = await true()
        if found:
            return found
        assert asyncio.get_running_loop().time() < end, f"still {found!r} after {seconds} s"
        await asyncio.sleep(every)
