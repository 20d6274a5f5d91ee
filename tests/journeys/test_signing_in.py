"""Coming in and going out: with the district's account in a real browser, and by chat's links."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from storage.ledger_tables import audit
from tests.attacks.visiting import stranger
from tests.bot.web.seeing import serious, too_wide
from tests.journeys.running import PATIENCE, Running, running
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, CTO, TEACHER, settle
from tests.stand_ins.adaptive_cards import actions
from tests.stand_ins.mail import mail_stand_in
from tests.stand_ins.openid import OpenIdStandIn
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_somebody_comes_in_with_the_districts_account_and_their_cookie_dies_with_signing_out(
    tmp_path: Path, browser: Browser
) -> None:
    async with (
        OpenIdStandIn() as openid,
        mail_stand_in() as mail,
        running(tmp_path, settle(), **openid.settings, **posting(mail.port)) as service,
    ):
        openid.signs_in(TEACHER)
        context = await browser.new_context(base_url=service.url, locale="en-US")
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        for width in (360, 1280):
            await page.set_viewport_size({"width": width, "height": 800})
            await page.goto("/feedback")
            assert await serious(page) == []
            assert await too_wide(page) <= 0
        await page.get_by_role("link", name="Sign in with your district account").click()
        await page.get_by_role("link", name="Go on").click()
        await page.wait_for_url(f"{service.url}/feedback")
        await page.get_by_text("Signed in as Naomi Whitehorse").wait_for()
        stolen = await context.storage_state()

        await service.restart()

        thief = await browser.new_context(base_url=service.url, storage_state=stolen)
        theirs = await thief.new_page()
        await theirs.goto("/")
        await theirs.get_by_text("Signed in as Naomi Whitehorse").wait_for()

        await page.goto("/")
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await page.get_by_role("heading", name="You are signed out").wait_for()
        assert await serious(page) == []
        await theirs.reload()
        await theirs.get_by_role("heading", name="Sign in to read this page").wait_for()
        await page.get_by_role("link", name="Sign out of the district account, too").click()
        await page.wait_for_url(f"{service.url}/signed-out")
        assert openid.calls[-1] == "logout"
        await thief.close()
        await context.close()


async def test_who_is_refused_is_told_why_and_can_choose_another_account(
    tmp_path: Path, browser: Browser
) -> None:
    async with (
        OpenIdStandIn() as openid,
        running(tmp_path, settle(), **openid.settings) as service,
    ):
        openid.signs_in("pat.private@mail.example")
        context = await browser.new_context(base_url=service.url, locale="en-US")
        page = await context.new_page()
        await page.goto("/")
        await page.get_by_role("link", name="Sign in with your district account").click()
        await page.get_by_role("link", name="Go on").click()
        await page.get_by_role("heading", name="You can’t sign in").wait_for()
        assert await serious(page) == []
        openid.signs_in(CTO)
        await page.get_by_role("link", name="Sign in with your district account").click()
        await page.get_by_role("link", name="Go on").click()
        await page.get_by_text("Signed in as Ramona Castellanos").wait_for()
        await context.close()


# -- links from chat ---------------------------------------------------------------------------


def link_in(said: str) -> str:
    """The one link to sign in with that something holds."""
    found = set(re.findall(r"http://[^\s\"\\|>]+/signin\?token=[\w.-]+", said))
    assert len(found) == 1, said
    return found.pop()


async def come_in(service: Running, link: str) -> tuple[int, str]:
    """Press the button behind a link: the status, and whose page it is then."""
    async with stranger(service) as client:
        at = urlsplit(link)
        page = await client.get(f"{at.path}?{at.query}")
        fields = dict(re.findall(r'name="(csrf|token|next)" value="([^"]*)"', page.text))
        status = (await client.post("/signin", data=fields)).status_code
        name = re.search(r"Signed in as ([^.]+)\.", (await client.get("/")).text)
        return status, name[1] if name else ""


async def test_slack_gives_a_link_to_whoever_asks_and_it_is_theirs_and_works_once(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, []) as place:
        teacher, cto = place.users[TEACHER], place.users[CTO]
        answer = await place.slack.command(teacher, "sign in")
        assert answer.json()["response_type"] == "ephemeral"
        link = link_in(answer.text)
        assert await come_in(place.service, link) == (303, "Naomi Whitehorse")
        assert await come_in(place.service, link) == (410, "")

        await place.slack.dm(cto, "Sign in")
        link = link_in(str(await place.message(cto, "This link works once")))
        assert await come_in(place.service, link) == (303, "Ramona Castellanos")

        await place.slack.dm(teacher, "help")
        help_said = await place.message(teacher, "Sounding Board of")
        await place.slack.click(teacher, help_said, "Sign in on the web")
        link = link_in(str(await place.message(teacher, "This link works once")))
        place.service.clock.forward(minutes=16)
        assert (await come_in(place.service, link))[1] == "", "it is too old"

        rows = await place.service.core.store.read(
            lambda tx: tx.connection.execute(audit.select()).all()
        )
        assert [row.what for row in rows].count("sign-in link asked for in chat") == 3


async def test_slacks_home_answers_in_the_conversation_and_a_stranger_gets_no_link(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, []) as place:
        teacher = place.users[TEACHER]
        await place.slack.open_home(teacher)
        home = await place.slack.until(lambda: place.slack.home(teacher))
        await place.slack.click(teacher, home, "Sign in on the web")
        link = link_in(str(await place.message(teacher, "This link works once")))
        assert (await come_in(place.service, link))[1] == "Naomi Whitehorse"
        nobody = place.slack.add_user("nobody@elsewhere.example")
        answer = await place.slack.command(nobody, "signin")
        assert "token=" not in answer.text
        assert "help desk" in answer.text


async def test_teams_gives_a_link_in_ones_own_chat_and_never_in_a_channel(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        teacher = await place.join(TEACHER)
        await place.teams.say(teacher, "Sign in")
        card = await place.message(teacher.chat, "This link works once")
        link = next(one["url"] for one in actions(card.card) if "token=" in one.get("url", ""))
        assert await come_in(place.service, link) == (303, "Naomi Whitehorse")
        assert (await come_in(place.service, link))[1] == ""

        await place.teams.say(teacher, "help")
        help_said = await place.message(teacher.chat, "Sounding Board of")
        there = place.channels["network"]
        pressed = await place.teams.execute(
            teacher, help_said, "Sign in on the web", conversation=there
        )
        assert "our own chat" in str(pressed.body)
        assert "token=" not in str(pressed.body)
        assert place.teams.messages(there) == []


async def test_whose_duties_need_the_account_get_the_way_to_the_page_in_chat(
    tmp_path: Path,
) -> None:
    async with OpenIdStandIn() as openid:
        more: dict[str, Any] = {**openid.settings, "openid_required_for": "chairs cto"}
        async with in_slack(tmp_path, [], **more) as place:
            for email in (CHAIR, CTO):
                answer = await place.slack.command(place.users[email], "sign in")
                assert "token=" not in answer.text
                assert "Because of your role" in texts(answer.json())
                assert f"{place.service.url}/signin" in answer.text
            answer = await place.slack.command(place.users[TEACHER], "sign in")
            assert "token=" in answer.text


def posting(port: int) -> dict[str, Any]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "mail_from": "sounding-board@schools.example.org",
    }
