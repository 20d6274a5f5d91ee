"""Quiet hours and clock changes in virtual time: the real pump, ledger and database run through
whole nights, and not one message arrives in one."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from core.people import Platform, Role
from core.quiet import is_quiet
from core.school_calendar import Calendar, Hours
from governance.committees.model import District
from scheduler.lanes import DEFAULT_BUDGETS
from storage.deliveries import URGENT
from tests.virtual import loop
from tests.virtual.platform import Limit, Reconciling, Window
from tests.virtual.world import World, delivered, in_the_end, play

CENTRAL = "America/Chicago"
NIGHTS = Calendar(quiet=Hours(begins=time(18), ends=time(7)), weekends=False)


class Shown:
    """What the machine's clock shows: virtual time, moved by as much as a test likes."""

    def __init__(self, start: datetime) -> None:
        self.moved = start - loop.START

    def __call__(self) -> datetime:
        return loop.clock() + self.moved

    def skip_to(self, moment: datetime) -> None:
        """Hours in which nothing happens: the pump would look 3,600 times in each."""
        self.moved += moment.astimezone(UTC) - self()


async def world_at(folder: Path, rng: Random, shown: Shown, people: int) -> World:
    """A world whose clock shows that, with people in Chicago, and a broadcast to them."""
    slack = Reconciling(
        name=Platform.SLACK, rng=rng, workspace_limit=Window([Limit(messages=230, seconds=60)])
    )
    world = World(
        folder,
        rng,
        {Platform.SLACK: slack},
        {Platform.SLACK: DEFAULT_BUDGETS[Platform.SLACK]},
        clock=shown,
        timezone=CENTRAL,
    )
    town = District(key="town", name="Town", timezone=CENTRAL, calendar=NIGHTS)
    now = shown()
    await world.store.write(lambda tx: tx.put_district(town, "", now))
    await world.broadcast(await world.people(people, Platform.SLACK))
    return world


def is_night(at: datetime) -> bool:
    return is_quiet(NIGHTS, CENTRAL, Role.TEACHER, at)


def check(sent_at: list[datetime], people: int) -> None:
    assert len(sent_at) == people
    quiet = [at for at in sent_at if is_night(at)]
    assert quiet == []


EVENINGS = {
    "an ordinary day": "2026-11-03 17:58",
    "before clocks are set back": "2026-10-31 17:58",
    "before clocks are set forward": "2027-03-13 17:58",
}


@pytest.mark.parametrize(
    ("evening", "people"),
    [
        *(pytest.param(evening, 500, id=name) for name, evening in EVENINGS.items()),
        pytest.param(EVENINGS["an ordinary day"], 7000, id="7000", marks=pytest.mark.prove),
    ],
)
def test_a_broadcast_that_runs_into_the_evening_goes_on_in_the_morning(
    evening: str, people: int
) -> None:
    async def main(folder: Path, rng: Random) -> None:
        start = datetime.fromisoformat(evening).replace(tzinfo=ZoneInfo(CENTRAL))
        shown, arrived = Shown(start.astimezone(UTC)), list[datetime]()
        world = await world_at(folder, rng, shown, people)
        world.platforms[Platform.SLACK].heard = lambda: arrived.append(shown())
        await world.until(lambda states: shown() > start + timedelta(minutes=5))
        morning = datetime.combine(start.date() + timedelta(days=1), time(7), ZoneInfo(CENTRAL))
        shown.skip_to(morning - timedelta(minutes=1))
        await world.until(delivered, hours=1)
        rows = await world.rows()
        in_the_end(world, world.platforms[Platform.SLACK], rows)
        sent = sorted(row.sent_at for row in rows)
        check(arrived, people)
        by_evening = sum(at < morning for at in sent)
        assert 400 < by_evening < 470, "two minutes at 230 a minute"
        first = min(at for at in arrived if at > morning - timedelta(hours=1))
        assert timedelta() <= first - morning.astimezone(UTC) < timedelta(seconds=3)
        rest = timedelta(minutes=(people - by_evening) / 230)
        assert sent[-1] - morning < 1.1 * rest + timedelta(seconds=30), "at the full rate"
        await world.close()

    play(main, 1)


def test_an_urgent_message_overtakes_hundreds_that_are_held() -> None:
    async def main(folder: Path, rng: Random) -> None:
        night = datetime(2026, 11, 3, 22, tzinfo=ZoneInfo(CENTRAL)).astimezone(UTC)
        world = await world_at(folder, rng, Shown(night), 600)
        responders = await world.people(2, Platform.SLACK)
        await world.broadcast(responders, "alert", kind="urgent", priority=URGENT)
        await world.until(lambda states: states["sent"] == 2, hours=0.01)
        assert (await world.states())["queued"] == 600
        await world.close()

    play(main, 2)


JUMPS = {
    "set back an hour": timedelta(hours=-1),
    "set forward a day": timedelta(days=1),
    "set forward into the night": timedelta(hours=6),
}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS.keys())
@pytest.mark.parametrize("stopped", [False, True], ids=["while it runs", "while it is stopped"])
def test_a_clock_that_jumps_in_a_broadcast_loses_doubles_and_overspends_nothing(
    jump: timedelta, stopped: bool
) -> None:
    people = 350

    async def main(folder: Path, rng: Random) -> None:
        afternoon = datetime(2026, 11, 3, 14, tzinfo=ZoneInfo(CENTRAL)).astimezone(UTC)
        shown, arrived = Shown(afternoon), list[datetime]()
        world = await world_at(folder, rng, shown, people)
        slack = world.platforms[Platform.SLACK]
        slack.heard = lambda: arrived.append(shown())
        jumped = list[float]()

        def jump_once(states: Counter[str]) -> bool:
            if not jumped and states["sent"] >= 200:
                shown.moved += jump
                jumped.append(asyncio.get_running_loop().time())
                return stopped
            return delivered(states) or is_night(shown())

        await world.until(jump_once, hours=1)
        if stopped:
            await world.ledger.recover(shown(), everything=True)  # as a start does
            await world.until(jump_once, hours=1)
        if is_night(shown()):
            shown.skip_to(datetime(2026, 11, 4, 6, 59, tzinfo=ZoneInfo(CENTRAL)))
        await world.until(delivered, hours=2)
        in_the_end(world, slack, await world.rows())
        check(arrived, people)
        assert slack.answers["Throttled"] == 0, "it overspent"
        at = [taken.at for taken in slack.taken]
        pauses = [after - before for before, after in pairwise(at)]
        assert max(pauses) < (90 if jump == timedelta(hours=6) else 20), "the lane stood still"
        await world.close()

    play(main, 3)
