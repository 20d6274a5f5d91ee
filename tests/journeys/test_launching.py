"""The CTO launches surveys on the web: a template in three steps with the keyboard alone, and one
with warnings and a list of people without scripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from core.people import Role
from core.text import text
from storage.ledger_tables import audit
from surveys.questions import FreeText
from surveys.survey import Dimension, Page, Wave
from surveys.waves.sampling import Sample
from tests.bot.web.seeing import too_wide
from tests.journeys.running import PATIENCE, Running, running
from tests.journeys.test_authoring import button, link, without_scripts
from tests.journeys.test_web import shows
from tests.journeys.town import CHAIR, CTO, TEACHER, example, settle

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator
    from playwright.async_api import Page as Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_TABS = 150
ENPS = "“Would you recommend working here?”"


async def tab_to(page: Window, what: Locator) -> None:
    """By the Tab key alone, from wherever the focus is."""
    wanted = await what.first.element_handle()
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if await page.evaluate("(one) => document.activeElement === one", wanted):
            return
    raise AssertionError(f"{what} is not reached by the Tab key")


async def enter(page: Window, name: str) -> None:
    await tab_to(page, page.get_by_role("button", name=name))
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def space(page: Window, what: Locator) -> None:
    await tab_to(page, what)
    await page.keyboard.press("Space")


async def waves(service: Running) -> list[Wave]:
    return list(await service.core.store.read(lambda tx: tx.waves()))


async def audited(service: Running) -> list[str]:
    wanted = select(audit.c.what).order_by(audit.c.number)
    return await service.core.store.read(lambda tx: list(tx.connection.execute(wanted).scalars()))


async def fill_the_form(page: Window) -> None:
    """Teachers and one of a list, a half of them by lot, and one committee left out. A line that
    is no address is put right on the way."""
    await space(page, page.get_by_role("checkbox", name="Teachers", exact=True))
    await space(page, page.locator("summary", has_text="A list of people"))
    await tab_to(page, page.locator("#f-people"))
    await page.keyboard.type(f"{CHAIR}\nnobody")
    await space(page, page.locator("summary", has_text="Who is left out?"))
    await space(page, page.locator("summary", has_text="Committees left out"))
    await space(page, page.locator("#f-except-committees"))
    await enter(page, "Count again")
    await shows(page, "It reaches")
    told = page.get_by_role("link", name="Line 2: “nobody” is not an email address.")
    await tab_to(page, told)
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "f-people"
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type(CHAIR)
    await space(page, page.locator("summary", has_text="All of them, or a sample?"))
    await tab_to(page, page.locator("#f-part"))
    await page.keyboard.press("ArrowDown")  # a part, drawn by lot
    await tab_to(page, page.locator("#f-part-number"))
    await page.keyboard.type("50%")


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_a_template_is_chosen_looked_at_and_launched_with_the_keyboard_alone(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle(staff=10)) as service:
        context = await browser.new_context(base_url=service.url, locale="en-US")
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        await page.goto(await service.signin_url(CTO))
        await enter(page, "Sign in")
        await page.goto("/desk/surveys/new")
        await enter(page, f"Launch it as it is {ENPS}")
        await shows(page, "Who is it for?")
        await fill_the_form(page)
        await enter(page, "Continue")
        await shows(page, "When does it close?")
        await enter(page, "Continue")
        await shows(page, "They are chosen at random from")
        await space(page, page.locator("summary", has_text="Change what is shown"))
        await space(page, page.get_by_role("checkbox", name="By building and role together"))
        await enter(page, "Update this page")
        await shows(page, "Results for each role in each building")
        assert await waves(service) == [], "nothing is launched by looking"

        form = "[...new FormData(document.querySelector('main form'))]"
        sent = [*(tuple(one) for one in await page.evaluate(form)), ("do", "launch")]
        at = page.url
        await enter(page, "Launch it")
        await shows(page, "Launched: Would you recommend working here?")
        (wave,) = await waves(service)
        assert wave.audience.roles == frozenset({Role.TEACHER})
        assert wave.audience.people == frozenset({CHAIR})
        assert len(wave.audience.except_committees) == 1
        assert isinstance(wave.selection, Sample)
        assert wave.selection.share == 0.5
        assert {Dimension.ROLE, Dimension.BUILDING} in [set(one.by) for one in wave.survey.tables]

        # The same form once more, as a second click and the back button send it.
        kind = {"content-type": "application/x-www-form-urlencoded"}
        again = await page.request.post(at, data=urlencode(sent), headers=kind)
        assert "had already been launched" in await again.text()
        assert await waves(service) == [wave]

        # Chosen again, the template is the same survey: its runs can be set side by side.
        await page.goto("/desk/surveys/new")
        await enter(page, f"Launch it as it is {ENPS}")
        assert page.url.endswith(f"/desk/launch/{wave.survey.key}")
        await shows(page, "Does it continue an earlier run?")
        await context.close()


WORKLOAD = replace(
    example().surveys[0],
    key="workload",
    title=text("Your week"),
    pages=(Page(questions=(FreeText(key="load", prompt=text("How is your workload?")),)),),
    adkar=(),
)


async def test_a_survey_with_warnings_is_launched_to_a_list_without_scripts(
    tmp_path: Path, browser: Browser
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(f"# for the pilot\n{TEACHER}\n{CHAIR}\n", encoding="utf-8")
    async with running(tmp_path, settle(staff=3)) as service:
        await service.core.store.write(lambda tx: tx.put_web_survey(WORKLOAD))
        async with without_scripts(browser, service, CTO) as page:
            await page.set_viewport_size({"width": 360, "height": 800})
            await page.goto("/desk/surveys")
            await link(page, "Launch “Your week”")
            await page.locator("summary", has_text="A list of people").press("Enter")
            await page.locator("#f-people-file").set_input_files(staff)
            await button(page, "Continue")
            await shows(page, "It reaches 2 people.")
            await button(page, "Continue")
            await page.locator("summary", has_text="Change what is shown").press("Enter")
            await page.locator("#f-hold").check()
            await button(page, "Update this page")
            await shows(page, "It reaches 2 people.")
            await shows(page, "A records hold is on this survey")
            await shows(page, "It is about workload")
            assert await too_wide(page) <= 0
            await button(page, "See the page for the association")
            await shows(page, "To discuss")
            await the_association_reads_spanish(page)

            assert await page.locator("#f-hold").is_checked()
            await button(page, "Change who is asked")
            await shows(page, "Who is it for?")
            kept = await page.locator("#f-people").input_value()
            assert kept == f"# for the pilot\n{TEACHER}\n{CHAIR}"
            await button(page, "Continue")
            await button(page, "Continue")
            await button(page, "Launch it")
            await shows(page, "Read them, then confirm that you did.")
            assert await waves(service) == []
            await page.get_by_role("checkbox", name="I have read these").check()
            await button(page, "Launch it")
            await shows(page, "Launched: Your week")
        (wave,) = await waves(service)
        assert wave.audience.people == {TEACHER, CHAIR}
        assert wave.hold
        assert "survey launched with its warnings read" in await audited(service)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


async def the_association_reads_spanish(page: Window) -> None:
    """On the page and in the file, which says what the page says; then back to the form."""
    await page.locator("main").get_by_role("button", name="Español").click()
    await shows(page, "hasta que se levante")
    async with page.expect_download() as kept:
        await page.get_by_role("button", name="Descargarla").click()
    file = await (await kept.value).path()
    assert "hasta que se levante" in read(file)
    await page.get_by_role("button", name="Volver al lanzamiento").click()
