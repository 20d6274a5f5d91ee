"""The town that is killed, in PostgreSQL: made once, copied for every test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import create_engine, update

from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from core.people import Platform
from storage import restoring
from storage.connection import Surroundings
from storage.ledger_tables import lineage
from storage.transaction import Transaction
from storage.vault import Vault
from tests.faults.towns import addresses_in_slack, channels, fill, people_of_teams
from tests.journeys.running import SECRET
from tests.postgres import connecting, fresh_database
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
        await asyncio.to_thread(_settle_in, url)
        yield url
    finally:
        await asyncio.to_thread(database.__exit__, None, None, None)


def _settle_in(url: str) -> None:
    """Note that the copy lies where it lies. It would take itself for a restored backup, and hold
    what comes due."""
    engine = create_engine(connecting(url))
    with engine.begin() as connection:
        home = restoring._home(Transaction(connection, Surroundings(vault=Vault(SECRET))))
        connection.execute(update(lineage).values(home=home))
    engine.dispose()
