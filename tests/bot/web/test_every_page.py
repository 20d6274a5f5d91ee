"""Every page that the application has an address for, in all its states: nothing that axe-core
calls serious, one title and one heading of its own, nothing small, nothing cut off.

Who adds an address adds its page to ``looks.py``, or says there why it shows none.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.routing import Route

from tests.bot.web.examples import READER
from tests.bot.web.looking import Look
from tests.bot.web.looks import LOOKS, NOT_PAGES
from tests.bot.web.seeing import faults, serious, too_wide, unfold
from tests.bot.web.site import Stand, stand, usual, visitor
from tests.bot.web.test_browser import Served, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SHARED = (
    "We cannot do that",
    "Write an announcement",
    "Writing: A survey without a title",
    "Sign in to read this page",
    "Speak anonymously",
    "You are not signed in",
    "Error: Weekly technology pulse",
    "Tell staff what you heard",
)
"""Titles of what more than one address may show: refusals, one form that is gone on with, and a
page whose several forms lead back to it with an error."""

AT_ONCE = 2
"""Pages that are looked at at the same time."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """How somebody looks: the width in pixels, the scheme, and whether our scripts run. (What
    looks at the page is a script itself; the pages' own is kept from loading.)"""

    width: int
    scheme: Any
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}, {'with' if self.scripts else 'no'} scripts"


WINDOWS = (
    Window(width=360, scheme="light", scripts=True),
    Window(width=1280, scheme="dark", scripts=True),
    Window(width=360, scheme="dark", scripts=False),
    Window(width=1280, scheme="light", scripts=False),
)
"""Each width with each scheme, each of both with and without scripts."""


@dataclass
class Visitors:
    """Browsers' contexts and a service of its own, for one page after the other."""

    served: Served
    demo: Served
    contexts: dict[tuple[bool, bool, bool], BrowserContext] = field(default_factory=dict)

    async def page(self, browser: Browser, look: Look, *, scripts: bool) -> Page:
        key = look.stranger, look.demo, scripts
        if key not in self.contexts:
            context = await browser.new_context(reduced_motion="reduce")
            context.set_default_timeout(60_000)
            self.contexts[key] = context
            if not scripts:
                await context.route("**/*.js*", lambda route: route.abort())
            page = await context.new_page()
            if not look.stranger:
                await sign_in(page, self.of(look))
        return self.contexts[key].pages[0]

    def of(self, look: Look) -> Served:
        return self.demo if look.demo else self.served

    async def close(self) -> None:
        for context in self.contexts.values():
            await context.close()


async def sign_in(page: Page, served: Served) -> None:
    await page.goto(served.at(served.site.link()))
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url(served.at("/"))


@asynccontextmanager
async def visitors() -> AsyncIterator[Visitors]:
    async with serving(stand(every_way_in=True)) as served, serving(stand(demo=True)) as demo:
        made = Visitors(served=served, demo=demo)
        try:
            yield made
        finally:
            await made.close()


async def open_(page: Page, served: Served, look: Look, *, folded: bool = False) -> int:
    """Go where a look is from; the status of the page that is there then. ``folded``: leave what
    is behind disclosures there."""
    talk = served.site.conversation
    talk.script, talk.reader = usual, replace(READER, locale=look.locale)
    for kind, answer in look.said:
        talk.instead(kind, answer)
    response = await page.goto(served.at(look.at))
    for name, words in look.typed:
        await page.locator(f"[name={name}]").fill(words)
    for words in filter(None, look.press.split(", ")):
        async with page.expect_navigation() as moved:
            await page.get_by_role("button", name=words).first.click()
        response = await moved.value
    assert response is not None
    if not folded:
        await unfold(page)
    return response.status


async def found_in(page: Page, window: Window, *, axe: bool = True) -> list[str]:
    await page.set_viewport_size({"width": window.width, "height": 800})
    await page.emulate_media(color_scheme=window.scheme, reduced_motion="reduce")
    return [*await faults(page), *(await serious(page) if axe else ()), *await cut_off(page)]


