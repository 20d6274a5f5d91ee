"""What becomes of messages whose answer was lost, and of workers that were thought dead."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.lanes import Budget
from scheduler.ports import Claimed, NotTaken, Outgoing, Result, Sent, Throttled, Unknown
from scheduler.pump import Pump
from scheduler.sweeping import Sweep
from storage.deliveries import BULK, URGENT
from tests.virtual import loop
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, compose, delivered, in_the_end, play

FAST = Budget(per_second=10, burst=10)
PLENTY = Limit(messages=10_000, seconds=1)


def world_of(
    folder: Path, rng: Random, platform: Platform, script: Script | None = None
) -> tuple[World, Simulated]:
    kind = Reconciling if platform is Platform.SLACK else Simulated
    simulated = kind(
        name=platform,
        rng=rng,
        workspace_limit=Window([PLENTY]),
        script=script or Script(slow=0),
    )
    return World(folder, rng, {platform: simulated}, {platform: FAST}), simulated


def run(main: Callable[[Path, Random], Awaitable[None]]) -> None:
    play(main, 11)


def test_slack_is_asked_and_every_uncertain_message_is_settled() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, slack = world_of(folder, rng, Platform.SLACK, Script(broken=0.4, slow=0))
        await world.broadcast(await world.people(50, Platform.SLACK))
        await world.until(lambda states: states["sent"] == 50)
        assert isinstance(slack, Reconciling)
        assert slack.lookups >= slack.answers["Unknown"] > 5
        in_the_end(world, slack, await world.rows())
        await world.close()

    run(main)


def test_what_cannot_be_looked_up_stays_unknown_and_is_looked_for_a_few_times_only() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, slack = world_of(folder, rng, Platform.SLACK, Script(lost=1, blind=1, slow=0))
        await world.broadcast(await world.people(3, Platform.SLACK))
        await world.until(delivered)
        sweep = Sweep(world.ledger, world.platforms, loop.clock)
        for _ in range(100):
            await asyncio.sleep(300)
            await sweep.once()
        assert isinstance(slack, Reconciling)
        assert await world.states() == {"unknown": 3}
        assert slack.lookups == 3 * 5
        assert slack.calls == 3
        await world.close()

    run(main)


@pytest.mark.parametrize(
    ("kind", "priority", "calls"),
    [
        ("invitation", BULK, 1),
        ("notice", BULK, 1),
        ("notice", URGENT, 3),
        ("urgent", URGENT, 3),
        ("restricted", BULK, 3),
    ],
)
def test_teams_repeats_alarms_and_nothing_else(kind: str, priority: int, calls: int) -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, teams = world_of(folder, rng, Platform.TEAMS, Script(lost=1, slow=0))
        people = await world.people(1, Platform.TEAMS)
        await world.broadcast(people, kind=kind, priority=priority)
        pumping = asyncio.create_task(world.pump.run())
        await asyncio.sleep(120)
        await world.pump.stop()
        await pumping
        assert teams.calls == calls
        assert await world.states() == {"unknown": 1}
        await world.close()

    run(main)


def test_a_message_that_was_repeated_says_that_it_may_have_arrived_twice() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, teams = world_of(folder, rng, Platform.TEAMS, Script(lost=1, slow=0))
        people = await world.people(1, Platform.TEAMS)
        await world.broadcast(people, kind="urgent", priority=URGENT)
        pumping = asyncio.create_task(world.pump.run())
        await asyncio.sleep(5)
        teams.script = Script(slow=0)
        await asyncio.sleep(60)
        await world.pump.stop()
        await pumping
        (row,) = await world.rows()
        assert (row.state, row.why) == ("sent", DeliveryReason.REPEATED)
        await world.close()

    run(main)


async def _claimed(world: World, people: int) -> list[Claimed]:
    platform = next(iter(world.platforms))
    await world.broadcast(await world.people(people, platform))
    return list(await world.ledger.claim(f"{platform}:T1", loop.clock(), 100, 60))


def test_leases_of_a_worker_that_died_end_and_are_looked_for() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, slack = world_of(folder, rng, Platform.SLACK)
        claimed = await _claimed(world, 5)
        await slack.send(_outgoing(claimed[0]))  # one went out before it died
        await world.until(lambda states: states["sent"] == 5, hours=0.1)
        assert loop.clock().timestamp() - loop.START.timestamp() < 60 + 5 + 10 + 45
        in_the_end(world, slack, await world.rows())
        await world.close()

    run(main)


def _outgoing(claimed: Claimed) -> Outgoing:
    from governance.messages import Done
    from scheduler.sender import outgoing

    return outgoing(claimed, Done())


class Freezing:
    """A ledger whose claims come back after the worker was frozen for four minutes."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger
        self.frozen = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    async def claim(self, *args: Any) -> Any:
        claimed = await self._ledger.claim(*args)
        if claimed and not self.frozen:
            self.frozen = len(claimed)
            await asyncio.sleep(240)
        return claimed


