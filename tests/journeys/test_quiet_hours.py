"""An evening and a morning in Slack: what may arrive when, and who is told so beforehand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from core.local_time import moment
from core.people import Platform
from core.school_calendar import Calendar, Hours
from governance.committees.model import Office
from governance.docket.commands import FileReading
from governance.feedback.model import Item, Naming, Urgency
from governance.upkeep.handlers import EVENTS_KEPT
from tests.attacks.hall import reading
from tests.journeys.running import Running, running, until
from tests.journeys.test_slack import STAFF, Place
from tests.journeys.town import CHAIR, CTO, TEACHER, example, person, settle
from tests.journeys.trips import launch
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts

CENTRAL = ZoneInfo("America/Chicago")
NIGHTS = Calendar(quiet=Hours(begins=time(18), ends=time(7)), weekends=False)
WORDS = {
    "title": "Passwords are now passphrases",
    "what": "Passwords become passphrases of four words.",
    "why": "They are longer and easier to keep.",
    "when": "From December 7.",
    "who": "Everybody who signs in.",
    "action": "Choose a passphrase when you are asked.",
}
RESPONDERS = [
    email
    for officer in example().district.officers
    if officer.office is Office.RESPONDER_SAFETY
    for email in (officer.person, *officer.deputies)
]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """The town with quiet hours, on Slack; its clock shows eight in the evening."""
    async with SlackStandIn() as slack:
        people = (*STAFF, TEACHER, CHAIR, CTO, *RESPONDERS)
        users = {email: slack.add_user(email) for email in dict.fromkeys(people)}
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
        }
        async with running(
            tmp_path, settle(Platform.SLACK, calendar=NIGHTS), **settings
        ) as service:
            slack.app = f"{service.url}/slack/events"
            found = Place(service, slack, users, {})
            await to_the_next(service, 20)
            yield found


async def to_the_next(service: Running, hour: int, minute: int = 0) -> None:
    """Let time pass until a wall clock in Chicago shows that."""
    now = service.clock()
    wall = datetime.combine(now.astimezone(CENTRAL).date(), time(hour, minute))
    while moment(wall, CENTRAL) <= now:
        wall += timedelta(days=1)
    await service.pass_time(seconds=(moment(wall, CENTRAL) - now).total_seconds())


async def modal(place: Place, user: str, words: str) -> str:
    async def look() -> str:
        shown = place.slack.modal(user)
        said = texts(shown) if shown else ""
        return said if words in said else ""

    found: str = await until(look)
    return found


async def test_what_is_announced_in_the_evening_arrives_in_the_morning(place: Place) -> None:
    slack, cto = place.slack, place.users[CTO]
    await slack.command(cto, "announce")
    await modal(place, cto, "Title")
    await slack.submit(cto, WORDS)
    said = await modal(place, cto, "in quiet hours and get")
    assert "at 7:00" in said, "before it is sent, it says when people get it"
    await slack.submit(cto, {})
    assert "at 7:00" in await modal(place, cto, "is going out to")

    staff = [place.users[email] for email in STAFF]
    await asyncio.sleep(2)  # the pump looks every second
    assert not any(place.count(user, WORDS["title"]) for user in staff)

    await to_the_next(place.service, 6, 59)
    await asyncio.sleep(2)
    assert not any(place.count(user, WORDS["title"]) for user in staff)

    await to_the_next(place.service, 7)
    for user in staff:
        await place.message(user, WORDS["title"])
    assert [place.count(user, WORDS["title"]) for user in staff] == [1] * len(staff)


async def say_something_urgent(place: Place, words: str) -> None:
    """It is said and read; what reads is tested elsewhere."""
    service = place.service
    author = await person(service.core, TEACHER)
    item = Item(
        id=uuid4(),
        author=author.id,
        naming=Naming.WITHHELD,
        role=author.role,
        level=author.level,
        received_at=service.clock(),
    )
    read = FileReading(item_id=item.id, reading=reading(words, "network", Urgency.SAFETY))
    await service.core.store.write(lambda tx: tx.add_item(item, words))
    await service.core.dispatch.by_itself(read)


async def test_an_urgent_message_reaches_its_responder_in_the_night_and_no_one_else(
    place: Place,
) -> None:
    author, clerk = place.users[TEACHER], place.users[STAFF[0]]
    await launch(place.service, STAFF[:1])
    await say_something_urgent(place, "A student in my class says he has a gun in his locker")
    alert = await place.message(place.users[RESPONDERS[0]], "gun in his locker")
    assert "urgent" in texts(alert).lower()
    told = await place.message(author, "911")
    assert told, "whoever has just written is answered"
    assert not place.slack.from_app(clerk), "and the survey waits for the morning"


async def test_the_night_is_when_the_house_is_kept(place: Place) -> None:
    service = place.service
    store = service.core.store
    old = service.clock() - EVENTS_KEPT
    assert await store.write(lambda tx: tx.first_time("an-old-event", old))
    assert await store.write(lambda tx: tx.first_time("a-new-event", service.clock()))
    await to_the_next(place.service, 2, 31)
    assert await store.write(lambda tx: tx.first_time("an-old-event", service.clock()))
    assert not await store.write(lambda tx: tx.first_time("a-new-event", service.clock()))
