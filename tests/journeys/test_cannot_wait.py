"""What cannot wait, in Slack, in Teams, and on the web with its mails: something urgent at ten on a
Sunday night, something sensitive, and something that the help desk can fix."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from core.people import Platform
from governance.committees.model import Office
from governance.docket.commands import FileReading
from governance.feedback.model import Item, Naming, Reading, Urgency
from governance.urgent.model import Did
from storage.transaction import Transaction
from tests.attacks.hall import reading
from tests.journeys.running import Running, running, until
from tests.journeys.test_quiet_hours import CENTRAL, NIGHTS, modal, to_the_next
from tests.journeys.test_slack import Place as InSlack
from tests.journeys.test_teams import Place as InTeams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import TEACHER, example, person, settle
from tests.stand_ins.help_desk import HelpDeskStandIn, help_desk_stand_in
from tests.stand_ins.mail import mail_stand_in
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts
from tests.stand_ins.teams import TeamsStandIn

if TYPE_CHECKING:
    from playwright.async_api import Browser


def named(office: Office) -> list[str]:
    found = next(one for one in example().district.officers if one.office is office)
    return [found.person, *found.deputies]


FIRST, SECOND, THIRD = named(Office.RESPONDER_SAFETY)
READER, DEPUTY = named(Office.RESTRICTED_READER)
LIMIT = 10
GUN = "A student in my class says he has a gun in his locker"
GRIEF = "My supervisor comments on my body in front of the team"
DEAD = "The projector in room 204 is dead right now"
NOTE = "The school resource officer was there at once."


async def said(service: Running, words: str, read: Reading) -> UUID:
    """It is said and read; what reads is tested elsewhere."""
    author = await person(service.core, TEACHER)
    item = Item(
        id=uuid4(),
        author=author.id,
        naming=Naming.WITHHELD,
        role=author.role,
        level=author.level,
        received_at=service.clock(),
    )

    def both(tx: Transaction) -> None:
        tx.add_item(item, words)

    await service.core.store.write(both)
    await service.core.dispatch.by_itself(FileReading(item_id=item.id, reading=read))
    return item.id


async def on_sunday_at_ten(service: Running) -> None:
    await to_the_next(service, 22)
    ahead = (6 - service.clock().astimezone(CENTRAL).weekday()) % 7
    await service.pass_time(days=ahead)
    at = service.clock().astimezone(CENTRAL)
    assert (at.weekday(), at.hour) == (6, 22)


async def history(service: Running, item: UUID) -> list[tuple[Did, str]]:
    def look(tx: Transaction) -> list[tuple[Did, str]]:
        found = [(s.did, tx.person(s.person)) for s in tx.case_steps(item, Urgency.SAFETY)]
        return [(did, one.email) for did, one in found if one is not None]

    return await service.core.store.read(look)


AFTER = [(Did.TOLD, FIRST), (Did.TOLD, SECOND), (Did.TAKEN, SECOND), (Did.CLOSED, SECOND)]


def fixable() -> Reading:
    return replace(reading(DEAD, "network"), needs_fixing=True)


def urgent() -> Reading:
    return reading("A student says …", "network", Urgency.SAFETY)


async def ticketed(desk: HelpDeskStandIn) -> dict[str, Any]:
    async def look() -> Any:
        return desk.received

    (got,) = await until(look)
    assert got.is_signed
    found: dict[str, Any] = got.json
    return found


# -- Slack ---------------------------------------------------------------------------------------


@pytest.fixture
async def desk() -> AsyncIterator[HelpDeskStandIn]:
    async with help_desk_stand_in() as found:
        yield found


@pytest.fixture
async def slack_town(tmp_path: Path, desk: HelpDeskStandIn) -> AsyncIterator[InSlack]:
    async with SlackStandIn() as slack:
        people = (TEACHER, FIRST, SECOND, THIRD, READER, DEPUTY)
        users = {email: slack.add_user(email) for email in dict.fromkeys(people)}
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
            **desk.settings,
        }
        prepare = settle(Platform.SLACK, calendar=NIGHTS)
        async with running(tmp_path, prepare, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            yield InSlack(service, slack, users, {})


async def test_at_ten_on_a_sunday_in_slack(slack_town: InSlack) -> None:
    place, service, slack = slack_town, slack_town.service, slack_town.slack
    first, second, author = (place.users[email] for email in (FIRST, SECOND, TEACHER))
    await on_sunday_at_ten(service)
    item = await said(service, GUN, urgent())
    await place.message(first, "gun in his locker")
    told = texts(await place.message(author, "We have alerted"))
    for words in ("outside their hours", "911", "988", "Not monitored around the clock"):
        assert words in told
    assert not place.count(second, "gun in his locker")

    await service.pass_time(minutes=LIMIT)
    alert = deepcopy(await place.message(second, "gun in his locker"))
    await place.restart()

    await slack.click(second, alert, "Take it")
    taken = deepcopy(await place.message(second, "You have it"))
    await place.message(first, "need to do anything")
    await place.message(author, "is acting on it")
    await service.pass_time(hours=2)
    assert not place.count(place.users[THIRD], "gun in his locker"), "nobody else is called"

    await slack.click(second, taken, "Close it")
    await modal(place, second, "How did it end?")
    await slack.submit(second, {"outcome": "helped", "note": NOTE})
    await place.message(second, NOTE)
    assert await history(service, item) == AFTER


async def test_something_sensitive_in_slack(slack_town: InSlack) -> None:
    place, service = slack_town, slack_town.service
    reader, author = place.users[READER], place.users[TEACHER]
    await to_the_next(service, 10)
    await said(service, GRIEF, reading(GRIEF, "restricted"))
    told = texts(await place.message(author, "sensitive"))
    for whom in ("Human Resources", "Title IX coordinator", "Education association"):
        assert whom in told
    await place.message(reader, "Something sensitive has been waiting for you")
    await service.pass_time(days=1)
    await to_the_next(service, 8, 1)
    while NIGHTS.is_school_day(service.clock().astimezone(CENTRAL).date()) is False:
        await service.pass_time(days=1)
    await place.message(reader, "unread since")
    await place.message(place.users[DEPUTY], "more than a day")
    to_others = [m for e in (READER, DEPUTY) for m in place.slack.from_app(place.users[e])]
    assert all(GRIEF not in texts(message) for message in to_others), "no words of it in chat"


async def test_handed_to_the_help_desk_in_slack(slack_town: InSlack, desk: HelpDeskStandIn) -> None:
    place, service = slack_town, slack_town.service
    author = place.users[TEACHER]
    await to_the_next(service, 10)
    await said(service, DEAD, fixable())
    offer = deepcopy(await place.message(author, "Send this to the help desk?"))
    assert not desk.received, "nothing goes before a yes"
    await place.slack.click(author, offer, "Yes, with my name")
    got = await ticketed(desk)
    assert (got["room"], got["contact"]["email"]) == ("room 204", TEACHER)
    await place.message(author, "under number INC-4711")
    await place.slack.click(author, offer, "Yes, without my name")
    assert len(desk.received) == 1, "it goes once"


# -- Teams ---------------------------------------------------------------------------------------


@pytest.fixture
async def teams_town(tmp_path: Path, desk: HelpDeskStandIn) -> AsyncIterator[InTeams]:
    async with TeamsStandIn() as teams:
        settings = {**teams.served_by, **desk.settings}
        prepare = settle(Platform.TEAMS, calendar=NIGHTS)
        async with running(tmp_path, prepare, **settings) as service:
            teams.reach(service.url)
            yield InTeams(service, teams, {})


async def test_at_ten_on_a_sunday_in_teams(teams_town: InTeams) -> None:
    place, service, teams = teams_town, teams_town.service, teams_town.teams
    first, second, author = [await place.join(email) for email in (FIRST, SECOND, TEACHER)]
    await on_sunday_at_ten(service)
    item = await said(service, GUN, urgent())
    await place.message(first.chat, "gun in his locker")
    told = await place.message(author.chat, "We have alerted")
    assert "988" in told.text
    await service.pass_time(minutes=LIMIT)
    alert = await place.message(second.chat, "gun in his locker")

    await place.restart()

    taken = await teams.execute(second, alert, "Take it")
    assert "You have it" in taken.text
    await place.message(first.chat, "need to do anything")
    await place.message(author.chat, "is acting on it")
    form = await teams.execute(second, taken.card, "Close it")
    without = await teams.execute(
        second, form.card, "Close it", {"field.outcome": "helped", "field.note": " "}
    )
    assert "Write what was done" in without.text
    fields = {"field.outcome": "helped", "field.note": NOTE}
    closed = await teams.execute(second, without.card, "Close it", fields)
    assert NOTE in closed.text
    assert await history(service, item) == AFTER


async def test_sensitive_and_handed_over_in_teams(
    teams_town: InTeams, desk: HelpDeskStandIn
) -> None:
    place, service = teams_town, teams_town.service
    reader, author = [await place.join(email) for email in (READER, TEACHER)]
    await to_the_next(service, 10)
    await said(service, GRIEF, reading(GRIEF, "restricted"))
    waiting = await place.message(reader.chat, "Something sensitive has been waiting for you")
    assert GRIEF not in waiting.text
    told = await place.message(author.chat, "Title IX coordinator")
    assert "Human Resources" in told.text
    await said(service, DEAD, fixable())
    offer = await place.message(author.chat, "Send this to the help desk?")
    went = await place.teams.execute(author, offer, "Yes, without my name")
    assert "on its way" in went.text
    assert (await ticketed(desk))["contact"] is None
    await place.message(author.chat, "under number INC-4711")


# -- the web, with its mails ---------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_what_cannot_wait_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with mail_stand_in() as mail:
        settings = {
            "smtp_host": "127.0.0.1",
            "smtp_port": mail.port,
            "mail_from": "sounding-board@schools.example.org",
            "mail_per_second": 100,
            "help_desk_email": "desk@schools.example.org",
        }
        async with running(tmp_path, settle(staff=5, calendar=NIGHTS), **settings) as service:

            async def mailed(to: str, words: str) -> Any:
                async def look() -> Any:
                    return [one for one in mail.to(to) if words in str(one.mail["Subject"])]

                return (await until(look))[-1]

            await on_sunday_at_ten(service)
            item = await said(service, GUN, urgent())
            letter = await mailed(FIRST, "Urgent: this needs a person now")
            assert "gun" not in letter.mail.as_string(), "a mail lies about"
            await service.pass_time(minutes=LIMIT)
            await mailed(SECOND, "Urgent: this needs a person now")
            async with signed_in(browser, service, SECOND) as page:
                await page.goto("/urgent")
                await shows(page, "Nobody yet")
                alerted = page.locator("table.rows td[data-label='People alerted']")
                assert await alerted.all_inner_texts() == ["2"]
                assert "gun" not in await page.locator("main").inner_text()
                await page.locator("table.rows tbody th a").click()
                await shows(page, "gun in his locker")
                await page.get_by_role("button", name="Take it").click()
                await shows(page, "You have it. Please act on it now.")
                await page.get_by_role("link", name="Close it").click()
                await page.get_by_role("button", name="Close it").click()
                await page.get_by_role("alert").get_by_text("Choose how it ended").first.wait_for()
                await page.get_by_label("Someone was there and helped").check()
                await page.get_by_label("What was done?").fill(NOTE)
                await page.get_by_role("button", name="Close it").click()
                await shows(page, "No case is open")
            assert await history(service, item) == AFTER

            await to_the_next(service, 10)
            grief = await said(service, GRIEF, reading(GRIEF, "restricted"))
            async with signed_in(browser, service, READER) as page:
                await page.goto("/committees/restricted")
                await shows(page, "closed the urgent case on")
                listed = await page.locator("main").inner_text()
                assert [words for words in (GRIEF, "gun") if words in listed] == []
                rows = page.locator("table a[href*='item=']")
                there = [await one.get_attribute("href") or "" for one in await rows.all()]
                both = {str(item), str(grief)}
                assert {re.sub(r".*item=|#.*", "", one) for one in there} == both, (
                    "danger is kept for this reader and the responder"
                )
                await page.locator(f"table a[href*='{grief}']").click()
                await page.locator(f"table a[aria-current][href*='{grief}']").wait_for()
                await shows(page, "Nobody has read it yet")
                await page.get_by_role("link", name="Open and read it").click()
                await shows(page, GRIEF)
                assert await service.core.store.read(lambda tx: tx.was_opened(grief))

            await service.pass_time(seconds=timedelta(days=1).total_seconds())
            await said(service, DEAD, fixable())
            async with signed_in(browser, service, TEACHER) as page:
                await shows(page, "Send this to the help desk?")
                await page.get_by_role("button", name="Yes, with my name").click()
                await shows(page, "help desk")
                ticket = await mailed("desk@schools.example.org", "To be fixed")
                words = ticket.mail.get_body(("plain",)).get_content()
                assert "room 204" in words
                link = next(w for w in words.split() if "/help-desk/" in w)
            async with signed_in(browser, service, READER) as page:
                await page.context.clear_cookies()
                await page.goto(link)
                await page.get_by_label("Number").fill("HD-77")
                await page.get_by_role("button", name="Send it").click()
                await shows(page, "The author will get the number")
            async with signed_in(browser, service, TEACHER) as page:
                await shows(page, "under number HD-77")
