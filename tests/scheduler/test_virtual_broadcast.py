"""Broadcasts in virtual time, before a platform that enforces its limit: how much of it is used.

The pump, the ledger and the database are the real ones; only the clock and the network are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from core.people import Platform
from scheduler.lanes import Budget
from tests.virtual.platform import Bucket, Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, delivered, in_the_end, play

SMALL = 400
FULL = 7000
WARM_UP = 120.0
"""Seconds in which a hidden limit is found."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of the limit that holds, what was used after the warm-up and from the start; the share of
    calls that were refused after it, and of all."""

    used: float
    used_from_start: float
    refused: float
    refused_of_all: float


Limits = Callable[[float, float], Window | Bucket]


def sliding(per_period: float, seconds: float) -> Window | Bucket:
    """At most so many in any period (Slack: a minute, Teams: a second)."""
    return Window([Limit(messages=round(per_period), seconds=seconds)])


def filling(per_period: float, seconds: float) -> Window | Bucket:
    """As many a second on average, few at once."""
    per_second = per_period / seconds
    return Bucket(per_second, max(3.0, 2 * per_second))


def broadcast(
    people: int,
    platform: Platform,
    *,
    configured: float,
    real: float,
    limit: Limits = sliding,
    retry_after: tuple[float, float] | None = None,
    seed: int = 1,
) -> Figures:
    """Limits are messages a minute for Slack, a second for Teams."""
    seconds = 60.0 if platform is Platform.SLACK else 1.0

    async def main(folder: Path, rng: Random) -> Figures:
        kind = Reconciling if platform is Platform.SLACK else Simulated
        simulated = kind(
            name=platform,
            rng=rng,
            workspace_limit=limit(real, seconds),
            script=Script(retry_after=retry_after),
        )
        per_second = configured / seconds
        budget = Budget(per_second=per_second, burst=max(1, round(per_second)))
        world = World(folder, rng, {platform: simulated}, {platform: budget})
        await world.broadcast(await world.people(people, platform))
        await world.until(delivered)
        rows = await world.rows()
        assert len(rows) == people
        assert {row.state for row in rows} == {"sent"}
        in_the_end(world, simulated, rows)
        await world.close()
        return _figures(simulated, min(configured, real) / seconds)

    figures = play(main, seed)
    print(f"\n{platform} {people}: configured {configured:.0f}, real {real:.0f}: {figures}")
    return figures


def _figures(simulated: Simulated, limit: float) -> Figures:
    times = [taken.at for taken in simulated.taken]
    last = times[int(len(times) * 0.99) - 1]  # the few that were put off end a run, not the limit
    warm = min(WARM_UP, last / 2)
    late = [t for t in times if warm <= t <= last]
    calls_late = len([t for t in times if t >= warm])
    refused = len([t for t in simulated.throttled_at if t >= warm])
    return Figures(
        used=(len(late) - 1) / (late[-1] - late[0]) / limit,
        used_from_start=len([t for t in times if t <= last]) / last / limit,
        refused=refused / (calls_late + refused),
        refused_of_all=len(simulated.throttled_at) / simulated.calls,
    )


KNOWN = [
    pytest.param(Platform.SLACK, 230, id="slack-230-a-minute"),
    pytest.param(Platform.SLACK, 525, id="slack-525-a-minute"),
    pytest.param(Platform.TEAMS, 30, id="teams-30-a-second"),
    pytest.param(Platform.TEAMS, 50, id="teams-50-a-second"),
]


@pytest.mark.parametrize(("platform", "limit"), KNOWN)
def test_a_configured_limit_is_used_and_not_exceeded(platform: Platform, limit: float) -> None:
    figures = broadcast(SMALL, platform, configured=limit, real=limit)
    assert figures.used >= 0.95
    assert figures.refused < 0.001


@pytest.mark.parametrize("seed", range(1, 25))
def test_the_first_second_of_a_lane_stays_within_a_limit(seed: int) -> None:
    figures = broadcast(150, Platform.TEAMS, configured=50, real=50, seed=seed)
    assert figures.refused_of_all == 0


@pytest.mark.prove
@pytest.mark.parametrize(("platform", "limit"), KNOWN[1::2])
def test_seven_thousand_at_a_configured_limit(platform: Platform, limit: float) -> None:
    figures = broadcast(FULL, platform, configured=limit, real=limit)
    assert figures.used >= 0.95
    assert figures.used_from_start >= 0.95
    assert figures.refused < 0.001


@pytest.mark.parametrize(
    "real", [400, *(pytest.param(one, marks=pytest.mark.prove) for one in (230, 300, 525))]
)
@pytest.mark.parametrize("limit", [sliding, filling])
def test_a_hidden_limit_is_found(limit: Limits, real: float) -> None:
    figures = broadcast(1500, Platform.SLACK, configured=600, real=real, limit=limit)
    assert figures.used_from_start >= 0.85
    assert figures.refused_of_all <= 0.01  # 15 of 1,500: finding it costs the same few each time


@pytest.mark.prove
@pytest.mark.parametrize(
    ("real", "limit", "retry_after"),
    [
        pytest.param(400, sliding, None, id="says-when-sliding-400"),
        pytest.param(230, sliding, (5.0, 30.0), id="says-any-time-sliding-230"),
        pytest.param(300, filling, (5.0, 30.0), id="says-any-time-filling-300"),
        pytest.param(525, sliding, (5.0, 30.0), id="says-any-time-sliding-525"),
    ],
)
def test_seven_thousand_find_a_hidden_limit(
    real: float, limit: Limits, retry_after: tuple[float, float] | None
) -> None:
    """A platform that says when it may be asked again, and the three for which one that says any
    time is the hardest: they refuse most often, or are used least, in the first minutes."""
    figures = broadcast(
        FULL, Platform.SLACK, configured=600, real=real, limit=limit, retry_after=retry_after
    )
    assert figures.used_from_start >= 0.85
    assert figures.refused_of_all <= 0.005
