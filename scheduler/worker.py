"""A process's part in the jobs: it calls workers, and where it is one, works. Whatever goes wrong
with the database, it begins again until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from scheduler.jobs import CARE, HEARTBEAT_SECONDS, LANES, STALLED_SECONDS, Jobs, Work

log = structlog.get_logger(__name__)

_MOST_LANES = 64
_MOST_CARE = 2
_LOOK_SECONDS = 1.0
_RECOVER_SECONDS = 2.0
_POLL_SECONDS = 0.25
"""A lane's next job is free when the one before has ended, which nothing tells: it is looked for
this often. A quarter of a second is claimed ahead, so that nothing is lost by it."""

_CARE_PATIENCE_SECONDS = 1.0
"""What is being read or looked for when a worker stops is begun again by another."""

_DEBOUNCE_SECONDS = 0.1
_AGAIN_SECONDS = 0.5
_OPENING_SECONDS = 5.0


class Worker:
    """``works``: serves lanes and reads; else it only calls those who do, after a commit."""

    def __init__(self, address: str, work: Work, *, works: bool, patience: float) -> None:
        self._jobs = Jobs(address, work, self.wake)
        self._work = work
        self._works = works
        self._patience = patience
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Something was committed that may need a worker."""
        self._woken.set()

    async def stop(self) -> None:
        """End what is in flight, begin nothing more."""
        self._stopping.set()

    async def run(self) -> None:
        """Run until ``stop``; after a fault begin again."""
        while not self._stopping.is_set():
            try:
                await self._work.lanes()  # is the database there? It tells without patience
                await self._with_database()
            except Exception as error:
                log.error("worker.begins_again", why=f"{type(error).__name__}: {error}"[:300])
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), _AGAIN_SECONDS)

    async def _with_database(self) -> None:
        app = self._jobs.app
        try:
            async with asyncio.timeout(_OPENING_SECONDS):
                await app.open_async()
            await self._run()
        finally:
            await app.close_async()

    async def _run(self) -> None:
        await self._jobs.release_own()
        tasks = [asyncio.create_task(self._tend(), name="worker-tending")]
        if self._works:
            tasks += [
                asyncio.create_task(
                    self._worker(LANES, _MOST_LANES, self._patience), name="worker-lanes"
                ),
                asyncio.create_task(
                    self._worker(CARE, _MOST_CARE, _CARE_PATIENCE_SECONDS), name="worker-care"
                ),
            ]
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*tasks, stopping):
                task.cancel()  # a worker then lets its jobs end
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _worker(self, queue: str, most: int, patience: float) -> None:
        await self._jobs.app.run_worker_async(
            queues=[queue],
            name=queue,
            concurrency=most,
            fetch_job_polling_interval=_POLL_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            shutdown_graceful_timeout=patience,
            delete_jobs="always",  # a job says nothing that the ledger does not say better
            install_signal_handlers=False,
        )

    async def _tend(self) -> None:
        """Look for work when woken, and where we work ourselves every second, and then also see
        to what others left behind. Harmless however many do it. Jobs are released at each look:
        the ten seconds that are promised are eight of silence, one of these and a moment."""
        clock = asyncio.get_running_loop().time
        recovered = 0.0
        while True:
            self._woken.clear()
            if self._works:
                await self._jobs.release()
            await self._jobs.call()
            if self._works and clock() - recovered >= _RECOVER_SECONDS:
                recovered = clock()
                if await self._work.recover():
                    continue
            await asyncio.sleep(_DEBOUNCE_SECONDS)
            # Not wait_for: of Python 3.11 it swallows a cancellation that comes with the waking,
            # and this would go on for ever (https://github.com/python/cpython/issues/86296).
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS if self._works else None):
                    await self._woken.wait()