def test_a_worker_that_froze_past_its_lease_sends_nothing_of_it_when_it_wakes() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, slack = world_of(folder, rng, Platform.SLACK)
        await world.broadcast(await world.people(100, Platform.SLACK))
        ledger = Freezing(world.ledger)
        frozen = Pump(ledger, world.platforms, compose, loop.clock)
        task = asyncio.create_task(frozen.run_lane("slack:T1", 300))
        await asyncio.sleep(1)
        assert ledger.frozen
        await world.until(lambda states: states["sent"] == 100)
        assert asyncio.get_running_loop().time() < 240  # all of it by the other worker
        await task
        in_the_end(world, slack, await world.rows())
        assert max(_in_any_second(slack)) <= 11
        await world.close()

    run(main)


def _in_any_second(simulated: Simulated) -> list[int]:
    times = [taken.at for taken in simulated.taken]
    return [len([t for t in times if at <= t < at + 1]) for at in times]


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (Sent(reference="1"), "leased"),
        (Throttled(seconds=5), "leased"),
        (NotTaken(why=DeliveryReason.TEAMS_AWAY), "leased"),
        (Unknown(why=DeliveryReason.NO_ANSWER), "leased"),
    ],
)
def test_what_an_older_claim_says_does_not_touch_a_newer_one(late: Result, state: str) -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = world_of(folder, rng, Platform.SLACK)
        (old,) = await _claimed(world, 1)
        await world.ledger.give_back([old])
        await asyncio.sleep(3)  # its conversation's floor
        (new,) = await world.ledger.claim("slack:T1", loop.clock(), 100, 60)
        assert new.epoch > old.epoch
        await world.ledger.record([(old, late)], loop.clock())
        assert await world.states() == {state: 1}
        await world.ledger.record([(new, Sent(reference="2"))], loop.clock())
        assert await world.states() == {"sent": 1}
        await world.close()

    run(main)


def test_an_answer_that_comes_after_its_lease_ran_out_still_counts() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = world_of(folder, rng, Platform.TEAMS)
        claimed = await _claimed(world, 3)
        await asyncio.sleep(61)
        assert await world.ledger.recover(loop.clock(), everything=False) == 3
        assert await world.states() == {"unknown": 3}
        answers: list[Result] = [
            Sent(reference="1"),
            NotTaken(why=DeliveryReason.MAIL_NOT_NOW),
            Unknown(why=DeliveryReason.FAULT),
        ]
        await world.ledger.record(list(zip(claimed, answers, strict=True)), loop.clock())
        assert await world.states() == {"sent": 1, "queued": 1, "unknown": 1}
        await world.close()

    run(main)


def test_a_throttle_blocks_its_lane_and_no_other() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, slack = world_of(folder, rng, Platform.SLACK)
        first, *_ = await _claimed(world, 20)
        await world.ledger.record([(first, Throttled(seconds=100))], loop.clock())
        others = await world.people(20, Platform.SLACK, "T2")
        await world.broadcast(others, "notice:2")
        assert await world.ledger.lanes_with_work(loop.clock()) == ["slack:T2"]
        pumping = asyncio.create_task(world.pump.run())
        await asyncio.sleep(20)
        assert len(slack.taken) == 20
        await world.pump.stop()
        await pumping
        await world.close()

    run(main)


class Stubborn:
    """A ledger that never takes one of the results, and for a while none."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger
        self.poison: Any = None
        self.down_until = 5.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    async def record(self, results: Any, now: Any) -> None:
        ids = [claimed.delivery_id for claimed, _ in results]
        self.poison = self.poison or ids[0]
        if asyncio.get_running_loop().time() < self.down_until or self.poison in ids:
            raise RuntimeError("not taken")
        await self._ledger.record(results, now)


def test_results_outlive_a_database_that_is_away_and_one_bad_result_holds_up_nobody() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, teams = world_of(folder, rng, Platform.TEAMS)
        await world.broadcast(await world.people(60, Platform.TEAMS))
        ledger = Stubborn(world.ledger)
        world.pump = Pump(ledger, world.platforms, compose, loop.clock)
        await world.until(delivered)
        states = await world.states()
        assert states == {"sent": 59, "unknown": 1}
        assert teams.calls == 60
        await world.close()

    run(main)


def test_the_older_of_two_claims_is_told_by_its_epoch() -> None:
    async def main(folder: Path, rng: Random) -> None:
        world, _ = world_of(folder, rng, Platform.TEAMS)
        (claimed,) = await _claimed(world, 1)
        forged = replace(claimed, epoch=claimed.epoch - 1)
        await world.ledger.record([(forged, Sent(reference="1"))], loop.clock())
        assert await world.states() == {"leased": 1}
        await world.close()

    run(main)
