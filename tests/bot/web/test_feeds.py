"""The change calendar in calendar programs and feed readers, and those who make up addresses."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as Xml

import httpx
import pytest
import vobject

from bot.web import feeds
from bot.web.anonymous import turnstile
from governance.changes.model import ChangeStep
from governance.feeds.commands import DropCalendarAddress, MakeCalendarAddress
from governance.feeds.messages import CalendarAddress
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser, pages
from tests.governance.announcements.test_campaigning import audited
from tests.governance.changes.test_process import DAY, SPANISH, approved, drafted, take
from tests.journeys.town import CTO, TEACHER

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def key_of(town: Hall, who: str = TEACHER) -> str:
    made = await town.ask(who, MakeCalendarAddress())
    assert isinstance(made, CalendarAddress)
    return made.key


async def got(town: Hall, path: str) -> httpx.Response:
    """As a program gets it: nobody is signed in."""
    async with browser(town) as client:
        return await client.get(path)


async def events(town: Hall, key: str) -> list[vobject.base.Component]:
    answer = await got(town, f"/calendar/private/{key}/changes.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    return list(getattr(vobject.readOne(answer.text), "vevent_list", []))


async def test_a_calendar_program_hears_of_a_change_its_new_day_and_its_end(town: Hall) -> None:
    key = await key_of(town)
    await drafted(town)
    assert await events(town, key) == [], "a draft is nobody's to read"
    change = await approved(town)
    [event] = await events(town, key)
    assert event.summary.value == "New sign-in page"
    assert (event.dtstart.value, event.dtend.value) == (DAY, date(2026, 11, 10))
    assert event.url.value == f"http://testserver/calendar/{change}"
    assert (event.sequence.value, event.status.value) == ("0", "CONFIRMED")
    uid = event.uid.value

    town.clock.forward(days=1)
    await take(town, CTO, change, ChangeStep.MOVED, "Late.", date(2026, 11, 16))
    [event] = await events(town, key)
    assert event.uid.value == uid, "a program knows it again"
    assert event.dtstart.value == date(2026, 11, 16)
    assert event.sequence.value == "1"

    town.clock.forward(days=1)
    await take(town, CTO, change, ChangeStep.WITHDRAWN, "No budget.")
    [event] = await events(town, key)
    assert (event.uid.value, event.sequence.value) == (uid, "2")
    assert event.status.value == "CANCELLED"


async def test_a_feed_reader_hears_the_same_and_whoever_is_signed_in(town: Hall) -> None:
    key, change = await key_of(town), await approved(town)
    path = f"/calendar/private/{key}/changes.xml"
    feed = Xml.fromstring((await got(town, path)).text)  # noqa: S314 - we wrote it
    [entry] = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "New sign-in page"
    said = entry.findtext(f"{ATOM}summary") or ""
    assert said.startswith("Approved. Planned for Monday, November 9.")
    assert str(change) in (entry.findtext(f"{ATOM}id") or "")
    own = feed.find(f"{ATOM}link")
    assert own is not None
    assert own.get("href") == f"http://testserver{path}"
    async with browser(town, TEACHER) as client:
        for ends in ("ics", "xml"):
            answer = await client.get(f"/calendar/changes.{ends}")
            assert answer.status_code == 200
            assert "New sign-in page" in answer.text
    assert "New sign-in page" not in (await got(town, "/calendar/changes.ics")).text


async def test_one_key_serves_rules_and_changes_in_its_owners_language(town: Hall) -> None:
    await approved(town)
    await town.core.store.write(
        lambda tx: tx.choose_language(_id(tx.person_by_email(TEACHER)), "es")
    )
    key = await key_of(town)
    [event] = await events(town, key)
    assert event.summary.value == SPANISH["title.es"]
    assert (await got(town, f"/rules/private/{key}/it-rules.ics")).status_code == 200
    for wrong in (f"/rules/private/{key}/changes.ics", f"/calendar/private/{key}/it-rules.ics"):
        assert (await got(town, wrong)).status_code == 404


def _id(person: object) -> UUID:
    found = getattr(person, "id", None)
    assert isinstance(found, UUID)
    return found


async def test_an_address_is_switched_off_with_a_press(town: Hall) -> None:
    key = await key_of(town)
    async with browser(town, TEACHER) as client:
        page = (await client.get("/rules/calendar")).text
        action = re.search(r'action="(/do/drop-calendar[^"]*)"', page)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert action is not None
        assert csrf is not None
        done = await client.post(action[1], data={"csrf": csrf[1]}, follow_redirects=True)
    assert "Your address is switched off." in unescape(done.text)
    assert "Make my address" in done.text
    for path in (f"/calendar/private/{key}/changes.ics", f"/rules/private/{key}/it-rules.ics"):
        assert (await got(town, path)).status_code == 404
    assert "private calendar address switched off" in await audited(town)
    again = await town.ask(TEACHER, DropCalendarAddress())
    assert again == CalendarAddress(made_at=None)


async def test_whoever_makes_up_keys_shuts_out_nobody_who_has_one(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five networks could shut it for everybody: there was one limit for all of them together."""
    monkeypatch.setattr(feeds, "MADE_UP", 4)
    monkeypatch.setattr(turnstile, "FROM_ALL", 10)
    key, app = await key_of(town), pages(town)
    right = f"/calendar/private/{key}/changes.ics"
    for network in range(1, 7):
        transport = httpx.ASGITransport(app=app, client=(f"10.{network}.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            made_up = [
                (await client.get(f"/calendar/private/{'a' * 31}{n}/changes.ics")).status_code
                for n in range(6)
            ]
            assert made_up == [404] * 4 + [429] * 2, "each network has its own limit"
            assert (await client.get(right)).status_code == 200, "also from that network"


async def test_the_prefixes_of_one_home_make_up_keys_as_one_network(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MADE_UP", 4)
    app, tried = pages(town), list[int]()
    for prefix in range(1, 7):
        transport = httpx.ASGITransport(app=app, client=(f"2001:db8:1:{prefix}::1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            path = f"/calendar/private/{'a' * 31}{prefix}/changes.ics"
            tried.append((await client.get(path)).status_code)
    assert tried == [404] * 4 + [429] * 2
