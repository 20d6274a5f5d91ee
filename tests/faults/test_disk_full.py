"""The disk gets full in the middle of a broadcast. What was sent and could not be recorded is
recorded when there is room again; where the service died before, it is looked for (Slack) or says
that nobody knows (Teams). Nobody is lost, and nobody is written to twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.faults.broadcasts import Broadcast
from tests.faults.child import Task
from tests.faults.disks import Disk, disk
from tests.faults.lives import KILLED, Process, begin, lived
from tests.faults.towns import (
    large_slack_town,
    slack_settings,
    staff,
    teams_settings,
    teams_town,
)
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

PEOPLE = 500
"""More than one batch: some are claimed before it is full, and some have to wait."""

RATE = 200
"""Messages a second."""

BEGUN = 40
"""So many have the message when the disk gets full."""

FULL_FOR = 1.5
"""Seconds."""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path) as made:
        yield made


@asynccontextmanager
async def slack(small: Disk, folder: Path) -> AsyncIterator[Broadcast]:
    emails = staff(PEOPLE)
    async with SlackStandIn() as platform:
        database = large_slack_town(small.folder, platform, emails)
        settings = slack_settings(platform) | {"slack_per_minute": RATE * 60}
        yield Broadcast(_task(folder, database, emails, settings), platform)


@asynccontextmanager
async def teams(small: Disk, folder: Path) -> AsyncIterator[Broadcast]:
    emails = staff(PEOPLE)
    async with TeamsStandIn() as platform:
        database = teams_town(small.folder, platform, emails)
        settings = teams_settings(platform) | {"teams_per_second": RATE}
        yield Broadcast(_task(folder, database, emails, settings), platform)


def _task(
    folder: Path, database: Path, emails: tuple[str, ...], settings: dict[str, object]
) -> Task:
    """Its trace and its log are not on the small disk."""
    return Task(
        database_url=f"sqlite:///{database}",
        trip="broadcast",
        folder=str(folder),
        people=emails,
        settings=settings,
    )


async def begun_and_full(broadcast: Broadcast, small: Disk) -> Process:
    """A broadcast of which a part is out, and then the disk is full for a while."""
    process = begin(broadcast.task)
    while broadcast.taken().total() < BEGUN:
        assert process.process.is_alive(), process.told()
        await asyncio.sleep(0.01)
    small.fill(process.pid, log=broadcast.task.log)
    await asyncio.sleep(FULL_FOR)
    assert Counter(row.state for row in broadcast.rows())["sent"] < broadcast.taken().total()
    return process


def _unsent(broadcast: Broadcast) -> Counter[str]:
    return Counter(f"{row.state}: {row.why}" for row in broadcast.rows() if row.state != "sent")


def states(broadcast: Broadcast) -> Counter[str]:
    return Counter(row.state for row in broadcast.rows())


@pytest.mark.parametrize("platform", [slack, teams])
async def test_everybody_has_it_once_and_the_ledger_knows_when_there_is_room_again(
    small: Disk, tmp_path: Path, platform: object
) -> None:
    assert callable(platform)
    async with platform(small, tmp_path) as broadcast:
        process = await begun_and_full(broadcast, small)
        assert broadcast.taken().total() < PEOPLE, "nothing new is sent that cannot be recorded"
        small.clear(process.pid)
        assert await process.end() == 0
        assert states(broadcast) == {"sent": PEOPLE}, _unsent(broadcast)
        assert set(broadcast.taken().values()) == {1}
        assert broadcast.taken().total() == PEOPLE
        log = broadcast.task.log.read_text()
        assert "The disk of the database is full or fails" in log
        assert "Traceback" not in log


async def test_what_a_service_that_died_meanwhile_had_sent_is_found_in_slack(
    small: Disk, tmp_path: Path
) -> None:
    async with slack(small, tmp_path) as broadcast:
        process = await begun_and_full(broadcast, small)
        process.kill()
        assert await process.end() == KILLED
        small.clear(None)
        assert await lived(broadcast.task) == 0
        assert states(broadcast) == {"sent": PEOPLE}, _unsent(broadcast)
        assert set(broadcast.taken().values()) == {1}
        assert broadcast.taken().total() == PEOPLE


async def test_what_a_service_that_died_meanwhile_had_sent_in_teams_says_that_nobody_knows(
    small: Disk, tmp_path: Path
) -> None:
    async with teams(small, tmp_path) as broadcast:
        process = await begun_and_full(broadcast, small)
        process.kill()
        assert await process.end() == KILLED
        in_hand, taken = broadcast.claimed(), broadcast.taken()
        small.clear(None)
        assert await lived(broadcast.task) == 0
        rows = broadcast.rows()
        assert {row.id for row in rows if row.state == "unknown"} == in_hand
        assert states(broadcast) == {"sent": PEOPLE - len(in_hand), "unknown": len(in_hand)}
        assert max(broadcast.taken().values()) == 1
        lost = {row.conversation for row in rows if row.state == "unknown"}
        assert set(taken) - lost == {row.conversation for row in rows if row.state == "sent"} & set(
            taken
        ), "whoever has it is sent or unknown"
