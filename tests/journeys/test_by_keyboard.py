"""By keyboard alone and without scripts, from the first question to what is done about it.

A teacher answers ten questions of every kind, the CTO closes the survey, reads its results, says
what was heard, and the teacher reads that. Nothing is clicked; only Tab moves the focus.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from surveys.survey import Page as SurveyPage
from tests.bot.samples.pairs import PAIRS
from tests.bot.web.seeing import faults
from tests.journeys.running import PATIENCE, Running, running, until
from tests.journeys.test_pages_that_depend import answers
from tests.journeys.test_ten_questions import ANSWERED, FIRST, OTHERS, SECOND, the_others_answer
from tests.journeys.test_web import shows
from tests.journeys.town import CTO, TEACHER, settle
from tests.journeys.trips import launch

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ASKED = replace(PAIRS, shown=())

FAR = 150
"""How often Tab is pressed at most before something must have come."""

_AT = """() => {
  const one = document.activeElement, label = one.labels?.[0]?.innerText ?? '';
  const fieldset = one.closest('fieldset')?.querySelector('legend')?.innerText ?? '';
  const outline = getComputedStyle(one).outlineStyle;
  return {tag: one.tagName, type: one.type ?? '', name: one.name ?? '', value: one.value ?? '',
          words: one.innerText?.trim() ?? '', label, fieldset, outline, checked: !!one.checked};
}"""


@asynccontextmanager
async def at_the_keyboard(browser: Browser, service: Running, email: str) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=service.url, locale="en-US", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto(await service.signin_url(email))
    await press(page, "Sign in")
    try:
        yield page
    finally:
        await context.close()


async def tab(page: Page, *, name: str = "", label: str = "", words: str = "") -> Mapping[str, Any]:
    """Press Tab until the focus is on the input of a name or of a label that begins like this, or
    on a link or button that begins with these words; where it is can be seen."""
    for _ in range(FAR):
        await page.keyboard.press("Tab")
        at: Mapping[str, Any] = await page.evaluate(_AT)
        if name:
            here = at["name"] == name
        elif label:
            here = str(at["label"]).startswith(label)
        else:
            here = str(at["words"]).startswith(words)
        if here and at["tag"] != "BODY":
            assert at["outline"] == "solid", f"the focus on {name or label or words} can be seen"
            return at
    pytest.fail(f"Tab never came to {name or label or words}")


async def press(page: Page, words: str) -> None:
    await tab(page, words=words)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def type_into(page: Page, name: str, words: str) -> None:
    await tab(page, name=name)
    await page.keyboard.type(words)


async def choose(page: Page, name: str, value: str) -> None:
    """A radio: Space on the one that Tab comes to, then the arrows."""
    at = await tab(page, name=name)
    await page.keyboard.press("Space")
    for _ in range(FAR):
        at = await page.evaluate(_AT)
        if at["value"] == value and at["checked"]:
            return
        await page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrows never came to {value} of {name}")


async def tick(page: Page, name: str, values: Sequence[str]) -> None:
    """Boxes: Tab goes from one to the next."""
    left = set(values)
    while left:
        at = await tab(page, name=name)
        if at["value"] in left:
            await page.keyboard.press("Space")
            left.discard(str(at["value"]))


async def put_in_order(page: Page, name: str, labels: Sequence[str]) -> None:
    """A list for each place; what is typed chooses in it. Nothing is dragged."""
    for label in labels:
        await tab(page, name=name)
        await page.keyboard.type(label)


ORDER = {"search": "Finding", "speed": "Speed", "phone": "Use on a phone"}


async def answer_all(page: Page) -> None:
    for key in ("how-often", *(key for key in FIRST if key.startswith("platform."))):
        await choose(page, key, str(FIRST[key]))
    await choose(page, "most-for", FIRST["most-for"])
    await type_into(page, "most-for.other", FIRST["most-for.other"])
    await press(page, "Save and continue")
    await shows(page, "Page 2 of about 4")

    await tick(page, "helped", SECOND["helped"])
    await type_into(page, "helped.other", SECOND["helped.other"])
    await type_into(page, "last-course", "03092026")
    await type_into(page, "hours", "a lot")
    await put_in_order(page, "next", [ORDER[key] for key in SECOND["next"]])
    await press(page, "Save and continue")

    # What is wrong is told on top, with a way to where it is.
    await press_here(page, "How many hours a week")
    assert (await page.evaluate(_AT))["name"] == "hours", "the reason leads to its input"
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("2.5")
    await press(page, "Save and continue")
    await type_into(page, "hard", "Uploading.")
    await press(page, "Save and continue")
    await choose(page, "recommend", "0")
    await press(page, "Send my answers")
    await shows(page, "Thank you. Your answers are saved.")


async def press_here(page: Page, words: str) -> None:
    """A link to a place on the same page."""
    await tab(page, words=words)
    await page.keyboard.press("Enter")


HEARD = "Uploading fails on old laptops, and many of you have never had a course."
WHAT, WHEN = "Courses at every school, in the afternoon", "By March 1"
NOT_DONE = "No second platform: one is enough to learn."


@pytest.mark.usefixtures("exact")
@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_a_survey_is_answered_closed_read_and_answered_for_with_keys_alone(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle()) as service:
        wave = await launch(service, [TEACHER, *OTHERS], "learning-platform")
        async with at_the_keyboard(browser, service, TEACHER) as page:
            await page.goto(f"/surveys/{wave}")
            await answer_all(page)
        assert await answers(service, wave, TEACHER) == ANSWERED
        await the_others_answer(service, wave)

        async with at_the_keyboard(browser, service, CTO) as page:
            await closes(page)
            await reads_results(page)
            await says_what_was_heard(page, wave)
        await until(lambda: service.sent("conclusions", wave))
        async with at_the_keyboard(browser, service, TEACHER) as page:
            await shows(page, "What we heard")
            for said in (HEARD, WHAT, NOT_DONE):
                await shows(page, said)
            await page.goto(f"/heard/{wave}")
            assert await faults(page) == []
            row = page.get_by_role("row").filter(has_text=WHAT)
            assert await row.get_by_role("cell", name=WHEN).count() == 1


async def closes(page: Page) -> None:
    await press(page, "Surveys")
    await press(page, "The learning platform after one year")
    await press(page, "Close it now")
    await shows(page, "Close “The learning platform after one year” now?")
    await press(page, "Close it now")
    await shows(page, "Closed. You can read the results")


async def reads_results(page: Page) -> None:
    await press(page, "The learning platform after one year")
    await press(page, "Results")
    await shows(page, "About 20 of 20 people answered.")
    for words in ("Each question", "The numbers in a table"):
        await tab(page, words=words)
        await page.keyboard.press("Enter")
    table = page.locator("details[open] details[open] table").first
    await table.get_by_role("columnheader", name="95% interval").wait_for()
    await press_here(page, "What should get better first?")
    assert await faults(page) == []


async def says_what_was_heard(page: Page, wave: UUID) -> None:
    await page.goto(f"/results/{wave}")
    await press(page, "Tell staff what you heard")
    await press(page, "Save and preview")
    await shows(page, "There is a problem")
    await type_into(page, "heard", HEARD)
    await type_into(page, "what_1", WHAT)
    await type_into(page, "by_1", WHEN)
    await type_into(page, "not_done", NOT_DONE)
    await press(page, "Save and preview")
    await shows(page, "As people will read it")
    await press(page, "Publish it")
    await shows(page, "Published.")
    await shows(page, HEARD)


async def test_pairs_are_compared_with_keys_alone(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(staff=3)) as service:
        wave = await launch(service, [TEACHER], pages=(SurveyPage(questions=(ASKED,)),))
        async with at_the_keyboard(browser, service, TEACHER) as page:
            await page.goto(f"/surveys/{wave}")
            for pair in range(1, ASKED.pairs + 1):
                await tab(page, name=f"{ASKED.key}.{pair}")
                await page.keyboard.press("Space")
            await press(page, "Send my answers")
            await shows(page, "Thank you. Your answers are saved.")
        said = await answers(service, wave, TEACHER)
        assert len(said[ASKED.key]) == ASKED.pairs
