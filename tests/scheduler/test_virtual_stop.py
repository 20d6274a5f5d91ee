"""Stopping a broadcast, going on with it and taking it back, in virtual time.

"Within one second" counts from the commit of the command to the last message that starts leaving,
in whichever process it was claimed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.lanes import Budget
from scheduler.ports import Outgoing, Result
from scheduler.pump import Pump
from storage.halting import campaign_of
from storage.tables import person
from tests.virtual import loop
from tests.virtual.platform import Limit, Reconciling, Script, Window
from tests.virtual.world import SUBJECT, World, compose, delivered, play

WORDS = DeliveryReason.STOPPED.about("Ramona Castellanos")
MOODS = Script(throttled=0.05, broken=0.02, lost=0.01)

PACES = [
    pytest.param(Platform.SLACK, 230 / 60, id="slack-230-a-minute"),
    pytest.param(Platform.TEAMS, 30.0, id="teams-30-a-second"),
]


@dataclass
class Watched(Reconciling):
    """Knows when each message started to leave."""

    left_at: list[float] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> Result:
        self.left_at.append(asyncio.get_running_loop().time())
        return await super().send(outgoing)


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """What a run saw: seconds from the commit to the last that left; states before and after
    going on; whatever arrived twice."""

    last_after: float
    late: int
    stopped: Counter[str]
    left_waiting: int
    ended: Counter[str]
    doubled: int


def _world(
    folder: Path, rng: Random, platform: Platform, per_second: float, script: Script
) -> tuple[World, Watched]:
    window = Window([Limit(messages=round(per_second * 60), seconds=60)])
    watched = Watched(name=platform, rng=rng, workspace_limit=window, script=script)
    budget = Budget(per_second=per_second, burst=max(1, round(per_second)))
    return World(folder, rng, {platform: watched}, {platform: budget}), watched


async def _until(world: World, settled: Any) -> Counter[str]:
    while not settled(states := await world.states()):  # noqa: ASYNC110  (time is virtual)
        await asyncio.sleep(1)
    return states


async def _halt(world: World) -> None:
    now = loop.clock()
    await world.store.write(lambda tx: tx.halt(SUBJECT, WORDS, None, now))
    await _parts(world)


async def _parts(world: World) -> None:
    """What the service does beside everything else."""
    while await world.ledger.write_part(loop.clock()):
        pass


async def _resume(world: World) -> None:
    now = loop.clock()
    await world.store.write(lambda tx: tx.resume(SUBJECT, now))
    await _parts(world)
    world.pump.wake()


async def _recall(world: World) -> int:
    now = loop.clock()
    people = await world.store.write(lambda tx: tx.recall(SUBJECT, now))
    await _parts(world)
    return people


def stopped_run(
    people: int, platform: Platform, per_second: float, *, after: float, seed: int, script: Script
) -> Stopped:
    """Two processes send one broadcast; it is stopped, and later gone on with."""

    async def main(folder: Path, rng: Random) -> Stopped:
        world, watched = _world(folder, rng, platform, per_second, script)
        await world.broadcast(await world.people(people, platform), campaign_of(SUBJECT))
        pumps = [world.pump, Pump(world.ledger, world.platforms, compose, loop.clock)]
        running = [asyncio.create_task(pump.run()) for pump in pumps]
        await asyncio.sleep(after)
        await _halt(world)
        committed = asyncio.get_running_loop().time()
        await asyncio.sleep(400)  # longer than any throttle, lookup or lease
        stopped = await world.states()
        rows = await world.rows()
        waiting = [r for r in rows if r.state == "recalled" and (r.sent_at or r.why != WORDS)]
        late = [at - committed for at in watched.left_at if at > committed]
        await _resume(world)
        ended = await _until(world, delivered)
        for pump in pumps:
            await pump.stop()
        await asyncio.gather(*running)
        doubled = sum(len(taken) > 1 for taken in watched.taken_by_id.values())
        await world.close()
        return Stopped(
            last_after=max(late, default=0.0),
            late=len([seconds for seconds in late if seconds > 1]),
            stopped=stopped,
            left_waiting=len(waiting),
            ended=ended,
            doubled=doubled,
        )

    found = play(main, seed)
    print(f"\n{platform} {people}, stopped after {after:.0f} s (seed {seed}): {found}")
    return found


def _holds(found: Stopped, people: int) -> None:
    assert found.late == 0
    assert set(found.stopped) <= {"sent", "recalled", "unknown"}, "nothing waits"
    assert found.stopped["recalled"] > 0, "it was stopped in the middle"
    assert sum(found.stopped.values()) == people, "nothing is lost"
    assert found.left_waiting == 0, "each says who stopped it"
    assert set(found.ended) <= {"sent", "unknown"}, "the rest was sent"
    assert sum(found.ended.values()) == people
    assert found.doubled == 0


@pytest.mark.parametrize(("platform", "per_second"), PACES)
def test_a_stopped_broadcast_stops_within_a_second_and_can_go_on(
    platform: Platform, per_second: float
) -> None:
    people = 120 if platform is Platform.SLACK else 400
    found = stopped_run(people, platform, per_second, after=7.3, seed=1, script=Script())
    _holds(found, people)
    assert found.ended == Counter(sent=people)


@pytest.mark.parametrize("seed", range(2))
def test_it_stops_in_the_middle_of_throttles_and_lost_answers(seed: int) -> None:
    found = stopped_run(350, Platform.TEAMS, 30.0, after=6 + seed, seed=seed, script=MOODS)
    _holds(found, 350)


@pytest.mark.prove
@pytest.mark.parametrize(("platform", "per_second"), PACES)
@pytest.mark.parametrize("after", [60.0])
def test_seven_thousand_stop_within_a_second(
    platform: Platform, per_second: float, after: float
) -> None:
    found = stopped_run(7000, platform, per_second, after=after, seed=2, script=Script())
    _holds(found, 7000)
    assert found.ended == Counter(sent=7000)


def test_stopping_one_campaign_lets_the_others_go_on() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = _world(folder, rng, Platform.TEAMS, 30.0, Script())
        people = await world.people(150, Platform.TEAMS)
        await world.broadcast(people, campaign_of(SUBJECT))
        await world.broadcast(people, "item:1", kind="told-answered")
        running = asyncio.create_task(world.pump.run())
        await asyncio.sleep(3)
        await _halt(world)
        await _until(world, delivered)
        await world.pump.stop()
        await running
        rows = await world.rows()
        assert {r.state for r in rows if r.campaign == "item:1"} == {"sent"}
        assert {r.state for r in rows if r.campaign != "item:1"} == {"sent", "recalled"}
        await world.close()

    play(main, 1)


def test_gone_on_with_before_the_drop_was_recorded_nothing_is_lost() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, watched = _world(folder, rng, Platform.TEAMS, 30.0, Script())
        await world.broadcast(await world.people(200, Platform.TEAMS), campaign_of(SUBJECT))
        running = asyncio.create_task(world.pump.run())
        for _ in range(6):
            await asyncio.sleep(0.7)
            await _halt(world)
            await asyncio.sleep(0.03)
            await _resume(world)
        states = await _until(world, delivered)
        await world.pump.stop()
        await running
        assert states == Counter(sent=200)
        assert all(len(taken) == 1 for taken in watched.taken_by_id.values())
        await world.close()

    play(main, 3)


@pytest.mark.parametrize("platform", [Platform.SLACK, Platform.TEAMS])
def test_what_was_sent_is_taken_back_in_spite_of_throttles_and_lost_answers(
    platform: Platform,
) -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, watched = _world(folder, rng, platform, 30.0, Script())
        if platform is Platform.SLACK:
            watched.recall_limit = Window([Limit(messages=50, seconds=60)])
        await world.broadcast(await world.people(90, platform), campaign_of(SUBJECT))
        await world.until(delivered)
        sent = {row.reference for row in await world.rows()}
        watched.script = MOODS
        await _recall(world)
        await world.until(delivered)
        rows = await world.rows()
        notices = [row for row in rows if row.kind == "notice"]
        assert {row.state for row in notices} == {"recalled"}
        assert all(row.sent_at is not None for row in notices)
        assert {row.state for row in rows if row.kind == "recall"} == {"sent"}
        assert set(watched.gone) == sent, "each message, and no other"
        assert all(len(taken) == 1 for taken in watched.taken_by_id.values()), "sent once"
        assert await _recall(world) == 0
        await world.close()

    play(main, 4)


def test_taking_back_on_slack_keeps_its_own_limit_and_slows_no_message_down() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, watched = _world(folder, rng, Platform.SLACK, 230 / 60, Script())
        watched.recall_limit = Window([Limit(messages=50, seconds=60)])
        people = await world.people(200, Platform.SLACK)
        await world.broadcast(people, campaign_of(SUBJECT))
        await world.until(delivered)
        before = len(watched.taken)
        began = asyncio.get_running_loop().time()
        await _recall(world)
        await world.broadcast(people, "other", kind="told-answered")
        await world.until(delivered)
        assert watched.recalls_refused == 0
        times = [taken.at - began for taken in watched.taken[before:]]
        assert len(times) == 200
        assert max(times) < 200 / (230 / 60) * 1.1
        await world.close()

    play(main, 5)


def test_who_left_the_district_meanwhile_is_not_sent_to() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, watched = _world(folder, rng, Platform.TEAMS, 30.0, Script())
        people = await world.people(60, Platform.TEAMS)
        await world.broadcast(people, campaign_of(SUBJECT))
        left = update(person).where(person.c.id.in_(people[::3])).values(active=False)
        await world.store.write(lambda tx: tx.connection.execute(left))
        await world.until(delivered)
        rows = await world.rows()
        assert Counter(row.state for row in rows) == Counter(sent=40, unreachable=20)
        assert {row.why for row in rows if row.state == "unreachable"} == {DeliveryReason.LEFT}
        assert len(watched.taken) == 40
        await world.close()

    play(main, 6)
