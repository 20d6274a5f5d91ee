"""What is kept of Teams, on PostgreSQL: two processes at once try for nobody twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from core.people import Audience, Platform
from governance.announcements.model import Announcement, AnnouncementState
from governance.delivery_reasons import DeliveryReason
from storage.app_installs import EVERY, claim_installs, give_back_installs, say_why
from storage.chat_teams import ChatTeam, note_team, team_of
from storage.connection import Surroundings
from storage.feed_notices import claim_feed, feed_counts, settle_feed
from storage.ledger_tables import delivery
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from tests.journeys.town import example
from tests.postgres import migrated_database
from tests.storage.stores import SECRET, import_people, row
from tests.storage.test_chat_teams import CHANNEL, SEEN

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MANY = 30

Two = tuple[Store, Store]


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    """Two processes' stores, and an announcement that waits for everybody's app."""
    around = Surroundings(vault=Vault(SECRET), rates={Platform.WEB: 2000.0}, installs=True)
    with migrated_database() as url:
        async with AsyncExitStack() as stack:
            stores = Store(url, around), Store(url, around)
            for store in stores:
                stack.push_async_callback(store.close)
            sending = Announcement(
                id=uuid4(),
                change=example().announcements[0].change,
                audience=Audience(),
                written_by=None,
                state=AnnouncementState.SENDING,
                sent_at=NOW,
            )
            people = [row(number, platform=Platform.TEAMS) for number in range(MANY)]
            await stores[0].write(lambda tx: import_people(tx, people))
            await stores[0].write(lambda tx: tx.put_announcement(sending))
            await stores[0].write(lambda tx: tx.announce(sending, NOW))
            yield stores


async def test_two_processes_install_for_nobody_twice(two: Two) -> None:
    claimed = await asyncio.gather(
        *(store.write(lambda tx: claim_installs(tx, NOW, 7)) for store in (*two, *two, *two))
    )
    people = [one.person for some in claimed for one in some]
    assert len(people) == len(set(people)) == MANY
    await two[0].write(lambda tx: say_why(tx, people[0], DeliveryReason.GRAPH_NO_LICENSE, NOW))
    await two[0].write(lambda tx: give_back_installs(tx, people[:2]))
    again = await two[1].write(lambda tx: claim_installs(tx, NOW, MANY))
    assert {one.person for one in again} == set(people[:2])
    later = NOW + EVERY + timedelta(seconds=1)
    assert len(await two[1].write(lambda tx: claim_installs(tx, later, 100))) == MANY


async def test_two_processes_tell_nobody_twice_in_the_feed(two: Two) -> None:
    people = await two[0].read(lambda tx: tx.people_of(Audience()))

    def install(tx: Transaction) -> None:
        for who in people:
            tx.note_address(
                who,
                platform=Platform.TEAMS,
                workspace="t",
                user=f"u-{who.id}",
                conversation=f"a:{who.id}",
                service_url=None,
                reachable=True,
            )

    await two[0].write(install)
    sent = update(delivery).values(state="sent", sent_at=NOW)
    await two[0].write(lambda tx: tx.connection.execute(sent))
    later = NOW + timedelta(days=2)
    batches = await asyncio.gather(
        *(store.write(lambda tx: claim_feed(tx, later, 7)) for store in (*two, *two, *two))
    )
    told = [one for batch in batches if batch for one in batch.accounts]
    assert len(told) == len(set(told)) == MANY
    for batch in batches:
        if batch is not None:
            await two[1].write(lambda tx, b=batch: settle_feed(tx, b, "sent", None))  # type: ignore[misc]
    assert await two[0].read(lambda tx: feed_counts(tx, NOW)) == {"sent": MANY}


async def test_a_team_is_noted_once(two: Two) -> None:
    seen: ChatTeam = SEEN
    await asyncio.gather(*(store.write(lambda tx: note_team(tx, seen, NOW)) for store in two))
    assert await two[0].read(lambda tx: team_of(tx, CHANNEL)) == SEEN
