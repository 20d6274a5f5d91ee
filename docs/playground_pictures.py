"""Takes the pictures of Teams in the guides: walks the journeys of tests/playground in Microsoft's
own playground, and writes docs/pictures.

Run it when a card has changed: ``.venv/bin/python docs/playground_pictures.py``. It needs what
``make test`` installs. Look at every picture afterwards.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from governance.announcements.commands import SendAnnouncement  # noqa: E402
from tests.conftest import CHROMIUM, QUIET  # noqa: E402
from tests.journeys.town import CTO  # noqa: E402
from tests.journeys.trips import announced_title, draft  # noqa: E402
from tests.playground import test_journeys as journeys  # noqa: E402
from tests.playground.place import Place, Screen, in_playground, screen  # noqa: E402
from tests.stand_ins.playground import COMMITTEE  # noqa: E402

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator

PICTURES = HERE / "pictures"
LOOKS = {"viewport": {"width": 1440, "height": 1800}, "device_scale_factor": 1.5}
LARGEST = 200_000
"""Bytes of a picture: a guide must load on a bad line."""

TELLS = "The Wi-Fi in the portables behind the gym drops every day after lunch."
ANSWERS = "Two access points go up behind the gym this Thursday after school."


async def main() -> None:
    """Take all pictures."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for email, walk in (("", _teacher), (CTO, _cto)):
            with tempfile.TemporaryDirectory() as folder:
                who = (email,) if email else ()
                async with in_playground(Path(folder), *who) as place:
                    await walk(browser, place)
        await browser.close()
    for picture in sorted(PICTURES.glob("teams-*.png")):
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.name}: {size // 1000} KB\n")
        if size > LARGEST:
            raise SystemExit(f"{picture.name} is too large; show less of the page.")


async def _teacher(browser: Browser, place: Place) -> None:
    """A survey with what is missing, an announcement, feedback with its answer."""
    async with screen(browser, place, **LOOKS) as seen:
        await journeys.asked(place.service, place.me.email)
        form = await seen.shows("Computing Services asks: The first week")
        await seen.press(form, "Send my answers")
        await form.get_by_text("Please choose one.").wait_for()
        await _shoot(form, "teams-survey")
        announcement = await draft(place.service, [place.me.email])
        await place.service.by_itself(SendAnnouncement(announcement_id=announcement))
        await _shoot(await seen.shows(announced_title()), "teams-announcement")

        await seen.say(TELLS)
        await seen.shows("Thank you. We have your message.")
        await place.posted(COMMITTEE, "behind the gym")
        await _channel(seen)
        await journeys.answered(place, "behind the gym", ANSWERS)
        await seen.page.get_by_role("treeitem", name="Personal Chat").click()
        await _shoot(await seen.shows("Two access points"), "teams-heard")


async def _channel(seen: Screen) -> None:
    """The committee's channel, with what came in."""
    await seen.page.get_by_role("treeitem", name="Network").click()
    await _shoot(await seen.shows("behind the gym"), "teams-brief")


async def _cto(browser: Browser, place: Place) -> None:
    """The results as they come to who asked."""
    async with screen(browser, place, **LOOKS) as seen:
        await journeys.reported(place.service)
        await _shoot(await seen.shows("Results: The first week"), "teams-results")


async def _shoot(card: Locator, name: str) -> None:
    """A card, without the playground around it."""
    await card.scroll_into_view_if_needed()
    await card.page.mouse.move(0, 0)
    await card.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
