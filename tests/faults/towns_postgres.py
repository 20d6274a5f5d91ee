"""The town that is killed, in PostgreSQL: made once, copied for every test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from core.people import Platform
from tests.faults.towns import addresses_in_slack, channels, fill, people_of_teams
from tests.journeys.running import SECRET
from tests.postgres import fresh_database
from tests.stand_ins.teams import TeamsStandIn


@contextmanager
def template(platform: Platform) -> Iterator[str]:
    """The address of a database with the town, of which copies are made (``copy_of``)."""
    in_teams = platform is Platform.TEAMS
    addresses = people_of_teams(TeamsStandIn()) if in_teams else addresses_in_slack()
    with fresh_database(hasty=True) as url:
        upgrade_database(Settings(database_url=url, secret_key=SECRET))
        fill(url, platform, addresses, {} if in_teams else channels())
        yield url


@asynccontextmanager
async def copy_of(like: str) -> AsyncIterator[str]:
    """A copy of such a database, made and dropped while others go on: the stand-ins must answer
    meanwhile."""
    database = fresh_database(like=like, hasty=True)
    url = await asyncio.to_thread(database.__enter__)
    try:
        yield url
    finally:
        await asyncio.to_thread(database.__exit__, None, None, None)
