"""On three platforms: planned maintenance is told to elementary schools, gets two updates and an
end. Those who were told read all of it; those who were not hear nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from core.words import Words
from governance.people.reading_language import ChooseLanguage
from governance.service_notices.wording import span
from tests.bot.web.seeing import faults, serious
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_changes import _soon, ask, in_modal, press
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

TITLE = "Email is away for maintenance"
WHAT = "You can’t read or send email. Messages arrive afterwards."
FIRST, SECOND, CLOSING = "The move has begun.", "Half of it is done.", "Email works again."
ZONE = "America/Chicago"

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [OFFICE]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


def times(service: Running) -> tuple[datetime, datetime]:
    """From 18:00 to 22:00 in three days, by the district's clock."""
    day = service.clock().astimezone(ZoneInfo(ZONE)) + timedelta(days=3)
    begins = day.replace(hour=18, minute=0, second=0, microsecond=0)
    return begins, begins.replace(hour=22)


async def test_in_slack_everything_stands_in_one_thread(slack_place: test_slack.Place) -> None:
    place, slack, users, service = (
        slack_place,
        slack_place.slack,
        slack_place.users,
        slack_place.service,
    )
    cto, teacher, office, chair = (users[one] for one in (CTO, TEACHER, OFFICE, CHAIR))
    await ask(service, OFFICE, ChooseLanguage(locale="es"))
    begins, ends = times(service)

    await slack.dm(cto, "service status")
    shown = await place.message(cto, "No outages are reported.")
    await slack.click(cto, shown, "Write a service notice")
    assert await until(lambda: _soon(slack.modal(cto)))
    await slack.submit(
        cto,
        {
            "kind": "maintenance",
            "title": TITLE,
            "what": WHAT,
            "begins": int(begins.timestamp()),
            "ends": int(ends.timestamp()),
            "levels": ["elementary"],
        },
    )
    checked = await until(lambda: _soon(in_modal(slack.modal(cto), "Check before you send")))
    assert span(Words("en", ZONE), begins, ends) in texts(checked)
    await slack.submit(cto)
    first = await place.message(teacher, TITLE)
    assert f"Planned maintenance: {span(Words('en', ZONE), begins, ends)}." in texts(first)
    spanish = await place.message(office, "Mantenimiento planeado")
    assert place.count(chair, TITLE) == 0

    await place.restart()
    for words in (FIRST, SECOND):
        await service.pass_time(hours=1)
        await slack.dm(cto, "service status")
        listed = await until(lambda: _soon(listing(slack.from_app(cto))))
        await slack.click(cto, listed, f"Update: {TITLE}")
        seen = await place.message(cto, "Reported on")
        await slack.click(cto, seen, "Post an update")
        assert await until(lambda: _soon(in_modal(slack.modal(cto), "What is new?")))
        await slack.submit(cto, {"words": words})
        reply = await until(
            lambda said=words: _soon(in_thread(slack.from_app(teacher), first["ts"], said))
        )
        assert f"Update: {TITLE}" in texts(reply)
    await until(lambda: _soon(place.count(teacher, SECOND) == 2))
    assert [FIRST in texts(m) for m in slack.from_app(teacher) if m["ts"] == first["ts"]] == [True]

    await service.pass_time(days=4)
    asked = await place.message(cto, "Is it over?")
    await slack.click(cto, asked, "Maintenance is over")
    assert await until(lambda: _soon(in_modal(slack.modal(cto), "Closing message")))
    await slack.submit(cto, {"words": CLOSING})
    ended = await place.message(teacher, f"Maintenance is over: {TITLE}")
    assert (CLOSING in texts(ended), ended["thread_ts"]) == (True, first["ts"])
    old = await until(lambda: _soon(over(slack.from_app(teacher), first["ts"])))
    assert SECOND in texts(old)
    told = await place.message(office, f"El mantenimiento terminó: {TITLE}")
    assert told["thread_ts"] == spanish["ts"]
    about = [m for m in slack.from_app(teacher) if TITLE in texts(m)]
    assert len(about) == 4, "the notice, two updates and the end, each once"
    assert place.count(chair, TITLE) == 0, "who was not told hears nothing"


def in_thread(messages: list[Any], ts: str, words: str) -> Any:
    """The reply in a message's thread that says something."""
    return next((m for m in messages if m.get("thread_ts") == ts and words in texts(m)), None)


def listing(messages: list[Any]) -> Any:
    """The status with the notice in it."""
    said = (m for m in messages if "Happening now" in texts(m) and TITLE in texts(m))
    return next(said, None)


def over(messages: list[Any], ts: str) -> Any:
    """The first message, once it says that it is over."""
    wanted = (m for m in messages if m["ts"] == ts and "This maintenance ended on" in texts(m))
    return next(wanted, None)


