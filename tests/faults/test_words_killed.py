"""The service is killed at every boundary while people answer and tell it something: what it
acknowledged is stored, what it did not is stored whole or not at all, and nothing is read twice."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.tables import item
from surveys.people import Platform
from tests.faults.child import Task
from tests.faults.lives import begin, boundaries, lived
from tests.faults.numbers import POSTGRES, SQLITE, blocks, on_both, side_by_side
from tests.faults.towns import (
    STAFF,
    channels_of_slack,
    ledger,
    people_of_slack,
    rows_of,
    said_in_all,
    slack_settings,
    slack_town,
)
from tests.faults.towns_postgres import copy_of, template
from tests.journeys.trips import PULSE
from tests.stand_ins.slack import SlackStandIn, texts

ANSWERS, FEEDBACK = {SQLITE: 12, POSTGRES: 18}, {SQLITE: 42, POSTGRES: 74}
"""More boundaries than whole runs have."""

LEASE, TOLD = 2.5, 2

PEOPLE = STAFF[:4]
SAID = "The wifi in room {number} drops every afternoon"


@dataclass
class Place:
    task: Task
    slack: SlackStandIn
    users: dict[str, str]
    channels: dict[str, str]
    invitations: dict[str, Any] = field(default_factory=dict)

    async def ask(self) -> None:
        """Ask four people."""
        assert await lived(replace(self.task, trip="broadcast", people=PEOPLE)) == 0
        for email in PEOPLE:
            messages = self.slack.from_app(self.users[email])
            self.invitations[email] = deepcopy(next(m for m in messages if PULSE in texts(m)))

    async def acknowledged(self, doing: Awaitable[httpx.Response]) -> bool:
        """Whether the service said that it has it."""
        try:
            return (await doing).status_code == 200
        except httpx.TransportError:
            return False

    async def serve(self, kill_at: int | None = None) -> Any:
        """Start to serve; None where it died before it did. Whoever will die has a short lease."""
        lease = LEASE if kill_at is not None else None
        process = begin(replace(self.task, lease=lease), kill_at=kill_at)
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

    def answers(self) -> list[Any]:
        return [one["answers"] for one in said_in_all(self.task.database_url)]

    def briefs(self, number: int) -> int:
        """How often the committee's channel says what was said."""
        said = SAID.format(number=number)
        return len([m for m in self.slack.from_app(self.channels["network"]) if said in texts(m)])


Opening = Callable[[], AbstractAsyncContextManager[Place]]


@pytest.fixture(scope="module")
def in_postgres() -> Iterator[str]:
    with template(Platform.SLACK) as url:
        yield url


@pytest.fixture
def place(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Opening:
    """Opens a place in a database and a workspace of its own."""

    @asynccontextmanager
    async def opening() -> AsyncIterator[Place]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(SlackStandIn())
            users, channels = people_of_slack(slack), channels_of_slack(slack)
            if database == SQLITE:
                url = f"sqlite:///{slack_town(folder)}"
            else:
                like = request.getfixturevalue("in_postgres")
                url = await stack.enter_async_context(copy_of(like))
            task = Task(
                database_url=url,
                trip="serve",
                folder=str(folder),
                settings=slack_settings(slack),
            )
            yield Place(task, slack, users, channels)

    return opening


@pytest.mark.parametrize(
    ("database", "block"),
    on_both(blocks(ANSWERS[SQLITE], few=(5,)), blocks(ANSWERS[POSTGRES], few=(), size=5)),
)
async def test_answers(place: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with place() as found:
            await _answered(found, number)

    await side_by_side(block, killed)


async def _answered(place: Place, number: int) -> None:
    await place.ask()
    given = dict(zip(PEOPLE, "1234", strict=True))
    had = {}
    first = await place.serve(kill_at=number)
    if first is not None:
        had = {e: await place.acknowledged(place.answer(e, week)) for e, week in given.items()}
        await first.stop()
    stored = place.answers()
    assert sum(had.values()) <= len(stored) <= sum(had.values()) + 1
    assert all({"week", "help"} <= answers.keys() for answers in stored)
    second = await place.serve()
    for email, week in given.items():
        if not had.get(email):
            assert await place.acknowledged(place.answer(email, week))
    assert await second.stop() == 0
    weeks = sorted(str(answers["week"]) for answers in place.answers())
    assert weeks == sorted(given.values()), "each answer once, as it was given"


@pytest.mark.parametrize(
    ("database", "block"),
    on_both(
        blocks(FEEDBACK[SQLITE], few=(9, 31)),
        blocks(FEEDBACK[POSTGRES], few=(33,), steps=3, size=5),
    ),
)
async def test_feedback(place: Opening, block: Sequence[int]) -> None:
    async def killed(number: int) -> None:
        async with place() as found:
            await _told(found, number)

    await side_by_side(block, killed)


async def _told(place: Place, number: int) -> None:
    had = {}
    first = await place.serve(kill_at=number)
    if first is not None:
        had = {n: await place.acknowledged(place.tell(n)) for n in range(TOLD)}
        await first.stop()
    assert len(place.rows(item)) >= sum(had.values())
    second = await place.serve()
    for n in range(TOLD):
        if not had.get(n):  # as Slack does, with the same event
            assert await place.acknowledged(place.tell(n, retry=1))
    assert await second.stop() == 0
    items = place.rows(item)
    assert [one.queue for one in items] == ["network"] * TOLD, "each stored once and read"
    briefs = [place.briefs(n) for n in range(TOLD)]
    deliveries = ledger(place.task.database_url)
    unknown = [row for row in deliveries if row.state == "unknown"]
    # A private channel may not be searched: briefs in flight, which may be both, since they are
    # claimed together, are left for a person to settle.
    assert {row.state for row in deliveries} <= {"sent", "unknown"}
    assert {row.kind for row in unknown} <= {"brief"}
    assert max(briefs) == 1
    assert briefs.count(0) <= len(unknown)


@pytest.mark.parametrize("database", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.prove)])
async def test_the_numbers_are_those_of_a_whole_run(place: Opening, database: str) -> None:
    async with place() as found:
        await found.ask()
        first = await found.serve()
        for email in PEOPLE:
            assert await found.acknowledged(found.answer(email, "2"))
        assert await first.stop() == 0
        assert ANSWERS[database] // 2 < len(boundaries(found.task)) <= ANSWERS[database]
        second = await found.serve()
        for n in range(TOLD):
            assert await found.acknowledged(found.tell(n))
        assert await second.stop() == 0
        assert FEEDBACK[database] // 2 < len(boundaries(found.task)) <= FEEDBACK[database]
