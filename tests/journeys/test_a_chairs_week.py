"""A chair's week: one digest in Slack, in Teams and on the page, five answers at once with an
undoing, and an agenda on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from pypdf import PdfReader

from governance.digests.commands import ChooseBriefs, TellDigests
from governance.digests.model import BriefChoice, Briefs, SchoolDay
from governance.docket.commands import FileReading
from governance.feedback.model import ItemState
from tests.attacks.hall import Hall, reading
from tests.attacks.visiting import ask
from tests.bot.web.seeing import faults, serious
from tests.journeys.running import Running, running
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CHAIR, TEACHER, settle
from tests.stand_ins.adaptive_cards import elements
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.usefixtures("quick_reader")

SAID = "The wifi in the portables drops every afternoon in room {n}"
WEEKLY = BriefChoice(briefs=Briefs.WEEKLY, day=SchoolDay.MONDAY, hour=0)
MONDAY = datetime(2026, 11, 30, 15, tzinfo=UTC)
WEEK = "Network and Infrastructure: the week"


async def said(service: Running, people: int = 5) -> list[UUID]:
    """What staff said and the reader brought to the network's committee."""
    hall = Hall(core=service.core, clock=service.clock)
    found = []
    for n in range(people):
        words = SAID.format(n=n)
        item = await hall.item(TEACHER, words)
        found.append(item)
    return found


async def with_themes(service: Running) -> None:
    hall = Hall(core=service.core, clock=service.clock)
    for n, theme in enumerate(["wifi"] * 4 + ["outage"] * 2):
        words = SAID.format(n=n)
        told = replace(reading(words, "network"), themes=(theme,))
        item = await hall.unread(TEACHER, words)
        await service.core.dispatch.by_itself(FileReading(item_id=item, reading=told))


async def a_week_passes(service: Running) -> None:
    # Workers are processes of their own: they read the clock where ``forward`` writes it.
    service.clock.forward(seconds=(MONDAY - service.clock()).total_seconds())
    await ask(service, CHAIR, ChooseBriefs(queue="network", choice=WEEKLY))
    await with_themes(service)
    await service.core.dispatch.by_itself(TellDigests())


@pytest.mark.prove_on_postgres("the digest is counted there, once by two workers")
async def test_in_slack_the_week_comes_once_with_its_picture(tmp_path: Path) -> None:
    async with in_slack(tmp_path, ()) as place:
        await a_week_passes(place.service)
        channel = place.channels["network"]
        told = await place.message(channel, WEEK)
        assert "6 new messages" in texts(told)
        [picture] = [block for block in told["blocks"] if block["type"] == "image"]
        assert "Wi-Fi in rooms: 4" in picture["alt_text"] or ": 4" in picture["alt_text"]
        assert place.count(channel, "Message for Network and Infrastructure") == 0


async def test_in_teams_the_week_comes_once_with_its_chart(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        await a_week_passes(place.service)
        told = await place.message(place.channels["network"], WEEK)
        [chart] = [one for one in elements(told.card) if one["type"] == "Chart.HorizontalBar"]
        assert [bar["y"] for bar in chart["data"]] == [4, 2]
        assert chart["fallback"]["altText"]
        assert len(place.teams.messages(place.channels["network"])) == 1


# -- on the page -------------------------------------------------------------------------------


@asynccontextmanager
async def on_the_page(browser: Browser, folder: Path) -> AsyncIterator[tuple[Running, Page]]:
    async with running(folder, settle()) as service, signed_in(browser, service, CHAIR) as page:
        await page.set_viewport_size({"width": 360, "height": 780})
        yield service, page


async def state(service: Running, item: UUID) -> ItemState:
    found = await service.core.store.read(lambda tx: tx.item(item))
    assert found is not None
    return found.state


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_on_a_phone_five_are_answered_at_once_undone_and_answered(
    browser: Browser, tmp_path: Path
) -> None:
    async with on_the_page(browser, tmp_path) as (service, page):
        items = await said(service)
        for undone in (True, False):
            await page.goto("/committees/network/chair")
            assert await faults(page) == []
            assert await serious(page) == []
            for box in await page.get_by_role("checkbox").all():
                await box.check()
            await page.get_by_label("One answer to all of them").fill("Two more come on Friday.")
            await page.get_by_role("button", name="Send this one answer to all").click()
            await shows(page, "Answer 5 messages")
            assert {await state(service, one) for one in items} == {ItemState.NEW}
            if undone:
                await page.get_by_role("button", name="Undo").click()
                await shows(page, "Undone. Nothing was changed, and nobody was notified.")
        await service.pass_time(minutes=6)
        assert {await state(service, one) for one in items} == {ItemState.ANSWERED}
        await page.goto("/committees/network/chair")
        assert await page.get_by_text("done", exact=True).count() == 5


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_agenda_is_printed_with_what_waits_and_without_buttons(
    browser: Browser, tmp_path: Path
) -> None:
    async with on_the_page(browser, tmp_path) as (service, page):
        await said(service)
        await page.goto("/committees/network/agenda?on=2026-12-03&since=2026-11-05")
        assert await faults(page) == []
        sheets = PdfReader(BytesIO(await page.pdf(format="Letter"))).pages
        told = (unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in sheets)
        paper = " ".join(" ".join(told).split())
        for words in ("Thursday, December 3, 2026", SAID.format(n=4), "Decided since the last"):
            assert words in paper
        assert "Day of the meeting" not in paper, "what is to be filled in is not printed"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_week_and_what_came_of_it_can_be_read_by_everybody(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path, settle()) as service:
        await a_week_passes(service)  # before signing in: two hours without a page end a session
        async with signed_in(browser, service, CHAIR) as page:
            await _read(page)


async def _read(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 780})
    await page.goto("/committees/network/week")
    await shows(page, "6 new messages")
    assert [*await faults(page), *await serious(page)] == []
    await page.goto("/what-came-of-it")
    assert [*await faults(page), *await serious(page)] == []
