"""By keyboard alone and without scripts: a chair answers a message, the CTO announces a change, and
the Information Security Officer edits a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.commands import Command
from core.people import Platform
from governance.docket.commands import GiveFeedback
from governance.feedback.model import ItemState, Naming
from tests.bot.web.seeing import faults
from tests.governance.rules.test_process import TEXT, written
from tests.journeys.running import Running, running, until
from tests.journeys.test_by_keyboard import at_the_keyboard, press, tab
from tests.journeys.test_web import briefed, shows
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, person, settle

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("quick_reader"),
]

SAID = "The Wi-Fi in the portables drops every afternoon"
ANSWER = "New access points arrive in March."


async def said_by(service: Running, email: str, command: Command) -> None:
    who = await person(service.core, email)
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    await service.core.dispatch.handle(speaker, command)


async def type_into(page: Page, label: str, words: str) -> None:
    """In the place of what is there."""
    await tab(page, label=label)
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type(words)


async def test_a_chair_answers_a_message_with_keys_alone(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(staff=3)) as service:
        item = uuid4()
        told = GiveFeedback(item_id=item, text=SAID, naming=Naming.WITHHELD)
        await said_by(service, TEACHER, told)
        assert await until(lambda: briefed(service, "network"))
        async with at_the_keyboard(browser, service, CHAIR) as page:
            await press(page, "Messages")
            await press(page, SAID)
            await press(page, "Acknowledge")
            await type_into(page, "Your answer", ANSWER)
            assert await faults(page) == []
            await press(page, "Send")
        assert await until(lambda: is_answered(service, item))
        async with at_the_keyboard(browser, service, TEACHER) as page:
            await shows(page, ANSWER)


async def is_answered(service: Running, item: UUID) -> bool:
    found = await service.core.store.read(lambda tx: tx.item(item))
    return found is not None and found.state is ItemState.ANSWERED and found.answer == ANSWER


CHANGE = {
    "Title": "Passwords become passphrases",
    "What changes?": "You choose four words.",
    "Why?": "Longer is safer, and easier to keep.",
    "When?": "From December 7.",
    "Who is affected?": "Everyone who signs in.",
    "What should people do?": "Choose yours when you are asked.",
}


async def test_the_cto_announces_a_change_with_keys_alone(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(staff=3)) as service:
        async with at_the_keyboard(browser, service, CTO) as page:
            await press(page, "New announcement")
            await press(page, "Continue")
            for label, words in CHANGE.items():
                await type_into(page, label, words)
            assert await faults(page) == []
            await press(page, "Save and check")
            await press(page, "Send now")
            await shows(page, "Passwords become passphrases")
        told = await service.core.store.read(lambda tx: tx.announcements())
        (one,) = [each for each in told if each.change.title.default == CHANGE["Title"]]
        assert await until(lambda: service.sent("notice", one.id))


async def test_an_officer_edits_a_rule_with_keys_alone(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(staff=3)) as service:
        rule = uuid4()
        await said_by(service, ISO, written(rule))
        async with at_the_keyboard(browser, service, ISO) as page:
            await press(page, "IT rules")
            await press(page, "ITR 4")
            await press(page, "Edit the draft")
            await type_into(page, "Text", f"{TEXT}\n## Shared carts\nA cart has a card.\n")
            await press(page, "Preview")
            await shows(page, "It is not saved yet.")
            await shows(page, "3. Shared carts")
            assert await faults(page) == []
            await press(page, "Save")
            await shows(page, "A cart has a card.")
        kept = await service.core.store.read(lambda tx: tx.rule(rule))
        assert kept is not None
        assert kept.draft is not None
        assert "A cart has a card." in kept.draft.texts["en"]
