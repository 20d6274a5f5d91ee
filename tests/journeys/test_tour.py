"""The demo's two-minute tour, played to its end: each step leads to where it can be done, what it
asks for is done, and the next one is offered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from bot.app.core import Core
from bot.demo import past
from bot.demo.colleagues import Colleagues
from bot.demo.examples import example_past
from bot.demo.start import _ask_pulse, _personas
from bot.web.feedback_pages import EXAMPLE
from tests.attacks.hall import RoteReader
from tests.bot.demo.test_demo_rules import only_rules
from tests.bot.web.reading import Form, offered
from tests.journeys.test_every_form import Press, browser_at, demo, said
from tests.journeys.town import settle

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.fixture(autouse=True)
def database() -> None:
    """SQLite, as the demo has it."""


async def asked(core: Core) -> None:
    await settle(staff=400, approve_above=100)(core)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(past, "read_past", only_rules)
        patch.setattr(past, "DistrictReader", RoteReader)
        await past.play_past(core, example_past())
    await _ask_pulse(core)


def step_of(page: str) -> str:
    """The step that a page offers next; "": the tour is done."""
    if 'class="next-step"' not in page:
        return ""
    return str(offered(page).form("/demo/become").data["step"])


class Guest:
    """Somebody with a browser, who does what the page before them is for."""

    def __init__(self, client: httpx.AsyncClient, today: date) -> None:
        self._client = client
        self._today = today
        self.page = httpx.Response(200)

    async def open(self, path: str) -> None:
        self.page = await self._client.get(path)
        assert self.page.status_code == 200, f"{path}: {self.page.status_code}"

    async def go_on(self) -> None:
        await self.send(offered(self.page.text).form("/demo/become"))

    async def send(
        self, form: Form, *, filled: bool = True, button: str = "", **typed: str
    ) -> None:
        """By its first button, or the one with a value; filled in where it is empty, or as it
        is."""
        at = str(self.page.url)
        buttons = form.buttons or [("", "", form.action)]
        found = next((one for one in buttons if one[1] == button), buttons[0])
        press = Press(at=at, form=form, button=found)
        data = {**(press.filled(self._today) if filled else form.data), **typed}
        self.page = await self._client.post(urljoin(at, press.to), data=data)
        assert self.page.status_code == 200, said(self.page.text)

    def form(self, action: str) -> Form:
        """The first form to an address that has this in it."""
        there = [one for one in offered(self.page.text).forms if action in one.action]
        assert there, f"{self.page.url}: no form to {action}. {said(self.page.text)}"
        return there[0]

    async def follow(self, link: str) -> None:
        there = [one for one in offered(self.page.text).links if link in one]
        assert there, f"{self.page.url}: no link to {link}. {said(self.page.text)}"
        await self.open(there[0])


@pytest.fixture
async def guest(tmp_path: Path) -> AsyncIterator[Guest]:
    async with demo(tmp_path, asked) as (house, url):
        spared = [persona.person for persona in await _personas(house.core)]
        async with (
            Colleagues(house.core, pace=5, spared=spared).at_work(),
            browser_at(url, follow_redirects=True) as client,
        ):
            yield Guest(client, house.core.now().date())


async def test_each_step_can_be_done_and_offers_the_next(guest: Guest) -> None:
    await guest.open("/demo")
    await guest.go_on()
    await guest.send(guest.form("/surveys/"))
    assert step_of(guest.page.text) == "results"
    await guest.go_on()
    assert "The survey is still open" in said(guest.page.text)
    assert "The numbers in a table" in said(guest.page.text), "there is something to look at"
    assert step_of(guest.page.text) == "tell"
    await guest.go_on()
    assert EXAMPLE in said(guest.page.text)
    await guest.send(guest.form("/feedback"))
    assert step_of(guest.page.text) == "reply"
    await guest.go_on()
    assert EXAMPLE in said(guest.page.text)
    await guest.follow("/answer")
    await guest.send(guest.form("/answer"))
    assert step_of(guest.page.text) == "comment"
    await guest.go_on()
    assert "My second graders lose a badge a day." in said(guest.page.text)
    assert "Accepted in part" in said(guest.page.text)
    assert "A picture alone will be enough through grade 1." in said(guest.page.text)
    assert step_of(guest.page.text) == "announce"
    await guest.go_on()
    await guest.follow("/edit")
    await guest.send(guest.form("/edit"), filled=False)
    await guest.send(guest.form("/send"), button="go", everyone="everyone")
    assert "is waiting for a second person’s approval" in said(guest.page.text)
    assert step_of(guest.page.text) == "approve"
    await guest.go_on()
    assert "asks you to approve an announcement" in said(guest.page.text)
    await guest.send(guest.form("/do/approve"))
    assert step_of(guest.page.text) == "read"
    await guest.go_on()
    await guest.send(guest.form("/read"))
    assert step_of(guest.page.text) == ""
    assert "You have finished the tour." in guest.page.text
