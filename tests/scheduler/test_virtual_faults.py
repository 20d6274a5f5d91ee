"""Many small broadcasts before a platform that misbehaves, each on a script of its own:
5% are throttled, 2% answered with a 5xx (half of them taken), 1% taken with the answer lost.
A failure names its seed, and the command that plays that one run again."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from core.people import Platform
from scheduler.lanes import Budget
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Taken, Window
from tests.virtual.world import World, delivered, in_the_end, play, with_command

FAULTS = Script(throttled=0.05, broken=0.02, lost=0.01, slow=0.05, blind=0.05)


def misbehave(seed: int, people: int) -> list[Taken]:
    """One broadcast; every second one on a platform whose history cannot be looked up. What
    arrived."""
    platform = Platform.SLACK if seed % 2 else Platform.TEAMS

    async def main(folder: Path, rng: Random) -> list[Taken]:
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
        return simulated.taken

    return play(main, seed)


_TEAMS = Limit(messages=30, seconds=1)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_or_doubled_whatever_the_platform_does(seed: int) -> None:
    with_command(misbehave, seed, people=150)


@pytest.mark.parametrize("seed", [3, 4])
def test_a_seed_is_the_same_run_every_time(seed: int) -> None:
    first, second = misbehave(seed, people=60), misbehave(seed, people=60)
    assert [(one.at, one.conversation) for one in first] == [
        (one.at, one.conversation) for one in second
    ]


def broken(seed: int) -> None:
    """A run that fails."""

    async def main(_: Path, rng: Random) -> None:
        raise AssertionError(f"what its chance drew: {rng.random()}")

    play(main, seed)


def test_a_failure_says_the_command_that_sees_it_again() -> None:
    with pytest.raises(AssertionError) as failed:
        with_command(broken, 7)
    seed, command = failed.value.__notes__
    assert seed == "seed 7"
    python, *rest = shlex.split(command.removeprefix("See it again: "))
    assert python == "python"
    again = subprocess.run([sys.executable, *rest], capture_output=True, text=True, check=False)
    assert str(failed.value) in again.stderr


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("block", range(4))
def test_two_hundred_seeds(block: int) -> None:
    for seed in range(1000 + block * 50, 1050 + block * 50):
        with_command(misbehave, seed, people=60)


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2])
def test_three_thousand_with_faults(seed: int) -> None:
    with_command(misbehave, seed, people=3000)
