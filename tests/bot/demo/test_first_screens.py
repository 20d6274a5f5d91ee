"""The Homes of the whole demo in a real browser, for everybody whom it has, in both languages, on a
desk and on a phone: something waits, and all that waits is in the first screen."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import make_url

from bot.app.core import Core
from bot.app.settings import Settings
from bot.demo.start import _personas
from bot.web.launching.steps import Step
from bot.web.settings import Persona
from governance.people.reading_language import ChooseLanguage
from storage.transaction import Transaction
from tests.attacks.hall import Hall
from tests.journeys.test_every_form import demo as served

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

pytestmark = [
    pytest.mark.browser,
    pytest.mark.prove,
    pytest.mark.timeout(900),
    pytest.mark.asyncio(loop_scope="session"),
]

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}

WITH_FIGURES = ("cto", "chair", "iso")
"""Personas whose Home shows figures in the first screen, too."""

FIGURES = 4

MOST_OF_A_STEP = 1_200
"""Pixels of one step of a launch, on a desk."""

MOST_BAR = 40
"""Pixels of the demo's bar: one line."""

_SEEN = """(name) => {
  const bar = document.querySelector('nav.bar')?.getBoundingClientRect();
  const end = (one) => Math.ceil(one.getBoundingClientRect().bottom + scrollY);
  const line = ':is(.waiting > summary, .waiting-line)';
  const asked = '.waiting[open] .folds > .field:first-of-type';
  const whos = [...document.querySelectorAll('.ribbon-who > *')];
  const who = whos.find((one) => one.checkVisibility());
  const words = document.createRange(), at = who.textContent.indexOf(name);
  words.setStart(who.firstChild, at);
  words.setEnd(who.firstChild, at + name.length);
  return {
    room: bar?.height ? Math.floor(bar.top) : innerHeight,
    waits: [...document.querySelectorAll(`.banner, .card.waits, ${line}, ${asked}`)]
      .filter((one) => !one.closest('.waiting[open] ~ .waiting')).map(end),
    figures: [...document.querySelectorAll('.home-tiles .tile')].map(end),
    unknown: [...document.querySelectorAll('.home-tiles .tile')]
      .map((one) => one.innerText).filter((one) => /^[–—]$/m.test(one)),
    bar: document.querySelector('.ribbon').getBoundingClientRect().height,
    named: words.getBoundingClientRect().right <= who.parentElement.getBoundingClientRect().right,
  };
}"""
"""Where each thing that waits ends, and each figure, and where the first screen does: on a phone
at the bar of places. One thing at a time: where a survey is open, its first question has to end
there, and what waits below it is counted in the head of the page. And the tiles with a dash for a
figure, how high the demo's bar is, and whether it shows a whole name."""


@asynccontextmanager
async def copied(prepared: Settings, folder: Path) -> AsyncIterator[tuple[Hall, str]]:
    """A copy of the demo as it is served, and where, once this week's survey is in all Homes."""
    made = Path(str(make_url(prepared.database_url).database))
    shutil.copytree(made.parent, folder / "demo")
    async with served(folder / "demo", _nothing) as (house, url):
        while await house.core.store.read(_asked_later):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.1)
        yield Hall(house.core, house.core.now), url  # type: ignore[arg-type]  # its clock is ours


async def signed_in(browser: Browser, url: str, persona: Persona) -> Page:
    """Somebody's own browser."""
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{url}/demo")
    await page.get_by_role("button", name=persona.name).click()
    return page


async def in_each_language(town: Hall, persona: Persona) -> AsyncIterator[str]:
    """The languages, each once the persona reads in it."""
    person = await town.core.store.read(lambda tx: tx.person(persona.person))
    assert person is not None
    for locale in ("en", "es"):
        await town.ask(person.email, ChooseLanguage(locale=locale))
        yield locale


async def homes(town: Hall, browser: Browser, url: str) -> AsyncIterator[tuple[Persona, str, Page]]:
    """Each persona's Home in each language."""
    for persona in await _personas(town.core):
        page = await signed_in(browser, url, persona)
        async for locale in in_each_language(town, persona):
            await page.goto(url)
            yield persona, locale, page
        await page.context.close()


async def _nothing(_: Core) -> None:
    """All is there already."""


def _asked_later(tx: Transaction) -> int:
    """To how many people this week's survey has yet to come."""
    return sum(tx.still_to_ask(wave.id) for wave in tx.waves_ahead())


def wrong(key: str, seen: dict[str, Any]) -> list[str]:
    """What a Home lacks."""
    figures = seen["figures"] if key in WITH_FIGURES else []
    last, room = max([*seen["waits"], *figures], default=0), seen["room"]
    faults = {
        "nothing waits": not seen["waits"],
        f"{len(figures)} figures": key in WITH_FIGURES and len(figures) < FIGURES,
        f"{last} of {room} px": last > room,
        f"the demo's bar is {seen['bar']} px high": seen["bar"] > MOST_BAR,
        "the demo's bar cuts the name": not seen["named"],
        f"no figure in {seen['unknown']}": bool(seen["unknown"]),
    }
    return [fault for fault, is_so in faults.items() if is_so]


async def test_every_home_shows_what_waits_in_its_first_screen_below_one_line_of_the_demo(
    demo: Settings, browser: Browser, tmp_path: Path
) -> None:
    found, looked = list[str](), set[str]()
    async with copied(demo, tmp_path) as (town, url):
        async for persona, locale, page in homes(town, browser, url):
            for window in (WIDE, PHONE):
                await page.set_viewport_size(window)
                seen = await page.evaluate(_SEEN, persona.name)
                where = f"{persona.key} in {locale}, {window['width']} px"
                found += [f"{where}: {fault}" for fault in wrong(persona.key, seen)]
            looked.add(persona.key)
    assert looked.issuperset(WITH_FIGURES)
    assert not found, "\n".join(found)


async def test_no_step_of_a_launch_is_longer_than_one_page_and_a_half(
    demo: Settings, browser: Browser, tmp_path: Path
) -> None:
    """Of any survey of the demo, with the usual choices made."""
    long, looked = list[str](), set[str]()
    async with copied(demo, tmp_path) as (town, url):
        surveys = await town.core.store.read(lambda tx: tx.ready_surveys())
        cto = next(one for one in await _personas(town.core) if one.key == "cto")
        page = await signed_in(browser, url, cto)
        await page.set_viewport_size(WIDE)
        async for locale in in_each_language(town, cto):
            for survey in surveys:
                at = f"{url}/desk/launch/{survey.key}"
                await page.goto(at)
                await page.locator("button[name=do][value=when]").click()
                for step in Step:
                    await page.goto(f"{at}?step={step}")
                    assert page.url == f"{at}?step={step}"
                    high = await page.evaluate("document.documentElement.scrollHeight")
                    looked.add(step)
                    if high > MOST_OF_A_STEP:
                        long.append(f"{survey.key}, {step} in {locale}: {high} px")
        await page.context.close()
    assert looked == set(Step)
    assert not long, "\n".join(long)
