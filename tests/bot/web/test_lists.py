"""Pages that are lists, as somebody reads and presses them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from core.lists import ListRequest
from governance.office.commands import ShowAudit, ShowPeople
from tests.bot.web.site import Stand, stand, visitor


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as one:
        path = site.link()
        page = (await one.get(path)).text
        token = re.search(r'name="csrf" value="([^"]+)"', page)
        assert token is not None
        await one.post(path, data={"csrf": token[1]})
        yield one


async def test_what_is_asked_of_a_long_list_goes_to_the_store(
    site: Stand, client: httpx.AsyncClient
) -> None:
    page = await client.get("/people?state=not-in-chat&q=okafor&sort=-building&page=3&item=7")
    assert page.status_code == 200
    asked = ListRequest(filter="not-in-chat", search="okafor", sort="-building", page=2, row="7")
    assert site.conversation.heard[-1] == ShowPeople(asked=asked)
    await client.get("/audit?check=yes&state=rules")
    assert site.conversation.heard[-1] == ShowAudit(asked=ListRequest(filter="rules"), check=True)


async def test_a_long_list_says_how_many_there_are_and_pages_through_them(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get("/people")).text
    assert "On the roster 7,000" in page
    assert "Page 1 of 350" in page
    assert 'href="/people?page=2"' in page
    assert page.count('<th scope="row">') == 4
    assert "The daily import from Slack was refused" in page
    assert "Network and Infrastructure, leads it" in page, "the first person is open beside"
    assert "Teams: removed the app" in page


async def test_words_that_are_never_translated_say_their_language(
    client: httpx.AsyncClient,
) -> None:
    assert 'lang="en">Survey launched</a>' in (await client.get("/audit")).text
    page = (await client.get("/health")).text
    assert page.index("Nobody holds the office iso") < page.index("Quiet hours are kept")
    assert "1 thing needs fixing." in page
