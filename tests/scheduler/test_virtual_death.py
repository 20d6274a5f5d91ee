"""A process dies at every boundary of a broadcast, in virtual time and with leases as long as the
product's. Nobody is lost, nobody is written to twice, and no row stays leased for longer than its
lease and five seconds: on one machine the next start ends it, on many another worker does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from core.people import Platform
from scheduler.delivery import MOST_LOOKS
from scheduler.jobs import STALLED_SECONDS
from scheduler.lanes import Budget
from scheduler.pump import Pump
from scheduler.stint import LEASE_SECONDS
from scheduler.worker import _RECOVER_SECONDS
from tests.virtual import loop
from tests.virtual.death import Life, MortalLedger, mortal
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, compose, play, with_command

PEOPLE = 14
RECOVERED_WITHIN = 5.0
RESTARTED_AFTER = 3.0
"""Seconds until whoever watches over the one process has started it again."""

QUIET, MOODS = Script(slow=0), Script(throttled=0.05, broken=0.02, lost=0.01, slow=0.05)
PLATFORMS = ["slack", "teams"]
PROFILES = ["one machine", "many"]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a run ended. ``recovered``: seconds from the death until nothing was leased that the
    dead had claimed, of which there were ``held``."""

    reached: int
    held: int = 0
    recovered: float = 0.0


def run(
    platform: str, profile: str, kill_at: int | None, *, seed: int, moods: bool = False
) -> Ended:
    """One broadcast; whoever sends it dies at that boundary (None: lives)."""
    name, script = Platform(platform), MOODS if moods else QUIET

    async def main(folder: Path, rng: Random) -> Ended:
        kind = Reconciling if name is Platform.SLACK else Simulated
        window = Window([Limit(messages=1200, seconds=60)])
        simulated = kind(name=name, rng=rng, workspace_limit=window, script=script)
        budget = Budget(per_second=20, burst=4)  # several claims, and something between them
        world = World(folder, rng, {name: simulated}, {name: budget})
        await world.broadcast(await world.people(PEOPLE, name), kind="invitation")
        life = Life(kill_at)
        ledger: Any = MortalLedger(world.ledger, life)
        first = Pump(ledger, {name: mortal(simulated, life)}, compose, loop.clock)
        tasks = [asyncio.create_task(first.run())]
        ending = asyncio.create_task(_settled(world))
        await asyncio.wait(
            [ending, asyncio.create_task(life.died.wait())], return_when=asyncio.FIRST_COMPLETED
        )
        ended = Ended(reached=life.reached)
        if life.died.is_set():
            ended = await _survived(world, profile, life, tasks)
        await ending
        _holds(await world.rows(), simulated, ended.held)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await world.close()
        return ended

    return play(main, seed)


async def _survived(
    world: World, profile: str, life: Life, tasks: list[asyncio.Task[None]]
) -> Ended:
    running = asyncio.get_running_loop()
    died = running.time()
    held = await _held(world)
    tasks.append(asyncio.create_task(_again(world, profile)))
    while held & await _held(world):  # noqa: ASYNC110  (time is virtual)
        await asyncio.sleep(1)
    return Ended(reached=life.reached, held=len(held), recovered=running.time() - died)


async def _again(world: World, profile: str) -> None:
    """What comes after a death: the same process started again, or another worker, which ends
    leases every two seconds and gets the lane when the dead one's job is thrown away."""
    if profile == "one machine":
        await asyncio.sleep(RESTARTED_AFTER)
        await world.ledger.recover(loop.clock(), everything=True)
        await world.pump.run()
        return
    tending = asyncio.create_task(_tend(world.pump))
    try:
        await asyncio.sleep(STALLED_SECONDS + _RECOVER_SECONDS)
        await world.pump.run()
    finally:
        tending.cancel()


async def _tend(pump: Pump) -> None:
    while True:
        await asyncio.sleep(_RECOVER_SECONDS)
        await pump.sweep.recover()


async def _held(world: World) -> set[tuple[UUID, int]]:
    return {(row.id, row.epoch) for row in await world.rows() if row.state == "leased"}


async def _settled(world: World) -> None:
    """Until nothing is on its way and nothing is looked for any more."""
    while any(  # noqa: ASYNC110  (time is virtual)
        row.state in ("queued", "leased") or (row.state == "unknown" and row.looks < MOST_LOOKS)
        for row in await world.rows()
    ):
        await asyncio.sleep(3)


def _holds(rows: Any, simulated: Simulated, held: int) -> None:
    times = {row.id: len(simulated.taken_by_id.get(row.id, ())) for row in rows}
    assert len(rows) == PEOPLE
    assert max(times.values()) == 1, "nobody is written to twice"
    assert [row.id for row in rows if row.state == "sent" and not times[row.id]] == []
    unknown = {row.id for row in rows if row.state == "unknown"}
    assert len(unknown - simulated.in_doubt) <= held, "what was in flight, and no more"
    assert [row.id for row in rows if row.state == "unknown" and not row.why] == []
    assert {row.state for row in rows} <= {"sent", "unknown"}
    if isinstance(simulated, Reconciling):
        assert unknown == set(), "it can be asked"


def killed(platform: str, profile: str, kill_at: int, *, seed: int, moods: bool = False) -> Ended:
    """The same, and what it left is free in time."""
    ended = run(platform, profile, kill_at, seed=seed, moods=moods)
    lease = 0.0 if profile == "one machine" else LEASE_SECONDS
    assert ended.recovered <= lease + RECOVERED_WITHIN
    return ended


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_whoever_dies_holds_nothing_for_longer_than_its_lease(platform: str, profile: str) -> None:
    ended = [with_command(killed, platform, profile, number, seed=1) for number in (1, 3, 17, 40)]
    assert max(one.held for one in ended) > 1, "something was in flight"
    if profile == "many":
        assert max(one.recovered for one in ended) > LEASE_SECONDS - 5, "nobody takes it sooner"


@pytest.mark.prove
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_at_every_boundary(platform: str, profile: str) -> None:
    boundaries = run(platform, profile, None, seed=1).reached
    ended = [with_command(killed, platform, profile, n, seed=1) for n in range(1, boundaries + 1)]
    assert all(one.reached == n for n, one in enumerate(ended, start=1)), "each was met"
    slowest = max(one.recovered for one in ended)
    print(f"\n{platform}, {profile}: {boundaries} boundaries, free after {slowest:.1f} s at most")


@pytest.mark.prove
@pytest.mark.parametrize("block", range(4))
def test_on_platforms_that_misbehave(block: int) -> None:
    for seed in range(2000 + block * 20, 2020 + block * 20):
        rng = Random(seed)  # noqa: S311  (not a secret)
        where, how = rng.choice(PLATFORMS), rng.choice(PROFILES)
        with_command(killed, where, how, rng.randint(1, 60), seed=seed, moods=True)