async def cut_off(page: Page) -> list[str]:
    """On a tablet, between the phone and the desk, only the width can be otherwise."""
    await page.set_viewport_size({"width": 768, "height": 800})
    wider = await too_wide(page)
    return [f"{wider} pixels wider than a tablet"] if wider > 0 else []


@dataclass
class Findings:
    """What was wrong, and the title that each page had."""

    wrong: list[str] = field(default_factory=list)
    titles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


async def walk(
    browser: Browser,
    wanted: Sequence[Look],
    windows: Callable[[int], Sequence[Window]],
    axe: Callable[[Look], bool] = lambda _: True,
) -> Findings:
    """Each look through its windows; one loading serves all windows with the same scripts.
    ``axe``: whether axe-core looks, too, which takes as long as all the rest."""
    findings, waiting = Findings(), list(enumerate(wanted))

    async def work() -> None:
        async with visitors() as mine:
            while waiting:
                number, look = waiting.pop(0)
                for scripts, some in itertools.groupby(windows(number), lambda one: one.scripts):
                    page = await mine.page(browser, look, scripts=scripts)
                    status = await open_(page, mine.of(look), look)
                    if status != look.status:
                        findings.wrong.append(f"{look}: {status} is not {look.status}")
                    findings.titles[await page.title()].add(route_of(mine.of(look).site, page.url))
                    for window in some:
                        for one in await found_in(page, window, axe=axe(look)):
                            findings.wrong.append(f"{look} ({window}): {one}")

    async with asyncio.TaskGroup() as crew:
        for _ in range(AT_ONCE):
            crew.create_task(work())
    return findings


# -- no address is left out -----------------------------------------------------------------------


def routes(site: Stand) -> list[Route]:
    return [one for one in site.app.routes if isinstance(one, Route)]


def route_of(site: Stand, url: str) -> str:
    path = httpx.URL(url).path
    return next((one.path for one in routes(site) if one.path_regex.match(path)), "unknown")


async def readable() -> set[str]:
    """The addresses that can be opened, and not only written to, of both kinds of site."""
    found = set()
    for site in (stand(every_way_in=True), stand(demo=True)):
        async with visitor(site.app) as client:
            for one in routes(site):
                path = one.path.replace("{", "").replace("}", "")
                if (await client.get(path)).status_code != httpx.codes.METHOD_NOT_ALLOWED:
                    found.add(one.path)
    return found


def has_a_title_of_its_own(findings: Findings) -> None:
    for title, addresses in findings.titles.items():
        assert title.partition(" – ")[0].strip(), addresses
        assert title.endswith("– Sounding Board"), title
        assert len(addresses) == 1 or title.startswith(SHARED), (title, addresses)


# -- and looked at --------------------------------------------------------------------------------


def first_of_each() -> list[Look]:
    """One look for each address: as it is on a good day."""
    site = stand(demo=True, every_way_in=True)
    return list({route_of(site, one.at): one for one in reversed(LOOKS)}.values())


@pytest.mark.timeout(900)  # also where several runs share a machine
async def test_every_page_is_fit_to_be_shown(browser: Browser) -> None:
    """Each in one window, on a good day, and what its buttons lead to; every window and every
    state is below, where axe-core looks at what the buttons lead to."""
    first = first_of_each()
    some = [*first, *(one for one in LOOKS if one.press and one not in first)]
    findings = await walk(
        browser,
        some,
        lambda number: [WINDOWS[number % len(WINDOWS)]],
        axe=lambda look: not look.press,
    )
    assert findings.wrong == []
    has_a_title_of_its_own(findings)
    visited = set().union(*findings.titles.values())
    assert await readable() - visited == set(NOT_PAGES), "each page is one of looks.py"


@pytest.mark.prove
@pytest.mark.timeout(3600)  # minutes alone, over 900 s where several runs share two cores
async def test_every_page_is_fit_to_be_shown_in_every_state_and_window(browser: Browser) -> None:
    findings = await walk(browser, LOOKS, lambda _: WINDOWS)
    assert findings.wrong == []
