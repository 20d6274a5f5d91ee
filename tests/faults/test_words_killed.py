"""The service is killed while people answer and tell it something: what it acknowledged is stored,
what it did not is stored whole or not at all, and nothing is read twice.

It dies before an answer is committed, and after one is and nobody was told so yet; after what was
said is committed, before it is read, and after the committee was told and before that is recorded.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.people import Platform
from storage.tables import item
from tests.attacks.test_hanging import held_writer
from tests.faults.child import Task
from tests.faults.failpoints import At
from tests.faults.lives import KILLED, PROVED_ON_BOTH, SQLITE, Process, begin, lived, side_by_side
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

ANSWERS: tuple[At, ...] = (
    ("before the commit (Dispatch.handle)", 2),
    ("after the commit (Dispatch.handle)", 3),
)
FEEDBACK: tuple[At, ...] = (
    ("after the commit (Dispatch.handle)", 1),
    ("before the commit (Dispatch.by_itself)", 1),
    ("after the send", 1),
)

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

    async def serve(self, kill_at: At | None = None) -> Process:
        """Start to serve. Whoever will die has a short lease."""
        lease = LEASE if kill_at is not None else None
        process = begin(replace(self.task, lease=lease), kill_at=kill_at)
        url = await process.address()
        await self.slack.close_client()
        assert url is not None, process.told()
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


@pytest.mark.parametrize("database", PROVED_ON_BOTH)
async def test_answers(place: Opening) -> None:
    async def killed(at: At) -> None:
        async with place() as found:
            await _answered(found, at)

    await side_by_side(ANSWERS, killed)


async def _answered(place: Place, at: At) -> None:
    await place.ask()
    given = dict(zip(PEOPLE, "1234", strict=True))
    first = await place.serve(kill_at=at)
    had = {e: await place.acknowledged(place.answer(e, week)) for e, week in given.items()}
    assert await first.stop() == KILLED
    stored = place.answers()
    assert sum(had.values()) <= len(stored) <= sum(had.values()) + 1
    assert all({"week", "help"} <= answers.keys() for answers in stored)
    second = await place.serve()
    for email, week in given.items():
        if not had[email]:
            assert await place.acknowledged(place.answer(email, week))
    assert await second.stop() == 0
    weeks = sorted(str(answers["week"]) for answers in place.answers())
    assert weeks == sorted(given.values()), "each answer once, as it was given"


@pytest.mark.parametrize("database", [SQLITE])
async def test_a_press_that_is_not_kept_is_never_acknowledged(place: Opening) -> None:
    """The words that say so come after the answer, and a death in between would leave nothing."""
    async with place() as found:
        await found.ask()
        serving = await found.serve()
        email = PEOPLE[0]
        assert await found.acknowledged(found.answer(email, "3"))
        with held_writer(Path(found.task.database_url.removeprefix("sqlite:///"))):
            assert not await found.acknowledged(found.answer(email, "4"))
            serving.kill()
            assert await serving.end() == KILLED
        assert [str(one["week"]) for one in found.answers()] == ["3"]


@pytest.mark.parametrize("database", PROVED_ON_BOTH)
async def test_feedback(place: Opening) -> None:
    async def killed(at: At) -> None:
        async with place() as found:
            await _told(found, at)

    await side_by_side(FEEDBACK, killed)


async def _told(place: Place, at: At) -> None:
    first = await place.serve(kill_at=at)
    had = {n: await place.acknowledged(place.tell(n)) for n in range(TOLD)}
    assert await first.stop() == KILLED
    assert len(place.rows(item)) >= sum(had.values())
    second = await place.serve()
    for n in range(TOLD):
        if not had[n]:  # as Slack does, with the same event
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
