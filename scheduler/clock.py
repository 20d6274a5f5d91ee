"""APScheduler as the clock and only the clock: what is due is decided by rows in the database.

Jobs live in memory and are rebuilt from the ``schedule`` table at start. Each one only says
"look now"; a tick every few seconds says the same, so a lost or doubled job changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic, time

from apscheduler.jobstores.base import ConflictingIdError
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from structlog.contextvars import clear_contextvars

_TICK_SECONDS = 5


class Clock:
    """Calls ``look`` at every moment it was told of, and every few seconds anyway."""

    def __init__(
        self,
        look: Callable[[], Awaitable[None]],
        *,
        monotonic: Callable[[], float] = monotonic,
        wall: Callable[[], float] = time,
    ) -> None:
        self._look = look
        self._monotonic = monotonic
        self._wall = wall
        self._noticing: asyncio.Task[None] | None = None
        self._stopping = False
        self._ticked = monotonic()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    async def _tick(self) -> None:
        # A coroutine function of our own: APScheduler runs anything else in a thread.
        clear_contextvars()  # its timer was set in the middle of somebody's trip
        self._ticked = self._monotonic()
        try:
            await self._look()
        except asyncio.CancelledError:
            if not self._stopping:  # else it is as it should be: APScheduler would log a fault
                raise

    def start(self) -> None:
        self._scheduler.add_job(
            self._tick, IntervalTrigger(seconds=_TICK_SECONDS), id="tick", name="tick"
        )
        self._scheduler.start()
        self._ticked = self._monotonic()
        self._noticing = asyncio.create_task(self._notice(), name="clock-set-back")

    async def _notice(self) -> None:
        """APScheduler sleeps until its next tick by the wall clock. Where that is set back by an
        hour, it would sleep for an hour: tell it the time anew."""
        ahead = self._wall() - self._monotonic()
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            before, ahead = ahead, self._wall() - self._monotonic()
            if before - ahead > _TICK_SECONDS:
                self._scheduler.reschedule_job(
                    "tick", trigger=IntervalTrigger(seconds=_TICK_SECONDS)
                )

    def at(self, moment: datetime) -> None:
        """Look at a moment (told twice is told once)."""
        try:
            self._scheduler.add_job(
                self._tick, DateTrigger(run_date=moment), id=f"at:{moment.isoformat()}"
            )
        except ConflictingIdError:
            return

    @property
    def tick_age(self) -> float:
        """Seconds since it last looked. A look that does not end lets no other begin."""
        return self._monotonic() - self._ticked

    @property
    def running(self) -> bool:
        return bool(self._scheduler.running)

    def stop(self) -> None:
        """Look no more. A look that is under way is broken off: what it did not come to is done
        by the next start's."""
        self._stopping = True
        if self._noticing is not None:
            self._noticing.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
