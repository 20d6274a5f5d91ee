"""Announcing: written, sent once now or at its time, read once, and seen person by person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from core.people import Audience, Level, Platform, Role
from core.text import Text
from core.words import Words
from governance.announcements.asked import LIMITS, REQUIRED, by_name
from governance.announcements.campaign_commands import ShowCampaign, ShowProgress
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    ShowAnnouncement,
    StartAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import AnnouncementState
from governance.announcements.urgent_wording import waiting_lines
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementScheduled,
    Notice,
    Progress,
    Refused,
)
from governance.views import CampaignView
from storage.ledger_tables import audit, delivery
from storage.tables import acknowledgement
from storage.tables import person as person_table
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person

WORDS = {
    "title": "New phones in every classroom",
    "what": "The old desk phones are replaced.",
    "why": "They fail.",
    "when": "From 1 March.",
    "who": "Everybody with a desk phone.",
    "action": "Unplug the old one.",
    "learn": "Watch the film.",
    "learn_url": "https://schools.example.org/phones?a=1&b=2",
    "ask": "The help desk.",
}
TO_THREE = Audience(people=frozenset({TEACHER, OFFICE, CHAIR}))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def write(town: Hall, audience: Audience = TO_THREE, **words: str) -> UUID:
    command = WriteAnnouncement(
        announcement_id=uuid4(), **by_name({**WORDS, **words}), audience=audience
    )
    drafted = await town.ask(CTO, command)
    assert isinstance(drafted, AnnouncementDrafted), drafted
    return drafted.announcement.id


async def notices(town: Hall, announcement: UUID) -> int:
    def count(tx: Transaction) -> int:
        return tx.connection.execute(
            select(func.count())
            .select_from(delivery)
            .where(delivery.c.subject == announcement, delivery.c.kind == "notice")
        ).scalar_one()

    return await town.core.store.read(count)


async def state(town: Hall, announcement: UUID) -> AnnouncementState:
    found = await town.core.store.read(lambda tx: tx.announcement(announcement))
    assert found is not None
    return found.state


# -- writing --------------------------------------------------------------------------------------


async def test_a_draft_says_whom_it_reaches_and_who_sends_it(town: Hall) -> None:
    drafted = await town.ask(
        CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name(WORDS), audience=TO_THREE)
    )
    assert drafted.reach.people == 3
    assert drafted.reach.by_platform == (("web", 3),)
    assert drafted.sender == (await person(town.core, CTO)).name


@pytest.mark.parametrize("field", REQUIRED)
async def test_a_part_that_people_need_is_asked_for(town: Hall, field: str) -> None:
    for blank in ("", "  \x00 "):
        back = await town.ask(
            CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name({**WORDS, field: blank}))
        )
        assert isinstance(back, FormView)
        assert set(back.unfit) == {field}


@pytest.mark.parametrize("field", LIMITS)
async def test_each_part_has_its_limit(town: Hall, field: str) -> None:
    for length in (LIMITS[field] + 1, 200_000):
        words = {**WORDS, field: "https://x/".ljust(length, "x")}
        back = await town.ask(CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name(words)))
        assert isinstance(back, FormView)
        assert set(back.unfit) == {field}
        assert back.unfit[field].values == {"n": length, "most": LIMITS[field]}
    words = {**WORDS, field: "https://x/".ljust(LIMITS[field], "x")}
    assert isinstance(
        await town.ask(CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name(words))),
        AnnouncementDrafted,
    )


@pytest.mark.parametrize(
    "url",
    [
        "schools.example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://a b",
        "https://a\nhttps://b",
        "https://a|click here",
        "https://a>x",
        "http://[::1",
        "http://schools.example.org",
        "file:///etc/passwd",
        "//schools.example.org",
    ],
)
async def test_only_a_web_address_is_a_link(town: Hall, url: str) -> None:
    back = await town.ask(
        CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name({**WORDS, "learn_url": url}))
    )
    assert isinstance(back, FormView)
    assert set(back.unfit) == {"learn_url"}


async def test_hostile_words_are_kept_as_words(town: Hall) -> None:
    draft = await write(town, what="<!channel> {why} %s \x00\ud800 & <b>now</b>")
    found = await town.core.store.read(lambda tx: tx.announcement(draft))
    assert found is not None
    assert found.change.what == Text(default="<!channel> {why} %s  & <b>now</b>")


async def test_an_audience_of_nobody_is_sent_back(town: Hall) -> None:
    nobody = Audience(people=frozenset({"nobody@schools.example.org"}))
    back = await town.ask(
        CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name(WORDS), audience=nobody)
    )
    assert isinstance(back, FormView)
    assert set(back.unfit) == {"audience"}


async def test_editing_keeps_the_translation_of_what_was_not_touched(town: Hall) -> None:
    loaded = (await town.core.store.read(lambda tx: tx.announcements()))[0]
    change = replace(
        loaded.change,
        title=Text(default="Phones", translations={"es": "Teléfonos"}),
        what=Text(default="New ones.", translations={"es": "Nuevos."}),
    )
    await town.core.store.write(
        lambda tx: tx.put_announcement(replace(loaded, change=change, acknowledge=False))
    )
    form = await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=loaded.id)))
    assert isinstance(form, FormView)
    edited = WriteAnnouncement(
        announcement_id=loaded.id,
        **{**form.values, "what": {"": "Newer ones."}},  # type: ignore[arg-type]
    )
    drafted = await town.ask(CTO, edited)
    assert drafted.announcement.change.title.translations == {"es": "Teléfonos"}
    what = drafted.announcement.change.what
    assert what == Text(default="Newer ones.", translations={"es": "Nuevos."})
    assert drafted.announcement.change.outdated == {"what.es"}
    assert drafted.announcement.key == loaded.key
    assert not drafted.announcement.acknowledge, "it was not to be confirmed, and is not now"


async def test_what_has_gone_out_or_is_scheduled_cannot_be_changed(town: Hall) -> None:
    gone, planned = await write(town), await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=gone))
    at = town.clock() + timedelta(days=1)
    await town.ask(CTO, SendAnnouncement(announcement_id=planned, at=at))
    for one in (gone, planned):
        again = WriteAnnouncement(announcement_id=one, **by_name({**WORDS, "title": "Other"}))
        assert isinstance(await town.ask(CTO, again), Refused)
        assert isinstance(
            await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=one))), Refused
        )
        found = await town.core.store.read(lambda tx, one=one: tx.announcement(one))
        assert found is not None
        assert found.change.title.default == WORDS["title"]


# -- sending --------------------------------------------------------------------------------------


async def test_pressing_send_twice_at_once_sends_once(town: Hall) -> None:
    draft = await write(town)
    send = SendAnnouncement(announcement_id=draft)
    first, second = await asyncio.gather(town.ask(CTO, send), town.ask(CTO, send))
    assert first == second
    assert isinstance(first, AnnouncementScheduled)
    assert (first.people, first.at) == (3, None)
    assert await notices(town, draft) == 3

    def entries(tx: Transaction) -> int:
        return tx.connection.execute(
            select(func.count()).select_from(audit).where(audit.c.subject == draft)
        ).scalar_one()

    assert await town.core.store.read(entries) == 1


async def test_at_its_time_the_audience_of_that_moment_gets_it_once(town: Hall) -> None:
    draft = await write(town, Audience(roles=frozenset({Role.OFFICE})))
    at = town.clock() + timedelta(hours=2)
    planned = await town.ask(CTO, SendAnnouncement(announcement_id=draft, at=at))
    assert planned.at == at
    assert await notices(town, draft) == 0
    teacher = await person(town.core, TEACHER)
    await town.core.store.write(
        lambda tx: tx.connection.execute(
            person_table.update().where(person_table.c.id == teacher.id).values(role=Role.OFFICE)
        )
    )
    town.clock.forward(hours=3)
    await asyncio.gather(town.core.dispatch.keep_time(), town.core.dispatch.keep_time())
    await town.core.dispatch.by_itself(StartAnnouncement(announcement_id=draft))
    assert await state(town, draft) is AnnouncementState.SENDING
    assert await notices(town, draft) == planned.people + 1


async def test_a_typed_time_is_in_the_writers_zone(town: Hall) -> None:
    draft = await write(town)
    cto = await person(town.core, CTO)
    zone = ZoneInfo(cto.timezone)
    local = datetime.combine(
        (town.clock() + timedelta(days=3)).astimezone(zone).date(), datetime.min.time()
    ).replace(hour=7)
    planned = await town.ask(CTO, SendAnnouncement(announcement_id=draft, at=local))
    assert planned.at == local.replace(tzinfo=zone)


@pytest.mark.parametrize("days", [-1, -0.01, 367, 10_000])
async def test_a_time_that_has_passed_or_is_too_far_away_is_sent_back(
    town: Hall, days: float
) -> None:
    draft = await write(town)
    at = town.clock() + timedelta(days=days)
    back = await town.ask(CTO, SendAnnouncement(announcement_id=draft, at=at))
    assert isinstance(back, Rejected)
    assert set(back.unfit) == {"at"}
    assert await state(town, draft) is AnnouncementState.DRAFT


async def test_what_is_not_there_cannot_be_sent(town: Hall) -> None:
    missing = SendAnnouncement(announcement_id=uuid4())
    assert isinstance(await town.ask(CTO, missing), Refused)


# -- reading --------------------------------------------------------------------------------------


async def test_reading_twice_from_two_places_is_one_row_with_the_first_moment(town: Hall) -> None:
    draft = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    press = AcknowledgeAnnouncement(announcement_id=draft)
    first, second = await asyncio.gather(town.ask(TEACHER, press), town.ask(TEACHER, press))
    assert isinstance(first, Notice)
    assert first.acknowledged_at is not None
    assert first == second
    town.clock.forward(hours=1)
    assert await town.ask(TEACHER, press) == first

    def rows(tx: Transaction) -> int:
        return tx.connection.execute(select(func.count()).select_from(acknowledgement)).scalar_one()

    assert await town.core.store.read(rows) == 1
    shown = await town.ask(TEACHER, ShowAnnouncement(announcement_id=draft))
    assert shown == first


async def test_the_cto_sees_it_but_has_nothing_to_confirm(town: Hall) -> None:
    draft = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    shown = await town.ask(CTO, ShowAnnouncement(announcement_id=draft))
    assert not shown.acknowledge
    press = AcknowledgeAnnouncement(announcement_id=draft)
    assert isinstance(await town.ask(CTO, press), Refused)
    progress = await town.ask(CTO, ShowProgress(announcement_id=draft))
    assert isinstance(progress, Progress)
    assert (progress.tally.people, progress.tally.acknowledged) == (3, 0)


# -- person by person ---------------------------------------------------------------------------


async def campaign(town: Hall, draft: UUID, **narrowed: object) -> CampaignView:
    view = await town.ask(CTO, ShowCampaign(announcement_id=draft, **narrowed))  # type: ignore[arg-type]
    assert isinstance(view, CampaignView)
    return view


async def test_the_campaign_is_searched_filtered_and_paged(town: Hall) -> None:
    draft = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=draft))
    teacher = await person(town.core, TEACHER)
    assert (await campaign(town, draft)).paging.matching == 3
    assert [r.person for r in (await campaign(town, draft, outcome="read")).recipients] == [
        teacher.id
    ]
    assert (await campaign(town, draft, outcome="unread")).paging.matching == 2
    assert (await campaign(town, draft, outcome="queued")).paging.matching == 3
    assert (await campaign(town, draft, outcome="no such outcome")).paging.matching == 0
    found = await campaign(town, draft, search=f"{teacher.given_name} {teacher.family_name[:3]}")
    assert teacher.id in [r.person for r in found.recipients]
    seen = [
        r.person
        for page in range(3)
        for r in (await campaign(town, draft, page=page, size=1)).recipients
    ]
    assert len(set(seen)) == 3


@pytest.mark.parametrize("search", ["%", "_", "\\", "' OR 1=1 --", "x" * 9000])
async def test_a_search_is_words_and_nothing_else(town: Hall, search: str) -> None:
    draft = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    assert (await campaign(town, draft, search=search)).paging.matching == 0


@pytest.mark.parametrize("search", ["\x00", "\ud800", " \u202e "])
async def test_a_search_for_what_cannot_be_typed_is_no_search(town: Hall, search: str) -> None:
    draft = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    assert (await campaign(town, draft, search=search)).paging.matching == 3


@pytest.mark.parametrize(("page", "size"), [(-5, 50), (10**30, 50), (0, 0), (0, 10**9)])
async def test_absurd_pages_are_brought_into_range(town: Hall, page: int, size: int) -> None:
    draft = await write(town)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    view = await campaign(town, draft, page=page, size=size)
    assert view.paging.matching == 3
    assert 1 <= view.paging.size <= 200


async def test_a_form_leaves_the_people_that_a_file_named(town: Hall) -> None:
    named = Audience(
        people=frozenset({TEACHER, OFFICE}),
        except_people=frozenset({CTO}),
        except_committees=frozenset({"network"}),
        except_buildings=frozenset({"nowhere"}),
    )
    draft = await write(town, named)
    typed = Audience(levels=frozenset({Level.HIGH}))
    again = WriteAnnouncement(announcement_id=draft, **by_name(WORDS), audience=typed)
    assert isinstance(await town.ask(CTO, again), AnnouncementDrafted)
    kept = await town.core.store.read(lambda tx: tx.announcement(draft))
    assert kept is not None
    assert kept.audience == replace(named, levels=typed.levels)


async def test_the_reach_says_who_does_not_get_it_at_once_and_why(town: Hall) -> None:
    """One never had Slack, one is switched off there, and one has web pages only."""
    in_slack = update(person_table).where(person_table.c.email.in_([TEACHER, OFFICE]))
    await town.core.store.write(lambda tx: tx.connection.execute(in_slack.values(platform="slack")))
    left = await person(town.core, OFFICE)
    await town.core.store.write(
        lambda tx: tx.note_address(
            left,
            platform=Platform.SLACK,
            workspace="T1",
            user="U1",
            conversation="D1",
            service_url=None,
            reachable=False,
        )
    )
    audience = Audience(people=frozenset({TEACHER, OFFICE, CHAIR}))
    reach = await town.core.store.read(lambda tx: tx.reach(audience, town.clock()))
    assert reach.waiting == 2
    assert (reach.waiting_by, reach.away_by) == ((("slack", 1),), (("slack", 1),))
    assert reach.page_only == (0 if town.core.settings.mail else 1)
    said = waiting_lines(Words("en"), reach)
    assert said == [
        "1 person is not in Slack yet. They get it when they join.",
        "1 person can’t be reached in Slack: their account or the app is switched off. They get "
        "it once that changes.",
        "1 person has no chat, and no mail is sent. They see it when they sign in here.",
    ]
