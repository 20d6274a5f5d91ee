"""What the ledger costs for a delivery: claimed in batches and recorded in batches, beside a
queue of one job for each recipient (procrastinate, on the same PostgreSQL)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

import psutil
from sqlalchemy import func, select

from core.people import Platform
from scheduler.lanes import Budget
from scheduler.ports import Sent
from storage.connection import Surroundings
from storage.holding import BULK
from storage.ledger import LedgerStore
from storage.ledger_tables import delivery
from storage.store import Store
from storage.tables import address, person
from storage.transaction import Transaction
from storage.vault import Vault
from tests.virtual.world import SUBJECT, uuid

from .databases import Kind, database, postgres_process
from .measured import Figure, Progress, Scale, Section, milliseconds

_PEOPLE = 7000
_JOBS = 2000
_BATCH = 400
_NO_LIMIT = {Platform.SLACK: Budget(per_second=100_000, burst=_BATCH)}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """CPU seconds for one: of our own process, and of PostgreSQL's."""

    own: float
    database: float


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(3)
    found: dict[Kind, Cost] = {}
    for kind in Kind:
        progress(f"{kind}: claiming and recording")
        with database(kind, scale.folder / kind.name) as url:
            found[kind] = asyncio.run(_ledger(url, scale.of(_PEOPLE, 20)))
    progress("one job for each recipient")
    with database(Kind.POSTGRES, scale.folder / "jobs") as url:
        jobs = asyncio.run(_jobs(url, scale.of(_JOBS, 20)))
    return Section(
        key="claiming", title="The ledger's cost of a delivery", figures=[*_figures(found, jobs)]
    )


# -- the ledger -------------------------------------------------------------------------------


async def _ledger(url: str, people: int) -> Cost:
    store = Store(url, Surroundings(vault=Vault(bytes(32))))
    ledger = LedgerStore(store, _NO_LIMIT, locale="en", timezone="UTC")
    await store.write(lambda tx: _queue(tx, people))
    await _deliver(
        ledger, most=min(_BATCH, people) // 4
    )  # statements are built, connections opened
    with _Measured() as measured:
        done = await _deliver(ledger, most=people)
    left = await store.read(_unsent)
    await store.close()
    assert left == 0, f"{left} were not delivered"
    return measured.each(done)


async def _deliver(ledger: LedgerStore, most: int) -> int:
    done = 0
    while done < most:
        now = datetime.now(UTC)
        claimed = await ledger.claim(f"{Platform.SLACK}:T1", now, min(_BATCH, most), 60)
        await ledger.record([(one, Sent(reference="1.000001")) for one in claimed], now)
        done += len(claimed)
        if not claimed and await ledger.next_work_at(f"{Platform.SLACK}:T1", now) is None:
            break
    return done


def _queue(tx: Transaction, people: int) -> None:
    rng = Random(5)  # noqa: S311
    ids = [uuid(rng) for _ in range(people)]
    tx.connection.execute(
        person.insert(),
        [
            {
                "id": one,
                "sourced_id": one.hex,
                "email": f"{one.hex}@example.org",
                "given_name": "Ada",
                "family_name": "Number",
                "role": "teacher",
                "level": "high",
                "building": "north",
                "locale": "en",
                "timezone": "UTC",
                "platform": Platform.SLACK,
                "active": True,
            }
            for one in ids
        ],
    )
    tx.connection.execute(
        address.insert(),
        [
            {
                "platform": Platform.SLACK,
                "workspace": "T1",
                "user": f"U{one.hex[:12]}",
                "person_id": one,
                "conversation": f"D{one.hex[:12]}",
                "service_url": None,
                "reachable": True,
            }
            for one in ids
        ],
    )
    tx._queue(
        tx._addressed(ids),
        campaign="notice:1",
        kind="notice",
        subject=SUBJECT,
        now=datetime.now(UTC),
        priority=BULK,
        deadline=None,
    )


def _unsent(tx: Transaction) -> int:
    unsent = select(func.count()).select_from(delivery).where(delivery.c.state != "sent")
    return int(tx.connection.execute(unsent).scalar_one())


# -- a job for each ---------------------------------------------------------------------------


async def _jobs(url: str, count: int) -> Cost:
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=url))
    done = 0

    @app.task(name="send")
    async def send(recipient: str) -> None:
        nonlocal done
        done += 1

    async with app.open_async():
        await send.defer_async(recipient="U0")
        await app.run_worker_async(wait=False, install_signal_handlers=False)
        done = 0
        with _Measured() as measured:
            for start in range(0, count, 500):
                wanted: list[dict[str, Any]] = [
                    {"recipient": f"U{n}"} for n in range(start, min(start + 500, count))
                ]
                await send.batch_defer_async(*wanted)
            await app.run_worker_async(
                wait=False, concurrency=20, delete_jobs="never", install_signal_handlers=False
            )
        assert done == count, f"{done} of {count} jobs were done"
    return measured.each(done)


class _Measured:
    """CPU time between entering and leaving: of this process and of the database server."""

    def __enter__(self) -> _Measured:
        self._own, self._database = -time.process_time(), -_database_seconds()
        return self

    def __exit__(self, *error: object) -> None:
        self._own += time.process_time()
        self._database += _database_seconds()

    def each(self, count: int) -> Cost:
        return Cost(own=self._own / count, database=self._database / count)


def _database_seconds() -> float:
    """CPU seconds of the PostgreSQL server so far, its ended processes included."""
    server = postgres_process()
    if server is None:
        return 0.0
    spent = server.cpu_times()
    total = spent.user + spent.system + spent.children_user + spent.children_system
    for process in server.children(recursive=True):
        try:
            own = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += own.user + own.system
    return float(total)


# -- in words ---------------------------------------------------------------------------------


def _figures(found: dict[Kind, Cost], jobs: Cost) -> Iterator[Figure]:
    for kind, cost in found.items():
        yield Figure(
            what=f"{kind}: CPU of the service to claim and record a delivery",
            measured=milliseconds(cost.own),
            baseline=milliseconds(jobs.own),
            ratio=f"1 : {jobs.own / cost.own:.0f}",
        )
    yield Figure(
        what="PostgreSQL: CPU of the database for it",
        measured=milliseconds(found[Kind.POSTGRES].database),
        baseline=milliseconds(jobs.database),
        ratio=f"1 : {jobs.database / max(found[Kind.POSTGRES].database, 1e-6):.0f}",
    )
