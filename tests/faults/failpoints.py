"""Failpoints: wrappers round the store and the platforms that count the service's boundaries and
end the process, as a power cut does, at one of them. The product knows nothing of them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import procrastinate.manager
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from bot.app import core as core_module
from bot.app import wiring
from bot.web.platform import Mail, WebPlatform
from core.people import Platform
from scheduler.ports import ChatPlatform, Outgoing, Reconciles, Result
from storage import store as store_module
from storage.store import Store
from storage.transaction import Transaction

R = TypeVar("R")


At = tuple[str, int]
"""A boundary's name (``ANY``: whatever it is called), and which of that name it is, from 1 on."""
ANY = ""


class Failpoints:
    """Counts boundaries. At that of ``kill_at`` the process dies by SIGKILL; each that was reached
    is a line of ``trace``, which outlives the process."""

    def __init__(self, trace: Path, kill_at: At | None) -> None:
        self._trace = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._name, self._left = kill_at or (ANY, 0)
        self._lock = threading.Lock()

    def reach(self, name: str) -> None:
        with self._lock:
            os.write(self._trace, f"{name}\n".encode())
            if self._name in (ANY, name):
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

    async def round(self, what: str, call: Awaitable[R]) -> R:
        """A call with a boundary on either side."""
        self.reach(f"before the {what}")
        result = await call
        self.reach(f"after the {what}")
        return result


class FailingStore(Store):
    """A store that can die on either side of each commit that changes something (that nothing was
    due is committed, too: how often depends on the time that a life takes, and so it is with signs
    of life, on which nothing rests)."""

    points: Failpoints

    async def write(self, work: Callable[[Transaction], R]) -> R:
        return await self._failing(super().write, work)

    async def write_together(self, work: Callable[[Transaction], R]) -> R:
        if not self.embedded:  # it is ``write``
            return await super().write_together(work)
        return await self._failing(super().write_together, work)

    async def write_locking(self, work: Callable[[Transaction], R]) -> R:
        if self.embedded:  # it is ``write``
            return await super().write_locking(work)
        return await self._failing(super().write_locking, work)

    async def _failing(
        self,
        writing: Callable[[Callable[[Transaction], R]], Awaitable[R]],
        work: Callable[[Transaction], R],
    ) -> R:
        what = getattr(work, "func", work).__qualname__.partition(".<locals>")[0]
        if what.startswith("Heartbeat."):
            return await writing(work)
        wrote = False

        def doing(tx: Transaction) -> R:
            nonlocal wrote
            before = _changes(tx)
            result = work(tx)
            wrote = _changes(tx) != before
            if wrote:
                self.points.reach(f"before the commit ({what})")
            return result

        result = await writing(doing)
        if wrote:
            self.points.reach(f"after the commit ({what})")
        return result


def _changes(tx: Transaction) -> object:
    """What differs once a transaction has written: SQLite counts rows, PostgreSQL gives a number
    to the transaction."""
    if tx.connection.dialect.name == "sqlite":
        return tx.connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
    return tx.connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned()").scalar()


class FailingPlatform:
    """A platform that can die on either side of each call. The moment in between, after the
    platform took a message and before it answered, is the stand-in's: it kills the process."""

    def __init__(self, inner: ChatPlatform, points: Failpoints) -> None:
        self._inner = inner
        self._points = points

    @property
    def name(self) -> Platform:
        return self._inner.name

    async def send(self, outgoing: Outgoing) -> Result:
        return await self._points.round("send", self._inner.send(outgoing))

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        return await self._points.round("recall", self._inner.recall(outgoing, reference))

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        return await self._points.round("renew", self._inner.renew(outgoing, reference))


class FailingReconciler(FailingPlatform):
    """The same of one that can look a message up."""

    async def reconcile(self, outgoing: Outgoing) -> Result:
        assert isinstance(self._inner, Reconciles)
        return await self._points.round("look", self._inner.reconcile(outgoing))


def failing(inner: ChatPlatform, points: Failpoints) -> ChatPlatform:
    kind = FailingReconciler if isinstance(inner, Reconciles) else FailingPlatform
    return kind(inner, points)


def failing_jobs(points: Failpoints) -> type[JobManager]:
    """procrastinate's own commits: a job of a lane or of the reading that is deferred, taken or
    ended. Sweeps and heartbeats are not counted: how many there are depends on the time that a
    life takes."""

    class Manager(JobManager):
        async def defer_job_async(self, job: Job, connection: Any = None) -> Job:
            deferring = super().defer_job_async(job, connection)
            return await (points.round("deferring", deferring) if _counts(job) else deferring)

        async def fetch_job(self, *given: Any, **named: Any) -> Job | None:
            found = await super().fetch_job(*given, **named)
            if found is not None and _counts(found):
                points.reach("after a job was taken")
            return found

        async def finish_job(self, job: Job, *given: Any, **named: Any) -> None:
            ending = super().finish_job(job, *given, **named)
            await (points.round("job's end", ending) if _counts(job) else ending)

    return Manager


def _counts(job: Job) -> bool:
    return job.task_name != "sweep"


@contextmanager
def installed(points: Failpoints) -> Iterator[None]:
    """Whatever is wired inside the block has its ports wrapped."""

    class Wrapped(FailingStore):
        pass

    Wrapped.points = points
    real_pump, real_web, real_scrub = wiring.Pump, wiring.WebPlatform, store_module._truncate_log

    def pump(
        ledger: Any, platforms: Mapping[Platform, ChatPlatform], *more: Any, **named: Any
    ) -> Any:
        # The web's inbox is our own database: its sends are commits, and those are counted.
        wrapped = {
            name: one if name is Platform.WEB else failing(one, points)
            for name, one in platforms.items()
        }
        return real_pump(ledger, wrapped, *more, **named)

    def web(mail: Mail | None = None, desk: Mail | None = None) -> WebPlatform:
        async def told(outgoing: Outgoing) -> Result:
            assert mail is not None
            return await points.round("mail", mail(outgoing))

        return real_web(told if mail is not None else None, desk)

    def scrub(connection: Any) -> bool:
        points.reach("after the commit, before its log is emptied")
        return real_scrub(connection)

    with ExitStack() as stack:
        for where, name, wrapper in (
            (core_module, "Store", Wrapped),
            (wiring, "Pump", pump),
            (wiring, "WebPlatform", web),
            (store_module, "_truncate_log", scrub),
            (procrastinate.manager, "JobManager", failing_jobs(points)),
        ):
            stack.enter_context(patch.object(where, name, wrapper))
        yield
