"""One life of the service, as a process of its own that may be killed at a boundary.

Tests fork theirs from a server that has everything imported (``tests.faults.lives``).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import uvicorn
from sqlalchemy import func, select

from bot.app import wiring
from bot.app.logs import set_up_logs
from bot.app.server import application
from bot.app.serving import listening, server_config
from bot.app.settings import Settings
from bot.app.wiring import House, open_house
from bot.conversation import Speaker
from bot.operator.operations import do
from bot.rosters import graph_roster
from core.people import Audience, Platform
from governance.access import Source
from governance.announcements.campaign_commands import RecallAnnouncement
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.messages import Progress
from scheduler import jobs, lanes, stint, sweeping, worker
from scheduler.delivery import MOST_LOOKS
from scheduler.lanes import Budget
from storage import closings, deliveries, importing
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.commands import LaunchSurvey
from surveys.disclosure import expected
from surveys.waves import launching
from tests.faults.failpoints import At, Failpoints, installed
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import CTO, example, person

WAVE = UUID("7d0f6f0e-58c4-4f3f-9d0a-7a1f00000001")
ANNOUNCEMENT = UUID("7d0f6f0e-58c4-4f3f-9d0a-7a1f00000002")
# A handful of people is enough to lose a message.
launching.FEWEST, expected.MOST_OFF = 1, 1_000.0

_SWEEP_SECONDS = 0.02
"""The sweep of unknown outcomes comes every five seconds; a test cannot wait for it."""

_WAITED_FOR = 4.0
"""Seconds: longer than a stand-in asks anybody to wait."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a life is for. ``trip``: what it does (``TRIPS``); ``kill_at``: the boundary that it
    dies at; ``days``: how far its clock is ahead; ``folder``: where it writes its trace, its log
    and its address. ``settings``: more of the service's settings. ``lease``: seconds that it holds
    what it sends, ``batch``: how many it claims at once; None: as ever."""

    database_url: str
    trip: str
    folder: str
    kill_at: At | None = None
    days: float = 0.0
    people: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    lease: float | None = None
    batch: int | None = None
    part: int | None = None
    """How many recipients of a broadcast, or people of an import, are written at once, and how many
    answers are deleted; None: as ever."""
    source: str = ""
    """What a roster is imported from."""

    @property
    def trace(self) -> Path:
        return Path(self.folder) / "trace"

    @property
    def log(self) -> Path:
        return Path(self.folder) / "log"

    @property
    def address(self) -> Path:
        return Path(self.folder) / "address"


@dataclass
class Life:
    """A running house in this process, its clock and its task."""

    task: Task
    house: House
    clock: MovableClock

    async def settled(self) -> None:
        """Until every delivery has come to an end. While nothing is to be done soon, the clock
        goes to the moment when there is (a look at an unknown outcome, say); what a platform
        asked to wait for is waited for."""
        while True:
            busy, due = await self.house.core.store.read(_left)
            if not busy and due is None:
                return
            wait = (due - self.clock()).total_seconds() if due else 0.0
            if not busy and wait > _WAITED_FOR:
                self.clock.forward(seconds=wait)
            self.house.core.ears.pump()
            await asyncio.sleep(0.01 if self.house.core.store.embedded else 0.05)


def _left(tx: Transaction) -> tuple[bool, datetime | None]:
    """Whether something is being done, and when the next of the other deliveries is due."""
    coming = delivery.c.state == "queued"
    looked_for = (delivery.c.state == "unknown") & (delivery.c.looks < MOST_LOOKS)
    due = tx.connection.execute(
        select(func.min(delivery.c.not_before)).where(
            coming | looked_for, delivery.c.lane.is_not(None)
        )
    ).scalar()
    leased = select(func.count()).where(delivery.c.state == "leased")
    busy = tx.connection.execute(leased).scalar() or tx.unread_items() or tx.is_fanning_out()
    return bool(busy), due


async def broadcast(life: Life) -> None:
    """Asks the people of the task; asked again after a death, it is the same wave."""
    now = life.clock()
    await life.house.core.dispatch.by_itself(
        LaunchSurvey(
            wave_id=WAVE,
            survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
            audience=Audience(people=frozenset(life.task.people)),
            opens_at=None,
            closes_at=now + timedelta(days=7),
            reminders=(),
        ),
        Source.OPERATOR,
    )
    await life.settled()


async def announce(life: Life) -> None:
    """Sends the people of the task an announcement; asked again, it is the same one."""
    first = example().announcements[0]
    for command in (
        WriteAnnouncement(
            announcement_id=ANNOUNCEMENT,
            change=first.change,
            audience=Audience(people=frozenset(life.task.people)),
        ),
        SendAnnouncement(announcement_id=ANNOUNCEMENT),
    ):
        await life.house.core.dispatch.by_itself(command, Source.OPERATOR)
    await life.settled()


async def recall(life: Life) -> None:
    """The CTO takes the announcement back; asked again, what was not taken back yet."""
    cto = await person(life.house.core, CTO)
    speaker = Speaker(platform=Platform.WEB, person=cto.id)
    command = RecallAnnouncement(announcement_id=ANNOUNCEMENT)
    reply = await life.house.core.dispatch.handle(speaker, command)
    assert isinstance(reply.message, Progress), reply.message
    await life.settled()


async def tick(life: Life) -> None:
    """Does what is due by its clock, and sends what came of it."""
    await life.house.core.dispatch.keep_time()
    await life.settled()


async def take_in(life: Life) -> None:
    """Imports the roster; asked again after a death, it is the same import."""
    given = {"source": life.task.source, "apply": True, "confirmed": True}
    told = await do(life.house.core, "people-import", given)
    assert told.ok, told.lines


async def serve(life: Life) -> None:
    """Serves its doors until SIGTERM."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    at = life.house.core.settings.model_copy(update={"port": 0})
    async with listening(at) as (bound, found):
        server = uvicorn.Server(server_config(application(life.house)))
        serving = asyncio.create_task(server._serve([bound]))
        while not server.started:  # noqa: ASYNC110  (uvicorn tells by a flag)
            await asyncio.sleep(0.005)
        life.task.address.write_text(f"http://127.0.0.1:{found.port}")
        await stopped.wait()
        await life.settled()
        server.should_exit = True
        await serving


