"""The pages in a real browser: by keyboard alone, without scripts, and with numbers that move.

That each of them is accessible in each window stands in ``test_every_page.py``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
import pytest_asyncio
import uvicorn

from bot.conversation import Reader
from bot.web.render_card import at as do
from governance.announcements.campaign_commands import CheckAskAgain, ShowAsking, ShowProgress
from governance.announcements.commands import DeclineAnnouncement, SendUrgent
from governance.docket.commands import GiveFeedback, MoveItem, ShowAnswerForm
from governance.forms.commands import Open
from governance.home.commands import ShowDocket
from governance.messages import Progress
from surveys import commands as surveys
from surveys.messages import Rejected, Results
from surveys.questions import Unfit
from tests.bot.web import examples, listening_views
from tests.bot.web.examples import DRAFT, ITEM, NEWS, WAVE
from tests.bot.web.seeing import serious
from tests.bot.web.site import Stand, stand

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGES = (
    "/",
    "/help",
    f"/surveys/{WAVE}",
    f"/surveys/{WAVE}/1",
    f"/surveys/{WAVE}/said",
    "/surveys",
    f"/results/{WAVE}",
    f"/results/{WAVE}?group=every",
    f"/results/{WAVE}/conclusions",
    f"/heard/{WAVE}",
    "/feedback",
    "/committees/network",
    f"/items/{ITEM}",
    do(ShowAnswerForm(item_id=ITEM)),
    do(Open(of=MoveItem(item_id=ITEM))),
    f"/announcements/{NEWS}",
    "/announcements/new",
    f"/announcements/{NEWS}/progress",
    do(Open(of=SendUrgent(announcement_id=DRAFT))),
    f"/announcements/{NEWS}/approval",
    do(Open(of=DeclineAnnouncement(announcement_id=NEWS, request=1))),
    "/desk/launch/pulse",
    f"/desk/close/{WAVE}",
    f"/desk/asking/{WAVE}",
    do(CheckAskAgain(wave_id=WAVE)),
    "/nowhere",
)


@dataclass
class Served:
    """The pages on a loopback port."""

    site: Stand
    base: str

    def at(self, path: str) -> str:
        return self.base + path


@pytest_asyncio.fixture(loop_scope="session")
async def served() -> AsyncIterator[Served]:
    async with serving(stand()) as found:
        yield found


@asynccontextmanager
async def serving(site: Stand) -> AsyncIterator[Served]:
    config = uvicorn.Config(site.app, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(site=site, base=f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def signed_in(browser: Browser, served: Served, **options: Any) -> AsyncIterator[Page]:
    context = await browser.new_context(**options)
    try:
        page = await context.new_page()
        await page.goto(served.at(served.site.link()))
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url(served.at("/"))
        yield page
    finally:
        await context.close()


async def test_axe_finds_nothing_serious_in_the_demo(browser: Browser) -> None:
    async with serving(stand(demo=True)) as demo:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(demo.at("/demo"))
        await page.get_by_role("button", name="Maria Lopez").click()
        assert await serious(page) == []
        await context.close()


async def test_a_survey_is_answered_by_keyboard_alone(browser: Browser, served: Served) -> None:
    async with signed_in(browser, served) as page:
        await page.goto(served.at(f"/surveys/{WAVE}"))
        await tab_to(page, "wifi")
        await page.keyboard.press("Space")
        await page.keyboard.press("ArrowDown")
        await tab_to(page, "blocker")
        await page.keyboard.press("Space")
        await tab_to(page, "Save and continue")
        await page.keyboard.press("Enter")
        await page.wait_for_url(served.at(f"/surveys/{WAVE}/1"))
        await tab_to(page, "tools")
        await page.keyboard.press("Space")
        for choice in ("One sign-in", "Wi-Fi"):
            await tab_to(page, "priorities")
            await page.keyboard.type(choice)
        await tab_to(page, "minutes")
        await page.keyboard.type("15")
        await tab_to(page, "wish")
        await page.keyboard.type("Fewer passwords")
        await tab_to(page, "Send my answers")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Thank you. Your answers are saved.").wait_for()
    first, second = (
        one for one in served.site.conversation.heard if isinstance(one, surveys.AnswerPage)
    )
    assert first.answers == {"wifi": "2", "blocker": "wifi"}
    assert second.answers == {
        "tools": "lms",
        "priorities": ("signin", "coverage", ""),
        "minutes": "15",
        "wish": "Fewer passwords",
    }


async def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the focus is on the next input of a name, or on a button with its words."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        at = await page.evaluate(
            "[document.activeElement.name ?? '', document.activeElement.textContent.trim()]"
        )
        if name in at:
            outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid", "the focus can be seen"
            return
    pytest.fail(f"Tab never came to {name}")


async def test_the_skip_link_comes_first(browser: Browser, served: Served) -> None:
    async with signed_in(browser, served) as page:
        await page.goto(served.at("/feedback"))
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.id") == "main"


async def test_j_and_k_go_from_row_to_row_of_a_list_and_enter_opens_one(
    browser: Browser, served: Served
) -> None:
    async with signed_in(browser, served) as page:
        served.site.conversation.instead(ShowDocket, listening_views.DOCKET)
        await page.goto(served.at("/committees/network"))
        rows, hint = page.locator("table.rows tbody th a"), page.locator(".keys")
        assert not await hint.is_visible(), "the keys do nothing while the focus is elsewhere"
        await rows.nth(0).focus()
        assert await hint.is_visible()
        assert "J and K move from row to row" in await hint.inner_text()
        for key, at in (("j", 1), ("j", 2), ("k", 1)):
            await page.keyboard.press(key)
            assert await rows.nth(at).evaluate("one => one === document.activeElement"), key
        opened = await rows.nth(1).get_attribute("href")
        await page.keyboard.press("Enter")
        await page.wait_for_url(served.at(opened or ""))
        await page.locator("input[type=search]").press_sequentially("jk")
        assert await page.locator("input[type=search]").input_value() == "jk"


@pytest.mark.parametrize(
    ("width", "height", "opened", "least"),
    [(1280, 800, False, 12), (1280, 800, True, 8), (390, 844, False, 5)],
)
@pytest.mark.parametrize("locale", ["en-US", "es-US"])
async def test_a_docket_shows_many_items_in_the_first_screen(
    browser: Browser,
    served: Served,
    width: int,
    height: int,
    opened: bool,
    least: int,
    locale: str,
) -> None:
    window: Any = {"viewport": {"width": width, "height": height}, "locale": locale}
    async with signed_in(browser, served, **window) as page:
        served.site.conversation.reader = Reader(locale=locale[:2])
        served.site.conversation.instead(ShowDocket, listening_views.DOCKET)
        chosen = f"?item={listening_views.ITEMS[2].item_id}" if opened else ""
        await page.goto(served.at(f"/committees/network{chosen}"))
        assert await page.locator("html").get_attribute("lang") == locale[:2]
        assert await page.locator(".row-beside").count() == opened
        overlaps = "one => one.scrollWidth > one.parentElement.clientWidth"
        assert not await page.locator("table.rows").evaluate(overlaps)
        bottom = await page.evaluate(
            "document.querySelector('nav.bar')?.getBoundingClientRect().top || innerHeight"
        )
        rows = await page.locator("table.rows tbody tr").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().bottom)"
        )
        assert sum(one <= bottom for one in rows) >= least, rows


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
async def test_results_say_what_stands_out_and_set_groups_side_by_side_in_the_first_screen(
    browser: Browser, served: Served, locale: str
) -> None:
    window: Any = {"viewport": {"width": 1280, "height": 800}, "locale": locale}
    async with signed_in(browser, served, **window) as page:
        served.site.conversation.instead(surveys.ShowResults, Results(results=examples.FINAL))
        await page.goto(served.at(f"/results/{WAVE}?by=level"))
        for part in (".headline", "table.heat"):
            box = await page.locator(part).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 800, (part, box)


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
async def test_the_first_question_is_in_view_on_a_phone(
    browser: Browser, served: Served, locale: str
) -> None:
    """With all of its answers, where Home leads to it."""
    window: Any = {"viewport": {"width": 390, "height": 844}, "locale": locale}
    async with signed_in(browser, served, **window) as page:
        await page.goto(served.at(f"/surveys/{WAVE}"))
        bar = await page.evaluate("document.querySelector('nav.bar').getBoundingClientRect().top")
        box = await page.locator("form.survey .field").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= bar, box


async def test_everything_works_without_scripts(browser: Browser, served: Served) -> None:
    async with signed_in(browser, served, java_script_enabled=False) as page:
        await page.locator("summary", has_text="Answer").first.click()
        await page.get_by_role("link", name="Answer").first.click()
        await page.get_by_label("4", exact=True).check()
        await page.get_by_label("Signing in").check()
        await page.get_by_role("button", name="Save and continue").click()
        await page.get_by_label("Third").select_option(label="One sign-in for everything")
        await page.get_by_role("button", name="Send my answers").click()
        await page.get_by_role("heading", name="Thank you. Your answers are saved.").wait_for()
        await page.get_by_role("link", name="Go to home").click()
        await page.locator("summary", has_text="Confirm").first.click()
        await page.get_by_role("button", name="I have read this").click()
        await page.get_by_text("You confirmed").wait_for()
        await page.goto(served.at("/feedback"))
        await page.get_by_label("Your message").fill("The projector hums.")
        await page.get_by_label("With my name").check()
        await page.get_by_role("button", name="Send").click()
        await page.get_by_role("heading", name="Thank you. We have your message.").wait_for()
        await page.goto(served.at(f"/announcements/{NEWS}/progress"))
        await page.get_by_role("link", name="Reload the numbers").click()
        await page.locator(".tile", has_text="5,080 of 6,312").wait_for()
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await page.get_by_role("heading", name="You are signed out").wait_for()


async def test_the_reasons_are_where_a_screen_reader_starts_and_lead_to_their_inputs(
    browser: Browser, served: Served
) -> None:
    rejected = Rejected(unfit=examples.WRONG.unfit, page=examples.PAGE_TWO)
    served.site.conversation.instead(surveys.AnswerPage, rejected)
    async with signed_in(browser, served) as page:
        await page.goto(served.at(f"/surveys/{WAVE}/1"))
        await page.get_by_label("How many minutes").fill("a lot")
        await page.get_by_role("button", name="Send my answers").click()
        await page.get_by_role("alert").wait_for()
        assert await page.evaluate("document.activeElement.className") == "problems"
        await page.get_by_role("link", name="Enter a number from 0 to 480.").click()
        assert await page.evaluate("document.activeElement.id") == "q-minutes"
        assert await page.get_by_label("How many minutes").input_value() == "a lot"


async def test_back_after_a_form_opens_a_page_and_sends_nothing_again(
    browser: Browser, served: Served
) -> None:
    """After a mistake and after a success: Chrome's own answer to both is a page of its own that
    says that the form has to be sent again."""
    async with signed_in(browser, served) as page:
        await page.goto(served.at("/feedback"))
        said, usual = served.site.conversation, served.site.conversation.script
        wrong = Rejected(unfit={"text": Unfit(why="Write a little more.")})
        said.instead(GiveFeedback, wrong)
        await page.get_by_label("Your message").fill("It hums.")
        await page.get_by_role("button", name="Send").click()
        await page.get_by_role("alert").wait_for()
        assert await page.get_by_label("Your message").input_value() == "It hums."
        said.script = usual
        await page.get_by_label("Your message").fill("The projector hums all day.")
        await page.get_by_role("button", name="Send").click()
        await page.get_by_role("heading", name="Thank you. We have your message.").wait_for()
        handed_in = [one for one in said.heard if isinstance(one, GiveFeedback)]
        assert len(handed_in) == 2
        for _ in range(2):
            await page.go_back()
            await page.get_by_label("Your message").wait_for()
        assert [one for one in said.heard if isinstance(one, GiveFeedback)] == handed_in


HURRIED = "const soon = setTimeout; setTimeout = (work, ms) => soon(work, ms / 10)"
"""For pages that look again by themselves after seconds."""


async def test_numbers_follow_along_until_done(browser: Browser, served: Served) -> None:
    async with signed_in(browser, served) as page:
        await page.add_init_script(HURRIED)
        await page.goto(served.at(f"/announcements/{NEWS}/progress"))
        await page.get_by_role("button", name="Stop live updates").wait_for()
        done = replace(examples.TALLY, queued=0, sent=6280, acknowledged=2300)
        progress = Progress(announcement=examples.ANNOUNCEMENT, tally=done)
        served.site.conversation.instead(ShowProgress, progress)
        await page.locator(".tile", has_text="6,280 of 6,312").wait_for(timeout=8000)
        await page.get_by_role("button", name="Stop live updates").wait_for(state="detached")


async def test_an_asking_follows_along_quietly_and_keeps_the_focus_where_it_is(
    browser: Browser, served: Served
) -> None:
    talk = served.site.conversation
    tally = examples.ASKING.tally
    assert tally is not None
    async with signed_in(browser, served) as page:
        await page.add_init_script(HURRIED)
        heard: list[str] = []
        await page.expose_function("heard", lambda said: heard.append(said))
        await page.goto(served.at(f"/desk/asking/{WAVE}"))
        await page.evaluate(
            """new MutationObserver(() => heard(document.getElementById("tally-said").innerText))
               .observe(document.getElementById("tally-said"), {childList: true})"""
        )
        await page.get_by_role("button", name="Stop sending").focus()
        for sent in (5100, 5200, 5300):
            more = replace(tally, sent=sent, queued=6280 - sent)
            talk.instead(ShowAsking, replace(examples.ASKING, tally=more))
            shown = page.locator(".page-facts", has_text=f"{sent:,} of 6,312 invitations sent")
            await shown.wait_for(timeout=8000)
        assert len(heard) == 1, "not each number is read out"
        focused = "document.activeElement.textContent.trim()"
        assert await page.evaluate(focused) == "Stop sending"
        done = replace(tally, sent=6280, queued=0)
        stopped = replace(examples.ASKING, tally=done, stopped_at=examples.NOW)
        talk.instead(ShowAsking, stopped)
        await page.get_by_role("button", name="Send the rest").wait_for(timeout=8000)
        assert await page.evaluate("document.activeElement.id") == "tally-steps"
        await page.get_by_role("button", name="Stop live updates").wait_for(state="detached")
        assert heard[1:] == ["6,280 of 6,312 invitations sent"], "that it is over is"


async def filters_a_docket(page: Page, served: Served) -> str:
    """Choose the second filter of a list, and sort it. The title of the row that is open, then."""
    served.site.conversation.instead(ShowDocket, listening_views.DOCKET)
    await page.goto(served.at("/committees/network"))
    chosen = page.locator("#filter-2")
    at = await chosen.get_attribute("href") or ""
    await chosen.click()
    await page.wait_for_url(served.at(at))
    await page.locator("#filter-2[aria-current]").wait_for()
    await page.locator("thead a").first.click()
    await page.locator("th[aria-sort]").wait_for()
    row = page.locator("tbody th a").last
    title = await row.inner_text()
    await row.click()
    await page.wait_for_url("**item=*")
    await page.locator("tbody a[aria-current]", has_text=title).wait_for()
    await page.locator(".row-beside h3").wait_for()
    return title


async def test_a_list_is_filtered_sorted_and_opened_without_loading_the_page(
    browser: Browser, served: Served
) -> None:
    async with signed_in(browser, served) as page:
        said: list[str] = []
        page.on("console", lambda line: said.append(line.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        loaded: list[str] = []
        page.on("domcontentloaded", lambda _: loaded.append(page.url))
        title = await filters_a_docket(page, served)
        assert len(loaded) == 1, "the page itself is loaded once"
        back = page.locator("form[action='/language'] [name=back]").first
        here = await page.evaluate("location.pathname + location.search")
        assert await back.input_value() == here, "a language leads back to the filtered list"
        assert await page.evaluate("document.activeElement.textContent") == title
        assert title in await page.locator("#listed-said").inner_text()
        assert await page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        await page.go_back()
        await page.locator("th[aria-sort]").wait_for()
        assert "item=" not in page.url
        assert said == []


@pytest.mark.parametrize("scripts", [True, False])
async def test_what_is_done_with_several_rows_is_offered_as_soon_as_one_is_ticked(
    browser: Browser, served: Served, scripts: bool
) -> None:
    async with signed_in(browser, served, java_script_enabled=scripts) as page:
        served.site.conversation.instead(ShowDocket, listening_views.DOCKET)
        await page.goto(served.at("/committees/network"))
        together = page.locator(".picks").get_by_role("button", name="Put aside")
        boxes = page.locator(".pick-cell input")
        assert not await together.is_visible()
        for place in (0, 2):
            await boxes.nth(place).check()
            assert await together.is_visible()
        if scripts:
            await page.get_by_text("2 selected:", exact=True).wait_for()
            await page.locator("tbody th a").nth(1).click()
            await page.wait_for_url("**item=*")
            await page.locator("tbody a[aria-current]").wait_for()
            ticks = await boxes.evaluate_all("all => all.map(one => one.checked)")
            assert ticks[:4] == [True, False, True, False], "another row opens, the ticks stay"
            await page.get_by_text("2 selected:", exact=True).wait_for()
        for place in (0, 2):
            await boxes.nth(place).uncheck()
        assert not await together.is_visible()


async def test_a_list_is_filtered_sorted_and_opened_without_scripts(
    browser: Browser, served: Served
) -> None:
    async with signed_in(browser, served, java_script_enabled=False) as page:
        await filters_a_docket(page, served)


async def test_on_a_phone_the_focus_goes_to_the_open_row_and_back_to_it_in_the_list(
    browser: Browser, served: Served
) -> None:
    async with signed_in(browser, served, viewport={"width": 390, "height": 844}) as page:
        served.site.conversation.instead(ShowDocket, listening_views.DOCKET)
        await page.goto(served.at("/committees/network"))
        row = page.locator("tbody th a").nth(2)
        title = await row.inner_text()
        await row.focus()
        await page.keyboard.press("Enter")
        await page.locator(".row-beside:focus").wait_for()
        await page.get_by_role("link", name="Back to the list").click()
        await page.locator("tbody th a:focus", has_text=title).wait_for()


@pytest.mark.parametrize("status", [401, 503])
async def test_a_list_that_cannot_be_had_says_why(
    browser: Browser, served: Served, status: int
) -> None:
    async with signed_in(browser, served) as page:
        served.site.conversation.instead(ShowDocket, listening_views.DOCKET)
        await page.goto(served.at("/committees/network"))
        await page.route(
            "**/committees/network?*",
            lambda route: route.fulfill(
                status=status, content_type="text/html", body="<!doctype html><h1>Not now</h1>"
            ),
        )
        await page.locator("#filter-2").click()
        await page.get_by_role("heading", name="Not now").wait_for()


async def test_numbers_that_no_longer_follow_say_so(browser: Browser, served: Served) -> None:
    async with signed_in(browser, served) as page:
        await page.add_init_script(HURRIED)
        await page.goto(served.at(f"/announcements/{NEWS}/progress"))
        stale = page.get_by_text("What you see here is no longer up to date.")
        await page.route("**/numbers", lambda route: route.fulfill(status=503, body="Away"))
        await stale.wait_for(timeout=8000)
        await page.unroute("**/numbers")
        await stale.wait_for(state="detached", timeout=8000)


async def test_people_are_counted_again_when_the_audience_changes(
    browser: Browser, served: Served
) -> None:
    async with signed_in(browser, served) as page:
        await page.goto(served.at("/announcements/new"))
        await page.locator(".reach[hx-get]").wait_for()
        chosen = "[...document.querySelectorAll('input[name=roles]:checked')].map(one => one.value)"
        before = await page.evaluate(chosen)
        async with page.expect_request("**/count?*") as asked:
            await page.locator("input[name=roles]").first.evaluate("one => one.click()")
        after = await page.evaluate(chosen)
        assert after != before
        query = parse_qs((await asked.value).url.partition("?")[2])
        assert query.pop("roles", []) == after
        assert set(query) <= {"levels", "buildings", "committees", "lists"}, "no words, no token"


async def test_what_people_typed_runs_nowhere(browser: Browser, served: Served) -> None:
    async with signed_in(browser, served) as page:
        ran: list[str] = []
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        blocked: list[str] = []
        page.on("console", lambda line: blocked.append(line.text))
        for path in PAGES:
            await page.goto(served.at(path))
        assert ran == []
        assert [line for line in blocked if "Content Security Policy" in line] == []


async def test_the_demo_is_toured_in_clicks(browser: Browser) -> None:
    async with serving(stand(demo=True)) as demo:
        context = await browser.new_context(viewport={"width": 360, "height": 800})
        page = await context.new_page()
        await page.goto(demo.at("/"))
        await page.get_by_role("button", name="Maria Lopez").click()
        await page.locator(".ribbon-who > :visible", has_text="Maria Lopez").wait_for()
        await page.goto(demo.at(f"/surveys/{WAVE}/1"))
        await page.get_by_role("button", name="Send my answers").click()
        await page.get_by_text("Tour: 1 of 7").wait_for()
        await page.get_by_text("Tour: 1 of 7").click()
        await page.get_by_role("button", name="See results appear").click()
        await page.wait_for_url(demo.at(f"/results/{WAVE}"))
        await page.locator(".ribbon-who > :visible", has_text="Dana Whitfield").wait_for()
        await page.reload()
        await page.get_by_text("Tour: 2 of 7").wait_for()
        await context.close()
