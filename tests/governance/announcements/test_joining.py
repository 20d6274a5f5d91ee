"""Late joiners get an announcement once, until a day, and never after it was stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from governance.access import Source
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    RecallAnnouncement,
    ResumeCampaign,
    StopCampaign,
)
from governance.announcements.commands import (
    SendAnnouncement,
    SendToJoiners,
    WriteAnnouncement,
)
from governance.forms.messages import FormView
from governance.lists.commands import WriteList
from governance.messages import AnnouncementDrafted, AnnouncementScheduled
from surveys.messages import Rejected
from tests.attacks.hall import MONDAY, Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_guarding import settings
from tests.governance.lists.test_lists import got
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER
from tests.postgres import migrated_database

TODAY = MONDAY.date()


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def on_the_list(town: Hall, *emails: str) -> None:
    key = {"key": "users"}
    assert not isinstance(
        await town.ask(CTO, WriteList(**key, name="Users", addresses="\n".join(emails))), Rejected
    )


async def sent(town: Hall, until: date | None = TODAY + timedelta(days=7)) -> UUID:
    announcement = uuid4()
    write = WriteAnnouncement(
        announcement_id=announcement,
        **by_name(WORDS),
        audience=Audience(lists=frozenset({"users"})),
        joiners_until=until,
    )
    assert isinstance(await town.ask(CTO, write), AnnouncementDrafted)
    done = await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    assert isinstance(done, AnnouncementScheduled)
    return announcement


async def morning(town: Hall, days: int = 1) -> None:
    town.clock.moved += timedelta(days=days)
    await town.core.dispatch.by_itself(SendToJoiners(), Source.CLOCK)


async def test_a_late_joiner_gets_it_once(town: Hall) -> None:
    await on_the_list(town, TEACHER)
    await sent(town)
    await on_the_list(town, OFFICE)
    await morning(town)
    assert await got(town) == sorted([TEACHER, OFFICE]), "and who left the list keeps it"
    await morning(town, 0)
    await on_the_list(town, OFFICE, TEACHER)
    await morning(town)
    assert await got(town) == sorted([TEACHER, OFFICE])


async def test_only_until_the_day_and_on_school_days(town: Hall) -> None:
    await on_the_list(town, TEACHER)
    await sent(town)  # until the next Monday
    await on_the_list(town, OFFICE)
    await morning(town, 5)
    assert await got(town) == [TEACHER], "on a Saturday"
    await morning(town, 2)
    assert await got(town) == sorted([TEACHER, OFFICE])
    await on_the_list(town, OFFICE, CHAIR)
    await morning(town)
    assert await got(town) == sorted([TEACHER, OFFICE])


async def test_nobody_joins_where_it_was_not_asked_for_or_not_any_more(town: Hall) -> None:
    await on_the_list(town, TEACHER)
    await sent(town, None)
    stopped, recalled = await sent(town), await sent(town)
    await town.ask(CTO, StopCampaign(subject=stopped))
    await town.ask(CTO, RecallAnnouncement(announcement_id=recalled))
    await on_the_list(town, OFFICE)
    await morning(town)
    assert OFFICE not in await got(town)
    await town.ask(CTO, ResumeCampaign(subject=stopped))
    await morning(town)
    assert (await got(town)).count(OFFICE) == 1, "the rest is sent, and to joiners too"


async def test_a_few_joiners_need_no_second_yes_and_the_day_must_fit(town: Hall) -> None:
    await settings(town, approve_above=3)
    await on_the_list(town, TEACHER)
    await sent(town)
    await on_the_list(town, TEACHER, OFFICE, CHAIR)
    await morning(town)
    assert await got(town) == sorted([TEACHER, OFFICE, CHAIR])
    for until in (TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=300)):
        write = WriteAnnouncement(announcement_id=uuid4(), **by_name(WORDS), joiners_until=until)
        no = await town.ask(CTO, write)
        assert isinstance(no, FormView)
        assert set(no.unfit) == {"joiners_until"}
