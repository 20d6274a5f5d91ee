"""The administrator of a building sees before the day who there has not confirmed yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from core.people import Audience, Person
from governance.announcements.campaign_commands import RecallAnnouncement
from governance.duties.commands import ShowOwed
from governance.duties.messages import OwedView
from governance.messages import Refused
from governance.read_reminders.model import READ_BY
from storage.tables import person as person_table
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import ALL
from tests.governance.read_reminders.test_by_a_date import mornings, press, sent
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

LEAD = "1 of 2 confirmed, 1 not yet, by Friday, October 16"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def _become(town: Hall, email: str, **to: object) -> None:
    change = update(person_table).where(person_table.c.email == email).values(**to)
    await town.core.store.write(lambda tx: tx.connection.execute(change).rowcount)


async def _head(town: Hall) -> Person:
    """An administrator who was asked nothing, in a building with two people who were."""
    everybody = await town.core.store.read(lambda tx: tx.people_of(Audience()))
    office = (await person(town.core, CTO)).building
    head = next(one for one in everybody if one.building != office and one.email not in (*ALL, CTO))
    await _become(town, head.email, role="administrator")
    for email in (TEACHER, OFFICE):
        await _become(town, email, building=head.building)
    other = next(one.building for one in everybody if one.building not in (head.building, office))
    for email in (CHAIR, ISO):
        await _become(town, email, building=other)
    return head


async def _names(town: Hall, email: str, address: str) -> set[str]:
    people = [await person(town.core, one) for one in (TEACHER, OFFICE, CHAIR, ISO)]
    async with browser(town, email) as client:
        page = (await client.get(address)).text
    return {one.name for one in people if one.name in page}


async def test_home_and_the_page_tell_an_administrator_before_the_day(town: Hall) -> None:
    head, announcement = await _head(town), await sent(town)
    await press(town, TEACHER, announcement)
    async with browser(town, head.email) as client:
        home = (await client.get("/")).text
        assert "Confirmations in your building" in home
        assert "1 of 2" in home
        at = f"/owed?state={READ_BY}%3A{announcement}"
        assert f'href="{at}"' in home
        page = (await client.get(at)).text
    assert LEAD in page
    assert "Overdue</" not in page, "nobody is"
    assert await _names(town, head.email, at) == {(await person(town.core, OFFICE)).name}


async def test_what_is_overdue_comes_first_and_says_so(town: Hall) -> None:
    head, announcement = await _head(town), await sent(town)
    await mornings(town, 12)  # Saturday the 17th: its day is over
    await press(town, TEACHER, announcement)
    view = await town.ask(head.email, ShowOwed(page=None))
    assert isinstance(view, OwedView)
    assert [(one.name, one.overdue) for one in view.rows] == [
        ((await person(town.core, OFFICE)).name, True)
    ]
    assert view.awaited == ()
    later = await sent(town, due=town.clock().date().replace(day=30))
    view = await town.ask(head.email, ShowOwed(page=None))
    assert [one.overdue for one in view.rows] == [True, False, False]
    assert [one.key for one in view.awaited] == [f"{READ_BY}:{later}"]


async def test_nobody_else_sees_a_name_before_anyone_is_overdue(town: Hall) -> None:
    head = await _head(town)
    await sent(town)
    for email in (TEACHER, OFFICE, CHAIR):
        assert isinstance(await town.ask(email, ShowOwed()), Refused), email
        assert await _names(town, email, "/owed") <= {(await person(town.core, email)).name}
    view = await town.ask(ISO, ShowOwed(page=None))
    assert isinstance(view, OwedView)
    assert (view.rows, view.awaited) == ((), ())
    view = await town.ask(CTO, ShowOwed(page=None))
    assert view.rows == (), "an administrator too, of a building where nobody was asked"
    elsewhere = (await person(town.core, CHAIR)).building
    await _become(town, head.email, building=elsewhere)
    view = await town.ask(head.email, ShowOwed(page=None))
    names = {(await person(town.core, one)).name for one in (CHAIR, ISO)}
    assert {one.name for one in view.rows} == names, "of their own building only"


async def test_what_was_taken_back_is_awaited_of_nobody(town: Hall) -> None:
    head, announcement = await _head(town), await sent(town)
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    await mornings(town)
    view = await town.ask(head.email, ShowOwed(page=None))
    assert isinstance(view, OwedView)
    assert (view.rows, view.awaited) == ((), ())
    async with browser(town, head.email) as client:
        assert "Everyone here has confirmed" in (await client.get("/")).text


async def test_the_counts_lead_to_the_people_only_where_the_reader_may_see_them(town: Hall) -> None:
    head, announcement = await _head(town), await sent(town)
    at, way = f"/announcements/{announcement}/acknowledged", f"/owed?state={READ_BY}%3A"
    async with browser(town, head.email) as client:
        assert way in (await client.get(at)).text
    async with browser(town, CTO) as client:
        page = (await client.get(at)).text
        assert "See who" not in page, "the progress has it person by person"
        assert f"/announcements/{announcement}/progress" in page
