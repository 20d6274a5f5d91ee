"""Pages that are lists, as somebody reads and presses them."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import httpx
import pytest

from core.lists import ListRequest
from governance.acknowledgements.commands import ShowAcknowledgements
from governance.office.commands import ShowAudit, ShowPeople
from governance.urgent.commands import ShowCases
from tests.bot.samples.acknowledgement import FIGURES
from tests.bot.web import examples
from tests.bot.web.site import Stand, stand, visitor
from tests.bot.web.test_pages import sign_in


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        yield browser


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


async def test_who_owes_a_changed_rule_is_shown_though_not_all_rules_were_asked_for(
    client: httpx.AsyncClient, site: Stand
) -> None:
    only_changed = replace(FIGURES, given=None, buildings=(), roles=())
    site.conversation.instead(ShowAcknowledgements, only_changed)
    page = (await client.get("/acknowledgements")).text
    assert "ITR 4, version 3" in page
    assert "No one has been asked yet" not in page
    assert "were asked about the rules below because they changed" in page
    assert "not been asked yet to acknowledge all the rules this school year" in page
    site.conversation.instead(ShowAcknowledgements, replace(only_changed, changed=()))
    assert "No one has been asked yet" in (await client.get("/acknowledgements")).text


async def test_words_that_are_never_translated_say_their_language(
    client: httpx.AsyncClient,
) -> None:
    assert 'lang="en">Survey launched</a>' in (await client.get("/audit")).text
    page = (await client.get("/health")).text
    assert page.index("Nobody holds the office iso") < page.index("Quiet hours are kept")
    assert "1 thing needs fixing." in page


async def test_announcements_have_a_state_and_one_thing_to_do(client: httpx.AsyncClient) -> None:
    page = (await client.get("/announcements")).text
    assert '<a class="button primary" href="/announcements/new">New announcement</a>' in page
    assert "Sent 38" in page
    assert "Taken back 1" in page
    assert "2,100 of 6,312" in page
    assert f'href="/announcements/{UUID(int=71)}/edit"' in page, "a draft is written on"
    assert f'href="/announcements/{UUID(int=73)}/progress"' in page


async def test_no_urgent_case_opens_by_itself(site: Stand, client: httpx.AsyncClient) -> None:
    """Opening one shows the original words, and is recorded."""
    page = (await client.get("/urgent")).text
    assert "row-beside" not in page
    assert site.conversation.heard[-1] == ShowCases()
    assert page.index("Needs a person now") < page.index("A case’s page shows")


async def test_a_docket_is_downloaded_as_a_file(client: httpx.AsyncClient) -> None:
    assert 'href="/committees/network/items.csv"' in (await client.get("/committees/network")).text
    answer = await client.get("/committees/network/items.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="network.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    asked = ["state", "subject", "words", "theme", "people", "received", "answer_by", "with"]
    assert rows[0] == [*asked, "put_aside_until", "put_aside_why"]
    assert [row[2] for row in rows[1:]] == [one.redacted for one in examples.DOCKET.open_items]
