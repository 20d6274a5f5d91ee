"""A night on which something cannot wait: asked for, declined, asked for again, approved, and read
in spite of quiet hours, in Slack, in Teams, and on the web with its mails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.people import Audience, Platform
from governance.announcements.model import Announcement
from storage.ledger_tables import audit
from tests.journeys.running import Running, running, until
from tests.journeys.test_quiet_hours import NIGHTS, WORDS, modal, to_the_next
from tests.journeys.test_slack import Place as InSlack
from tests.journeys.test_teams import Place as InTeams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CTO, OFFICE, TEACHER, person, settle
from tests.journeys.trips import PULSE, launch
from tests.stand_ins.mail import mail_stand_in
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts
from tests.stand_ins.teams import TeamsStandIn

if TYPE_CHECKING:
    from playwright.async_api import Browser

APPROVER = "cormac.ashgrove@schools.example.org"
TITLE = WORDS["title"]
WHY = "It can wait until Monday."


async def audited(service: Running) -> list[str]:
    wanted = select(audit.c.what).order_by(audit.c.number)
    found = await service.core.store.read(lambda tx: list(tx.connection.execute(wanted).scalars()))
    return [what for what in found if what.startswith("urgent")]


async def announced(service: Running) -> Announcement:
    """What was written in this journey."""
    found = await service.core.store.read(lambda tx: tx.announcements())
    return next(one for one in found if one.key is None)


async def shown_to_two(service: Running) -> None:
    """What was asked and decided is on record, and the page names both people."""
    what = await audited(service)
    assert what[:3] == [
        "urgent announcement asked for",
        "urgent announcement declined",
        "urgent announcement asked for",
    ]
    assert what[3].startswith("urgent announcement approved for ")
    found = await announced(service)
    both = [await person(service.core, email) for email in (CTO, APPROVER)]
    assert [found.asked_by, found.approved_by] == [one.id for one in both]


# -- Slack ---------------------------------------------------------------------------------------


@pytest.fixture
async def slack_town(tmp_path: Path) -> AsyncIterator[InSlack]:
    """The town on Slack with quiet hours; its clock shows ten at night."""
    async with SlackStandIn() as slack:
        users = {email: slack.add_user(email) for email in (CTO, APPROVER, TEACHER, OFFICE)}
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
        }
        prepare = settle(Platform.SLACK, calendar=NIGHTS)
        async with running(tmp_path, prepare, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            place = InSlack(service, slack, users, {})
            await to_the_next(service, 22)
            yield place


async def ask_in_slack(place: InSlack, cto: str) -> None:
    """From the draft in the modal to asking for a second person's yes."""
    slack = place.slack
    await modal(place, cto, "in quiet hours and get")
    draft = slack.modal(cto)
    assert draft is not None
    await slack.click(cto, draft, "Send it as urgent")
    said = await modal(place, cto, "A second person has to approve it first")
    for words in (
        "not an emergency alert system. In danger, call 911",
        "Cormac Ashgrove",
        "Slack: everyone has it within",
    ):
        assert words in said
    await slack.submit(cto, {})
    await modal(place, cto, "is waiting for a second person’s approval")


