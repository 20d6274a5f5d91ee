"""Hundreds of small broadcasts before a platform that misbehaves, each on a script of its own:
5% are throttled, 2% answered with a 5xx (half of them taken), 1% taken with the answer lost."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from scheduler.lanes import Budget
from surveys.people import Platform
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, delivered, in_the_end, play

FAULTS = Script(throttled=0.05, broken=0.02, lost=0.01, slow=0.05, blind=0.05)


def misbehave(seed: int, people: int) -> None:
    """One broadcast; every second one on a platform whose history cannot be looked up."""
    platform = Platform.SLACK if seed % 2 else Platform.TEAMS

    async def main(folder: Path, rng: Random) -> None:
        slack = platform is Platform.SLACK
        kind = Reconciling if slack else Simulated
        limit = Limit(messages=rng.randint(230, 525), seconds=60) if slack else _TEAMS
        simulated = kind(name=platform, rng=rng, workspace_limit=Window([limit]), script=FAULTS)
        budget = Budget(per_second=525 / 60, burst=9) if slack else Budget(per_second=30, burst=15)
        world = World(folder, rng, {platform: simulated}, {platform: budget})
        await world.broadcast(await world.people(people, platform), kind="invitation")
        await world.until(lambda states: delivered(states) and not (slack and states["unknown"]))
        rows = await world.rows()
        assert len(rows) == people
        in_the_end(world, simulated, rows)
        uncertain = {row.id for row in rows if row.state == "unknown"}
        assert uncertain == (set() if slack else simulated.in_doubt)
        await world.close()

    play(main, seed)


_TEAMS = Limit(messages=30, seconds=1)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_lost_or_doubled_whatever_the_platform_does(seed: int) -> None:
    misbehave(seed, people=150)


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("block", range(10))
def test_a_thousand_seeds(block: int) -> None:
    for seed in range(1000 + block * 100, 1100 + block * 100):
        misbehave(seed, people=60)


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2])
def test_seven_thousand_with_faults(seed: int) -> None:
    misbehave(seed, people=7000)