TRIPS: Mapping[str, Callable[[Life], Awaitable[None]]] = {
    "broadcast": broadcast,
    "announce": announce,
    "recall": recall,
    "take in": take_in,
    "tick": tick,
    "serve": serve,
}


def _clock(task: Task) -> MovableClock:
    """Goes on where the life before left it: a death does not set it back."""
    file = Path(task.folder) / "clock"
    before = float(file.read_text()) if file.exists() else 0.0
    moved = max(timedelta(days=task.days), timedelta(seconds=before))
    return MovableClock(moved=moved, file=file)


async def live(task: Task) -> None:
    settings = Settings(
        database_url=task.database_url, secret_key=SECRET, port=0, **dict(task.settings)
    )
    clock = _clock(task)
    with installed(Failpoints(task.trace, task.kill_at)):
        async with open_house(settings, clock=clock) as house:
            await TRIPS[task.trip](Life(task=task, house=house, clock=clock))


def main(task: Task) -> None:
    """Live; what it says goes into its log."""
    log = os.open(task.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    set_up_logs("text")
    # Nobody reads by the language models here, and nobody waits for a sweep.
    from tests.attacks.conftest import RoteReader

    wiring.DistrictReader = RoteReader  # type: ignore[misc,assignment]
    _hurry()
    stint.LEASE_SECONDS = task.lease or stint.LEASE_SECONDS
    stint.BATCH = task.batch or stint.BATCH
    in_parts: tuple[Any, ...] = (deliveries, importing, graph_roster, closings)
    for module in in_parts:
        module.PART = task.part or module.PART
    asyncio.run(live(task))


def _hurry() -> None:
    """What the product does every few seconds is done at once: a life must be short. So are its
    leases (``Task.lease``), of which the demands on recovery are counted."""
    for module, hurried in _HURRIED:
        for name, value in hurried.items():
            assert hasattr(module, name), f"{module.__name__} has no {name} any more"
            setattr(module, name, value)


_SIGNS = {"HEARTBEAT_SECONDS": 0.2, "STALLED_SECONDS": 1.0}
_HURRIED: tuple[tuple[Any, Mapping[str, Any]], ...] = (
    (sweeping, {"_EVERY": _SWEEP_SECONDS, "_LOOKS_AT_ONCE": 100}),
    (lanes, {"_RECALL_BUDGET": Budget(per_second=50, burst=5)}),
    (jobs, {"_SWEEP_SECONDS": 0, **_SIGNS}),
    (worker, {"_RECOVER_SECONDS": 0.1, "_LOOK_SECONDS": 0.1, "_POLL_SECONDS": 0.05, **_SIGNS}),
)
