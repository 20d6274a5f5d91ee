"""A service notice from its draft to its end: who is told what, and by whose leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.cards import card_of
from core.cards import Bullets, Facts, Line, flat
from core.people import Audience, Platform
from core.words import Words
from governance.access import Source
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    RecallAnnouncement,
    StopCampaign,
)
from governance.announcements.commands import (
    SendAnnouncement,
    TryAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import AnnouncementState
from governance.composing import compose
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import AnnouncementDrafted, Notice, Progress, Refused
from governance.service_notices.commands import (
    PostUpdate,
    ShowServiceNotice,
    ShowServiceStatus,
    WriteServiceNotice,
)
from governance.service_notices.handlers import OVER
from governance.service_notices.messages import (
    EndPassed,
    ServiceNoticeView,
    ServiceStatus,
    ServiceUpdated,
)
from governance.service_notices.model import ServiceKind
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.bot.web.reading import Form, offered
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_announcing import WORDS as NEWS
from tests.governance.announcements.test_campaigning import became, rows
from tests.governance.announcements.test_guarding import sent as sent_rows
from tests.governance.announcements.test_guarding import settings, stored
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER
from tests.postgres import migrated_database

SOME = Audience(people=frozenset({TEACHER, OFFICE, CHAIR}))
TITLE = {"": "Wi-Fi is down at Lincoln High", "es": "Sin Wi-Fi en Lincoln High"}
WHAT = {
    "": "Classrooms have no Wi-Fi. Use a cable where there is one.",
    "es": "Las aulas no tienen Wi-Fi. Use un cable donde lo haya.",
}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
async def either(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def draft(town: Hall, **more: Any) -> UUID:
    found = uuid4()
    given: dict[str, Any] = {"title": TITLE, "what": WHAT, "audience": SOME, **more}
    done = await town.ask(CTO, WriteServiceNotice(announcement_id=found, **given))
    assert isinstance(done, AnnouncementDrafted), done
    return found


async def out(town: Hall, **more: Any) -> UUID:
    """Two have it in chat and one on the web."""
    found = await draft(town, **more)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    for email in (TEACHER, OFFICE):
        await became(town, email, state="sent", platform=Platform.SLACK, lane="slack:T1")
    await became(town, CHAIR, state="sent")
    return found


async def post(town: Hall, found: UUID, said: str = "", *, last: bool = False, **more: Any) -> Any:
    words = {"": said, "es": more.pop("es", "")}
    more = {"update_id": uuid4(), **more}
    command = PostUpdate(announcement_id=found, last=last, words=words, **more)
    return await town.ask(CTO, command)


async def message(town: Hall, kind: str, subject: UUID, *, at: datetime | None = None) -> Any:
    """What goes out of a kind now."""
    now = at or town.clock()
    return await town.core.store.read(lambda tx: compose(tx, kind, subject, None, None, now))


def said(shown: Any, words: Words | None = None) -> str:
    card = card_of(shown, words or Words("en"))
    told = [card.badge, flat(card.title)]
    for part in card.parts:
        if isinstance(part, Line):
            told.append(flat(part.text))
        if isinstance(part, Facts):
            told += [f"{label}: {flat(one)}" for label, one in part.pairs]
    return "\n".join(told)


# -- the same guards as any announcement ---------------------------------------------------------


async def test_a_notice_to_many_waits_for_a_second_person_through_every_door(town: Hall) -> None:
    await settings(town, approve_above=2)
    found = await draft(town)
    asked = await town.ask(CTO, SendAnnouncement(announcement_id=found))
    assert isinstance(asked, Progress)
    assert asked.announcement.state is AnnouncementState.WAITING
    consent = card_of(await message(town, "approval", found), Words("en"))
    listed = [one for part in consent.parts if isinstance(part, Bullets) for one in part.lines]
    assert "Its updates and its closing message then go out without another approval." in listed
    other = await draft(town)
    await town.core.dispatch.by_itself(SendAnnouncement(announcement_id=other), Source.OPERATOR)
    assert (await stored(town, other)).state is AnnouncementState.WAITING
    assert await sent_rows(town) == []


async def test_a_notice_to_everyone_takes_the_typed_word_each_time(town: Hall) -> None:
    await settings(town, approve_above=2)
    found = await draft(town, audience=Audience())
    plain = await town.ask(CTO, SendAnnouncement(announcement_id=found))
    assert isinstance(plain, Rejected)
    assert set(plain.unfit) == {"everyone"}
    assert (await stored(town, found)).state is AnnouncementState.DRAFT
    assert await sent_rows(town) == []
    await settings(town, approve_above=1_000_000)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    await settings(town, approve_above=2)
    refused = await post(town, found, "Still down.")
    assert isinstance(refused, FormView)
    assert set(refused.unfit) == {"everyone"}
    assert isinstance(await post(town, found, "Down.", everyone="everyone"), ServiceNoticeView)


async def test_no_other_form_changes_a_notice(town: Hall) -> None:
    found = await draft(town)
    shown = await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=found)))
    assert isinstance(shown, FormView)
    assert shown.of == WriteServiceNotice(announcement_id=found)
    assert (shown.values["title"], shown.values["what"]) == (TITLE, WHAT)
    written = WriteAnnouncement(announcement_id=found, **by_name(NEWS), audience=SOME)
    assert isinstance(await town.ask(CTO, written), Refused)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    edited = EditAnnouncement(announcement_id=found, **by_name(NEWS))
    assert isinstance(await town.ask(CTO, edited), Refused)
    again = WriteServiceNotice(announcement_id=found, title=TITLE, what=WHAT, audience=SOME)
    assert isinstance(await town.ask(CTO, again), Refused)
    news = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=news, **by_name(NEWS), audience=SOME))
    over_it = WriteServiceNotice(announcement_id=news, title=TITLE, what=WHAT, audience=SOME)
    assert isinstance(await town.ask(CTO, over_it), Refused)


async def test_what_does_not_fit_is_said_beside_its_field(town: Hall) -> None:
    async def unfit(**more: Any) -> set[str]:
        given: dict[str, Any] = {"title": TITLE, "what": WHAT, "audience": SOME, **more}
        done = await town.ask(CTO, WriteServiceNotice(announcement_id=uuid4(), **given))
        assert isinstance(done, FormView), done
        return set(done.unfit)

    now, planned = town.clock(), ServiceKind.MAINTENANCE
    hour = timedelta(hours=1)
    assert await unfit(title={}, what={}) == {"title", "what"}
    assert await unfit(title={**TITLE, "es": "x" * 121}) == {"title.es"}
    assert await unfit(title={"es": "Sin red"}) == {"title"}
    assert await unfit(kind=planned) == {"begins", "ends"}
    assert await unfit(kind=planned, begins=now + hour, ends=now + hour) == {"ends"}
    assert await unfit(ends=now - hour) == {"ends"}
    assert await unfit(audience=Audience(buildings=frozenset({"nowhere"}))) == {"buildings"}
    assert await unfit(audience=Audience(people=frozenset({"nobody@example.org"}))) == {"audience"}


# -- updates -------------------------------------------------------------------------------------


async def test_who_has_the_first_message_gets_the_update_in_its_thread(either: Hall) -> None:
    town = either
    found = await draft(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    await became(town, TEACHER, state="sent", platform=Platform.SLACK, lane="slack:T1")
    await became(town, CHAIR, state="sent")
    await post(town, found, "We found the cable.")
    told = await rows(town, "service-update")
    assert set(told) == {TEACHER, CHAIR}, "the third has no message yet"
    assert told[TEACHER].reference == "m-1"
    assert set(await rows(town, "notice-now")) == {TEACHER}, "a page is drawn when it is read"
    update_message = await message(town, "service-update", told[TEACHER].subject)
    assert isinstance(update_message, ServiceUpdated)
    assert said(update_message) == ("\nUpdate: Wi-Fi is down at Lincoln High\nWe found the cable.")
    first = await message(town, "notice-now", found)
    assert isinstance(first, Notice)
    assert "We found the cable." in said(first)
    late = await message(town, "notice", found)
    assert "We found the cable." in said(late), "who gets it later reads all of it at once"


async def test_at_the_end_the_first_message_says_so_and_nobody_new_is_told(town: Hall) -> None:
    found = await draft(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    await became(town, TEACHER, state="sent", platform=Platform.SLACK, lane="slack:T1")
    town.clock.forward(minutes=30)
    await post(town, found, "A switch was replaced.", last=True)
    assert set(await rows(town, "service-update")) == {TEACHER}
    (told,) = (await rows(town, "service-update")).values()
    ended = await message(town, "service-update", told.subject)
    assert said(ended).startswith("\nRestored: Wi-Fi is down at Lincoln High")
    first = said(await message(town, "notice-now", found)).splitlines()
    assert first[:3] == [
        "Restored",
        "Wi-Fi is down at Lincoln High",
        "Restored on Monday, October 5 at 10:30 AM.",
    ]
    assert await message(town, "notice", found) is None, "it is over: nobody else is woken"
    assert await message(town, "notice", found) is None


async def test_an_update_that_waits_gives_way_to_the_next(town: Hall) -> None:
    found = await out(town)
    await post(town, found, "We look for it.")
    await became(town, CHAIR, kind="service-update", state="sent")
    await post(town, found, "We found it.")
    waiting = [row for row in await sent_rows(town, "service-update") if row.state == "queued"]
    assert len(waiting) == 3
    assert {said(await message(town, "service-update", row.subject)) for row in waiting} == {
        "\nUpdate: Wi-Fi is down at Lincoln High\nWe found it."
    }


async def test_what_was_on_its_way_is_drawn_again_and_not_told_twice(town: Hall) -> None:
    found = await draft(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    await became(town, TEACHER, state="leased", platform=Platform.SLACK, lane="slack:T1")
    await post(town, found, "Restored.", last=True)
    assert await rows(town, "notice-now") == {}
    await became(town, TEACHER, state="sent")
    late = {found: [(await rows(town))[TEACHER].id]}
    now = town.clock() + timedelta(seconds=5)
    for _ in range(2):
        await town.core.store.write(lambda tx: tx.redraw_notices_late(late, now, whenever=False))
    assert [row.state for row in await sent_rows(town, "notice-now")] == ["queued"]
    assert await rows(town, "service-update") == {}


async def test_two_who_end_it_at_once_end_it_once(either: Hall) -> None:
    town = either
    found = await out(town)
    done = await asyncio.gather(*(post(town, found, "It works.", last=True) for _ in range(2)))
    assert sorted(type(one).__name__ for one in done) == ["Refused", "ServiceNoticeView"]
    (refused,) = [one for one in done if isinstance(one, Refused)]
    assert refused.why.why == OVER
    assert len(await sent_rows(town, "service-update")) == 3
    assert isinstance(await post(town, found, "More."), Refused)


@pytest.mark.parametrize("last", [False, True])
async def test_a_form_that_is_pressed_twice_sends_one_update(either: Hall, last: bool) -> None:
    town = either
    found = await out(town)
    form = await town.ask(CTO, Open(of=PostUpdate(announcement_id=found, last=last)))
    more = {"update_id": form.of.update_id, "last": last}
    for _ in range(2):
        done = await asyncio.gather(*(post(town, found, "We look.", **more) for _ in range(2)))
        assert [type(one) for one in done] == [ServiceNoticeView] * 2
    assert len(await sent_rows(town, "service-update")) == 3
    assert len(done[0].line.thread.updates) == 1


async def test_only_the_office_posts_and_only_on_what_is_out(town: Hall) -> None:
    found = await draft(town)
    assert isinstance(await post(town, found, "Too early."), Refused)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    mine = PostUpdate(announcement_id=found, last=True, update_id=uuid4())
    for email in (TEACHER, CHAIR, ISO):
        assert isinstance(await town.ask(email, mine), Refused)
        form = Open(of=PostUpdate(announcement_id=found, last=False))
        assert isinstance(await town.ask(email, form), Refused)
    empty = await post(town, found)
    assert isinstance(empty, FormView)
    assert set(empty.unfit) == {"words"}, "an update says something"
    assert await sent_rows(town, "service-update") == []


async def test_a_notice_that_was_taken_back_goes_with_its_updates(town: Hall) -> None:
    found = await out(town)
    await post(town, found, "We look for it.")
    for email in (TEACHER, OFFICE, CHAIR):
        await became(town, email, kind="service-update", state="sent")
    await town.ask(CTO, RecallAnnouncement(announcement_id=found))
    back = await sent_rows(town, "recall")
    assert len([row for row in back if row.subject == found]) == 3
    assert len([row for row in back if row.subject != found]) == 2, "in chat, its updates, too"
    assert isinstance(await post(town, found, "More."), Refused)
    assert isinstance(await town.ask(TEACHER, ShowServiceNotice(announcement_id=found)), Refused)
    assert (await status(town)).now == ()


async def test_a_stopped_notice_still_ends_for_those_who_have_it(town: Hall) -> None:
    found = await draft(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    await became(town, TEACHER, state="sent", platform=Platform.SLACK, lane="slack:T1")
    await town.ask(CTO, StopCampaign(subject=found))
    await post(town, found, last=True)
    assert set(await rows(town, "service-update")) == {TEACHER}
    assert {row.state for row in await sent_rows(town, "service-update")} == {"queued"}


# -- its page, and being reminded ----------------------------------------------------------------


async def status(town: Hall, email: str = TEACHER) -> ServiceStatus:
    shown = await town.ask(email, ShowServiceStatus())
    assert isinstance(shown, ServiceStatus)
    return shown


async def test_whoever_misses_their_own_fault_on_the_status_page_can_report_it(town: Hall) -> None:
    async with browser(town, TEACHER) as client:
        page = (await client.get("/status")).text
        _, _, main = page.partition("<main")
        assert "Is something broken that is not listed here?" in main
        assert 'href="/feedback"' in main
        assert "Write a service notice" not in main


async def test_staff_see_what_is_broken_what_is_planned_and_what_ended(town: Hall) -> None:
    now, planned = town.clock(), ServiceKind.MAINTENANCE
    times = {"begins": now + timedelta(days=2), "ends": now + timedelta(days=2, hours=3)}
    unsent = await draft(town)
    broken, coming = await out(town), await out(town, kind=planned, **times)
    shown = await status(town)
    assert [one.thread.notice.announcement_id for one in shown.now] == [broken]
    assert [one.thread.notice.announcement_id for one in shown.planned] == [coming]
    assert not shown.writes
    assert isinstance(await town.ask(TEACHER, ShowServiceNotice(announcement_id=unsent)), Refused)
    town.clock.forward(days=2, hours=1)
    assert len((await status(town)).now) == 2, "the maintenance has begun"
    for found in (broken, coming):
        await post(town, found, "Done.", last=True)
    shown = await status(town, ISO)
    assert (len(shown.now), len(shown.ended)) == (0, 2)
    page = await town.ask(ISO, ShowServiceNotice(announcement_id=coming))
    assert isinstance(page, ServiceNoticeView)
    assert "Done." in said(page)
    town.clock.forward(days=31)
    assert (await status(town)).ended == ()


async def test_its_author_is_reminded_once_where_nobody_said_a_word(town: Hall) -> None:
    found = await out(town, ends=town.clock() + timedelta(hours=1))
    await keep_time(town, hours=1)
    assert await rows(town, "service-end-passed") == {}, "there is time to write"
    await keep_time(town, minutes=16)
    assert set(await rows(town, "service-end-passed")) == {CTO}
    told = await message(town, "service-end-passed", found)
    assert isinstance(told, EndPassed)
    assert "Monday, October 5 at 11:00 AM" in said(told)
    await post(town, found, "It takes longer.", ends=town.clock() + timedelta(hours=1))
    assert await message(town, "service-end-passed", found) is None, "somebody has said a word"
    await keep_time(town, hours=2)
    assert len(await sent_rows(town, "service-end-passed")) == 1


async def test_no_reminder_after_a_word(town: Hall) -> None:
    ends = town.clock() + timedelta(hours=1)
    one, other = await out(town, ends=ends), await out(town, ends=ends)
    await keep_time(town, hours=1, minutes=1)
    await post(town, one, last=True)
    await post(town, other, "Nearly there.")
    await keep_time(town, hours=1)
    assert await rows(town, "service-end-passed") == {}


async def keep_time(town: Hall, **time: int) -> None:
    town.clock.forward(**time)
    await town.core.dispatch.keep_time()


# -- words ---------------------------------------------------------------------------------------


async def test_everybody_reads_it_in_their_language_and_zone(town: Hall) -> None:
    begins = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    found = await out(
        town,
        kind=ServiceKind.MAINTENANCE,
        begins=begins,
        ends=begins + timedelta(hours=4),
    )
    first = await message(town, "notice", found)
    assert "Planned maintenance: Sunday, November 1 at 12:30 AM to 3:30 AM." in said(first), (
        "clocks are set back in between"
    )
    denver = Words("es", "America/Denver")
    told = said(first, denver)
    assert "Sin Wi-Fi en Lincoln High" in told
    assert "Mantenimiento planeado: sábado 31 de octubre, 11:30" in told
    await post(town, found, "Done early.", last=True, es="Terminamos antes.")
    (row, *_) = await sent_rows(town, "service-update")
    update_message = await message(town, "service-update", row.subject)
    assert "Terminamos antes." in said(update_message, denver)
    assert "Done early." in said(update_message)


def asked(shown: Any) -> dict[str, Any]:
    form = card_of(shown, Words("en")).form
    assert form is not None
    return {one.key: one for one in form.fields}


async def test_its_translations_are_typed_beside(town: Hall) -> None:
    fields = asked(await town.ask(CTO, Open(of=WriteServiceNotice())))
    assert [one.key for key in ("title", "what") for one in fields[key].beside] == [
        "title.es",
        "what.es",
    ]
    found = await out(town)
    shown = await town.ask(CTO, Open(of=PostUpdate(announcement_id=found, last=False)))
    fields = asked(shown)
    assert [one.key for one in fields["words"].beside] == ["words.es"]
    assert "3 people have the notice and get this." in said(shown)


async def test_a_translation_that_chat_does_not_ask_for_stays(town: Hall) -> None:
    found = await draft(town)
    other = {"title": {"": "Wi-Fi is down"}, "what": {"": "Use a cable."}}
    await town.ask(CTO, WriteServiceNotice(announcement_id=found, audience=SOME, **other))
    kept = (await stored(town, found)).change
    assert kept.title.translations == {"es": TITLE["es"]}
    await town.ask(
        CTO,
        WriteServiceNotice(
            announcement_id=found, audience=SOME, title={"": "Down", "es": ""}, what=WHAT
        ),
    )
    kept = (await stored(town, found)).change
    assert (kept.title.translations, kept.what.translations) == ({}, {"es": WHAT["es"]})


async def test_an_update_asks_for_what_is_needed_in_its_situation(town: Hall) -> None:
    found = await out(town)
    update = asked(await town.ask(CTO, Open(of=PostUpdate(announcement_id=found, last=False))))
    assert (set(update), update["words"].optional) == ({"words", "ends"}, False)
    end = asked(await town.ask(CTO, Open(of=PostUpdate(announcement_id=found, last=True))))
    assert (set(end), end["words"].optional) == ({"words"}, True)
    await settings(town, approve_above=1_000_000)
    all_of_them = await draft(town, audience=Audience())
    await town.ask(CTO, SendAnnouncement(announcement_id=all_of_them))
    await settings(town, approve_above=2)
    end = asked(await town.ask(CTO, Open(of=PostUpdate(announcement_id=all_of_them, last=True))))
    assert (set(end), end["everyone"].optional) == ({"words", "everyone"}, False)
    refused = await post(town, all_of_them, last=True)
    assert isinstance(refused, FormView)
    assert set(refused.unfit) == {"everyone"}


def _writing(page: str) -> Form:
    forms = offered(page).forms
    return next(one for one in forms if one.action.startswith("/do/write-service|"))


async def test_a_day_without_a_time_loses_nothing_that_was_typed(town: Hall) -> None:
    async with browser(town, CTO) as client:
        form = _writing((await client.get("/do/service-form")).text)
        typed = {"title": "Phones are down", "what": "Use e-mail.", "levels": "high"}
        days = {"begins_date": "2026-10-12", "ends_date": "2026-10-12", "ends_time": "16:30"}
        again = await client.post(form.action, data={**form.data, **typed, **days})
    assert again.status_code == 422
    assert "Enter a day and a time." in again.text
    kept = _writing(again.text).data
    assert {key: kept[key] for key in ("title", "what", "ends_date", "ends_time")} == {
        "title": typed["title"],
        "what": typed["what"],
        "ends_date": "2026-10-12",
        "ends_time": "16:30",
    }


async def test_a_test_to_oneself_says_that_it_is_one(town: Hall) -> None:
    found = await draft(town)
    await town.ask(CTO, TryAnnouncement(announcement_id=found))
    assert set(await rows(town, "notice-test")) == {CTO}
    shown = said(await message(town, "notice-test", found))
    assert shown.startswith("Test\nWi-Fi is down at Lincoln High\nThis is a test.")
