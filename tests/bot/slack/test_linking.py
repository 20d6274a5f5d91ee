"""Slack's members are listed once a day for a whole district, however many processes it has."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack_app.linking import BEGUN_AGAIN_AFTER, LISTED_EVERY, link_if_due
from core.people import Platform
from tests.attacks.hall import Hall, hall
from tests.journeys.running import SECRET
from tests.journeys.town import TEACHER
from tests.postgres import fresh_database
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_world import broken
from tests.storage.stores import import_people, row

PROCESSES = 3
HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgres"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[list[Hall]]:
    """On SQLite one process, which looks three times at once; else three."""
    async with AsyncExitStack() as stack:
        if request.param == "sqlite":
            yield [await stack.enter_async_context(hall(tmp_path))] * PROCESSES
            return
        url = stack.enter_context(fresh_database())
        await asyncio.to_thread(upgrade_database, Settings(database_url=url, secret_key=SECRET))
        yield [await stack.enter_async_context(hall(tmp_path, url=url)) for _ in range(PROCESSES)]


async def look(town: list[Hall], client: SlackClient, *, later: timedelta = timedelta()) -> int:
    """All processes look at once; how many of them listed."""
    for clock in {id(one.clock): one.clock for one in town}.values():
        clock.moved += later
    looks = (link_if_due(one.core, SlackDirectory(client)) for one in town)
    return (await asyncio.gather(*looks)).count(True)


async def linked(town: list[Hall], slack: SlackStandIn, user: str) -> bool:
    team = slack.world.team
    return bool(
        await town[0].core.store.read(lambda tx: tx.person_by_address(Platform.SLACK, team, user))
    )


async def test_one_process_lists_at_the_first_start_and_again_after_a_day(
    town: list[Hall], slack: SlackStandIn, client: SlackClient
) -> None:
    teacher = slack.add_user(TEACHER)
    assert await look(town, client) == 1
    assert await linked(town, slack, teacher)
    assert await look(town, client) == 0
    assert await look(town, client, later=LISTED_EVERY - HOUR) == 0, "a start of the same day"
    assert len(slack.calls("users.list")) == 1
    assert await look(town, client, later=2 * HOUR) == 1
    assert len(slack.calls("users.list")) == 2


async def test_another_roster_is_linked_at_once(
    town: list[Hall], slack: SlackStandIn, client: SlackClient
) -> None:
    new = slack.add_user("new@schools.example.org")
    assert await look(town, client) == 1
    row_of_new = row(1, sourced_id=uuid4().hex, email="new@schools.example.org")
    await town[0].core.store.write(lambda tx: import_people(tx, [row_of_new]))
    assert await look(town, client) == 1
    assert await linked(town, slack, new)
    assert await look(town, client) == 0


async def test_what_failed_is_done_by_anybody_a_little_later(
    town: list[Hall], slack: SlackStandIn, client: SlackClient
) -> None:
    teacher = slack.add_user(TEACHER)
    slack.fail("users.list", broken())
    with pytest.raises(Exception, match="500"):
        await link_if_due(town[0].core, SlackDirectory(client))
    assert await look(town[1:], client) == 0, "nobody hurries after it"
    assert await look(town, client, later=BEGUN_AGAIN_AFTER) == 1
    assert await linked(town, slack, teacher)
