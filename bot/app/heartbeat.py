"""A process's sign of life, written every few seconds: proof that the database takes writes, and
how the doctor knows which processes there are."""

from __future__ import annotations

import asyncio
import os
import platform
from contextlib import suppress
from importlib.metadata import version
from time import monotonic
from uuid import uuid4

import structlog

from bot.app.core import Core
from storage.deadline import Deadline, answering
from storage.migrating import newest
from storage.processes import Process, forget_process, note_process

log = structlog.get_logger(__name__)

EVERY = 5.0
STALE = 15.0
"""Seconds. After so long without a write the process is not ready."""


def this_version() -> tuple[str, str]:
    """The program's version, and the newest migration that it knows."""
    return version("soundingboard"), newest()


class Heartbeat:
    """Of one process; ``kind`` is what it does of the whole."""

    def __init__(self, core: Core, kind: str) -> None:
        self._core = core
        self._stopping = asyncio.Event()
        self._written = float("-inf")
        program, tables = this_version()
        self._me = Process(
            id=uuid4(),
            kind=kind,
            host=platform.node()[:200],
            pid=os.getpid(),
            version=program,
            tables=tables,
        )

    @property
    def trouble(self) -> str | None:
        """Why the process is not ready; None: it wrote a moment ago."""
        age = monotonic() - self._written
        return f"the database has taken no write for {age:.0f} s" if age > STALE else None

    async def beat(self) -> None:
        """Write it once."""
        now = self._core.now()
        await self._core.count_on(lambda tx: note_process(tx, self._me, now))
        self._written = monotonic()

    async def run(self) -> None:
        """Write it until ``stop``."""
        while not self._stopping.is_set():
            try:
                await self.beat()  # without a deadline: it keeps its place behind a long write
            except Exception as error:
                log.error("heartbeat.not_written", why=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY)
        with suppress(Exception), answering(Deadline()):
            await self._core.store.write(lambda tx: forget_process(tx, self._me.id))

    def stop(self) -> None:
        self._stopping.set()
