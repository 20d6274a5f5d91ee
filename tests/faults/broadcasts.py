"""A broadcast that is killed, seen from outside: the ledger, and the platform that takes it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, select, text

from storage.ledger_tables import delivery
from tests.faults.child import Task
from tests.faults.lives import Process, begin
from tests.faults.towns import ledger
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

RECOVERED_WITHIN = 25.0
"""Seconds after its lease in which nothing is leased any more that a dead process held: five times
those that are promised, for the machine does something else, too. The promise itself is kept in
virtual time (``tests/scheduler/test_virtual_death.py``)."""

Claim = tuple[UUID, int]
"""A delivery and the epoch of its claim: claimed again, it is another's."""


@dataclass
class Broadcast:
    """A broadcast to the people of a task, and the platform that takes it."""

    task: Task
    platform: SlackStandIn | TeamsStandIn
    kind: str = "invitation"

    @property
    def people(self) -> int:
        return len(self.task.people)

    def taken(self) -> Counter[str]:
        """How often each person got the message, whoever believes what."""
        if isinstance(self.platform, TeamsStandIn):
            return Counter(one.conversation for one in self.platform.posted)
        world = self.platform.world
        return Counter(
            world.channels[channel]["user"]
            # A copy: the service may be sending from another thread meanwhile.
            for channel, messages in list(world.messages.items())
            for message in list(messages)
            if message.get("metadata")
        )

    def recipient(self, row: Any) -> str:
        """Whom a row is for, as ``taken`` names them: an answer of Slack's names the conversation
        with somebody, and the row keeps it."""
        if isinstance(self.platform, TeamsStandIn):
            return str(row.conversation)
        found = self.platform.world.channels.get(row.conversation, {})
        return str(found.get("user", row.conversation))

    def kill_when_taken(self, number: int, process: Process) -> None:
        """Kill the service when the platform has taken that many, before it answers."""
        left = [number]

        def taken(_: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                process.kill()

        where = self.platform.world if isinstance(self.platform, SlackStandIn) else self.platform
        where.on_taken = taken

    def rows(self) -> list[Any]:
        return [row for row in ledger(self.task.database_url) if row.kind == self.kind]

    def claimed(self) -> set[Any]:
        """What was in flight, or about to be, when the service died."""
        return {row.id for row in self.rows() if row.state in ("leased", "unknown")}


def all_once(broadcast: Broadcast) -> None:
    """Slack can be asked afterwards: everybody has it once, and the ledger knows."""
    rows = broadcast.rows()
    assert Counter(row.state for row in rows) == {"sent": broadcast.people}
    assert broadcast.taken() == Counter({broadcast.recipient(row): 1 for row in rows})


def once_or_uncertain(broadcast: Broadcast, in_flight: set[Any]) -> None:
    """Teams cannot be asked: what was in flight is uncertain, says so, and is not sent again."""
    rows, taken = broadcast.rows(), broadcast.taken()
    assert len(rows) == broadcast.people
    assert {row.state for row in rows} <= {"sent", "unknown"}
    assert {row.id for row in rows if row.state == "unknown"} <= in_flight
    assert [row.id for row in rows if row.state == "unknown" and not row.why] == []
    assert [row.id for row in rows if row.state == "sent" and taken[row.conversation] != 1] == []
    assert max(taken.values(), default=0) <= 1


class Leases:
    """Who holds what, watched while others serve."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )

    def __enter__(self) -> Leases:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def held(self) -> set[Claim]:
        wanted = select(delivery.c.id, delivery.c.epoch).where(delivery.c.state == "leased")
        with self._engine.connect() as connection:
            return {(row.id, row.epoch) for row in connection.execute(wanted)}

    async def held_by_the_dead(self) -> set[Claim]:
        """What is leased once PostgreSQL has noticed that the process is gone."""
        if self._engine.dialect.name == "postgresql":
            while self._connections():  # noqa: ASYNC110  (another process's)
                await asyncio.sleep(0.01)
        return self.held()

    def _connections(self) -> int:
        counted = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        with self._engine.connect() as connection:
            return int(connection.execute(counted).scalar_one())

    async def ended(self, claims: set[Claim]) -> None:
        """Wait until none of these is held any more."""
        while claims & self.held():  # noqa: ASYNC110  (another process ends them)
            await asyncio.sleep(0.05)


async def survived(task: Task, *, within: float) -> set[Claim]:
    """After a death: live again, with leases as long as ever, until everything is done. What the
    dead held is free ``within`` so many seconds of the death, and
    ``RECOVERED_WITHIN`` more. Returns it."""
    loop = asyncio.get_running_loop()
    latest = loop.time() + within + RECOVERED_WITHIN
    with Leases(task.database_url) as leases:
        claims = await leases.held_by_the_dead()
        second = begin(replace(task, lease=None))
        try:
            async with asyncio.timeout_at(latest):
                await leases.ended(claims)
        finally:
            code = await second.end()
    assert code == 0
    return claims