async def test_at_night_in_slack(slack_town: InSlack) -> None:
    place, service, slack = slack_town, slack_town.service, slack_town.slack
    cto, approver, teacher = (place.users[email] for email in (CTO, APPROVER, TEACHER))
    await launch(service, [TEACHER])
    await slack.command(cto, "announce")
    await modal(place, cto, "Title")
    await slack.submit(cto, WORDS)
    await ask_in_slack(place, cto)

    asked = deepcopy(await place.message(approver, "asks you to approve"))
    assert WORDS["action"] in texts(asked), "all of its words"
    await slack.click(approver, asked, "Decline")
    await modal(place, approver, "The person who asked will see your reason")
    await slack.submit(approver, {"why": WHY})
    await place.message(approver, "Cormac Ashgrove declined")
    no = deepcopy(await place.message(cto, WHY))
    assert not place.count(teacher, TITLE)

    await place.restart()

    await slack.click(cto, no, "Change it")
    assert WHY in await modal(place, cto, "What changes?")
    await slack.submit(cto, WORDS)
    await ask_in_slack(place, cto)
    people = len(await service.core.store.read(lambda tx: tx.people_of(Audience())))
    yes = f"Approve: send it to {people} people"
    await slack.click(approver, asked, yes)
    await place.message(approver, "newest request")
    assert not place.count(teacher, TITLE), "a yes to the old one is none to the new one"
    again = deepcopy(await place.message(approver, "asks you to approve"))
    await slack.click(approver, again, yes)
    notice = await place.message(teacher, TITLE)
    assert "Urgent" in texts(notice)
    assert "I have read this" in texts(notice)
    await slack.click(approver, again, yes)
    await place.message(approver, "Cormac Ashgrove approved")
    await place.message(cto, "Cormac Ashgrove approved")
    await place.message(place.users[OFFICE], TITLE)
    assert not place.count(teacher, PULSE), "the survey waits for the morning"
    assert [place.count(place.users[email], TITLE) for email in (TEACHER, OFFICE)] == [1, 1]
    await to_the_next(service, 7, 1)
    await place.message(teacher, PULSE)
    await shown_to_two(service)


# -- Teams ---------------------------------------------------------------------------------------


@pytest.fixture
async def teams_town(tmp_path: Path) -> AsyncIterator[InTeams]:
    async with TeamsStandIn() as teams:
        settings = teams.served_by
        prepare = settle(Platform.TEAMS, calendar=NIGHTS)
        async with running(tmp_path, prepare, **settings) as service:
            teams.reach(service.url)
            yield InTeams(service, teams, {})


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_at_night_in_teams(teams_town: InTeams) -> None:
    place, service, teams = teams_town, teams_town.service, teams_town.teams
    cto, approver, teacher = [await place.join(email) for email in (CTO, APPROVER, TEACHER)]
    await to_the_next(service, 22)
    await launch(service, [TEACHER])
    form = (await teams.say(cto, "announce"))[-1]
    typed = {f"field.{key}": words for key, words in WORDS.items()}
    draft = await teams.execute(cto, form, "Save and check", typed)
    offer = await teams.execute(cto, draft.card, "Send it as urgent")
    for words in ("not an emergency alert system", "call 911", "Cormac Ashgrove"):
        assert words in offer.text
    waits = await teams.execute(cto, offer.card, "Ask for approval")
    assert "is waiting for a second person’s approval" in waits.text

    asked = deepcopy(await place.message(approver.chat, "asks you to approve"))
    assert WORDS["action"] in asked.text
    form_of_no = await teams.execute(approver, asked, "Decline")
    without = await teams.execute(approver, form_of_no.card, "Decline", {"field.why": " "})
    assert "Enter a reason" in without.text
    no = await teams.execute(approver, without.card, "Decline", {"field.why": WHY})
    assert "Cormac Ashgrove declined" in no.text
    heard = await place.message(cto.chat, WHY)
    await place.message(approver.chat, "Cormac Ashgrove declined")

    await place.restart()

    changed = await teams.execute(cto, heard, "Change it")
    assert WHY in changed.text
    draft = await teams.execute(cto, changed.card, "Save and check", typed)
    offer = await teams.execute(cto, draft.card, "Send it as urgent")
    await teams.execute(cto, offer.card, "Ask for approval")

    again = deepcopy(await place.message(approver.chat, "asks you to approve"))
    button = next(t for t in buttons(again.card) if t.startswith("Approve: send it to"))
    late = await teams.execute(approver, asked, button)
    assert "newest request" in late.body["value"]
    yes = await teams.execute(approver, again, button)
    assert "Cormac Ashgrove approved" in yes.text
    twice = await teams.execute(approver, again, button)
    assert "Cormac Ashgrove approved" in twice.text
    notice = await place.message(teacher.chat, TITLE)
    assert "Urgent" in notice.text
    await place.message(cto.chat, "Cormac Ashgrove approved")
    assert len([m for m in teams.messages(teacher.chat) if TITLE in m.text]) == 1
    assert not [m for m in teams.messages(teacher.chat) if PULSE in m.text]
    await shown_to_two(service)


