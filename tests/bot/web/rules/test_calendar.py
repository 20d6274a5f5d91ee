"""The dates of IT rules in a calendar program and in a feed reader, which cannot sign in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from uuid import uuid4
from xml.etree import ElementTree as Xml

import httpx
import pytest
import vobject
from sqlalchemy import text

from bot.cards import card_of
from bot.web.feeds import OF_ONE_ADDRESS
from core.words import Words
from governance.feeds.commands import MakeCalendarAddress
from governance.feeds.messages import CalendarAddress
from governance.home.commands import KeepHouse
from governance.rules.handlers import news_of
from governance.rules.model import RuleStep
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import audited, leave
from tests.governance.rules.test_process import take, written
from tests.journeys.town import CHAIR, ISO, TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    """A rule with a title that needs care is open for comment; another is a draft."""
    async with hall(tmp_path) as found:
        opened = uuid4()
        title = "Cameras; doors, halls\\ and ñandúes " + "long " * 20
        await found.ask(ISO, written(opened, number="ITR 7", title=title))
        await take(found, ISO, opened, RuleStep.PROPOSED)
        await take(found, CHAIR, opened, RuleStep.OPENED)
        await found.ask(ISO, written(uuid4(), number="ITR 11", title="A secret draft"))
        yield found


async def addresses(town: Hall, who: str = TEACHER) -> list[str]:
    """Made with a press on the page."""
    async with browser(town, who) as client:
        page = (await client.get("/rules/calendar")).text
        assert "/rules/private/" not in page, "what was made before is not shown"
        action = re.search(r'action="(/do/make-rule-calendar[^"]*)"', page)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert action is not None
        assert csrf is not None
        done = await client.post(action[1], data={"csrf": csrf[1]}, follow_redirects=True)
    found = re.findall(r'href="(/rules/private/[^"]+)"', unescape(done.text))
    assert [one.rpartition(".")[2] for one in found] == ["ics", "xml"], done.text
    return found


async def test_every_page_and_card_names_the_same_last_day_for_comments(town: Hall) -> None:
    """The period ends at midnight, which is the next day already."""
    [rule] = [
        one for one in await town.core.store.read(lambda tx: tx.rules()) if one.number == "ITR 7"
    ]
    [opened] = await town.core.store.read(
        lambda tx: [one for one in tx.rule_steps(rule.id) if one.step is RuleStep.OPENED]
    )
    news = await town.core.store.read(lambda tx: news_of(tx, opened, rule))
    told = card_of(news, Words("en", "America/Chicago"))
    town.clock.moved += timedelta(days=20)
    for who in (ISO, CHAIR):
        async with browser(town, who) as client:
            pages = {
                path: unescape((await client.get(path)).text)
                for path in ("/", "/rules", f"/rules/{rule.id}", "/rules/calendar.ics")
            }
        pages["the message"] = repr(told)
        for place, said in pages.items():
            assert re.search(r"Nov(ember)? 4\b|20261104", said), (who, place)
            assert not re.search(r"Nov(ember)? 5\b", said), (who, place)
    assert re.search("Comments on ITR 7 end", pages["/"])


async def got(town: Hall, path: str) -> httpx.Response:
    """As a program gets it: nobody is signed in."""
    async with browser(town) as client:
        return await client.get(path)


async def test_a_calendar_program_reads_the_dates_without_signing_in(town: Hall) -> None:
    ics, xml = await addresses(town)
    answer = await got(town, ics)
    assert answer.headers["content-type"].startswith("text/calendar")
    [event] = vobject.readOne(answer.text).vevent_list
    assert event.dtstart.value == date(2026, 11, 4)
    assert event.dtend.value == date(2026, 11, 5)
    assert event.summary.value.startswith("Comments end on Wednesday, November 4")
    assert "ITR 7: Cameras; doors, halls\\ and ñandúes long" in event.summary.value
    assert event.url.value.startswith("http://testserver/rules/")
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    again = vobject.readOne((await got(town, ics)).text).vevent
    assert again.uid.value == event.uid.value, "a program knows it again"

    feed = Xml.fromstring((await got(town, xml)).text)  # noqa: S314 - we wrote it
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(list(feed.iter(f"{atom}entry"))) == 1
    own = feed.find(f"{atom}link")
    assert own is not None
    assert own.get("href") == f"http://testserver{xml}"


async def test_it_shows_what_any_member_of_staff_may_read(town: Hall) -> None:
    for who in (ISO, CHAIR):
        ics, _ = await addresses(town, who)
        answer = (await got(town, ics)).text
        assert answer.count("BEGIN:VEVENT") == 1
        assert "secret" not in answer


async def test_a_new_address_ends_the_one_before_and_only_a_hash_is_kept(town: Hall) -> None:
    old, _ = await addresses(town)
    new, _ = await addresses(town)
    assert (await got(town, old)).status_code == 404
    assert (await got(town, new)).status_code == 200
    assert (await got(town, new.replace("it-rules", "other"))).status_code == 404
    rows = await town.core.store.read(
        lambda tx: tx.connection.execute(text("SELECT hash FROM calendar_address")).scalars().all()
    )
    assert len(rows) == 1
    assert re.fullmatch("[0-9a-f]{64}", rows[0])
    assert new.split("/")[3] not in "".join(await audited(town))
    assert "private calendar address made" in await audited(town)


async def test_it_ends_when_its_owner_leaves_and_does_not_come_back_with_them(town: Hall) -> None:
    ics, _ = await addresses(town)
    await leave(town, TEACHER)
    assert (await got(town, ics)).status_code == 404
    await town.core.dispatch.by_itself(KeepHouse())
    await town.core.store.write(
        lambda tx: tx.connection.execute(text("UPDATE person SET active = true"))
    )
    assert (await got(town, ics)).status_code == 404


async def test_nobody_reads_it_as_often_as_they_like(town: Hall) -> None:
    made = await town.ask(TEACHER, MakeCalendarAddress())
    assert isinstance(made, CalendarAddress)
    path = f"/rules/private/{made.key}/it-rules.ics"
    async with browser(town) as client:
        for _ in range(OF_ONE_ADDRESS):
            assert (await client.get(path)).status_code == 200
        answer = await client.get(path)
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "600"
        town.clock.forward(minutes=11)
        assert (await client.get(path)).status_code == 200


async def test_a_guess_leads_nowhere_and_to_no_sign_in_page(town: Hall) -> None:
    answer = await got(town, f"/rules/private/{'a' * 32}/it-rules.ics")
    assert answer.status_code == 404
    assert "location" not in answer.headers
