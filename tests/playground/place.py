"""The service with Microsoft's playground in front of it, and a browser that shows its page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from core.people import Platform
from governance.committees.model import Channel
from tests.journeys.running import PATIENCE, Running, running, until
from tests.journeys.town import CHAIR, CTO, TEACHER, settle, small_roster, teachers
from tests.stand_ins.playground import COMMITTEE, OTHERS, TRIAGE, Exchange, Playground
from tests.stand_ins.teams import TeamsStandIn, TeamsUser

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page, Route

BOX = "[data-lexical-editor]"
"""Where a message is typed."""


@dataclass
class Place:
    """A running service and the playground before it, in which ``me`` looks at the screen."""

    service: Running
    playground: Playground
    me: TeamsUser

    def somebody(self, email: str) -> TeamsUser:
        """Somebody else of the playground's team."""
        people = self.playground.teams.people.values()
        return next(one for one in people if one.email == email)

    async def posted(self, conversation: str, words: str) -> Exchange:
        """The newest message of the service into a conversation that says something."""

        async def look() -> Exchange | None:
            for one in reversed(self.playground.asked):
                said = json.dumps(one.sent) if one.method == "POST" else ""
                if one.conversation == conversation and words in said:
                    return one
            return None

        found: Exchange = await until(look, seconds=180)  # a message is read first, by a child
        return found


@asynccontextmanager
async def in_playground(folder: Path, email: str = TEACHER) -> AsyncIterator[Place]:
    """The town's service, with the screen of somebody of the roster; the committee of networks
    and triage have their channels in the playground's team."""
    emails = [one for one in (TEACHER, CHAIR, CTO, *_more(OTHERS)) if one != email][:OTHERS]
    channels = {"network": COMMITTEE, "triage": TRIAGE}
    async with TeamsStandIn() as teams:
        me, *others = (teams.person(_name(one), one) for one in (email, *emails))
        at = {
            key: Channel(platform=Platform.TEAMS, workspace=teams.tenant, conversation=channel)
            for key, channel in channels.items()
        }
        async with Playground.opened(folder, teams, me, others) as playground:
            settings = {
                **teams.served_by,
                "teams_service_url": playground.service_url,
            }
            prepare = settle(Platform.TEAMS, channels=at)
            async with running(folder, prepare, **settings) as service:
                playground.reach(service.url)
                yield Place(service, playground, me)


@dataclass
class Screen:
    """The page of the playground, as somebody who reads and presses."""

    page: Page

    def card(self, words: str) -> Locator:
        """The newest card that says something."""
        return self.page.locator(".ac-adaptiveCard", has_text=words).last

    async def shows(self, words: str) -> Locator:
        """That card, once it is there."""
        card = self.card(words)
        await card.wait_for()
        return card

    async def press(self, card: Locator, button: str) -> None:
        await card.get_by_role("button", name=button, exact=True).click()

    async def go_to(self, conversation: str) -> None:
        await self.page.get_by_role("treeitem", name=conversation).click()

    async def say(self, text: str) -> None:
        """Type a message to the bot.

        The page makes its box anew while the conversation loads: what was typed into the one
        before is gone, and is typed again."""
        box = self.page.locator(BOX)

        async def typed() -> bool:
            await box.click()
            await self.page.keyboard.press("ControlOrMeta+A")
            await self.page.keyboard.type(text)
            return (await box.inner_text()).strip() == text

        await until(typed, seconds=60)
        await self.page.keyboard.press("Enter")
        await self.page.get_by_text(text).first.wait_for()


@asynccontextmanager
async def screen(browser: Browser, place: Place, **context: Any) -> AsyncIterator[Screen]:
    """The playground's page, opened: it installs the app in the chat with the bot by itself."""
    opened = await browser.new_context(**{"locale": "en-US", **context})
    opened.set_default_timeout(PATIENCE)
    await opened.route(_elsewhere, _refuse)
    try:
        page = await opened.new_page()
        await page.goto(place.playground.url)
        await page.locator(BOX).wait_for()
        yield Screen(page)
    except Exception as error:
        error.add_note(_heard_last(place.playground))
        raise
    finally:
        await opened.close()


def _heard_last(playground: Playground) -> str:
    """What went through the gate last, for whoever reads why something never showed."""
    told = {"said to the service": playground.heard, "asked of the playground": playground.asked}
    lines = [
        f"{which}: {one.method} {one.path} {str(one.sent)[:200]} -> {one.status}"
        for which, exchanges in told.items()
        for one in exchanges[-5:]
    ]
    return "\n".join(lines) or "nothing went through the gate"


def _elsewhere(url: str) -> bool:
    """The page would load fonts from Microsoft: tests reach no network."""
    return urlsplit(url).hostname not in {"127.0.0.1", "localhost", None}


async def _refuse(route: Route) -> None:
    await route.abort()


def _more(most: int) -> Sequence[str]:
    return [one.email for one in teachers(small_roster(40), most)]


def _name(email: str) -> str:
    return email.split("@")[0].replace(".", " ").title()
