"""The three journeys on the web, in a real browser, with a restart in the middle of each."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from bot.conversation import Speaker
from core.people import Audience, Platform
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.announcements.model import Tally
from surveys.commands import AnswerPage
from surveys.messages import Answered
from tests.journeys.running import PATIENCE, Running, running, until
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person, settle, small_roster, teachers
from tests.journeys.trips import launch
from tests.stand_ins.mail import MailStandIn, mail_stand_in

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

STAFF = [one.email for one in teachers(small_roster(40), 11)]
MANY = [one.email for one in teachers(small_roster(40), 20)]


@asynccontextmanager
async def signed_in(browser: Browser, service: Running, email: str) -> AsyncIterator[Page]:
    """A page of somebody's own, signed in by a link."""
    context = await browser.new_context(base_url=service.url, locale="en-US")
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto(await service.signin_url(email))
    await page.get_by_role("button", name="Sign in").click()
    try:
        yield page
    finally:
        await context.close()


async def shows(page: Page, words: str) -> None:
    """The page (the next one, after a click) says something."""
    await page.locator("main", has_text=words).first.wait_for()


async def opens_first(page: Page, path: str = "/committees/network") -> None:
    """The first message of a docket."""
    await page.goto(path)
    await page.locator("table.rows tbody th a").first.click()
    await page.locator(".row-beside").wait_for()


async def answer_as(service: Running, email: str, wave: UUID, answers: dict[str, str]) -> None:
    """Somebody else answers through the same door, without a browser."""
    who = await person(service.core, email)
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    command = AnswerPage(wave_id=wave, page=0, answers=answers)
    assert isinstance((await service.core.dispatch.handle(speaker, command)).message, Answered)


@pytest.mark.usefixtures("exact")
async def test_a_pulse_is_answered_changed_closed_and_its_tables_reach_the_cto(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle(months_told=True)) as service:
        wave = await launch(service, [*MANY, TEACHER])
        await until(lambda: service.sent("invitation", wave))
        async with signed_in(browser, service, TEACHER) as page:
            await page.get_by_role("link", name="2 more questions").click()
            await page.get_by_label("Yes, but late").check()
            await page.get_by_role("button", name="Send my answers").click()
            summary = page.get_by_role("alert")
            await summary.get_by_text("How well did technology work").first.wait_for()
            assert await page.get_by_label("Yes, but late").is_checked(), "the rest is kept"

            await service.restart()

            await page.get_by_role("radio", name="2").check()
            await page.get_by_role("button", name="Send my answers").click()
            await shows(page, "Thank you")
            await page.goto(f"/surveys/{wave}")
            assert await page.get_by_role("radio", name="2").is_checked()
            await page.get_by_role("radio", name="4").check()
            await page.get_by_role("button", name="Send my answers").click()

        for email in MANY[:19]:
            await answer_as(service, email, wave, {"week": "3", "help": "yes", "note": "Fine."})
        await service.pass_time(days=3)
        assert await until(lambda: service.sent("reminder", wave)) == 1
        await service.pass_time(days=5)
        await until(lambda: service.sent("results", wave))
        async with signed_in(browser, service, CTO) as page:
            await page.locator("summary", has_text="Results: ").first.click()
            await page.get_by_role("link", name="See all results").click()
            await page.locator("summary", has_text="In their own words").click()
            shown = await page.locator("main").inner_text()
            assert "20 of 21" in shown
            assert "Fine." in shown, "ten people wrote a comment, so comments are shown"
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto(f"/results/{wave}")
            await shows(page, "Chief Technology Officer")
            await page.goto(f"/surveys/{wave}")
            await shows(page, "closed")


