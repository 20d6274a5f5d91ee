"""A town whose lanes are served by workers on a real PostgreSQL, and what their jobs look like."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from scheduler.jobs import Work
from scheduler.worker import Worker

PROMISED = 10.0
"""Seconds after which what a dead worker held is another's (docs/guide-operator.md)."""

LOADED = 60.0
"""Seconds: the promise is for a machine that does nothing else."""

SERVING = 0.05


@dataclass
class Town:
    """Lanes with so much to do each, things to read, and how they are served."""

    left: dict[str, int] = field(default_factory=dict)
    unread: int = 0
    swept: int = 0
    begun: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    broken_off: Counter[str] = field(default_factory=Counter)
    at_once: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    most_together: int = 0
    gate: asyncio.Event | None = None
    """Where there is one, a serving lasts until it is open."""

    def work(self) -> Work:
        return Work(
            lanes=self._lanes,
            serve=self._serve,
            unread=self._unread,
            read=self._read,
            sweep=self._sweep,
            recover=self._recover,
        )

    async def _lanes(self) -> list[str]:
        return [lane for lane, much in self.left.items() if much]

    async def _serve(self, lane: str, seconds: float) -> bool:
        self.begun[lane] += 1
        self.at_once[lane] += 1
        self.most_at_once[lane] = max(self.most_at_once[lane], self.at_once[lane])
        self.most_together = max(self.most_together, self.at_once.total())
        try:
            await (self.gate.wait() if self.gate else asyncio.sleep(SERVING))
        except asyncio.CancelledError:
            self.broken_off[lane] += 1
            raise
        finally:
            self.at_once[lane] -= 1
        self.ended[lane] += 1
        did_something = self.left.get(lane, 0) > 0
        self.left[lane] = max(self.left.get(lane, 0) - 1, 0)
        return did_something

    async def _unread(self) -> bool:
        return self.unread > 0

    async def _read(self, seconds: float) -> bool:
        self.unread -= 1
        return True

    async def _sweep(self) -> bool:
        self.swept += 1
        return False

    async def _recover(self) -> int:
        return 0

    @property
    def done(self) -> bool:
        return not any(self.left.values())


def ask(address: str, statement: str, given: Any = None) -> list[Any]:
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(statement, given)
        return found.fetchall() if found.description else []


def jobs(address: str) -> Counter[tuple[str, str]]:
    """How many there are, by what they are about and how they stand."""
    return Counter(ask(address, "SELECT lock, status::text FROM procrastinate_jobs"))


async def until(true: Callable[[], bool], seconds: float = LOADED) -> float:
    """The seconds that it took until something was true."""
    now = asyncio.get_running_loop().time
    begun = now()
    while not true():
        assert now() < begun + seconds, f"not true after {seconds} s"
        await asyncio.sleep(0.01)
    return now() - begun


@asynccontextmanager
async def working(
    address: str, town: Town, *, works: bool = True, patience: float = 2.0
) -> AsyncIterator[Worker]:
    worker = Worker(address, town.work(), works=works, patience=patience)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await asyncio.wait_for(running, patience + LOADED)
