"""Urgent announcements in virtual time: asked for, approved and sent by the real activities, the
real pump and ledger, in the middle of a survey and in the middle of the night."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.people import Audience, Platform
from core.school_calendar import Calendar, Hours
from core.text import text
from governance.access import Actor
from governance.announcements.approval_messages import ApprovalSettled, Settlement
from governance.announcements.approving import approve, ask
from governance.announcements.commands import ApproveAnnouncement, SendAnnouncement
from governance.announcements.model import Announcement, Change
from governance.committees.model import District, Office, Officer
from governance.messages import Progress
from scheduler.lanes import Budget
from storage.holding import ROUTINE
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.scheduler.test_virtual_quiet import Shown
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, delivered, play

CENTRAL = "America/Chicago"
SUNDAY_NIGHT = datetime(2026, 11, 8, 22, tzinfo=ZoneInfo(CENTRAL))
MONDAY_MORNING = datetime(2026, 11, 9, 7, tzinfo=ZoneInfo(CENTRAL))
TUESDAY_NOON = datetime(2026, 11, 10, 12, tzinfo=ZoneInfo(CENTRAL))
QUIET = Calendar(quiet=Hours(begins=time(18), ends=time(7)), weekends=True)
NEWS = UUID(int=99)
PACES = [
    pytest.param(Platform.SLACK, 230 / 60, 120, id="slack-230-a-minute"),
    pytest.param(Platform.TEAMS, 30.0, 400, id="teams-30-a-second"),
]
SLACK = (Platform.SLACK, 230 / 60)
PATIENCE = 3.0
"""Seconds in which what was claimed before the yes may still leave: a burst is about one."""


async def world_at(
    folder: Path, rng: Random, shown: Shown, platform: Platform, per_second: float, staff: int
) -> tuple[World, Sequence[UUID]]:
    """A town with a calendar, an asker and an approver, who come first among its people."""
    limit = Window([Limit(messages=round(per_second * 60), seconds=60)])
    there = Reconciling(name=platform, rng=rng, workspace_limit=limit)
    return await _world(folder, rng, shown, there, per_second, staff)


async def _world(
    folder: Path, rng: Random, shown: Shown, there: Simulated, per_second: float, staff: int
) -> tuple[World, Sequence[UUID]]:
    budget = Budget(per_second=per_second, burst=max(1, round(per_second)))
    world = World(
        folder, rng, {there.name: there}, {there.name: budget}, clock=shown, timezone=CENTRAL
    )
    people = await world.people(staff + 2, there.name)
    cto, approver = (f"{one.hex}@example.org" for one in people[:2])
    town = District(
        key="town",
        name="Town",
        timezone=CENTRAL,
        calendar=QUIET,
        officers=(
            Officer(office=Office.CTO, person=cto),
            Officer(office=Office.ANNOUNCEMENT_APPROVER, person=approver),
        ),
    )
    duties = [
        ("office", Office.CTO.value, cto, 0),
        ("office", Office.ANNOUNCEMENT_APPROVER.value, approver, 0),
    ]

    now = shown()

    def settle(tx: Transaction) -> None:
        tx.put_district(town, "", now)
        tx.assign_duties(duties)

    await world.store.write(settle)
    return world, people


async def asked(world: World, people: Sequence[UUID], shown: Shown) -> int:
    """The CTO asks to send something to everybody as urgent; which request that is."""
    word = text("The water is off in all schools until noon.")
    change = Change(title=word, what=word, why=word, when=word, who=word, action=word)
    now = shown()

    def work(tx: Transaction) -> int:
        draft = Announcement(id=NEWS, change=change, audience=Audience(), written_by=people[0])
        tx.put_announcement(draft)
        cto = Actor(person=tx.person(people[0]))
        command = SendAnnouncement(announcement_id=NEWS, urgent=True)
        waiting = ask(tx, cto, command, now)
        assert isinstance(waiting, Progress)
        return waiting.announcement.request

    request = await world.store.write(work)
    world.pump.wake()
    return request


async def approved(world: World, people: Sequence[UUID], shown: Shown, request: int) -> datetime:
    """The second person says yes; when that was."""
    now = shown()

    def work(tx: Transaction) -> None:
        approver = Actor(person=tx.person(people[1]))
        command = ApproveAnnouncement(announcement_id=NEWS, request=request)
        ended = approve(tx, approver, command, now)
        assert isinstance(ended, ApprovalSettled)
        assert ended.settlement is Settlement.APPROVED

    await world.store.write(work)
    while await world.ledger.write_part(now):  # as the service does beside the pump
        pass
    world.pump.wake()
    return now


async def of(world: World, kind: str) -> list[Any]:
    return [row for row in await world.rows() if row.kind == kind]


async def until_sent(world: World, kind: str, seconds: float) -> None:
    """While the pump runs, until everything of a kind is out; at most so many virtual seconds."""
    end = asyncio.get_running_loop().time() + seconds
    states = select(delivery.c.state).where(delivery.c.kind == kind).distinct()
    while await world.store.read(lambda tx: {*tx.connection.scalars(states)}) != {"sent"}:
        assert asyncio.get_running_loop().time() < end, f"{kind}: {await world.states()}"
        await asyncio.sleep(0.2)


def arrivals(world: World, platform: Platform, rows: Sequence[Any]) -> list[float]:
    """When messages arrived, in virtual seconds."""
    ids = {row.id for row in rows}
    return [one.at for one in world.platforms[platform].taken if one.delivery_id in ids]


@pytest.mark.parametrize(("platform", "per_second", "staff"), PACES)
def test_what_was_approved_overtakes_a_survey_that_is_being_sent_and_all_else(
    platform: Platform, per_second: float, staff: int
) -> None:
    async def main(folder: Path, rng: Random) -> None:
        shown = Shown(TUESDAY_NOON)
        world, people = await world_at(folder, rng, shown, platform, per_second, staff)
        half = 2 + staff // 2
        await world.broadcast(people[2:half], "wave:1:0", kind="invitation")
        await world.broadcast(people[half:], "item:1", kind="told-answered", priority=ROUTINE)
        running = asyncio.create_task(world.pump.run())
        await asyncio.sleep(20 / per_second)
        request = await asked(world, people, shown)
        await until_sent(world, "approval", 20)
        await approved(world, people, shown, request)
        yes = asyncio.get_running_loop().time()
        await until_sent(world, "invitation", 3 * staff / per_second)
        notices = arrivals(world, platform, await of(world, "notice"))
        others = [*await of(world, "invitation"), *await of(world, "told-answered")]
        overtaken = arrivals(world, platform, others)
        assert (len(notices), len(overtaken)) == (staff + 2, staff)
        first, last = min(notices), max(notices)
        assert first - yes < PATIENCE, "what was claimed before the yes is still sent"
        assert last - yes < (staff + 2) / per_second * 1.1 + PATIENCE, "at the lane's full rate"
        assert [at for at in overtaken if first + PATIENCE < at < last] == [], "all else waits"
        assert len([at for at in overtaken if at > last]) > staff / 2, "and goes on afterwards"
        await world.pump.stop()
        await running
        await world.close()

    play(main, 1)


def test_at_ten_on_a_sunday_night_it_reaches_everybody_and_the_survey_waits_for_monday() -> None:
    async def main(folder: Path, rng: Random) -> None:
        shown, staff = Shown(SUNDAY_NIGHT), 120
        world, people = await world_at(folder, rng, shown, *SLACK, staff)
        await world.broadcast(people[2:], "wave:1:0", kind="invitation")
        running = asyncio.create_task(world.pump.run())
        await asyncio.sleep(5)
        assert (await world.states())["sent"] == 0, "quiet hours hold the survey"
        request = await asked(world, people, shown)
        await until_sent(world, "approval", 3)
        assert {row.kind for row in await world.rows() if row.state == "sent"} == {"approval"}
        yes = await approved(world, people, shown, request)
        await until_sent(world, "notice", (staff + 2) / SLACK[1] * 1.1 + 5)
        notices = await of(world, "notice")
        assert {row.person_id for row in notices} == set(people), "nobody was left out"
        assert max(row.sent_at for row in notices) - yes < timedelta(minutes=2)
        assert {row.state for row in await of(world, "approval-approved")} == {"sent"}
        held = await of(world, "invitation")
        assert {(row.state, row.held_until) for row in held} == {("queued", MONDAY_MORNING)}
        shown.skip_to(MONDAY_MORNING - timedelta(minutes=1))
        await until_sent(world, "invitation", 60 + staff / SLACK[1] * 1.2)
        assert min(row.sent_at for row in await of(world, "invitation")) >= MONDAY_MORNING
        await world.pump.stop()
        await running
        await world.close()

    play(main, 2)


def test_without_a_yes_nobody_is_woken() -> None:
    async def main(folder: Path, rng: Random) -> None:
        shown = Shown(SUNDAY_NIGHT)
        world, people = await world_at(folder, rng, shown, *SLACK, 50)
        await asked(world, people, shown)
        for _ in range(3):  # a minute from time to time
            end = shown() + timedelta(minutes=1)
            await world.until(lambda states, end=end: shown() > end)  # type: ignore[misc]
            shown.skip_to(end + timedelta(minutes=30))
        sent = [row for row in await world.rows() if row.state == "sent"]
        assert [(row.kind, row.person_id) for row in sent] == [("approval", people[1])]
        await world.close()

    play(main, 3)


def test_an_alarm_whose_answer_was_lost_is_sent_again_where_nobody_can_look() -> None:
    """On Teams a survey of unknown outcome stays so; what is urgent is better read twice."""

    async def main(folder: Path, rng: Random) -> None:
        shown, staff = Shown(SUNDAY_NIGHT), 80
        limit = Window([Limit(messages=1800, seconds=60)])
        teams = Simulated(
            name=Platform.TEAMS, rng=rng, workspace_limit=limit, script=Script(lost=0.1)
        )
        world, people = await _world(folder, rng, shown, teams, 30.0, staff)
        request = await asked(world, people, shown)
        await world.until(lambda states: states["sent"] + states["unknown"] == 1, hours=1)
        await approved(world, people, shown, request)
        await world.until(lambda states: delivered(states) and not states["unknown"], hours=12)
        notices = await of(world, "notice")
        assert {row.state for row in notices} == {"sent"}
        assert any(len(taken) > 1 for taken in teams.taken_by_id.values()), "some arrived twice"
        await world.close()

    play(main, 4)
