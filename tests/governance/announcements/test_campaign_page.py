"""What became of an announcement, as its page shows it: filtered, sorted, and of any size."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import event, insert, select, update

from core.words import Words
from governance.announcements.commands import AcknowledgeAnnouncement, SendAnnouncement
from governance.announcements.model import RecipientFilter
from governance.duties.model import Count
from governance.wording import delivery_reason
from storage.ledger_tables import delivery
from storage.tables import building, person
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_announcing import campaign, write
from tests.journeys.town import CHAIR, CTO, TEACHER
from tests.journeys.town import person as found_person

BUILDINGS = 41


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def sent(town: Hall) -> UUID:
    announcement = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    return announcement


async def became(town: Hall, announcement: UUID, email: str, **values: Any) -> None:
    who = await found_person(town.core, email)
    mine = delivery.c.subject == announcement, delivery.c.person_id == who.id
    await town.core.store.write(
        lambda tx: tx.connection.execute(update(delivery).where(*mine).values(values))
    )


async def test_each_chip_shows_as_many_as_it_says(town: Hall) -> None:
    announcement = await sent(town)
    await became(town, announcement, TEACHER, state="sent", sent_at=town.clock())
    await became(town, announcement, CHAIR, state="unreachable", why="x")
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    counts = (await campaign(town, announcement)).counts
    assert counts[RecipientFilter.ALL] == 3
    assert counts[RecipientFilter.READ] == counts[RecipientFilter.SENT] == 1
    assert counts[RecipientFilter.MISSED] == 1
    for chosen in RecipientFilter:
        shown = await campaign(town, announcement, outcome=chosen)
        assert shown.paging.matching == len(shown.recipients) == counts[chosen], chosen


async def test_its_people_are_sorted_by_what_is_asked_for(town: Hall) -> None:
    announcement = await sent(town)
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    teacher = (await found_person(town.core, TEACHER)).id
    for order in ("confirmed", "-confirmed"):
        shown = await campaign(town, announcement, sort=order)
        assert shown.recipients[0].person == teacher, "who has not confirmed is last either way"
    rising = (await campaign(town, announcement, sort="building")).recipients
    falling = (await campaign(town, announcement, sort="-building")).recipients
    assert [one.building for one in falling] == [one.building for one in rising][::-1]
    assert len((await campaign(town, announcement, sort="-email")).recipients) == 3


async def test_buildings_without_a_date_are_of_those_who_got_it(town: Hall) -> None:
    announcement = await sent(town)
    assert (await campaign(town, announcement)).buildings == ()
    for email in (TEACHER, CHAIR):
        await became(town, announcement, email, state="sent", sent_at=town.clock())
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    buildings = (await campaign(town, announcement)).buildings
    assert (sum(one.asked for one in buildings), sum(one.done for one in buildings)) == (2, 1)
    assert all(isinstance(one, Count) for one in buildings)


async def test_its_file_says_of_each_person_what_became_of_it_why_and_where(town: Hall) -> None:
    """Of an announcement without a day to confirm by, too. Nobody else gets it."""
    announcement = await sent(town)
    await became(town, announcement, TEACHER, state="sent", sent_at=town.clock(), platform="teams")
    await became(town, announcement, CHAIR, state="failed", why="timeout", platform="slack")
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    at = f"/announcements/{announcement}/progress"
    async with browser(town, CTO) as client:
        page = await client.get(at)
        assert "?file=csv" in page.text
        assert "Download confirmations" not in page.text, "there is no day to confirm by"
        file = (await client.get(f"{at}?file=csv")).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert len(rows) == 3
    people = {one["Person"]: one for one in rows}
    for email, (state, where) in {TEACHER: ("Sent", "Teams"), CHAIR: ("Failed", "Slack")}.items():
        who = await found_person(town.core, email)
        row = people[f"{who.given_name} {who.family_name}"]
        assert (row["Delivery"], row["Where"]) == (state, where)
        assert row["Reason"] == (delivery_reason(Words("en"), "timeout") if email == CHAIR else "")
        assert (row["Confirmed"] == "Not yet") is (email == CHAIR)
    async with browser(town, TEACHER) as client:
        assert (await client.get(f"{at}?file=csv")).status_code == 403


async def test_nobody_but_the_office_opens_it(town: Hall) -> None:
    announcement = await sent(town)
    for email in (TEACHER, CHAIR):
        async with browser(town, email) as client:
            page = await client.get(f"/announcements/{announcement}/progress")
        assert page.status_code == 403
        assert "Person by person" not in page.text


async def test_seven_thousand_people_cost_no_statement_more(town: Hall) -> None:
    announcement = await sent(town)
    for email in (TEACHER, CHAIR):
        await became(town, announcement, email, state="sent", sent_at=town.clock())
    async with browser(town, CTO) as client:
        await _statements(town, client, announcement)
        few, _ = await _statements(town, client, announcement)
        await town.core.store.write(lambda tx: _fill(tx, announcement))
        many, page = await _statements(town, client, announcement)
    assert many == few <= 25
    assert len(page.encode()) <= 60_000
    assert "7,003" in page
    assert "Page 1 of 351" in page
    assert "Show 34 more buildings" in page


async def test_more_lanes_cost_no_statement_more_while_it_is_on_its_way(town: Hall) -> None:
    announcement = await sent(town)
    for email in (TEACHER, CHAIR, CTO):
        await became(town, announcement, email, state="queued", lane="slack:T1")
    async with browser(town, CTO) as client:
        await _statements(town, client, announcement)
        few, _ = await _statements(town, client, announcement)
        await became(town, announcement, TEACHER, lane="slack:T2")
        await became(town, announcement, CHAIR, lane="teams:T3")
        many, _ = await _statements(town, client, announcement)
    assert many == few <= 25
    assert (await campaign(town, announcement)).tally.expected_end is not None


async def _statements(town: Hall, client: httpx.AsyncClient, announcement: UUID) -> tuple[int, str]:
    seen = [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(town.core.store.engine, "after_cursor_execute", counted)
    try:
        page = await client.get(f"/announcements/{announcement}/progress")
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", counted)
    assert page.status_code == 200
    return seen[0], page.text


def _fill(tx: Any, announcement: UUID) -> None:
    """Seven thousand more who got it, in many buildings."""
    mine = delivery.c.subject == announcement, delivery.c.state == "sent"
    one = dict(tx.connection.execute(select(delivery).where(*mine).limit(1)).mappings().one())
    who = dict(tx.connection.execute(select(person).limit(1)).mappings().one())
    place = dict(tx.connection.execute(select(building).limit(1)).mappings().one())
    keys = [f"school-{n}" for n in range(BUILDINGS - 1)]
    tx.connection.execute(
        insert(building), [{**place, "key": key, "name": f"School {key}"} for key in keys]
    )
    people, messages = [], []
    for n in range(7_000):
        new = uuid4()
        row = {"id": new, "sourced_id": f"many-{n}", "email": f"many-{n}@example.org"}
        people.append({**who, **row, "family_name": f"Many-{n}", "building": keys[n % len(keys)]})
        messages.append({**one, "id": uuid4(), "person_id": new, "recipient": f"person:{new}"})
    tx.connection.execute(insert(person), people)
    tx.connection.execute(insert(delivery), messages)
