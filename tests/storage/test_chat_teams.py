"""Teams that have the app: what was told last counts, and a channel is posted to where its is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.people import Platform
from governance.committees.model import Channel
from storage.chat_teams import ChatTeam, note_team, team_of
from storage.ledger_tables import delivery
from storage.store import Store
from tests.journeys.town import example
from tests.storage.stores import empty_store

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEEN = ChatTeam(
    workspace="t", thread="19:first@x", team="group", service_url="https://emea", installed=True
)
CHANNEL = Channel(platform=Platform.TEAMS, workspace="t", conversation="19:second@x", team="group")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        yield found


async def noted(store: Store, seen: ChatTeam) -> ChatTeam | None:
    await store.write(lambda tx: note_team(tx, seen, NOW))
    return await store.read(lambda tx: team_of(tx, CHANNEL))


async def test_what_was_told_last_counts_and_what_was_not_said_stays(store: Store) -> None:
    assert await store.read(lambda tx: team_of(tx, CHANNEL)) is None
    assert await noted(store, SEEN) == SEEN
    silent = replace(SEEN, team="", service_url="", installed=False)
    assert await noted(store, silent) == replace(SEEN, installed=False)
    assert await noted(store, SEEN) == SEEN


async def test_another_tenants_team_is_not_ours(store: Store) -> None:
    assert await noted(store, replace(SEEN, workspace="other")) is None
    elsewhere = replace(CHANNEL, team="another", conversation="19:third@x")
    await noted(store, SEEN)
    assert await store.read(lambda tx: team_of(tx, elsewhere)) is None
    general = replace(CHANNEL, team=None, conversation=SEEN.thread)
    assert await store.read(lambda tx: team_of(tx, general)) == SEEN
    slack = replace(general, platform=Platform.SLACK)
    assert await store.read(lambda tx: team_of(tx, slack)) is None


async def test_a_brief_goes_to_where_its_team_is_served(store: Store) -> None:
    district = example().district
    first = replace(district.committees[0], channels=(CHANNEL,))
    moved = replace(district, committees=(first, *district.committees[1:]))
    await store.write(lambda tx: tx.put_district(moved, "", NOW))

    async def brief(campaign: str) -> str | None:
        def queue_and_look(tx):  # type: ignore[no-untyped-def]
            tx.deliver_to_queue(
                first.key, campaign=campaign, kind="brief", subject=uuid4(), now=NOW
            )
            return tx.connection.execute(
                select(delivery.c.service_url).where(
                    delivery.c.platform == Platform.TEAMS, delivery.c.campaign == campaign
                )
            ).scalar_one()

        found: str | None = await store.write(queue_and_look)
        return found

    assert await brief("item:1") is None, "then where the settings say"
    await noted(store, SEEN)
    assert await brief("item:2") == "https://emea"
