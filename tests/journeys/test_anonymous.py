"""Speaking anonymously, from the link in chat to the answer that is collected with the receipt: a
committee asks back from its card in Slack, from its card in Teams, and from its page."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from tests.bot.web.seeing import faults, serious
from tests.journeys.logged import Log
from tests.journeys.running import PATIENCE, Running, running, until
from tests.journeys.test_quiet_hours import to_the_next
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import briefed, opens_first, shows, signed_in
from tests.journeys.town import CHAIR, OFFICE, TEACHER, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("quick_reader"),
]

SAID = "The wifi in the portables drops every afternoon, again"
QUESTION = "Which of the portables do you mean?"
REPLY = "All in the portables behind the gym, room 4 the most."
ANSWER = "New access points arrive in March."
NOBODY = "member of staff"
WAY = r'http[^"\s]*/say-anonymously[^"\s]*'


@asynccontextmanager
async def nobody(browser: Browser, service: Running) -> AsyncIterator[Page]:
    """A browser in which nobody is signed in."""
    context = await browser.new_context(base_url=service.url, locale="en-US")
    await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=service.url)
    context.set_default_timeout(PATIENCE)
    try:
        yield await context.new_page()
        assert await context.cookies() == [], "nothing is left behind in the browser"
    finally:
        await context.close()


def the_way_there(service: Running, *shown: Any) -> str:
    """The link that each of several people was shown: one for all, and nothing goes along."""
    found = {
        link
        for one in shown
        for link in re.findall(r"http[^\"\s]*/say-ano[^\"\s]*", json.dumps(one))
    }
    (link,) = found
    assert re.fullmatch(rf"{service.url}/say-anonymously/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}", link)
    return str(link)


async def say_it(page: Page, way: str) -> str:
    """What somebody wants to say, said on the page; the code that they got."""
    await page.goto(way)
    await shows(page, "We cannot find out who you are, not even to send help.")
    assert [*await faults(page), *await serious(page)] == []
    await page.get_by_label("In your own words").fill(SAID)
    await page.get_by_role("button", name="Send it anonymously").click()
    await shows(page, "it is shown only now")
    assert [*await faults(page), *await serious(page)] == []
    code = await page.locator(".receipt").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", code)
    assert code not in page.url
    return code


async def keep_it(page: Page, code: str) -> None:
    """Copied, and on paper; afterwards it is shown nowhere."""
    await page.get_by_role("button", name="Copy the code").click()
    await page.get_by_role("status").get_by_text("Copied").wait_for()
    assert await page.evaluate("navigator.clipboard.readText()") == code
    await page.evaluate("window.print = () => { window.printed = true }")
    await page.get_by_role("button", name="Print this page").click()
    assert await page.evaluate("window.printed")
    (sheet,) = PdfReader(BytesIO(await page.pdf(format="Letter"))).pages
    paper = sheet.extract_text()
    assert code in paper
    assert "/collect" in paper, "where to use it"
    assert "Copy the code" not in paper
    await page.goto("/collect")
    assert code not in await page.content()
    from playwright.async_api import Error

    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser has not kept it either
        await page.go_back()


async def look(page: Page, code: str) -> str:
    await page.goto("/collect")
    await page.get_by_label("Your code").fill(code)
    await page.get_by_role("button", name="Show the answer").click()
    await page.locator("h1").wait_for()
    assert code not in page.url
    return await page.locator("main").inner_text()


def sloppily(code: str) -> str:
    """As people type it."""
    return f" {code.lower().replace('-', '  ').replace('0', 'o').replace('1', 'l')} "


def with_one_letter_wrong(code: str) -> str:
    return code[:-1] + ("7" if code[-1] != "7" else "8")


async def the_next_morning(service: Running) -> None:
    await to_the_next(service, 6, 5)
    service.core.ears.reading()


async def question_is_replied_to(page: Page, code: str) -> None:
    async def asked() -> bool:
        return QUESTION in await look(page, sloppily(code))

    await until(asked, every=0.5)
    assert [*await faults(page), *await serious(page)] == []
    await page.get_by_label("Your reply").fill(REPLY)
    await page.get_by_role("button", name="Send the reply anonymously").click()
    await shows(page, "We have your reply")
    assert "No message has this code" in await look(page, with_one_letter_wrong(code))


async def answer_is_collected(page: Page, code: str) -> None:
    async def answered() -> bool:
        return ANSWER in await look(page, code)

    await until(answered, every=0.5)
    shown = await page.locator("main").inner_text()
    assert "Network and Infrastructure answered" in shown
    assert QUESTION in shown
    assert REPLY in shown
    assert "Send the reply" not in shown, "it was answered: nothing is open"
    assert ANSWER not in await look(page, with_one_letter_wrong(code))


# -- the committee is in Slack -------------------------------------------------------------------


async def test_in_slack_the_committee_asks_back_and_the_answer_is_collected(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    async with in_slack(tmp_path, [OFFICE]) as place:
        slack, service, chair = place.slack, place.service, place.users[CHAIR]
        for email in (TEACHER, OFFICE):
            await slack.command(place.users[email], "feedback")

        async def forms() -> list[Any]:
            found = [slack.modal(place.users[email]) for email in (TEACHER, OFFICE)]
            return found if all(found) else []

        way = the_way_there(service, *await until(forms))
        network = place.channels["network"]
        async with nobody(browser, service) as page:
            code = await say_it(page, way)
            assert "It goes to a committee on" in await look(page, code)
            await the_next_morning(service)
            brief = await place.message(network, SAID[:30])
            assert NOBODY in texts(brief)
            await slack.click(chair, brief, "Ask the author")
            assert await until(lambda: _soon(slack.modal(chair)))
            await slack.submit(chair, {"text": QUESTION})
            await place.message(network, "Waiting for the author")

            await place.restart()

            await question_is_replied_to(page, code)
            assert place.count(network, REPLY) == 0, "it waits for its morning"
            await the_next_morning(service)
            replied = await place.message(network, REPLY)
            await slack.click(chair, replied, "Answer")
            assert await until(lambda: _soon(slack.modal(chair)))
            await slack.submit(chair, {"text": ANSWER})
            await answer_is_collected(page, code)
        assert code not in log.text
        sent = [texts(m) for user in place.users.values() for m in slack.from_app(user)]
        assert not [one for one in sent if SAID[:30] in one or ANSWER in one], "nobody is told"


async def _soon(value: Any) -> Any:
    return value


# -- in Teams ------------------------------------------------------------------------------------


async def test_in_teams_the_committee_asks_back_and_the_answer_is_collected(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    async with in_teams(tmp_path) as place:
        teams, service = place.teams, place.service
        author, other = await place.join(TEACHER), await place.join(OFFICE)
        chair = await place.join(CHAIR)
        forms = [(await teams.say(one, "feedback"))[-1].card for one in (author, other)]
        way, network = the_way_there(service, *forms), place.channels["network"]
        async with nobody(browser, service) as page:
            code = await say_it(page, way)
            await the_next_morning(service)
            brief = await place.message(network, SAID[:30])
            assert NOBODY in brief.text
            form = await teams.execute(chair, brief, "Ask the author")
            asked = await teams.execute(chair, form.card, "Ask", {"field.text": QUESTION})
            assert "Waiting for the author" in asked.text

            await place.restart()

            await question_is_replied_to(page, code)
            await the_next_morning(service)
            replied = await place.message(network, REPLY)
            form = await teams.execute(chair, replied, "Answer")
            await teams.execute(chair, form.card, "Send the answer", {"field.text": ANSWER})
            await answer_is_collected(page, code)
        assert code not in log.text
        sent = [m.text for one in (author, other) for m in teams.messages(one.chat)]
        assert not [one for one in sent if SAID[:30] in one or ANSWER in one], "nobody is told"


# -- and on its page -----------------------------------------------------------------------------


async def test_on_its_page_the_committee_asks_back_and_the_answer_is_collected(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    async with running(tmp_path, settle()) as service, nobody(browser, service) as page:
        ways = []
        for email in (TEACHER, OFFICE):
            async with signed_in(browser, service, email) as own:
                await own.goto("/feedback")
                link = own.get_by_role("link", name="Speak anonymously")
                ways.append(await link.evaluate("it => it.href"))
        code = await say_it(page, the_way_there(service, *ways))
        await keep_it(page, code)
        await the_next_morning(service)
        await until(lambda: briefed(service, "network"))
        async with signed_in(browser, service, CHAIR) as theirs:
            await opens_first(theirs)
            await shows(theirs, NOBODY)
            await theirs.locator(".item-ways summary").click()
            await theirs.get_by_role("link", name="Ask the author").click()
            await theirs.get_by_role("textbox").fill(QUESTION)
            await theirs.get_by_role("button", name="Ask", exact=True).click()
            await shows(theirs, "The author was asked")

        await service.restart()

        await question_is_replied_to(page, code)
        await the_next_morning(service)
        async with signed_in(browser, service, CHAIR) as theirs:

            async def came() -> bool:
                await opens_first(theirs)
                return REPLY in await theirs.locator("main").inner_text()

            await until(came, every=0.5)
            await theirs.get_by_label("Your answer").fill(ANSWER)
            await theirs.get_by_role("button", name="Send").click()
            await shows(theirs, "on its way to the author")
        await answer_is_collected(page, code)
        assert code not in log.text
