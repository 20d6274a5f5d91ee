"""Every address of a button and of a form can be opened, in another language and after a reload;
what was typed into a form stays in it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from bot.registry import OPERATIONS, decode, encode, operation_of
from bot.web.render_card import at
from bot.web.unsent import FIELD
from core.commands import Command
from governance.announcements.commands import ShowAnnouncement, WriteAnnouncement
from governance.feeds.commands import DropCalendarAddress, MakeCalendarAddress, ShowCalendarAddress
from governance.forms.commands import Open
from governance.forms.messages import opened
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.samples.lesson import LESSON, LESSON_MESSAGES
from tests.bot.test_forms import COMMANDS, named, opening
from tests.bot.web.examples import DRAFT
from tests.bot.web.reading import offered
from tests.bot.web.site import CTO, Stand, stand, visitor
from tests.bot.web.test_launching import Kept
from tests.bot.web.test_pages import sign_in
from tests.governance.test_access import EVERYTHING

PRESSED = list(
    {
        type(one): one
        for one in EVERYTHING
        if OPERATIONS[type(one)].button and not operation_of(one).reopens
    }.values()
)
"""One of each command that a button gives and that does something."""

IN_STEPS = (WriteAnnouncement,)
"""Forms that the web has in steps, on pages of their own."""

TYPED = "We replace the access point <on> Thursday"


@pytest.fixture
def site() -> Stand:
    return stand(unsent=Kept())


@pytest.mark.parametrize("command", PRESSED, ids=named)
async def test_the_address_of_a_button_leads_to_its_form_or_home_and_does_nothing(
    site: Stand, command: Command
) -> None:
    async with visitor(site.app) as client:
        await sign_in(client, site.link())
        site.conversation.heard.clear()
        answer = await client.get(at(command))
    assert answer.status_code == 303
    assert site.conversation.heard == [], "a link may be followed before anybody presses it"
    leads = unquote(answer.headers["location"])
    shown = decode(leads.removeprefix("/do/"))
    assert leads == "/" or (shown is not None and operation_of(shown).reopens), leads
    if OPERATIONS[type(command)].opens:
        carried = decode(at(command).removeprefix("/do/"))
        assert carried is not None
        assert shown == decode(encode(Open(of=carried))), "a form asks for what its button chose"


@pytest.mark.parametrize("command", [MakeCalendarAddress(), DropCalendarAddress()], ids=named)
async def test_after_a_calendars_address_was_made_its_page_can_be_opened_again(
    site: Stand, command: Command
) -> None:
    async with visitor(site.app) as client:
        await sign_in(client, site.link())
        answer = await client.get(at(command))
        assert answer.headers["location"] == at(ShowCalendarAddress())
        assert (await client.get(answer.headers["location"])).status_code == 200


def language(page: str) -> tuple[str, dict[str, str | list[str]]]:
    """Where the link to Spanish leads, and what goes along with it: the fields of the form that
    it hands in."""
    button = re.search(r'<button class="link" name="locale"([^>]*)>Español', page)
    assert button is not None
    belongs = re.search(r' form="([^"]+)" formaction="([^"]+)"', button[1])
    if belongs is None:
        form = offered(page).form("/language")
        return "/language", {**form.data, "locale": "es"}
    assert "formnovalidate" in button[1]
    inside = re.search(rf'<form[^>]* id="{belongs[1]}"[^>]*>.*?</form>', page, re.DOTALL)
    assert inside is not None
    data = offered(inside[0]).forms[0].data
    assert FIELD in data
    return unescape(belongs[2]), {**data, "locale": "es"}


async def in_spanish(client: httpx.AsyncClient, page: str, **typed: str) -> httpx.Response:
    path, data = language(page)
    chosen = await client.post(path, data=data | typed)
    assert chosen.status_code == 303
    return await client.get(chosen.headers["location"])


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if not isinstance(one, IN_STEPS)], ids=named
)
async def test_another_language_keeps_the_page_of_a_form_and_what_was_typed(
    site: Stand, command: Command
) -> None:
    """While it is being filled in, and after it did not fit."""
    shown = opened(command, opening(command))
    before = site.conversation.script

    def script(said: Command) -> Any:
        if isinstance(said, Open) and type(said.of) is type(command):
            return shown
        if type(said) is type(command):
            return Rejected(unfit={"nothing": Unfit(why="It does not fit.")})
        return before(said)

    site.conversation.script = script
    form = at(Open(of=shown.of))
    async with visitor(site.app) as client:
        await sign_in(client, site.link())
        page = (await client.get(form)).text
        found = offered(page).form(at(shown.of))
        texts = [one.name for one in found.inputs.values() if one.kind in ("text", "textarea")]
        typed = dict.fromkeys(texts, TYPED)
        there = await in_spanish(client, page, **typed)
        assert (there.status_code, unquote(there.url.raw_path.decode())) == (200, form)
        kept = len(texts) if OPERATIONS[type(command)].keeps_drafts else 0
        assert unescape(there.text).count(TYPED) >= kept
        wrong = await client.post(at(shown.of), data={**found.data, **typed})
        untold = OPERATIONS[type(command)].untold
        assert wrong.status_code == (200 if untold else 422), "nor does its status tell"
        again = await in_spanish(client, wrong.text)
        assert (again.status_code, unquote(again.url.raw_path.decode())) == (200, form)
        assert unescape(again.text).count(TYPED) >= kept


@pytest.mark.parametrize("path", [f"/announcements/{LESSON}", "/urgent?state=closed"])
async def test_another_language_stays_on_the_page(site: Stand, path: str) -> None:
    """Also where a form of another address stands on it, and where a list is filtered."""
    site.conversation.instead(ShowAnnouncement, LESSON_MESSAGES["lesson"])
    async with visitor(site.app) as client:
        await sign_in(client, site.link())
        there = await in_spanish(client, (await client.get(path)).text)
    assert (there.status_code, there.url.raw_path.decode()) == (200, path)


@pytest.mark.parametrize(
    ("path", "field"),
    [(f"/announcements/{DRAFT}/edit?step=what", "why"), ("/desk/launch/pulse", "people")],
)
async def test_another_language_keeps_a_form_in_steps(site: Stand, path: str, field: str) -> None:
    async with visitor(site.app) as client:
        await sign_in(client, site.link(CTO))
        page = (await client.get(path)).text
        there = await in_spanish(client, page, **{field: TYPED})
    assert (there.status_code, there.url.raw_path.decode()) == (200, path)
    assert TYPED in unescape(there.text)
