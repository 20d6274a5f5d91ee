"""Signing up on the web, and a session's file as a calendar program reads it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
import vobject

from governance.learning.commands import CancelSession
from governance.learning.model import Format
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.learning.test_sessions import offered, planned
from tests.journeys.town import CTO, OFFICE, TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def press(client: httpx.AsyncClient, path: str, kind: str) -> str:
    """Press the button of a kind on a page: what the next page says."""
    page = (await client.get(path)).text
    action = re.search(rf'action="(/do/{kind}\|[^"]+)"', page)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert action is not None, page
    assert csrf is not None
    done = await client.post(action[1], data={"csrf": csrf[1]}, follow_redirects=True)
    assert done.status_code == 200
    return done.text


async def test_one_press_signs_up_and_one_cancels(town: Hall) -> None:
    session = await offered(town, capacity="1")
    at = f"/learning/{session}"
    async with browser(town, TEACHER) as client:
        assert "1 seat left" in (await client.get("/learning")).text
        assert "You have a seat." in await press(client, "/learning", "sign-up")
        async with browser(town, OFFICE) as other:
            waits = await press(other, at, "sign-up")
            assert "You are number 1 on the waiting list." in waits
            assert "You are no longer signed up." in await press(client, at, "cancel-seat")
            home = (await other.get("/")).text
            assert "You have a seat: New sign-in page" in home
            assert "You have a seat." in (await other.get(at)).text


async def test_a_calendar_program_reads_the_file_and_knows_it_again_when_it_moves(
    town: Hall,
) -> None:
    title = "Signing in; badges, doors\\ and ñandúes " + "long " * 8
    more = {"title": title, "format": Format.ONLINE, "link": "https://meet.example.org/a?b=c;d"}
    session = await offered(town, **more)
    path = f"/learning/{session}/calendar.ics"
    async with browser(town, TEACHER) as client:
        first = await client.get(path)
        assert "meet.example.org" not in first.text, "the link is for those who have a seat"
        await press(client, f"/learning/{session}", "sign-up")
        answer = await client.get(path)
        assert answer.headers["content-type"].startswith("text/calendar")
        event = vobject.readOne(answer.text).vevent
        assert event.summary.value == title.strip()
        assert event.dtstart.value == datetime(2026, 10, 12, 20, 30, tzinfo=UTC)
        assert event.dtend.value == datetime(2026, 10, 12, 21, 30, tzinfo=UTC)
        assert event.location.value == "Online · Room 4, Lincoln Middle School"
        assert "https://meet.example.org/a?b=c;d" in event.description.value
        assert event.url.value == f"http://testserver/learning/{session}"
        assert (event.sequence.value, event.status.value) == ("0", "CONFIRMED")
        assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))

        await town.ask(CTO, planned(session, **more, day=date(2026, 11, 9)))
        moved = vobject.readOne((await client.get(path)).text).vevent
        assert moved.uid.value == event.uid.value
        assert moved.sequence.value == "1"
        assert moved.dtstart.value == datetime(2026, 11, 9, 21, 30, tzinfo=UTC), "standard time"
        await town.ask(CTO, CancelSession(session_id=session))
        gone = vobject.readOne((await client.get(path)).text).vevent
        assert (gone.uid.value, gone.sequence.value) == (event.uid.value, "2")
        assert gone.status.value == "CANCELLED"
    async with browser(town) as nobody:
        answer = await nobody.get(path)
        assert "BEGIN:VCALENDAR" not in answer.text
