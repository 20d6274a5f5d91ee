"""The disk of the ledger is full, for a while or off and on, in the middle of a broadcast on a
platform that answers everything: so nobody is in doubt afterwards."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.people import Platform
from scheduler.lanes import Budget
from storage.unavailable import DiskError
from tests.virtual.platform import Limit, Simulated, Window
from tests.virtual.world import World, delivered, in_the_end, play

PEOPLE = 900
A_SECOND = 30


def broadcast(seed: int, full: Callable[[float, Random], bool]) -> None:
    """``full``: whether a write fails so many seconds after the begin."""

    async def main(folder: Path, rng: Random) -> None:
        limit = Window([Limit(messages=A_SECOND, seconds=1)])
        simulated = Simulated(name=Platform.TEAMS, rng=rng, workspace_limit=limit)
        budget = Budget(per_second=A_SECOND, burst=A_SECOND // 2)
        world = World(folder, rng, {Platform.TEAMS: simulated}, {Platform.TEAMS: budget})
        await world.broadcast(await world.people(PEOPLE, Platform.TEAMS), kind="invitation")
        running = asyncio.get_running_loop()
        begun, writes = running.time(), world.store.write_locking
        refused = 0

        async def write(work: Any) -> Any:
            nonlocal refused
            if full(running.time() - begun, rng):
                refused += 1
                raise DiskError("SQLITE_FULL")
            return await writes(work)

        world.store.write_locking = write  # type: ignore[method-assign]
        await world.until(delivered)
        assert refused > 3
        in_the_end(world, simulated, await world.rows())
        assert await world.states() == Counter({"sent": PEOPLE})
        await world.close()

    play(main, seed)


@pytest.mark.parametrize("seconds", [10, 100])
def test_full_for_a_while_also_for_longer_than_a_lease(seconds: int) -> None:
    broadcast(seconds, lambda at, rng: 5 < at < 5 + seconds)


@pytest.mark.parametrize("seed", range(2))
def test_full_off_and_on(seed: int) -> None:
    broadcast(seed, lambda at, rng: at < 60 and rng.random() < 0.6)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(2, 8))
def test_full_off_and_on_many_times(seed: int) -> None:
    broadcast(seed, lambda at, rng: at < 60 and rng.random() < 0.6)
