"""Surveys that repeat, on the web: what a browser sends, what it means, what is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time
from html import unescape
from typing import Any
from uuid import UUID

import httpx
import pytest

from governance.series.commands import CheckSeries, MoveDate, PauseSeries, StartSeries, StopSeries
from governance.series.model import DaysOff, Repeat
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.web import examples
from tests.bot.web.looks import SERIES_PAGE
from tests.bot.web.site import CTO, Stand, stand, visitor
from tests.bot.web.test_pages import Fields, hidden, sign_in

LAUNCH = "/desk/launch/pulse"
WEEKLY: Fields = {
    "repeats": "weeks",
    "repeat_weeks": "2",
    "repeat_day": "wed",
    "repeat_time": "08:30",
    "repeat_begins": "2026-12-01",
    "repeat_days": "3",
    "repeat_closes": "15:00",
    "repeat_off": "skip",
    "reminders": "2",
}


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link(CTO))
        site.conversation.heard.clear()
        yield browser


def heard(site: Stand, kind: type) -> list[Any]:
    return [one for one in site.conversation.heard if isinstance(one, kind)]


async def typed(client: httpx.AsyncClient, **more: Any) -> httpx.Response:
    form = hidden((await client.get(LAUNCH)).text, LAUNCH)
    return await client.post(LAUNCH, data={**form, **WEEKLY, **more})


async def test_dates_are_shown_before_anything_is_launched_and_then_it_repeats(
    site: Stand, client: httpx.AsyncClient
) -> None:
    look = await typed(client, do="look")
    assert look.status_code == 200
    assert "Every second Wednesday at 8:30 AM." in unescape(look.text)
    assert "Wednesday, December 9 (Winter break: skipped)" in unescape(look.text)
    assert "of an answer that stays the same in 4 waves" in unescape(look.text)
    assert heard(site, StartSeries) == []
    carried = hidden(look.text, LAUNCH)
    after = await client.post(LAUNCH, data={**carried, "do": "launch"})
    (start,) = heard(site, StartSeries)
    assert start.repeat == Repeat(
        rule="30 8 * * wed",
        every=2,
        begins=date(2026, 12, 1),
        days=3,
        closes=time(15),
        reminders=2,
        days_off=DaysOff.SKIP,
    )
    assert str(start.series_id) == carried["wave_id"]
    assert after.headers["location"] == f"/desk/series/{start.series_id}"


async def test_the_first_school_day_of_each_month(site: Stand, client: httpx.AsyncClient) -> None:
    await typed(client, do="count", repeats="month", repeat_begins="")
    (check,) = heard(site, CheckSeries)
    assert check.start.repeat.rule == "30 8 1 * *"
    assert check.start.repeat.every == 1
    assert check.start.repeat.begins == examples.NOW.date()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"repeat_days": "five"}, "Enter a number of days."),
        ({"repeat_time": "dawn"}, "Enter a time of day, such as 09:00."),
        ({"repeat_day": "sun"}, "Choose on which days, and one time of day."),
        ({"repeat_begins": "soon"}, "Enter a date, or leave it empty to begin with the next one."),
    ],
)
async def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost(
    site: Stand, client: httpx.AsyncClient, wrong: dict[str, str], said: str
) -> None:
    page = await typed(client, do="look", **wrong)
    assert page.status_code == 422
    assert said in unescape(page.text)
    assert 'value="weeks" checked' in page.text
    assert 'value="15:00"' in page.text


async def test_pausing_and_stopping_take_a_reason(site: Stand, client: httpx.AsyncClient) -> None:
    page = await client.get(SERIES_PAGE)
    assert page.status_code == 200
    form = hidden(page.text, f"{SERIES_PAGE}/pause")
    done = await client.post(f"{SERIES_PAGE}/pause", data={**form, "why": "Testing week"})
    assert done.headers["location"] == SERIES_PAGE
    await client.post(f"{SERIES_PAGE}/stop", data={**form, "why": "Enough"})
    assert [one.why for one in heard(site, PauseSeries | StopSeries)] == [  # type: ignore[arg-type]
        "Testing week",
        "Enough",
    ]


async def test_a_reason_that_is_missing_is_told_where_it_belongs(
    site: Stand, client: httpx.AsyncClient
) -> None:
    why = "Say why. It is kept with the survey."
    site.conversation.script = lambda command: (
        Rejected(unfit={"why": Unfit(why=why)})
        if isinstance(command, PauseSeries)
        else examples.SERIES_VIEW
    )
    form = hidden((await client.get(SERIES_PAGE)).text, f"{SERIES_PAGE}/pause")
    page = await client.post(f"{SERIES_PAGE}/pause", data={**form, "why": ""})
    assert page.status_code == 422
    assert page.text.count(why) == 2  # above, and beside its input


async def test_the_next_one_is_moved(site: Stand, client: httpx.AsyncClient) -> None:
    form = hidden((await client.get(SERIES_PAGE)).text, f"{SERIES_PAGE}/move")
    when = {"to_date": "2026-12-03", "to_time": "10:00"}
    done = await client.post(f"{SERIES_PAGE}/move", data={**form, **when})
    assert done.status_code == 303
    (move,) = heard(site, MoveDate)
    assert move.series_id == UUID(str(examples.SERIES))
    assert f"{move.to:%Y-%m-%d %H:%M}" == "2026-12-03 16:00"
    page = await client.post(f"{SERIES_PAGE}/move", data={**form, "to_date": "", "to_time": ""})
    assert page.status_code == 422
    assert "Enter a date and a time." in page.text
    half = {**form, "to_date": "2026-12-07", "to_time": ""}
    kept = await client.post(f"{SERIES_PAGE}/move", data=half)
    assert kept.status_code == 422
    assert 'value="2026-12-07"' in kept.text, "a day without its time is kept"