def buttons(card: Any) -> list[str]:
    return [action["title"] for action in card["actions"]]


# -- the web, with its mails ---------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_at_night_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with mail_stand_in() as mail:
        settings = {
            "smtp_host": "127.0.0.1",
            "smtp_port": mail.port,
            "mail_from": "sounding-board@schools.example.org",
            "mail_per_second": 100,
        }
        async with running(tmp_path, settle(staff=5, calendar=NIGHTS), **settings) as service:
            await to_the_next(service, 22)
            await launch(service, [TEACHER])

            async def mailed(to: str, words: str, count: int = 1) -> Any:
                async def look() -> Any:
                    found = [one for one in mail.to(to) if words in str(one.mail["Subject"])]
                    return found if len(found) >= count else []

                return (await until(look))[-1]

            await ask_on_the_web(browser, service)
            await mailed(APPROVER, "Approve or decline")
            address = (await announced(service)).id
            async with signed_in(browser, service, APPROVER) as page:
                await shows(page, "asks you to approve an urgent announcement")
                await page.goto(f"/announcements/{address}/approval")
                await shows(page, WORDS["action"])
                await page.get_by_role("link", name="Decline").click()
                await page.get_by_role("button", name="Decline").click()
                await page.get_by_role("alert").get_by_text("Enter a reason").first.wait_for()
                await page.get_by_label("Why?").fill(WHY)
                await page.get_by_role("button", name="Decline").click()
                await shows(page, "Cormac Ashgrove declined")
            await mailed(CTO, "Cormac Ashgrove declined")
            assert not [m for m in mail.to(TEACHER) if TITLE in str(m.mail["Subject"])]

            await service.restart()

            await ask_on_the_web(browser, service, address)
            await mailed(APPROVER, "Approve or decline", 2)
            async with signed_in(browser, service, APPROVER) as page:
                await page.goto(f"/announcements/{address}/approval")
                await page.get_by_role("button", name=re.compile("^Approve: send it to")).click()
                await shows(page, "Cormac Ashgrove approved")
            await mailed(TEACHER, f"Urgent: {TITLE}")
            assert not [m for m in mail.to(TEACHER) if PULSE in str(m.mail["Subject"])]
            async with signed_in(browser, service, TEACHER) as page:
                await shows(page, TITLE)
            async with signed_in(browser, service, CTO) as page:
                await page.goto(f"/announcements/{address}/progress")
                await shows(page, "Ramona Castellanos asked for it on")
                await shows(page, "Cormac Ashgrove approved it on")
            await shown_to_two(service)


async def ask_on_the_web(browser: Browser, service: Running, declined: UUID | None = None) -> None:
    async with signed_in(browser, service, CTO) as page:
        if declined:
            await page.goto("/announcements")
            await shows(page, f"Declined: {WHY}")
            await page.goto(f"/announcements/{declined}/edit")
            await shows(page, f"Declined: {WHY}")
        else:
            await page.goto("/announcements/new")
        await page.get_by_role("button", name="Continue").click()
        for field, words in WORDS.items():
            await page.locator(f"[name={field}]").fill(words)
        await page.get_by_role("button", name="Save and check").click()
        await page.get_by_role("link", name="Send it as urgent").click()
        await shows(page, "not an emergency alert system. In danger, call 911.")
        await page.get_by_role("button", name="Ask for approval").click()
        await shows(page, "is waiting for a second person’s approval")
