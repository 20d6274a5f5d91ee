"""All announcements as the CTO's office lists them, a page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.lists import ROWS, ListRequest
from core.people import Audience
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import RecallAnnouncement, ShowAnnouncements
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.announcements.model import AnnouncementFilter
from governance.messages import Refused
from governance.views import AnnouncementsView
from storage.tables import announcement
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.office.counting import statements
from tests.journeys.town import CHAIR, CTO, TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def written(town: Hall) -> UUID:
    one = uuid4()
    audience = Audience(people=frozenset({TEACHER}))
    await town.ask(CTO, WriteAnnouncement(announcement_id=one, audience=audience, **by_name(WORDS)))
    return one


async def listed(town: Hall, **asked: Any) -> AnnouncementsView:
    view = await town.ask(CTO, ShowAnnouncements(asked=ListRequest(**asked)))
    assert isinstance(view, AnnouncementsView), view
    return view


def ids(view: AnnouncementsView) -> list[UUID]:
    return [one.announcement.id for one in view.lines]


async def test_each_is_under_its_state(town: Hall) -> None:
    draft, sent, back = await written(town), await written(town), await written(town)
    for one in (sent, back):
        await town.ask(CTO, SendAnnouncement(announcement_id=one))
    await town.ask(CTO, RecallAnnouncement(announcement_id=back))
    assert draft in ids(await listed(town, filter=AnnouncementFilter.DRAFT))
    assert ids(await listed(town, filter=AnnouncementFilter.SENT)) == [sent]
    assert ids(await listed(town, filter=AnnouncementFilter.TAKEN_BACK)) == [back]
    everything = await listed(town)
    assert everything.found.matching == everything.found.counts[AnnouncementFilter.ALL]
    assert ids(everything)[0] == draft or draft in ids(everything), "what is not sent is first"
    assert isinstance(await town.ask(CHAIR, ShowAnnouncements()), Refused)


async def test_a_search_looks_at_titles_alone(town: Hall) -> None:
    one = await written(town)
    title = next(line for line in (await listed(town)).lines if line.announcement.id == one)
    word = title.announcement.change.title.default.split()[-1].upper()
    assert one in ids(await listed(town, search=word))
    assert ids(await listed(town, search="default translations")) == []


async def test_five_hundred_cost_no_statement_more(town: Hall) -> None:
    await written(town)
    few, _ = await statements(town, CTO, ShowAnnouncements())

    def more(tx: Any) -> None:
        row = dict(tx.connection.execute(select(announcement).limit(1)).mappings().one())
        rows = [{**row, "id": UUID(int=n + 1), "key": None} for n in range(500)]
        tx.connection.execute(announcement.insert(), rows)

    await town.core.store.write(more)
    many, view = await statements(town, CTO, ShowAnnouncements())
    assert many == few <= 25
    assert len(view.lines) == ROWS
