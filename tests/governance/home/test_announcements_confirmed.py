"""The CTO's Home: how many have confirmed the announcements whose time is up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from governance.announcements.asked import by_name
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.messages import Notice
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_campaigning import ALL, became
from tests.governance.home.test_overview import tiles
from tests.governance.lessons.test_lessons import sent as lesson_sent
from tests.journeys.town import CTO, OFFICE, TEACHER

LABEL = "Announcements confirmed"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def announced(town: Hall, due: date | None = None) -> UUID:
    """An announcement that all four of them got."""
    one, audience = uuid4(), Audience(people=frozenset(ALL))
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=one, audience=audience, due=due, **by_name(WORDS))
    )
    await town.ask(CTO, SendAnnouncement(announcement_id=one))
    for email in ALL:
        await became(town, email, state="sent")
    return one


async def confirmed(town: Hall, one: UUID, *emails: str) -> None:
    for email in emails:
        told = await town.ask(email, AcknowledgeAnnouncement(announcement_id=one))
        assert isinstance(told, Notice), told


async def test_what_is_not_due_yet_is_not_in_the_figure(town: Hall) -> None:
    first = await announced(town, town.clock().date() + timedelta(days=3))
    await confirmed(town, first, TEACHER, OFFICE)
    tile = (await tiles(town, CTO))[LABEL]
    assert (tile.figure, tile.trend) == ("–", ())
    assert tile.says == "None came due in the last 90 days · 1 not due yet"

    town.clock.forward(days=3)
    assert (await tiles(town, CTO))[LABEL].figure == "–", "its last day is not over"

    town.clock.forward(days=1)
    await announced(town, town.clock().date() + timedelta(days=10))
    tile = (await tiles(town, CTO))[LABEL]
    assert (tile.figure, tile.trend) == ("50%", ())
    assert tile.says == "2 of 4 in 1 announcement of the last 90 days · 1 not due yet"


async def test_what_has_no_day_counts_after_a_week(town: Hall) -> None:
    one = await announced(town)
    await confirmed(town, one, TEACHER)
    town.clock.forward(days=6)
    assert (await tiles(town, CTO))[LABEL].figure == "–"
    town.clock.forward(days=1)
    tile = (await tiles(town, CTO))[LABEL]
    assert (tile.figure, tile.says) == ("25%", "1 of 4 in 1 announcement of the last 90 days")


async def test_a_lesson_is_not_an_announcement(town: Hall) -> None:
    await lesson_sent(town)
    town.clock.forward(days=30)
    tile = (await tiles(town, CTO))[LABEL]
    assert (tile.figure, tile.says) == ("–", "None came due in the last 90 days")
