"""The service is killed at every boundary of a broadcast, started again, and finishes it.

A boundary is each side of each commit and of each send (``boundary``), and the moment after a
platform took a message and before it answered (``taken``). The name of a failing test says which:
``test_slack[boundary-17]``; of a block of four (``boundary-17-to-20``) the failure does.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
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
    whole,
)
from tests.faults.child import Task
from tests.faults.lives import KILLED, begin, boundaries, lived
from tests.faults.numbers import blocks, side_by_side
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

BOUNDARIES, LOOKING = 44, 36
"""A little more than a whole run has: outcomes are recorded in a few commits more or less."""

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


@pytest.mark.parametrize("block", blocks(BOUNDARIES, few=(1, 9, 24, 36)))
async def test_slack(slack: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with slack() as broadcast:
            await lived(broadcast.task, kill_at=number)
            await survived(broadcast.task, within=AT_ONCE)
            all_once(broadcast)

    await side_by_side(block, killed)


@pytest.mark.parametrize("block", blocks(PEOPLE, "taken", few=(1, 9)))
async def test_slack_between_taking_and_answering(slack: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with slack() as broadcast:
            first = begin(broadcast.task)
            broadcast.kill_when_taken(number, first)
            assert await first.end() == KILLED
            assert await survived(broadcast.task, within=AT_ONCE), "the one that was being answered"
            all_once(broadcast)

    await side_by_side(block, killed)


@pytest.mark.parametrize("block", blocks(LOOKING, few=(5, 14), steps=2))
async def test_slack_killed_again_while_it_looks_what_became_of_messages(
    slack: Opening, block: Sequence[int]
) -> None:
    async def killed(number: int) -> None:
        async with slack() as broadcast:
            await _died_with_all_in_flight(broadcast)
            await lived(broadcast.task, kill_at=number)
            await survived(broadcast.task, within=AT_ONCE)
            all_once(broadcast)

    await side_by_side(block, killed)


async def _died_with_all_in_flight(broadcast: Broadcast) -> None:
    """A batch was claimed and nobody knows what became of it."""
    broadcast.task = replace(broadcast.task, people=STAFF[:BATCH])
    first = begin(broadcast.task)
    broadcast.kill_when_taken(BATCH // 2, first)
    assert await first.end() == KILLED


@pytest.mark.parametrize("block", blocks(BOUNDARIES, few=(12, 30)))
async def test_teams(teams: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with teams() as broadcast:
            await lived(broadcast.task, kill_at=number)
            in_flight = broadcast.claimed()
            await survived(broadcast.task, within=AT_ONCE)
            once_or_uncertain(broadcast, in_flight)

    await side_by_side(block, killed)


@pytest.mark.parametrize("block", blocks(PEOPLE, "taken", few=(7,)))
async def test_teams_between_taking_and_answering(teams: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with teams() as broadcast:
            first = begin(broadcast.task)
            broadcast.kill_when_taken(number, first)
            assert await first.end() == KILLED
            in_flight = broadcast.claimed()
            assert in_flight, "the one that was being answered"
            await survived(broadcast.task, within=AT_ONCE)
            once_or_uncertain(broadcast, in_flight)

    await side_by_side(block, killed)


@pytest.mark.parametrize("block", blocks(8, "seed", few=(9,)))
async def test_slack_killed_again_and_again_also_while_it_recovers(
    slack: Opening, block: Sequence[int]
) -> None:
    async def killed(seed: int) -> None:
        rng = Random(seed)  # noqa: S311  (not a secret)
        async with slack() as broadcast:
            for _ in range(6):
                await lived(broadcast.task, kill_at=rng.randint(1, 32))
            await survived(broadcast.task, within=AT_ONCE)
            all_once(broadcast)

    await side_by_side(block, killed)


async def test_the_numbers_are_those_of_a_whole_run_in_slack(slack: Opening) -> None:
    async with slack() as broadcast:
        assert await lived(broadcast.task) == 0
        all_once(broadcast)
        whole(broadcast.task, BOUNDARIES)


async def test_the_numbers_are_those_of_a_whole_run_in_teams(teams: Opening) -> None:
    async with teams() as broadcast:
        assert await lived(broadcast.task) == 0
        once_or_uncertain(broadcast, set())
        whole(broadcast.task, BOUNDARIES)


async def test_the_numbers_are_those_of_looking(slack: Opening) -> None:
    async with slack() as broadcast:
        await _died_with_all_in_flight(broadcast)
        assert await lived(broadcast.task) == 0
        reached = boundaries(broadcast.task)
        assert LOOKING // 3 < len(reached) <= LOOKING
        assert Counter(reached)["before the look"] >= BATCH
