"""What else goes out soon, beside a draft that is checked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from governance.access import Actor
from governance.announcements.ahead import going_out
from governance.announcements.commands import CheckAnnouncement, SendAnnouncement
from governance.messages import AnnouncementDrafted, AnnouncementScheduled
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_announcing import WORDS, write
from tests.journeys.town import CHAIR, CTO, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def scheduled(town: Hall) -> UUID:
    one = await write(town)
    later = SendAnnouncement(announcement_id=one, at=town.clock() + timedelta(days=3))
    assert isinstance(await town.ask(CTO, later), AnnouncementScheduled)
    return one


async def test_a_draft_is_checked_beside_what_else_is_planned(town: Hall) -> None:
    one, draft = await scheduled(town), await write(town)
    checked = await town.ask(CTO, CheckAnnouncement(announcement_id=draft))
    assert isinstance(checked, AnnouncementDrafted)
    assert [one.title.default for one in checked.ahead if not one.survey] == [WORDS["title"]]
    assert checked.notice is not None
    assert checked.notice.acknowledge
    async with browser(town, CTO) as client:
        page = (await client.get(f"/announcements/{draft}/draft")).text
    assert f"“{WORDS['title']}”" in page.partition("What else goes out soon")[2]
    later = await town.core.store.read(lambda tx: tx.announcement(one))
    assert later is not None
    assert later.send_at is not None
    zone = ZoneInfo((await person(town.core, CTO)).timezone)
    assert checked.ahead[0].at.astimezone(zone) == later.send_at.astimezone(zone)


async def test_whoever_is_not_of_the_office_is_told_of_nothing_else(town: Hall) -> None:
    await scheduled(town)
    chair = Actor(person=await person(town.core, CHAIR))
    ahead = await town.core.store.read(
        lambda tx: going_out(tx, chair, town.clock(), but=UUID(int=0))
    )
    assert ahead == ()
