"""The change calendar as a month and as an agenda, and a change's page, as a browser gets them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import httpx
import pytest

from core.tiles import Stage
from core.words import Words
from governance.changes.commands import ShowCalendar
from governance.changes.details import change_detail
from governance.changes.messages import ChangeCalendar, ChangeView
from governance.changes.model import ChangeState, Phase
from tests.bot.samples.change import CHANGE, DAY, NOW
from tests.bot.web.change_views import SAID
from tests.bot.web.site import Stand, stand, visitor
from tests.bot.web.test_pages import sign_in

WORDS = Words("en", "America/Chicago")
WORKED = SAID["change_moved"]
assert isinstance(WORKED, ChangeView)


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as found:
        await sign_in(found, site.link())
        yield found


async def test_a_month_has_each_change_in_the_cell_of_its_day(client: httpx.AsyncClient) -> None:
    page = (await client.get("/calendar?view=month&month=2026-12")).text
    (cell,) = [one for one in re.findall("<td.*?</td>", page) if "New sign-in page" in one]
    assert ">7</span>" in cell
    assert f"/calendar/{CHANGE}" in cell
    assert "(Approved)" in cell, "its state is not told by color alone"
    assert len(re.findall("<td", page)) == 35
    assert "month=2026-11" in page
    assert "month=2027-01" in page


async def test_what_goes_live_later_is_not_called_under_way(
    site: Stand, client: httpx.AsyncClient
) -> None:
    calendar = SAID["change_calendar"]
    assert isinstance(calendar, ChangeCalendar)
    rows = tuple(replace(one, state=ChangeState.UNDER_WAY) for one in calendar.rows)
    site.conversation.instead(ShowCalendar, replace(calendar, rows=rows))
    page = (await client.get("/calendar?view=month&month=2026-12")).text
    assert "(Work has begun)" in page
    assert "Under way" not in page


@pytest.mark.parametrize("asked", ["", "2026-13", "1999-12", "2026-1x", "20261202", "٢٠٢٦-١٢"])
async def test_a_month_that_is_none_is_the_one_of_today(
    client: httpx.AsyncClient, asked: str
) -> None:
    answer = await client.get("/calendar", params={"view": "month", "month": asked})
    assert answer.status_code == 200
    assert "November 2026</h2>" in answer.text
    assert 'aria-current="date">2<' in answer.text


async def test_without_a_choice_both_are_there_for_the_width_to_choose(
    client: httpx.AsyncClient,
) -> None:
    both = (await client.get("/calendar")).text
    assert 'class="month"' in both
    assert 'class="agenda"' in both
    agenda = (await client.get("/calendar?view=agenda")).text
    assert 'class="month"' not in agenda
    assert "January 2027</h2>" in agenda


def stages(view: ChangeView) -> dict[str, Stage]:
    return {one.label: one.stage for one in change_detail(WORDS, view).steps}


def test_the_steps_say_how_far_a_change_is() -> None:
    found = stages(replace(WORKED, today=DAY.replace(day=1)))
    assert list(found) == ["Proposed", "Approved", "Announced", "Preparing", "Live", "Follow-up"]
    assert [one.value for one in found.values()].count("now") == 1
    unsent = replace(WORKED, dates=tuple(replace(one, tally=None) for one in WORKED.dates))
    assert stages(unsent)["Announced"] is Stage.NOW
    assert stages(replace(unsent, dates=WORKED.dates, today=DAY))["Live"] is Stage.NOW
    proposed = replace(unsent.record, state=ChangeState.PROPOSED, decision=None)
    assert stages(replace(unsent, record=proposed))["Approved"] is Stage.NOW
    done = replace(WORKED.record, state=ChangeState.DONE)
    assert set(stages(replace(WORKED, record=done)).values()) == {Stage.DONE}
    gone = replace(WORKED.record, state=ChangeState.WITHDRAWN)
    assert stages(replace(WORKED, record=gone)) == {}


def test_staff_are_told_of_no_messages_and_no_figures() -> None:
    staff = SAID["change_of_staff"]
    assert isinstance(staff, ChangeView)
    view = change_detail(WORDS, replace(staff, today=date(2026, 12, 1)))
    assert [one.label for one in view.steps] == ["Approved", "Preparing", "Live"]
    assert view.tiles == ()
    assert view.todo == ()
    assert "risk" not in view.facts
    assert all("message" not in one.path for one in view.history)


def test_who_works_on_it_sees_what_it_reached_and_what_to_do_next() -> None:
    view = change_detail(WORDS, WORKED)
    (reached,) = view.tiles
    assert (reached.figure, reached.of) == ("3,180", "of 3,210")
    (todo,) = view.todo
    assert todo.says == "1 message isn’t scheduled. Send it or remove it."
    assert todo.press is not None
    assert {one.phase for one in WORKED.dates} >= {Phase.HEADS_UP, Phase.FOLLOW_UP}
    assert len([one for one in view.history if "/messages/" in one.path]) == len(WORKED.dates)
    assert NOW.date() == WORKED.today


async def test_a_button_to_a_change_leads_to_its_own_page(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/do/change|{CHANGE}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/calendar/{CHANGE}")
