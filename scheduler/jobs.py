"""Jobs: procrastinate as what wakes workers, on any number of machines, and never the truth.

There is one job for each lane that has work, never one for each recipient. What is to be sent
stands in the ledger, and what is to be read among the items: a job that is lost, doubled or
thrown away changes nothing, because everybody who tends calls for it again.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

log = structlog.get_logger(__name__)

LANES, CARE = "lanes", "care"
"""The queues. What everybody depends on must not wait behind a hundred lanes."""

HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 8.0
"""A worker that gave no sign for so long is dead or frozen: its jobs are anybody's."""

STINT_SECONDS = 30.0
"""A job's share of a lane or of the reading; then it hands over."""

_POOL_PATIENCE_SECONDS = 3.0
_UNRECORDED_SECONDS = _POOL_PATIENCE_SECONDS + 1.0
"""A job that ended so long ago and still stands as being done will not be recorded any more: the
database cut the connection that should have, and its worker lives on without it."""

_MOST_CONNECTIONS = 4
_SWEEP_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the jobs do and how it is seen that there is something to do. Each may be called by
    several workers at once."""

    lanes: Callable[[], Awaitable[Sequence[str]]]
    """Lanes with something to send."""
    serve: Callable[[str, float], Awaitable[bool]]
    """Serve a lane for so many seconds. False: nothing could be sent."""
    unread: Callable[[], Awaitable[bool]]
    read: Callable[[float], Awaitable[bool]]
    """Read what was received, for so many seconds. False: nothing could be read."""
    sweep: Callable[[], Awaitable[bool]]
    recover: Callable[[], Awaitable[int]]
    """End leases that ran out; how many."""


class Jobs:
    """One process's hold on the jobs, while it has the database."""

    def __init__(self, address: str, work: Work, wake: Callable[[], None]) -> None:
        self._work = work
        self._wake = wake
        self._own_workers: set[int] = set()
        self._ended: dict[int, float] = {}
        """Jobs whose work is over in this process, by the monotonic clock's second; until it is
        seen that the database knows."""
        self.app = App(
            connector=PsycopgConnector(
                conninfo=address,
                min_size=1,
                max_size=_MOST_CONNECTIONS,
                timeout=_POOL_PATIENCE_SECONDS,
            )
        )
        self.app.task(name="serve", queue=LANES, pass_context=True)(self._serving)
        self.app.task(name="read", queue=CARE, pass_context=True)(self._reading)
        self.app.task(name="sweep", queue=CARE, pass_context=True)(self._sweeping)

    # -- calling ------------------------------------------------------------------------------

    async def call(self) -> None:
        """Defer a job for every lane with work, for what is unread, and for the next sweep,
        unless one waits already."""
        lanes = await self._work.lanes()
        unread = await self._work.unread()
        waiting = {job.queueing_lock for job in await self._jobs("todo")}
        for lane in lanes:
            if f"lane:{lane}" not in waiting:
                await self._defer("serve", f"lane:{lane}", lane=lane)
        if unread and "read" not in waiting:
            await self._defer("read", "read")
        if "sweep" not in waiting:
            await self._defer("sweep", "sweep", after=_SWEEP_SECONDS)

    async def _defer(self, task: str, lock: str, *, after: int = 0, **given: str) -> None:
        configured = self.app.configure_task(
            task, lock=lock, queueing_lock=lock, schedule_in={"seconds": after} if after else None
        )
        with contextlib.suppress(AlreadyEnqueued):  # someone else was first
            await configured.defer_async(**given)

    async def _jobs(self, status: str) -> Sequence[Job]:
        return list(await self.app.job_manager.list_jobs_async(status=status))

    # -- clearing up --------------------------------------------------------------------------

    async def release(self) -> None:
        """Throw the jobs of workers away that are dead or frozen, and those that ended here and
        could not be recorded: their locks hold up others. They cannot be tried again as they are,
        because the next one waits under the same name."""
        manager = self.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            log.warning("jobs.stalled", job=job.lock)
            await self._throw_away(job)
        await self._release_unrecorded()

    async def _release_unrecorded(self) -> None:
        before = time.monotonic() - _UNRECORDED_SECONDS
        due = {number for number, ended in self._ended.items() if ended <= before}
        if not due:
            return
        for job in await self._jobs("doing"):
            if job.id in due:
                log.warning("jobs.unrecorded", job=job.lock)
                await self._throw_away(job)
        for number in due:  # only now: a database that is away again is asked again
            del self._ended[number]

    async def release_own(self) -> None:
        """The same for jobs of this process's earlier workers, which the database forgot to end."""
        for job in await self._jobs("doing"):
            if job.worker_id in self._own_workers:
                await self._throw_away(job)
        self._own_workers.clear()

    async def _throw_away(self, job: Job) -> None:
        try:
            await self.app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException as error:  # another was first
            log.info("jobs.gone", job=job.lock, why=str(error.__cause__ or error))

    # -- the jobs themselves --------------------------------------------------------------------

    async def _serving(self, context: JobContext, *, lane: str) -> bool:
        return await self._done(context, self._work.serve(lane, STINT_SECONDS))

    async def _reading(self, context: JobContext) -> bool:
        return await self._done(context, self._work.read(STINT_SECONDS))

    async def _sweeping(self, context: JobContext) -> bool:
        return await self._done(context, self._work.sweep())

    async def _done(self, context: JobContext, work: Awaitable[bool]) -> bool:
        if context.job.worker_id is not None:
            self._own_workers.add(context.job.worker_id)
        try:
            did_something = await work
        finally:
            if context.job.id is not None:
                self._ended[context.job.id] = time.monotonic()
        if did_something:
            self._wake()  # there may be more: at once, not at the next look
        return did_something
