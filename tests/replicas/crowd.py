"""A district in Slack with several workers, and what its crowd and its ledger tell afterwards."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from bot.app.settings import Settings
from core.people import Platform
from storage.ledger_tables import delivery
from tests.journeys.running import SECRET, MovableClock, Running, opened
from tests.journeys.town import settle, small_roster, teachers
from tests.journeys.trips import launch
from tests.journeys.worker import WorkerProcess
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn

EVERY = 0.02


@dataclass
class Crowd:
    """Staff in Slack, and everything that reached them, with when."""

    service: Running
    slack: SlackStandIn
    staff: Sequence[str]
    emails: Mapping[str, str]
    """Of each of them, by their user's id in Slack."""
    arrived: list[float] = field(default_factory=list)
    """When the platform was seen to have taken each message (seconds of the loop's clock)."""
    wave: UUID | None = None

    async def ask_everybody(self) -> None:
        self.wave = await launch(self.service, list(self.staff))

    def taken(self) -> Counter[str]:
        """How often each person was asked, whatever the service believes."""
        world = self.slack.world
        return Counter(
            world.channels[channel]["user"]
            for channel, messages in list(world.messages.items())
            for message in messages
            if message.get("metadata")
        )

    async def rows(self) -> Sequence[Row[Any]]:
        wanted = select(delivery).where(
            delivery.c.subject == self.wave, delivery.c.kind == "invitation"
        )
        return await self.service.core.store.read(lambda tx: tx.connection.execute(wanted).all())

    async def states(self) -> Counter[str]:
        return Counter(row.state for row in await self.rows())

    async def all_sent(self) -> bool:
        return await self.states() == {"sent": len(self.staff)}

    async def asked(self, many: int) -> bool:
        """Whether so many messages have arrived."""
        return len(self.arrived) >= many

    def most_within(self, seconds: float) -> int:
        """The most messages that arrived within any so many seconds."""
        return max(
            sum(at <= one < at + seconds for one in self.arrived[place:])
            for place, at in enumerate(self.arrived)
        )

    async def watch(self) -> None:
        """Note when messages arrive, until cancelled."""
        while True:
            new = len(self.slack.calls("chat.postMessage")) - len(self.arrived)
            self.arrived += [asyncio.get_running_loop().time()] * new
            await asyncio.sleep(EVERY)

    async def serving(self) -> WorkerProcess:
        """The worker that delivers, once one does."""
        before = [delivered(worker) for worker in self.service.workers]
        while True:
            for worker, had in zip(self.service.workers, before, strict=True):
                if delivered(worker) > had:
                    return worker
            await asyncio.sleep(EVERY)


def delivered(worker: WorkerProcess) -> int:
    return worker.log.read_text().count('"event": "delivered"')


@asynccontextmanager
async def crowd(
    folder: Path,
    database_url: str,
    *,
    people: int,
    per_minute: float,
    crew: int,
    lease: float | None = None,
) -> AsyncIterator[Crowd]:
    """``database_url``: of an empty PostgreSQL."""
    async with SlackStandIn() as slack:
        staff = [person.email for person in teachers(small_roster(people + 40), people)]
        assert len(staff) == people
        emails = {slack.add_user(email): email for email in staff}
        settings = Settings(
            database_url=database_url,
            secret_key=SECRET,
            port=0,
            slack_signing_secret=SIGNING_SECRET,
            slack_bot_token=BOT_TOKEN,
            slack_api_url=slack.api_url,
            slack_per_minute=per_minute,
        )
        prepare = settle(Platform.SLACK, staff=people + 40)
        service = Running(
            settings=settings, prepare=prepare, clock=MovableClock(), crew=crew, lease=lease
        )
        async with opened(service, folder):
            found = Crowd(service, slack, staff, emails)
            watching = asyncio.create_task(found.watch())
            try:
                yield found
            finally:
                watching.cancel()
