"""The CTO writes a survey on the web, without scripts and by keyboard, and a teacher answers it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.bot.web.seeing import serious, too_wide
from tests.journeys.running import PATIENCE, Running, running, until
from tests.journeys.test_web import shows
from tests.journeys.town import CTO, TEACHER, settle

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@asynccontextmanager
async def without_scripts(browser: Browser, service: Running, email: str) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=service.url, locale="en-US", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto(await service.signin_url(email))
    await page.get_by_role("button", name="Sign in").click()
    try:
        yield page
    finally:
        await context.close()


async def press(page: Page, what: Locator) -> None:
    """By keyboard: reach it, and Enter."""
    await what.first.focus()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def button(page: Page, name: str) -> None:
    await press(page, page.get_by_role("button", name=name))


async def link(page: Page, name: str) -> None:
    await press(page, page.get_by_role("link", name=name))


async def type_into(page: Page, field: str, words: str) -> None:
    """Into the input of that name, in the place of what is there."""
    await page.locator(f"[name='{field}']").focus()
    await page.keyboard.press("ControlOrMeta+a")
    for number, line in enumerate(words.split("\n")):
        if number:
            await page.keyboard.press("Enter")
        await page.keyboard.type(line)


async def add(page: Page, kind: str, fields: dict[str, str], *, on: int = 1) -> None:
    await press(page, page.get_by_role("link", name=re.compile(f"Add a question ?: Page {on}")))
    await link(page, kind)
    for field, words in fields.items():
        await type_into(page, field, words)
    await button(page, "Save")


FRAME = {
    "title.en": "Wi-Fi in the gym",
    "title.es": "Wi-Fi en el gimnasio",
    "asked_by.en": "Computing Services",
    "purpose.en": "We choose where the next access points go.",
    "purpose.es": "Elegimos dónde van los próximos puntos de acceso.",
    "minutes": "2",
}


async def write_five_questions(page: Page) -> None:
    await add(
        page,
        "A scale",
        {
            "prompt.en": "How well does the Wi-Fi work in the gym?",
            "prompt.es": "¿Qué tan bien funciona el Wi-Fi en el gimnasio?",
            "labels.1.en": "Very badly",
            "labels.1.es": "Muy mal",
            "labels.5.en": "Very well",
            "labels.5.es": "Muy bien",
        },
    )
    await add(
        page,
        "One from a list",
        {
            "prompt.en": "Where does it drop most?",
            "choices.en": "Gym\nStage\nNowhere",
            "choices.es": "Gimnasio\nEscenario\nEn ningún lugar",
        },
    )
    await button(page, "Add a page")
    await add(
        page,
        "Several from a list",
        {"prompt.en": "When?", "choices.en": "Before lunch\nAfter lunch", "at_most": "2"},
        on=2,
    )
    await add(page, "A number", {"prompt.en": "How many devices did you use?"}, on=2)
    await add(page, "In their own words", {"prompt.en": "What else should we know?"}, on=2)


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_five_questions_are_written_tried_launched_and_answered(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        async with without_scripts(browser, service, CTO) as page:
            await page.goto("/desk/surveys")
            await link(page, "New survey")
            await button(page, "Start from scratch")
            for field, words in FRAME.items():
                await type_into(page, field, words)
            await button(page, "Save")
            await shows(page, "Wi-Fi in the gym")
            await write_five_questions(page)
            draft = page.url.partition("#")[0]

            # The second page is for those whose Wi-Fi does not work well.
            await page.goto(f"{draft}/pages/1")
            await page.locator("[name=depends]").focus()
            await page.keyboard.type("How well")
            await button(page, "Show the answers of this question")
            asked = page.get_by_role("group", name="Shown to people who answered", exact=True)
            for point in ("1: Very badly", "2"):
                await asked.get_by_role("checkbox", name=point, exact=True).focus()
                await page.keyboard.press("Space")
            await button(page, "Save")
            await shows(page, "Shown only to those who answered")

            await link(page, "Preview it as people will see it")
            await shows(page, "The invitation")
            await page.locator("[name=platform]").focus()
            await page.keyboard.type("Slack")
            await page.locator("[name=language]").focus()
            await page.keyboard.type("Spanish")
            await button(page, "Show")
            await shows(page, "Wi-Fi en el gimnasio")

            await page.goto(draft)
            await button(page, "Try it here")
            await shows(page, "Test: Wi-Fi in the gym")
            await page.get_by_role("radio", name="4").focus()
            await page.keyboard.press("Space")
            await page.get_by_role("radio", name="Stage").focus()
            await page.keyboard.press("Space")
            await button(page, "Send")
            await shows(page, "None of your answers was kept")

            await page.goto(draft)
            await button(page, "Finish it")
            await shows(page, "Launch “Wi-Fi in the gym”")
            await button(page, "Continue")
            await button(page, "Continue")
            await shows(page, "Nothing is sent until you press")
            await button(page, "Launch it")
            await shows(page, "Launched: Wi-Fi in the gym")
            waves = await service.core.store.read(lambda tx: tx.waves())
            assert [wave.survey.key for wave in waves] == ["wi-fi-in-the-gym"]
            wave = waves[0].id
            assert [len(one.questions) for one in waves[0].survey.pages] == [2, 3]

        await until(lambda: service.sent("invitation", wave))
        async with without_scripts(browser, service, TEACHER) as page:
            await answer_five(page, wave)
        assert await service.core.store.read(lambda tx: len(tx.open_responses(wave))) == 1


async def answer_five(page: Page, wave: UUID) -> None:
    await page.goto(f"/surveys/{wave}")
    await page.get_by_role("radio", name="1 Very badly").check()
    await page.get_by_role("radio", name="Gym").check()
    await button(page, "Send my answers")  # another page follows this answer
    await page.get_by_role("checkbox", name="After lunch").check()
    await type_into(page, "how-many-devices-did-you-use", "31")
    await button(page, "Send my answers")
    await shows(page, "Thank you")


PATHS = (
    "",
    "/about",
    "/tables",
    "/pages/1",
    "/add",
    "/add?kind=matrix",
    "/questions/wifi",
    "/questions/priorities",
    "/preview",
    "/preview?platform=slack&language=es",
    "/preview?platform=teams",
    "/drop",
)


async def test_axe_finds_nothing_serious_where_surveys_are_written(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle(staff=3)) as service:
        context = await browser.new_context(
            base_url=service.url, viewport={"width": 360, "height": 800}, color_scheme="dark"
        )
        page = await context.new_page()
        await page.goto(await service.signin_url(CTO))
        await page.get_by_role("button", name="Sign in").click()
        await shows(page, "Waiting for you")
        await page.goto("/desk/surveys")
        assert await serious(page) == []
        await page.get_by_role("button", name="Copy").first.click()
        await shows(page, "When you finish writing")
        draft = page.url
        for path in PATHS:
            await page.goto(draft + path)
            for details in await page.locator("details").all():
                await details.evaluate("(one) => { one.open = true }")
            assert await serious(page) == [], path
            assert await too_wide(page) <= 0, path
        await context.close()
