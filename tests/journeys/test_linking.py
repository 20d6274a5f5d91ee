"""On three platforms: a committee links what was said to what was announced, and the author hears
it with the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.people import Platform
from governance.announcements.asked import by_name
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from tests.attacks.hall import Hall
from tests.governance.announcements.test_announcing import TO_THREE, WORDS
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import opens_first, signed_in
from tests.journeys.town import CHAIR, CTO, TEACHER, person, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser

SAID = "The wifi in the portables drops every afternoon, again"
TITLE = "New access points in the portables"
ANNOUNCED = f"Announcement: {TITLE}"
BECAME = f"This became an announcement: {TITLE}"


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, []) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def _soon(value: Any) -> Any:
    return value


async def said(service: Running) -> None:
    """What the reader brought to the network's committee."""
    await Hall(core=service.core, clock=service.clock).item(TEACHER, SAID)


async def announced(service: Running) -> UUID:
    office = await person(service.core, CTO)
    speaker = Speaker(platform=Platform.WEB, person=office.id)
    words = {**WORDS, "title": TITLE}
    draft = WriteAnnouncement(announcement_id=uuid4(), **by_name(words), audience=TO_THREE)
    await service.core.dispatch.handle(speaker, draft)
    send = SendAnnouncement(announcement_id=draft.announcement_id)
    await service.core.dispatch.handle(speaker, send)
    return draft.announcement_id


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_an_author_hears_what_their_words_became(
    slack_place: test_slack.Place,
) -> None:
    slack, users = slack_place.slack, slack_place.users
    await announced(slack_place.service)
    await said(slack_place.service)
    network = slack_place.channels["network"]
    brief = await slack_place.message(network, SAID[:30])
    await slack.click(users[CHAIR], brief, "Link it to a goal, a rule or an announcement")
    assert await until(lambda: _soon(slack.modal(users[CHAIR])))
    await slack.submit(users[CHAIR], {"to": ANNOUNCED, "rule": "ITR 4.2"})
    linked = await slack_place.message(network, "Rule: ITR 4.2")
    assert ANNOUNCED in texts(linked)

    await slack_place.restart()

    await slack.click(users[CHAIR], linked, "Answer")
    assert await until(lambda: _soon(slack.modal(users[CHAIR])))
    await slack.submit(users[CHAIR], {"text": "They arrive in March."})
    heard = await slack_place.message(users[TEACHER], "They arrive in March.")
    assert BECAME in texts(heard)


async def test_in_teams_an_author_hears_what_their_words_became(
    teams_place: test_teams.Place,
) -> None:
    teams, network = teams_place.teams, teams_place.channels["network"]
    author, chair = await teams_place.join(TEACHER), await teams_place.join(CHAIR)
    subject = await announced(teams_place.service)
    await said(teams_place.service)
    brief = await teams_place.message(network, SAID[:30])
    form = await teams.execute(chair, brief, "Link it to a goal, a rule or an announcement")
    again = await teams.execute(chair, form.card, "Link", {})
    assert "Choose what it is about" in again.text
    to = {"field.to": f"announcement:{subject}"}
    linked = await teams.execute(chair, again.card, "Link", to)
    assert ANNOUNCED in linked.text

    await teams_place.restart()

    form = await teams.execute(chair, brief, "Answer")
    typed = {"field.text": "They arrive in March."}
    await teams.execute(chair, form.card, "Send the answer", typed)
    assert BECAME in (await teams_place.message(author.chat, "They arrive in March.")).text


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_who_was_answered_before_hears_what_is_announced_later(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        await said(service)
        async with signed_in(browser, service, CHAIR) as page:
            await opens_first(page)
            await page.get_by_label("Your answer").fill("We look into it.")
            await page.get_by_role("button", name="Send the answer").click()
            await announced(service)
            await page.goto("/committees/network")
            await page.get_by_role("link", name="Done").click()
            await page.locator("table.rows tbody th a").first.click()
            await page.get_by_role("link", name="Link").click()
            await page.get_by_role("button", name="Link").click()
            await page.get_by_text("Choose what it is about").first.wait_for()
            await page.get_by_label("A goal, a rule or an announcement").select_option(
                label=ANNOUNCED
            )
            await page.get_by_role("button", name="Link").click()
            await page.get_by_text(f"Saved. {ANNOUNCED}").first.wait_for()

        await service.restart()
        async with signed_in(browser, service, TEACHER) as page:

            async def heard() -> bool:
                await page.goto("/")
                return BECAME in await page.content()

            await until(heard)
