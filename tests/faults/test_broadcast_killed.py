"""The service is killed in a broadcast, started again, and finishes it.

It dies between two claims, before the third is committed; between a message and its record, before
and after the platform answered; and once a record is committed, while others are under way. It dies
at every boundary in virtual time (``tests/scheduler/test_virtual_death.py``): this is for what only
a process has, its connections, its files and its start.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults.broadcasts import (
    Broadcast,
    all_once,
    once_or_uncertain,
    survived,
)
from tests.faults.child import Task
from tests.faults.failpoints import ANY, At
from tests.faults.lives import KILLED, begin, lived, side_by_side
from tests.faults.towns import (
    STAFF,
    people_of_slack,
    slack_settings,
    slack_town,
    teams_settings,
    teams_town,
)
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

SENDING: tuple[At, ...] = (
    ("before the commit (LedgerStore.claim)", 3),
    ("after the send", 5),
    ("after the commit (LedgerStore.record)", 1),
)
LOOKING: tuple[At, ...] = (
    ("after the commit (LedgerStore.uncertain)", 1),
    ("after the look", 2),
    ("before the commit (LedgerStore.settle)", 1),
)
TAKEN = 5
"""Which message it is that was taken when it dies."""

AT_ONCE = 5.0
"""Seconds for starting on a busy machine. A start ends every lease, of which each has a minute to
run: no other process can hold one."""

FAST = {"teams_per_second": 100}
PEOPLE, BATCH = 9, 3
"""So that a broadcast is several claims, and something dies between two."""


Opening = Callable[[], AbstractAsyncContextManager[Broadcast]]


@pytest.fixture
def slack(tmp_path: Path) -> Opening:
    """Opens a broadcast in a folder, a database and a workspace of its own."""

    @asynccontextmanager
    async def opening() -> AsyncIterator[Broadcast]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with SlackStandIn() as made:
            people_of_slack(made)
            yield Broadcast(_task(folder, slack_town(folder), slack_settings(made)), made)

    return opening


@pytest.fixture
def teams(tmp_path: Path) -> Opening:
    @asynccontextmanager
    async def opening() -> AsyncIterator[Broadcast]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with TeamsStandIn() as made:
            database = teams_town(folder, made)
            yield Broadcast(_task(folder, database, teams_settings(made) | FAST), made)

    return opening


def _task(folder: Path, database: Path, settings: dict[str, Any]) -> Task:
    return Task(
        database_url=f"sqlite:///{database}",
        trip="broadcast",
        folder=str(folder),
        people=STAFF[:PEOPLE],
        settings=settings,
        batch=BATCH,
    )


async def test_slack(slack: Opening) -> None:
    async def killed(at: At) -> None:
        async with slack() as broadcast:
            assert await lived(broadcast.task, kill_at=at) == KILLED
            await survived(broadcast.task, within=AT_ONCE)
            all_once(broadcast)

    await side_by_side(SENDING, killed)


async def test_slack_between_taking_and_answering(slack: Opening) -> None:
    async with slack() as broadcast:
        first = begin(broadcast.task)
        broadcast.kill_when_taken(TAKEN, first)
        assert await first.end() == KILLED
        assert await survived(broadcast.task, within=AT_ONCE), "the one that was being answered"
        all_once(broadcast)


async def test_slack_killed_again_while_it_looks_what_became_of_messages(slack: Opening) -> None:
    async def killed(at: At) -> None:
        async with slack() as broadcast:
            await _died_with_all_in_flight(broadcast)
            assert await lived(broadcast.task, kill_at=at) == KILLED
            await survived(broadcast.task, within=AT_ONCE)
            all_once(broadcast)

    await side_by_side(LOOKING, killed)


async def _died_with_all_in_flight(broadcast: Broadcast) -> None:
    """A batch was claimed and nobody knows what became of it."""
    broadcast.task = replace(broadcast.task, people=STAFF[:BATCH])
    first = begin(broadcast.task)
    broadcast.kill_when_taken(BATCH // 2, first)
    assert await first.end() == KILLED


async def test_teams(teams: Opening) -> None:
    async def killed(at: At) -> None:
        async with teams() as broadcast:
            assert await lived(broadcast.task, kill_at=at) == KILLED
            in_flight = broadcast.claimed()
            await survived(broadcast.task, within=AT_ONCE)
            once_or_uncertain(broadcast, in_flight)

    await side_by_side(SENDING, killed)


async def test_teams_between_taking_and_answering(teams: Opening) -> None:
    async with teams() as broadcast:
        first = begin(broadcast.task)
        broadcast.kill_when_taken(TAKEN, first)
        assert await first.end() == KILLED
        in_flight = broadcast.claimed()
        assert in_flight, "the one that was being answered"
        await survived(broadcast.task, within=AT_ONCE)
        once_or_uncertain(broadcast, in_flight)


@pytest.mark.parametrize("seed", [9, *(pytest.param(n, marks=pytest.mark.prove) for n in (1, 2))])
async def test_slack_killed_again_and_again_also_while_it_recovers(
    slack: Opening, seed: int
) -> None:
    rng = Random(seed)  # noqa: S311  (not a secret)
    async with slack() as broadcast:
        for _ in range(6):
            await lived(broadcast.task, kill_at=(ANY, rng.randint(1, 32)))
        await survived(broadcast.task, within=AT_ONCE)
        all_once(broadcast)
