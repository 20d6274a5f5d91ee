"""The service is killed at every boundary while people answer and tell it something: what it
acknowledged is stored, what it did not is stored whole or not at all, and nothing is read twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.tables import item, response
from tests.faults.child import Task
from tests.faults.lives import begin, boundaries, lived
from tests.faults.numbers import numbers
from tests.faults.towns import (
    STAFF,
    channels_of_slack,
    ledger,
    people_of_slack,
    rows_of,
    slack_settings,
    slack_town,
)
from tests.journeys.trips import PULSE
from tests.stand_ins.slack import SlackStandIn, texts

ANSWERS, FEEDBACK = 12, 56
"""More boundaries than whole runs have."""

PEOPLE = STAFF[:4]
SAID = "The wifi in room {number} drops every afternoon"


@dataclass
class Place:
    task: Task
    slack: SlackStandIn
    users: dict[str, str]
    channels: dict[str, str]
    invitations: dict[str, Any]

    async def acknowledged(self, doing: Awaitable[httpx.Response]) -> bool:
        """Whether the service said that it has it."""
        try:
            return (await doing).status_code == 200
        except httpx.TransportError:
            return False

    async def serve(self, kill_at: int | None = None) -> Any:
        """Start to serve; None where it died before it did."""
        process = begin(self.task, kill_at=kill_at)
        url = await process.address()
        await self.slack.close_client()
        if url is None:
            await process.end()
            return None
        self.slack.app = f"{url}/slack/events"
        return process

    def answer(self, email: str, week: str) -> Awaitable[httpx.Response]:
        shown = deepcopy(self.invitations[email])
        filled = {"week": week, "help": "late"}
        return self.slack.click(self.users[email], shown, "Answer", filled)

    def tell(self, number: int, retry: int = 0) -> Awaitable[httpx.Response]:
        user = self.users[PEOPLE[number % len(PEOPLE)]]
        said = SAID.format(number=number)
        return self.slack.dm(user, said, event_id=f"Ev{number:04d}", retry=retry)

    def rows(self, table: Any) -> list[Any]:
        return rows_of(self.task.database_url, table)

    def briefs(self, number: int) -> int:
        """How often the committee's channel says what was said."""
        said = SAID.format(number=number)
        return len([m for m in self.slack.from_app(self.channels["network"]) if said in texts(m)])


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """Four people who were asked."""
    async with SlackStandIn() as slack:
        users, channels = people_of_slack(slack), channels_of_slack(slack)
        task = Task(
            database_url=f"sqlite:///{slack_town(tmp_path)}",
            trip="broadcast",
            folder=str(tmp_path),
            people=PEOPLE,
            settings=slack_settings(slack),
        )
        assert await lived(task) == 0
        invitations = {
            email: next(m for m in slack.from_app(users[email]) if PULSE in texts(m))
            for email in PEOPLE
        }
        yield Place(replace(task, trip="serve"), slack, users, channels, deepcopy(invitations))


@pytest.mark.parametrize("number", numbers(ANSWERS, every=6, start=5))
async def test_answers(place: Place, number: int) -> None:
    given = dict(zip(PEOPLE, "1234", strict=True))
    had = {}
    first = await place.serve(kill_at=number)
    if first is not None:
        had = {e: await place.acknowledged(place.answer(e, week)) for e, week in given.items()}
        await first.stop()
    stored = place.rows(response)
    assert sum(had.values()) <= len(stored) <= sum(had.values()) + 1
    assert all('"week"' in r.answers and '"help"' in r.answers and r.complete for r in stored)
    second = await place.serve()
    for email, week in given.items():
        if not had.get(email):
            assert await place.acknowledged(place.answer(email, week))
    assert await second.stop() == 0
    weeks = sorted(_week(r.answers) for r in place.rows(response))
    assert weeks == sorted(given.values()), "each answer once, as it was given"


def _week(answers: str) -> str:
    return answers.partition('"week": ')[2].strip('"')[0]


@pytest.mark.parametrize("number", numbers(FEEDBACK, every=16, start=9))
async def test_feedback(place: Place, number: int) -> None:
    had = {}
    first = await place.serve(kill_at=number)
    if first is not None:
        had = {n: await place.acknowledged(place.tell(n)) for n in range(3)}
        await first.stop()
    assert len(place.rows(item)) >= sum(had.values())
    second = await place.serve()
    for n in range(3):
        if not had.get(n):  # as Slack does, with the same event
            assert await place.acknowledged(place.tell(n, retry=1))
    assert await second.stop() == 0
    items = place.rows(item)
    assert [one.queue for one in items] == ["network"] * 3, "each stored once and read"
    assert [place.briefs(n) for n in range(3)] == [1, 1, 1]
    states = {row.state for row in ledger(place.task.database_url)}
    assert states == {"sent"}


async def test_the_numbers_are_those_of_a_whole_run(place: Place) -> None:
    first = await place.serve()
    for email in PEOPLE:
        assert await place.acknowledged(place.answer(email, "2"))
    assert await first.stop() == 0
    assert ANSWERS - 5 < len(boundaries(place.task)) <= ANSWERS
    second = await place.serve()
    for n in range(3):
        assert await place.acknowledged(place.tell(n))
    assert await second.stop() == 0
    assert FEEDBACK - 16 < len(boundaries(place.task)) <= FEEDBACK
