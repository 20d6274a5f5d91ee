"""An announcement to a district's staff while both platforms misbehave: reminders, an edit and a
recall, and the page agrees with the ledger and with what the platforms hold, person by person."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.exports.acknowledged import acknowledged_csv
from bot.jobs.composing import composing
from core.people import Audience, Platform
from core.text import Text
from governance.access import Actor
from governance.announcements import following, handlers, recalling
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    CorrectLate,
    EditAnnouncement,
    RecallAnnouncement,
    ShowCampaign,
)
from governance.announcements.commands import AcknowledgeAnnouncement, SendAnnouncement
from governance.announcements.edit_approval import edit_or_ask
from governance.announcements.editing import correct_late
from governance.announcements.model import Announcement, Change
from governance.committees.model import AnnouncementSettings, District, Office
from governance.duties.kinds import again
from governance.messages import AnnouncementScheduled, Notice, Progress
from governance.ports import Standing
from governance.read_reminders.model import READ_BY
from governance.views import CampaignView
from scheduler.lanes import Budget
from storage.transaction import Transaction
from tests.governance.acknowledgements.test_seven_thousand import tend_all
from tests.scheduler.test_virtual_faults import FAULTS
from tests.virtual import loop
from tests.virtual.platform import Limit, Reconciling, Simulated, Window
from tests.virtual.world import SUBJECT, World, delivered, play, with_command

CTO = Actor(standing=Standing(offices=frozenset({Office.CTO})))
DUE = timedelta(days=20)
WORDS = {
    "title": "New sign-in page",
    "what": "You sign in with your badge number.",
    "why": "The old page is no longer supported.",
    "when": "Monday, December 7",
    "who": "Everyone.",
    "action": "Have your badge with you.",
}


def _world(folder: Path, rng: Random) -> World:
    slack = Reconciling(
        name=Platform.SLACK,
        rng=rng,
        workspace_limit=Window([Limit(messages=525, seconds=60)]),
        script=FAULTS,
        recall_limit=Window([Limit(messages=50, seconds=60)]),
    )
    teams = Simulated(
        name=Platform.TEAMS,
        rng=rng,
        workspace_limit=Window([Limit(messages=30, seconds=1)]),
        script=FAULTS,
    )
    return World(
        folder,
        rng,
        {Platform.SLACK: slack, Platform.TEAMS: teams},
        {
            Platform.SLACK: Budget(per_second=525 / 60, burst=9),
            Platform.TEAMS: Budget(per_second=30, burst=15),
        },
    )


def announce_to(seed: int, people: int) -> None:
    async def main(folder: Path, rng: Random) -> None:
        world = _world(folder, rng)
        core: Any = SimpleNamespace(now=loop.clock, store=world.store)
        world.compose = composing(core)
        world.pump = world.new_pump()
        everybody = await world.people(people * 3 // 5, Platform.SLACK)
        everybody += await world.people(people * 2 // 5, Platform.TEAMS)
        await world.store.write(_announce)
        await _all_queued(world)
        await _settled(world)
        got = await _have(world)
        assert len(got) > people * 0.95
        read = set(rng.sample(sorted(got), len(got) // 3))
        for one in read:
            await world.store.write(lambda tx, one=one: _press(tx, one))
        await _only_the_rest_are_reminded(world, len(everybody), read)
        await _everybody_has_the_new_words(world)
        await _nobody_has_it_any_more(world)
        await world.close()

    play(main, seed)


def _announce(tx: Transaction) -> None:
    one_person_decides = AnnouncementSettings(approve_above=10_000)
    district = District(
        key="d", name="District", timezone="America/Chicago", announcements=one_person_decides
    )
    tx.put_district(district, "", loop.clock())
    change = Change(
        **{key: Text(default=said) for key, said in WORDS.items()},  # type: ignore[arg-type]
    )
    tx.put_announcement(
        Announcement(
            id=SUBJECT,
            change=change,
            audience=Audience(),
            written_by=None,
            due=(loop.clock() + DUE).date(),
        )
    )
    sends = SendAnnouncement(announcement_id=SUBJECT, everyone="everyone")
    assert isinstance(handlers.send(tx, CTO, sends, loop.clock()), AnnouncementScheduled)


async def _all_queued(world: World) -> None:
    while await world.store.write(lambda tx: tx.write_part(loop.clock())):
        pass


async def _settled(world: World) -> None:
    await world.until(delivered)


async def _have(world: World) -> set[UUID]:
    """Whose message arrived, by the ledger."""
    return {
        row.person_id for row in await world.rows() if row.kind == "notice" and row.state == "sent"
    }


def _press(tx: Transaction, person_id: UUID) -> None:
    person = tx.person(person_id)
    assert person is not None
    pressed = AcknowledgeAnnouncement(announcement_id=SUBJECT)
    assert isinstance(handlers.acknowledge(tx, Actor(person=person), pressed, loop.clock()), Notice)


async def _only_the_rest_are_reminded(world: World, people: int, read: set[UUID]) -> None:
    """On a school morning near the date; and the file says of each person what the page counts."""
    await asyncio.sleep((DUE - timedelta(days=5)).total_seconds())
    while loop.clock().weekday() > 4:  # noqa: ASYNC110  (time is virtual)
        await asyncio.sleep(timedelta(days=1).total_seconds())
    await tend_all(world)
    await _all_queued(world)
    await _settled(world)
    rows = await world.rows()
    reminded = Counter(row.person_id for row in rows if row.kind == again(READ_BY))
    everybody = {row.person_id for row in rows if row.kind == "notice"}
    assert len(everybody) == people
    assert reminded == Counter(everybody - read)
    file = acknowledged_csv(
        await world.store.read(lambda tx: tx.duty_rows(READ_BY, SUBJECT, ZoneInfo("UTC")))
    )
    lines = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert len(lines) == people
    done = {line["email"] for line in lines if line["state"] == "done"}
    assert done == {f"{one.hex}@example.org" for one in read}
    assert (await _page(world)).tally.acknowledged == len(done)


async def _everybody_has_the_new_words(world: World) -> None:
    words = {**WORDS, "when": "Monday, December 14"}
    edits = EditAnnouncement(announcement_id=SUBJECT, **by_name(words), everyone="everyone")
    done = await world.store.write(lambda tx: edit_or_ask(tx, CTO, edits, loop.clock()))
    assert isinstance(done, Progress)
    late = CorrectLate(announcement_id=SUBJECT)
    for _ in range(3):
        await _all_queued(world)
        await _settled(world)
        await asyncio.sleep(timedelta(minutes=16).total_seconds())
        await world.store.write(lambda tx: correct_late(tx, late, loop.clock()))
    await _all_queued(world)
    await _settled(world)
    rows = await world.rows()
    in_place = {row.person_id: row for row in rows if row.kind == "edited-now"}
    corrected = {row.person_id for row in rows if row.kind == "edited" and row.state == "sent"}
    changed = {one for one, row in in_place.items() if row.state == "sent"}
    assert changed | corrected == await _have(world)
    assert not changed & corrected
    for platform in world.platforms.values():
        for row in (row for row in rows if row.platform == platform.name):
            if row.kind == "notice" and row.person_id in changed:
                assert row.reference in platform.renewed, "its message says the new words"
    tally = (await _page(world)).tally
    assert (tally.edited, tally.corrected) == (len(changed), len(corrected))


async def _nobody_has_it_any_more(world: World) -> None:
    """Taken back wherever it stands; and the page says of each person what the ledger does."""
    got = await _have(world)
    asked = RecallAnnouncement(announcement_id=SUBJECT)
    await world.store.write(lambda tx: recalling.recall(tx, CTO, asked, loop.clock()))
    await _all_queued(world)
    await _settled(world)
    rows = await world.rows()
    gone = {one for platform in world.platforms.values() for one in platform.gone}
    standing = {row.reference for row in rows if row.kind == "notice" and row.person_id in got}
    kept = {row.person_id for row in rows if row.kind == "recall" and row.state != "sent"}
    assert standing <= gone
    assert kept == set()
    page = await _page(world)
    stored = {row.person_id: row.state for row in rows if row.kind == "notice"}
    shown = dict(await _people(world))
    assert shown == stored
    assert page.tally.recalled == sum(state == "recalled" for state in stored.values())
    assert page.tally.people == len(stored)


async def _page(world: World) -> CampaignView:
    asks = ShowCampaign(announcement_id=SUBJECT)
    found = await world.store.read(lambda tx: following.campaign(tx, asks, loop.clock()))
    assert isinstance(found, CampaignView)
    return found


async def _people(world: World) -> list[tuple[UUID, str]]:
    """Every line of the page, page by page."""
    found: list[tuple[UUID, str]] = []
    for number in range(1000):
        asks = ShowCampaign(announcement_id=SUBJECT, page=number, size=200)
        page = await world.store.read(
            lambda tx, asks=asks: following.campaign(tx, asks, loop.clock())
        )
        assert isinstance(page, CampaignView)
        found += [(one.person, str(one.outcome)) for one in page.recipients]
        if len(found) >= page.paging.matching:
            break
    return found


def test_some_are_reminded_corrected_and_taken_back_from() -> None:
    with_command(announce_to, 5, people=250)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_seven_thousand_are_reminded_corrected_and_taken_back_from() -> None:
    with_command(announce_to, 6, people=7000)
