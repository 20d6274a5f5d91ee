"""The service is killed at every boundary of a broadcast, started again, and finishes it.

A boundary is each side of each commit and of each send (``boundary``), and the moment after a
platform took a message and before it answered (``taken``). The name of a failing test says which:
``test_slack[boundary-17]``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults.child import Task
from tests.faults.lives import KILLED, Process, begin, boundaries, lived
from tests.faults.numbers import numbers
from tests.faults.towns import (
    STAFF,
    ledger,
    people_of_slack,
    slack_settings,
    slack_town,
    teams_settings,
    teams_town,
)
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

PEOPLE = len(STAFF)
BOUNDARIES = 80
"""A little more than a whole run has: outcomes are recorded in a few commits more or less."""


@dataclass
class Broadcast:
    """A broadcast to everybody, and the platform that takes it."""

    task: Task
    platform: SlackStandIn | TeamsStandIn

    def taken(self) -> Counter[str]:
        """How often each conversation got the invitation, whoever believes what."""
        if isinstance(self.platform, TeamsStandIn):
            return Counter(one.conversation for one in self.platform.posted)
        world = self.platform.world
        return Counter(
            world.channels[channel]["user"]
            for channel, messages in world.messages.items()
            for message in messages
            if message.get("metadata")
        )

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
        return [row for row in ledger(self.task.database_url) if row.kind == "invitation"]

    def claimed(self) -> set[Any]:
        """What was in flight, or about to be, when the service died."""
        return {row.id for row in self.rows() if row.state in ("leased", "unknown")}


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[Broadcast]:
    async with SlackStandIn() as made:
        people_of_slack(made)
        yield Broadcast(_task(tmp_path, slack_town(tmp_path), slack_settings(made)), made)


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[Broadcast]:
    async with TeamsStandIn() as made:
        database = teams_town(tmp_path, made)
        yield Broadcast(_task(tmp_path, database, teams_settings(made)), made)


def _task(folder: Path, database: Path, settings: dict[str, Any]) -> Task:
    return Task(
        database_url=f"sqlite:///{database}",
        trip="broadcast",
        folder=str(folder),
        people=STAFF,
        settings=settings,
    )


def all_once(broadcast: Broadcast) -> None:
    """Slack can be asked afterwards: everybody has it once, and the ledger knows."""
    rows = broadcast.rows()
    assert Counter(row.state for row in rows) == {"sent": PEOPLE}
    assert broadcast.taken() == Counter({row.conversation: 1 for row in rows})


def once_or_uncertain(broadcast: Broadcast, in_flight: set[Any]) -> None:
    """Teams cannot be asked: what was in flight is uncertain, says so, and is not sent again."""
    rows, taken = broadcast.rows(), broadcast.taken()
    assert len(rows) == PEOPLE
    assert {row.state for row in rows} <= {"sent", "unknown"}
    assert {row.id for row in rows if row.state == "unknown"} <= in_flight
    assert [row.id for row in rows if row.state == "unknown" and not row.why] == []
    assert [row.id for row in rows if row.state == "sent" and taken[row.conversation] != 1] == []
    assert max(taken.values(), default=0) <= 1


@pytest.mark.parametrize("number", numbers(BOUNDARIES, every=12))
async def test_slack(slack: Broadcast, number: int) -> None:
    await lived(slack.task, kill_at=number)
    assert await lived(slack.task) == 0
    all_once(slack)


@pytest.mark.parametrize("number", numbers(PEOPLE, "taken", every=15))
async def test_slack_between_taking_and_answering(slack: Broadcast, number: int) -> None:
    first = begin(slack.task)
    slack.kill_when_taken(number, first)
    assert await first.end() == KILLED
    assert await lived(slack.task) == 0
    all_once(slack)


@pytest.mark.parametrize("number", numbers(BOUNDARIES, every=30, steps=2))
async def test_teams(teams: Broadcast, number: int) -> None:
    await lived(teams.task, kill_at=number)
    in_flight = teams.claimed()
    assert await lived(teams.task) == 0
    once_or_uncertain(teams, in_flight)


@pytest.mark.parametrize("number", numbers(PEOPLE, "taken", every=30, steps=3))
async def test_teams_between_taking_and_answering(teams: Broadcast, number: int) -> None:
    first = begin(teams.task)
    teams.kill_when_taken(number, first)
    assert await first.end() == KILLED
    in_flight = teams.claimed()
    assert in_flight, "the one that was being answered"
    assert await lived(teams.task) == 0
    once_or_uncertain(teams, in_flight)


@pytest.mark.parametrize("seed", numbers(15, "seed", every=15))
async def test_slack_killed_again_and_again_also_while_it_recovers(
    slack: Broadcast, seed: int
) -> None:
    rng = Random(seed)  # noqa: S311  (not a secret)
    for _ in range(6):
        await lived(slack.task, kill_at=rng.randint(1, 40))
    assert await lived(slack.task) == 0
    all_once(slack)


async def test_the_numbers_are_those_of_a_whole_run(slack: Broadcast, tmp_path: Path) -> None:
    assert await lived(slack.task) == 0
    all_once(slack)
    reached = boundaries(tmp_path)
    assert reached[BOUNDARIES // 2 :], "the numbers go far beyond its end"
    assert Counter(reached)["before the send"] == PEOPLE
    assert Counter(reached)["after the commit"] >= 4
