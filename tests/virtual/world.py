"""The real pump on the real ledger and a real database, before a simulated platform."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select

from core.deciding import Exempt
from core.people import Platform
from governance.messages import Done, Message
from scheduler.lanes import Budget
from scheduler.ports import Claimed
from scheduler.pump import Pump
from storage import migrating
from storage.connection import Surroundings
from storage.deliveries import BULK
from storage.ledger import LedgerStore
from storage.ledger_tables import delivery
from storage.store import Store
from storage.tables import address, person
from storage.transaction import Transaction
from storage.vault import Vault
from tests import compiled
from tests.virtual import loop
from tests.virtual.platform import Simulated

R = TypeVar("R")

SUBJECT = UUID(int=7)

_STATES = select(delivery.c.state, func.count()).group_by(delivery.c.state)


def open_store(path: Path) -> Store:
    with compiled.once():
        return Store(f"sqlite:///{path}", Surroundings(vault=Vault(bytes(32))))


@cache
def _template() -> Path:
    """An empty database, migrated once and copied for each run."""
    path = Path(tempfile.mkdtemp(prefix="sounding-board-virtual-")) / "template.sqlite3"
    store = open_store(path)
    migrating.upgrade(store.engine)
    store.engine.dispose()
    return path


def uuid(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


class World:
    """What a run is about. ``rng`` makes everything in it."""

    def __init__(
        self,
        folder: Path,
        rng: Random,
        platforms: Mapping[Platform, Simulated],
        budgets: Mapping[Platform, Budget],
        *,
        most_lanes: int = 64,
        clock: Callable[[], datetime] = loop.clock,
        timezone: str = "UTC",
    ) -> None:
        path = folder / "ledger.sqlite3"
        path.unlink(missing_ok=True)
        shutil.copyfile(_template(), path)
        self.rng = rng
        self.store = open_store(path)
        self.platforms = platforms
        self.ledger = LedgerStore(self.store, budgets, locale="en", timezone="UTC")
        self._most_lanes = most_lanes
        self._clock = clock
        self._timezone = timezone
        self.compose = compose
        self.pump = self.new_pump()

    def new_pump(self) -> Pump:
        return Pump(
            self.ledger, self.platforms, self.compose, self._clock, most_lanes=self._most_lanes
        )

    async def people(self, count: int, platform: Platform, workspace: str = "T1") -> list[UUID]:
        """That many people with an address each."""
        ids = [uuid(self.rng) for _ in range(count)]
        people = [_person(one, platform, place, self._timezone) for place, one in enumerate(ids)]
        addresses = [
            {
                "platform": platform,
                "workspace": workspace,
                "user": f"U{one.hex[:12]}",
                "person_id": one,
                "conversation": f"D{one.hex[:12]}",
                "service_url": None,
                "reachable": True,
            }
            for one in ids
        ]

        def insert(tx: Transaction) -> None:
            tx.connection.execute(person.insert(), people)
            tx.connection.execute(address.insert(), addresses)

        await self.store.write(insert)
        return ids

    async def broadcast(
        self,
        people: Sequence[UUID],
        campaign: str = "notice:1",
        *,
        kind: str = "notice",
        priority: int = BULK,
        deadline: datetime | None = None,
    ) -> None:
        now = self._clock()

        def queue(tx: Transaction) -> None:
            tx.decide(
                people,
                campaign=campaign,
                kind=kind,
                subject=SUBJECT,
                decision=Exempt.EARLIER,
                now=now,
            )
            tx._queue(
                tx._addressed(list(people)),
                campaign=campaign,
                kind=kind,
                subject=SUBJECT,
                now=now,
                priority=priority,
                deadline=deadline,
            )

        await self.store.write(queue)
        self.pump.wake()

    async def rows(self) -> Sequence[Any]:
        return await self.store.read(lambda tx: tx.connection.execute(select(delivery)).all())

    async def states(self) -> Counter[str]:
        rows = await self.store.read(lambda tx: tx.connection.execute(_STATES).all())
        return Counter(dict(tuple(row) for row in rows))

    async def until(self, done: Callable[[Counter[str]], bool], *, hours: float = 24) -> None:
        """Pump until the states of all deliveries are as wanted."""
        pumping = asyncio.create_task(self.pump.run())
        running = asyncio.get_running_loop()
        end = running.time() + hours * 3600
        while not done(await self.states()):
            assert running.time() < end, f"after {hours} h: {await self.states()}"
            assert not pumping.done(), "the pump ended by itself"
            await asyncio.sleep(5)
        await self.pump.stop()
        await pumping
        self.pump = self.new_pump()  # a stopped one does not run again

    async def close(self) -> None:
        await self.store.close()


async def compose(batch: Sequence[Claimed]) -> list[Message | None]:
    return [Done() for _ in batch]


def in_the_end(world: World, platform: Simulated, rows: Sequence[Any]) -> None:
    """What must hold after any run: nothing lost, nothing doubled, nothing claimed that is not so,
    and what is uncertain says so."""
    assert platform.blind_resends == 0
    by_id = {row.id: row for row in rows}
    doubled = [one for one, taken in platform.taken_by_id.items() if len(taken) > 1]
    assert doubled == []
    assert {row.state for row in rows} <= {"sent", "unknown"}
    not_there = [r.id for r in rows if r.state == "sent" and r.id not in platform.taken_by_id]
    assert not_there == []
    untold = [one for one in platform.taken_by_id if by_id[one].state not in ("sent", "unknown")]
    assert untold == []
    sure = {row.id for row in rows if row.state == "unknown"} - platform.in_doubt
    assert sure == set(), "unknown, though an answer came"


def delivered(states: Counter[str]) -> bool:
    """Whether nothing is on its way any more."""
    return not states["queued"] and not states["leased"]


@contextmanager
def memory_folder() -> Iterator[Path]:
    """In memory where there is a file system for that: thousands of runs wait for no disk."""
    memory = Path("/dev/shm")  # noqa: S108  (a folder of our own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def play(main: Callable[[Path, Random], Awaitable[R]], seed: int) -> R:
    """Run a scenario in virtual time; a failure says which seed it was. The seed fixes all of it:
    people, moods, how long each call and transaction takes; all but the deliveries' ids, which
    nothing goes by. It is the same run every time."""
    rng = Random(seed)  # noqa: S311  (not a secret)
    database = Random(seed + 1)  # noqa: S311

    async def playing() -> R:
        with memory_folder() as folder:
            return await main(folder, rng)

    try:
        return loop.run(playing(), lambda: database.uniform(0.001, 0.012))
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise


def with_command(run: Callable[..., R], *given: Any, **named: Any) -> R:
    """Call a run of a module with what can be written down (numbers, words); a failure says the
    command that sees it again."""
    try:
        return run(*given, **named)
    except BaseException as error:
        written = [f"{one!r}" for one in given] + [f"{k}={one!r}" for k, one in named.items()]
        name = run.__name__
        call = f"from {run.__module__} import {name}; {name}({', '.join(written)})"
        error.add_note(f"See it again: python -c {shlex.quote(call)}")
        raise


def _person(one: UUID, platform: Platform, place: int, timezone: str) -> dict[str, Any]:
    return {
        "id": one,
        "sourced_id": f"s-{one.hex}",
        "email": f"{one.hex}@example.org",
        "given_name": "Ada",
        "family_name": f"Number {place}",
        "role": "teacher",
        "level": "high",
        "building": "north",
        "locale": "en",
        "timezone": timezone,
        "platform": platform,
        "active": True,
    }
