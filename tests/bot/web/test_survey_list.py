"""All surveys as a list for the CTO's office: what is shown, and what it asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from uuid import UUID

import httpx
import pytest

from governance import links
from governance.authoring.commands import ShowSurveys
from governance.home.commands import CountWaves
from tests.bot.web import examples, written
from tests.bot.web.site import CTO, Stand, stand, visitor
from tests.bot.web.test_pages import sign_in

AT = "/desk/surveys"


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link(CTO))
        site.conversation.heard.clear()
        yield browser


def rows_of(page: str) -> list[str]:
    table = page.partition("data-rows")[2].partition("</table>")[0]
    return table.partition("<tbody>")[2].split("</tr>")[:-1]


async def test_every_survey_is_a_row_with_its_state_and_what_is_released(
    site: Stand, client: httpx.AsyncClient
) -> None:
    page = unescape((await client.get(AT)).text)
    waves = written.SURVEYS.waves
    rows = rows_of(page)
    assert len(rows) == len(waves)
    for wave in waves:
        (row,) = (one for one in rows if f"/desk/asking/{wave.id}" in one)
        assert 'class="tag' in row
    answered = next(line for line in examples.DESK.waves if line.answered)
    assert f"{answered.answered:,} of {answered.asked:,}" in "".join(rows)
    heard = site.conversation.heard
    assert [type(one) for one in heard] == [ShowSurveys, CountWaves]
    assert isinstance(heard[-1], CountWaves)
    assert set(heard[-1].wave_ids) == {one.id for one in waves}
    assert 'href="/desk/surveys/new"' in page


async def test_a_filter_and_a_search_count_only_what_they_show(
    site: Stand, client: httpx.AsyncClient
) -> None:
    state = written.SURVEYS.waves[0].state
    shown = {one.id for one in written.SURVEYS.waves if one.state is state}
    await client.get(f"{AT}?state={state.value}")
    last = site.conversation.heard[-1]
    assert isinstance(last, CountWaves)
    assert set(last.wave_ids) == shown
    none = await client.get(f"{AT}?q=nothing+like+that")
    assert "Nothing here has these words." in none.text
    last = site.conversation.heard[-1]
    assert isinstance(last, CountWaves)
    assert last.wave_ids == ()


async def test_what_is_ready_is_drafted_or_repeats_stands_below(
    client: httpx.AsyncClient,
) -> None:
    page = unescape((await client.get(AT)).text)
    assert 'href="/desk/launch/pulse"' in page
    assert "Survey drafts" in page
    assert "Surveys that repeat" in page
    new = unescape((await client.get(f"{AT}/new")).text)
    assert "A blank survey" in new
    assert "Start with this" in new


async def test_what_waits_for_approval_says_so_and_leads_to_its_request(
    site: Stand, client: httpx.AsyncClient
) -> None:
    first, *others = written.SURVEYS.ready
    waits = replace(first, request=UUID(int=7))
    site.conversation.instead(ShowSurveys, replace(written.SURVEYS, ready=(waits, *others)))
    page = unescape((await client.get(AT)).text)
    assert "Waiting for approval" in page
    assert "What you change here is not in the request" in page
    assert f'href="/second/{UUID(int=7)}"' in page
    assert f'href="{links.launch("", first.survey.key)}"' not in page, "not launched twice"
