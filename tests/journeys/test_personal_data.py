"""Feedback with a student's name on three platforms: its author sees what was taken out, puts one
word back and says that it is fine; a member finds student data that nobody recognised."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.web.seeing import faults, serious
from tests.journeys import test_slack, test_teams
from tests.journeys.logged import Log
from tests.journeys.running import Running, running, until
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import briefed, opens_first, shows, signed_in
from tests.journeys.town import CHAIR, ISO, TEACHER, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.usefixtures("quick_reader")

SAID = (
    "Amira was kind when the wifi in the portables dropped. Jordan Whitfield (id 4471029) and "
    "his twin saw it."
)
REDACTED = "[name] was kind when the wifi in the portables dropped. [name] (id [student id]) and"
CORRECTED = "Amira was kind when the wifi in the portables dropped. [name] (id [student id]) and"
PURGED = "(id [student id]) and [student data] saw it."
TAKEN_OUT = ("Whitfield", "Jordan", "4471029")
MISSED = "his twin"
REMOVED = "Student data was taken out of a message"


def leaked(shown: Any) -> list[str]:
    """What of the personal data stands in something."""
    told = shown if isinstance(shown, str) else json.dumps(shown)
    return [one for one in TAKEN_OUT if one in told]


async def original(service: Running) -> str | None:
    (item,) = await service.core.store.read(lambda tx: tx.items_in("network"))
    return await service.core.store.read(lambda tx: tx.original(item.id))


async def gone(service: Running) -> bool:
    return await original(service) is None


async def _soon(value: Any) -> Any:
    return value


# -- Slack ---------------------------------------------------------------------------------------


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [ISO]) as found:
        yield found


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_a_name_is_taken_out_put_back_and_what_was_missed_goes(
    slack_place: test_slack.Place, log: Log
) -> None:
    place, slack, service = slack_place, slack_place.slack, slack_place.service
    author, chair, network = place.users[TEACHER], place.users[CHAIR], place.channels["network"]
    await slack.dm(author, SAID)
    await place.message(network, REDACTED)
    told = await place.message(author, "We took personal data out of what you told us")
    assert REDACTED in texts(told)
    await slack.click(author, told, "Review and correct")
    form = await until(lambda: _soon(slack.modal(author)))
    assert leaked(form) == list(TAKEN_OUT), "only in a window that closes"
    await slack.submit(author, {"put_back": ["“Amira” (a name)"], "also": ""})
    await place.message(network, CORRECTED)

    async def old_card_gone() -> bool:
        return place.count(network, REDACTED) == 0

    await until(old_card_gone)
    assert await original(service) == SAID

    await place.restart()

    told = await place.message(author, "We took personal data out of what you told us")
    await slack.click(author, told, "This is fine")
    await until(lambda: gone(service))
    brief = await place.message(network, CORRECTED)
    await slack.click(chair, brief, "Student data here")
    assert await until(lambda: _soon(slack.modal(chair)))
    await slack.submit(chair, {"words": MISSED})
    await place.message(network, PURGED)

    async def purged() -> bool:
        return place.count(network, MISSED) == 0

    await until(purged)
    officer = texts(await place.message(place.users[ISO], REMOVED))
    assert "wifi" not in officer
    await place.message(author, "saw student data in it and took it out")
    windows = ("views.open", "views.update", "views.push")
    posted = [body for method, body in slack.world.calls if method not in windows]
    assert leaked(posted) == []
    assert leaked(log.text) == []


# -- Teams ---------------------------------------------------------------------------------------


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def test_in_teams_a_name_is_taken_out_put_back_and_what_was_missed_goes(
    teams_place: test_teams.Place, log: Log
) -> None:
    place, teams, service = teams_place, teams_place.teams, teams_place.service
    author, chair, officer = [await place.join(email) for email in (TEACHER, CHAIR, ISO)]
    network = place.channels["network"]
    await teams.say(author, SAID)
    await place.message(network, REDACTED)
    told = await place.message(author.chat, "We took personal data out of what you told us")
    form = await teams.execute(author, told, "Review and correct")
    assert leaked(form.text) == list(TAKEN_OUT), "only in the answer to a button"
    back = {"many.put_back": ["“Amira” (a name)"], "field.also": ""}
    corrected = await teams.execute(author, form.card, "Save", back)
    assert CORRECTED in corrected.text
    await place.message(network, CORRECTED)

    async def old_card_gone() -> bool:
        return not [m for m in teams.messages(network) if REDACTED in m.text]

    await until(old_card_gone)

    await place.restart()

    await teams.execute(author, corrected.card, "This is fine")
    await until(lambda: gone(service))
    brief = await place.message(network, CORRECTED)
    form = await teams.execute(chair, brief, "Student data here")
    done = await teams.execute(chair, form.card, "Take it out", {"field.words": MISSED})
    assert PURGED in done.text

    async def purged() -> bool:
        return not [m for m in teams.messages(network) if MISSED in m.text]

    await until(purged)
    await place.message(network, PURGED)
    heard = await place.message(officer.chat, REMOVED)
    assert "wifi" not in heard.text
    await place.message(author.chat, "saw student data in it and took it out")
    chats = (network, author.chat, chair.chat, officer.chat)
    posted = [m.card for where in chats for m in teams.messages(where)]
    assert leaked(posted) == []
    assert leaked(log.text) == []


# -- the web -------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_a_name_is_taken_out_put_back_and_what_was_missed_goes(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    async with running(tmp_path, settle()) as service:
        async with signed_in(browser, service, TEACHER) as page:
            await page.goto("/feedback")
            await page.get_by_role("textbox").fill(SAID)
            await page.get_by_role("button", name="Send").click()
            await until(lambda: briefed(service, "network"))
            await page.goto("/")
            await shows(page, REDACTED)
            await page.get_by_role("link", name="Review and correct").click()
            await shows(page, "Jordan Whitfield")
            assert [*await faults(page), *await serious(page)] == []
            await page.get_by_label("“Amira” (a name)").check()
            await page.get_by_role("button", name="Save").click()
            await shows(page, CORRECTED)
            await page.goto("/")
            await page.get_by_role("button", name="This is fine").click()
            await shows(page, "Your original is deleted.")
            assert await gone(service)

        await service.restart()

        async with signed_in(browser, service, CHAIR) as page:
            for path in ("network", "network/chair", "network/week", "network/agenda"):
                await page.goto(f"/committees/{path}")
                assert leaked(await page.content()) == []
            await opens_first(page)
            assert leaked(await page.content()) == []
            await shows(page, CORRECTED)
            await page.locator(".item-ways summary").click()
            await page.get_by_role("link", name="Student data here").click()
            assert [*await faults(page), *await serious(page)] == []
            await page.get_by_label("Which words are student data?").fill(MISSED)
            await page.get_by_role("button", name="Take it out").click()
            await shows(page, "Taken out. The Information Security Officer will be notified.")
            for path in ("network", "network/chair", "network/agenda"):
                await page.goto(f"/committees/{path}")
                assert MISSED not in await page.content()
            await opens_first(page)
            assert MISSED not in await page.content()
        async with signed_in(browser, service, ISO) as page:
            await shows(page, REMOVED)
            assert "wifi" not in await page.locator("main").inner_text()
        async with signed_in(browser, service, TEACHER) as page:
            await shows(page, "saw student data in it and took it out")
        assert leaked(log.text) == []