async def test_in_teams_the_first_message_changes_and_each_update_is_told(
    teams_place: test_teams.Place,
) -> None:
    place, teams, service = teams_place, teams_place.teams, teams_place.service
    teacher, office = await place.join(TEACHER), await place.join(OFFICE)
    chair, cto = await place.join(CHAIR), await place.join(CTO)
    begins, ends = times(service)
    (listed,) = await teams.say(cto, "service status")
    assert "No outages are reported." in listed.text
    form = await teams.execute(cto, listed, "Write a service notice")
    typed = {
        "field.kind": "maintenance",
        "field.title": TITLE,
        "field.what": WHAT,
        "field.begins_date": f"{begins:%Y-%m-%d}",
        "field.begins_time": f"{begins:%H:%M}",
        "field.ends_date": f"{begins:%Y-%m-%d}",
        "field.ends_time": "17:00",
        "many.levels": ["elementary"],
    }
    again = await teams.execute(cto, form.card, "Save and check", typed)
    assert "Choose an end that is later than the beginning." in again.text
    checked = await teams.execute(
        cto, again.card, "Save and check", {**typed, "field.ends_time": "22:00"}
    )
    assert span(Words("en", ZONE), begins, ends) in checked.text
    await teams.execute(cto, checked.card, "Send")
    first = await place.message(teacher.chat, TITLE)
    assert await place.message(office.chat, TITLE)

    for words in (FIRST, SECOND):
        await service.pass_time(hours=1)
        (shown,) = await teams.say(cto, "service status")
        seen = await teams.execute(cto, shown, f"Update: {TITLE}")
        form = await teams.execute(cto, seen.card, "Post an update")
        await teams.execute(cto, form.card, "Post an update", {"field.words": words})
        await until(lambda words=words: _soon(told(teams, teacher, words) == 2))
        newest = teams.messages(teacher.chat)[-1]
        assert f"Update: {TITLE}" in newest.text
        standing = next(m for m in teams.messages(teacher.chat) if m.id == first.id)
        assert words in standing.text

    await service.pass_time(days=4)
    asked = await place.message(cto.chat, "Is it over?")
    form = await teams.execute(cto, asked, "Maintenance is over")
    await teams.execute(cto, form.card, "Maintenance is over", {"field.words": CLOSING})
    standing = await place.message(teacher.chat, "This maintenance ended on")
    assert standing.id == first.id
    assert await place.message(teacher.chat, f"Maintenance is over: {TITLE}")
    assert told(teams, teacher, TITLE) == 4
    assert told(teams, chair, TITLE) == 0


def told(teams: Any, user: Any, words: str) -> int:
    return len([m for m in teams.messages(user.chat) if words in m.text])


async def translate(page: Page, key: str, said: str) -> None:
    folded = page.locator("details", has=page.locator(f"[name='{key}']"))
    await folded.locator("summary").click()
    await page.locator(f"[name='{key}']").fill(said)


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_it_is_written_followed_and_read_on_the_status_page(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle(staff=10)) as service:
        begins, ends = times(service)
        async with signed_in(browser, service, CTO) as cto:
            await cto.get_by_role("link", name="Service status").click()
            await shows(cto, "No outages are reported.")
            await cto.get_by_role("link", name="Write a service notice").click()
            await press(cto, "Save and check")
            await shows(cto, "Fill in this field")
            await cto.get_by_label("Planned maintenance").check()
            await cto.get_by_label("Title", exact=True).fill(TITLE)
            await translate(cto, "title.es", "Correo en mantenimiento")
            await cto.locator("[name=what]").fill(WHAT)
            for key, at in (("begins", begins), ("ends", ends)):
                await cto.locator(f"[name={key}_date]").fill(f"{at:%Y-%m-%d}")
                await cto.locator(f"[name={key}_time]").fill(f"{at:%H:%M}")
            await cto.get_by_label("Elementary schools", exact=True).check()
            await cto.get_by_label("Teachers").check()
            assert [*await faults(cto), *await serious(cto)] == []
            await press(cto, "Save and check")
            await shows(cto, "Check before you send")
            await shows(cto, span(Words("en", ZONE), begins, ends))
            await press(cto, "Send now")
            await shows(cto, TITLE)
        (notice,) = await service.core.store.read(lambda tx: tx.service_notices(service.clock()))
        sent = notice.announcement_id
        assert await until(lambda: service.sent("notice", sent))
        async with (
            signed_in(browser, service, CTO) as cto,
            signed_in(browser, service, TEACHER) as teacher,
            signed_in(browser, service, OFFICE) as office,
        ):
            await shows(teacher, TITLE)
            for words in (FIRST, SECOND):
                await cto.goto(f"/status/{sent}")
                await cto.get_by_role("link", name="Post an update").click()
                await cto.locator("[name=words]").fill(words)
                assert [*await faults(cto), *await serious(cto)] == []
                await press(cto, "Post an update")
                await shows(cto, "Posted. Everyone who has the notice gets the update.")
                await teacher.goto("/")
                await shows(teacher, words)
            await cto.get_by_role("link", name="Maintenance is over").click()
            await cto.locator("[name=words]").fill(CLOSING)
            await translate(cto, "words.es", "El correo ya funciona.")
            await press(cto, "Maintenance is over")
            await shows(cto, "This maintenance ended on")
            await teacher.goto(f"/announcements/{sent}")
            await shows(teacher, CLOSING)
            assert TITLE not in await office.locator("main").inner_text()
            await office.goto("/status")
            await office.get_by_role("link", name=TITLE).click()
            for words in (FIRST, SECOND, CLOSING, "This maintenance ended on"):
                await shows(office, words)
            assert [*await faults(office), *await serious(office)] == []
            await office.get_by_role("button", name="Español").click()
            await shows(office, "El correo ya funciona.")