async def test_feedback_reaches_its_committee_and_the_answer_reaches_the_author(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        said = "The wifi in the portables drops every afternoon, again"
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto("/feedback")
            await shows(page, "call 911")
            await page.get_by_role("textbox").fill(said)
            await page.get_by_role("button", name="Send").click()
            await shows(page, "Thank you")

        await service.restart()
        await until(lambda: briefed(service, "network"))

        async with signed_in(browser, service, OFFICE) as page:
            await page.goto("/committees/network")
            await shows(page, "committee you are not on")
        async with signed_in(browser, service, CHAIR) as page:
            await opens_first(page)
            shown = await page.locator("main").inner_text()
            assert said in shown
            assert "Naomi" not in shown, "the name is withheld"
            await page.get_by_role("button", name="Acknowledge").click()
            await page.get_by_label("Your answer").fill("New access points arrive in March.")
            await page.get_by_role("button", name="Send").click()

        await service.restart()
        async with signed_in(browser, service, TEACHER) as page:

            async def heard() -> bool:
                await page.goto("/")
                return "New access points arrive in March." in await page.content()

            await until(heard)
            assert (await page.content()).count("read your message") <= 2


async def briefed(service: Running, queue: str) -> bool:
    return bool(await service.core.store.read(lambda tx: tx.items_in(queue)))


PASSPHRASES = {
    "title": "Passwords become passphrases",
    "what": "You choose four words.",
    "why": "Longer is safer, and easier to keep.",
    "when": "From December 7.",
    "who": "Everybody who signs in.",
    "action": "Choose yours when you are asked.",
}


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_an_announcement_is_written_sent_and_acknowledged_once(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        staff = len(await service.core.store.read(lambda tx: tx.people_of(Audience())))
        async with signed_in(browser, service, CTO) as page:
            await page.goto("/announcements/new")
            await page.get_by_role("button", name="Continue").click()
            for field, text in PASSPHRASES.items():
                await page.locator(f"[name={field}]").fill(text)
            await page.get_by_role("button", name="Save and check").click()
            await shows(page, f"{staff} people")

            await service.restart()

            await page.get_by_role("button", name=re.compile("Send")).first.click()
            await page.wait_for_url(re.compile("/(done|progress|announcements/.*(progress|sent)?)"))
            address = page.url
        announcement = UUID(re.findall(r"[0-9a-f-]{36}", address)[0])
        await until(lambda: everybody(service, announcement, staff))
        async with signed_in(browser, service, TEACHER) as page:
            await page.get_by_role("button", name="I have read this").first.click()
            await shows(page, "You confirmed")
            await page.goto(f"/announcements/{announcement}")
            assert await page.get_by_role("button", name="I have read this").count() == 0

        await service.restart()
        teacher = await person(service.core, TEACHER)
        again = AcknowledgeAnnouncement(announcement_id=announcement)
        await service.core.dispatch.handle(Speaker(platform=Platform.WEB, person=teacher.id), again)
        async with signed_in(browser, service, CTO) as page:
            await page.goto(f"/announcements/{announcement}/progress")
            shown = await page.locator("main").inner_text()
            assert f"{staff}" in shown
            await page.goto(f"/announcements/{announcement}/progress?state=read")
            assert "Naomi Whitehorse" in await page.locator("table.rows").inner_text()
        assert (await tally(service, announcement)).acknowledged == 1


async def everybody(service: Running, announcement: UUID, people: int) -> bool:
    return await service.sent("notice", announcement) == people


async def tally(service: Running, announcement: UUID) -> Tally:
    return await service.core.store.read(lambda tx: tx.tally(announcement, service.clock()))


@pytest.mark.prove_on_postgres("stopped and taken back in a process that does not send")
async def test_the_cto_stops_a_running_announcement_sends_the_rest_and_takes_it_back(
    tmp_path: Path, browser: Browser
) -> None:
    """Twenty mails a second to the whole town until it is stopped, ten times as many for the rest;
    the page is never loaded again by hand, though the service was started again under it."""
    async with mail_stand_in() as mail, running(tmp_path, settle(), **posting(mail, 20)) as service:
        staff = len(await service.core.store.read(lambda tx: tx.people_of(Audience())))
        async with signed_in(browser, service, CTO) as page:
            await page.goto("/announcements/new")
            await page.get_by_role("button", name="Continue").click()
            for field, text in PASSPHRASES.items():
                await page.locator(f"[name={field}]").fill(text)
            await page.get_by_role("button", name="Save and check").click()
            await page.get_by_role("button", name=re.compile("Send")).first.click()
            await page.goto("/announcements")
            await page.get_by_role("link", name=PASSPHRASES["title"]).click()
            await shows(page, "All sent by about")
            await page.get_by_role("button", name="Stop sending").click()
            await shows(page, "Stopped before they were sent")

            await service.at_rest()
            had = len(mail.arrived)
            assert had < staff
            await asyncio.sleep(1.5)
            await service.hasten(mail_per_second=200)
            assert len(mail.arrived) == had, "nothing leaves from a second after it was stopped"

            await page.get_by_role("button", name="Send the rest").click()
            await page.locator(".tile", has_text=f"{staff} of {staff}").first.wait_for()
            assert await page.locator("#tally-said").inner_text() == f"{staff} of {staff} sent"
            assert len(mail.arrived) == staff
            announcement = UUID(re.findall(r"[0-9a-f-]{36}", page.url)[0])
            await page.locator(".page-ways summary").click()
            await page.get_by_role("link", name="Take it back").click()
            await page.get_by_role("button", name="Take it back").click()
            await page.locator(".tile", has_text=f"Taken back {staff}").wait_for()
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto("/")
            assert PASSPHRASES["title"] not in await page.locator("main").inner_text()
            await page.goto(f"/announcements/{announcement}")
            await shows(page, "was taken back")


@pytest.mark.prove_on_postgres("stopped in a process that does not send")
async def test_the_asking_of_a_survey_is_followed_stopped_and_gone_on_with_and_names_nobody(
    tmp_path: Path, browser: Browser
) -> None:
    """A mail in two seconds to eleven people until it is stopped; the page is never loaded again by
    hand, though the service was started again under it."""
    async with (
        mail_stand_in() as mail,
        running(tmp_path, settle(), **posting(mail, 0.5)) as service,
    ):
        await launch(service, STAFF)
        async with signed_in(browser, service, CTO) as page:
            await page.goto("/desk/surveys")
            await page.locator("table.rows tbody th a").first.click()
            await shows(page, "All asked by about")
            await page.get_by_role("button", name="Stop sending").click()
            await shows(page, "Nobody else is asked or reminded")

            await service.at_rest()
            had = len(mail.arrived)
            assert had < len(STAFF)
            await asyncio.sleep(2.5)
            await service.hasten(mail_per_second=20)
            assert len(mail.arrived) == had, "nothing leaves from a second after it was stopped"

            await page.get_by_role("button", name="Send the rest").click()
            await shows(page, "11 of 11 invitations sent")
            shown = await page.locator("main").inner_text()
            assert "The number of reminders is not shown" in shown
            names = [one.family_name for one in teachers(small_roster(40), 11)]
            assert not [name for name in names if name in shown]
        assert sorted(one.to for one in mail.arrived) == sorted(STAFF)


def posting(mail: MailStandIn, per_second: float) -> dict[str, Any]:
    """The settings of a service that mails so fast."""
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": mail.port,
        "mail_from": "sounding-board@schools.example.org",
        "mail_per_second": per_second,
    }


async def test_a_sign_in_link_works_once(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle()) as service:
        link = await service.signin_url(TEACHER)
        context = await browser.new_context(base_url=service.url)
        page = await context.new_page()
        await page.goto(link)
        await page.goto(link)
        assert "Home" not in await page.content(), "fetching a link does not sign in"
        await page.get_by_role("button", name="Sign in").click()
        await shows(page, "Waiting for you")
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await page.goto(link)
        await page.get_by_role("button", name="Sign in").click()
        await shows(page, "used")
        await context.close()
