"""The same on PostgreSQL, where nothing says that a process is dead but its lease: killed in a
broadcast, started again, it finishes. It dies at the same boundaries as on SQLite
(``test_broadcast_killed.py``), and before the job that sends is ended.

Nothing is lost, nobody is written to twice, what is uncertain says so, and whatever the dead held
is free again within its lease and five seconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.people import Platform
from tests.faults.broadcasts import (
    Broadcast,
    all_once,
    once_or_uncertain,
    survived,
)
from tests.faults.child import Task
from tests.faults.failpoints import ANY, At
from tests.faults.lives import KILLED, begin, lived, side_by_side
from tests.faults.test_broadcast_killed import SENDING, TAKEN
from tests.faults.towns import (
    STAFF,
    move_teams,
    people_of_slack,
    people_of_teams,
    slack_settings,
    teams_settings,
)
from tests.faults.towns_postgres import copy_of, template
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

PEOPLE, BATCH, LEASE = 9, 3, 2.5
JOBS: tuple[At, ...] = (*SENDING, ("before the job's end", 1))
"""Deaths side by side: who waits for a lease needs no processor. A life opens up to 17 connections
to the server, which takes a hundred."""

pytestmark = pytest.mark.prove

Opening = Callable[[], AbstractAsyncContextManager[Broadcast]]


@pytest.fixture(scope="module")
def in_slack() -> Iterator[str]:
    with template(Platform.SLACK) as url:
        yield url


@pytest.fixture(scope="module")
def in_teams() -> Iterator[str]:
    with template(Platform.TEAMS) as url:
        yield url


@pytest.fixture
def slack(tmp_path: Path, in_slack: str) -> Opening:
    """Opens a broadcast in a folder, a database and a workspace of its own."""

    @asynccontextmanager
    async def opening() -> AsyncIterator[Broadcast]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with SlackStandIn() as made:
            people_of_slack(made)
            async with copy_of(in_slack) as url:
                yield Broadcast(_task(folder, url, slack_settings(made)), made)

    return opening


@pytest.fixture
def teams(tmp_path: Path, in_teams: str) -> Opening:
    @asynccontextmanager
    async def opening() -> AsyncIterator[Broadcast]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with TeamsStandIn() as made:
            people_of_teams(made)
            async with copy_of(in_teams) as url:
                move_teams(url, made)
                settings = teams_settings(made) | {"teams_per_second": 100}
                yield Broadcast(_task(folder, url, settings), made)

    return opening


def _task(folder: Path, url: str, settings: dict[str, Any]) -> Task:
    return Task(
        database_url=url,
        trip="broadcast",
        folder=str(folder),
        people=STAFF[:PEOPLE],
        settings=settings,
        lease=LEASE,
        batch=BATCH,
    )


async def test_slack(slack: Opening) -> None:
    async def killed(at: At) -> None:
        async with slack() as broadcast:
            assert await lived(broadcast.task, kill_at=at) == KILLED
            await survived(broadcast.task, within=LEASE)
            all_once(broadcast)

    await side_by_side(JOBS, killed)


async def test_slack_between_taking_and_answering(slack: Opening) -> None:
    async with slack() as broadcast:
        first = begin(broadcast.task)
        broadcast.kill_when_taken(TAKEN, first)
        assert await first.end() == KILLED
        assert await survived(broadcast.task, within=LEASE), "the one that was being answered"
        all_once(broadcast)


async def test_teams(teams: Opening) -> None:
    async def killed(at: At) -> None:
        async with teams() as broadcast:
            assert await lived(broadcast.task, kill_at=at) == KILLED
            in_flight = broadcast.claimed()
            await survived(broadcast.task, within=LEASE)
            once_or_uncertain(broadcast, in_flight)

    await side_by_side(JOBS, killed)


async def test_slack_killed_again_and_again_also_while_it_recovers(slack: Opening) -> None:
    async def killed(seed: int) -> None:
        rng = Random(seed)  # noqa: S311  (not a secret)
        async with slack() as broadcast:
            for _ in range(6):
                await lived(broadcast.task, kill_at=(ANY, rng.randint(1, 48)))
            await survived(broadcast.task, within=LEASE)
            all_once(broadcast)

    await side_by_side((1, 2), killed)
