"""Many lanes at once, in virtual time: does each get its turn?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

from core.people import Platform
from scheduler.lanes import Budget
from tests.virtual.platform import Limit, Reconciling, Window
from tests.virtual.world import World, delivered, in_the_end, play

_PLACES = 8
_PLENTY = Limit(messages=10_000, seconds=1)


@dataclass(frozen=True, kw_only=True)
class Fair:
    """Equal lanes that share fewer places: virtual seconds until the first and the last of them
    was done."""

    lanes: int
    people: int
    places: int
    fastest: float
    slowest: float


def play_lanes(lanes: int, people: int, seed: int = 9) -> Fair:
    """So many workspaces with so many people each, through the real pump."""

    async def main(folder: Path, rng: Random) -> Fair:
        simulated = Reconciling(name=Platform.SLACK, rng=rng, workspace_limit=Window([_PLENTY]))
        budget = {Platform.SLACK: Budget(per_second=230 / 60, burst=4)}
        places = max(1, min(_PLACES, lanes // 3))
        world = World(folder, rng, {Platform.SLACK: simulated}, budget, most_lanes=places)
        for number in range(lanes):
            ids = await world.people(people, Platform.SLACK, f"T{number}")
            await world.broadcast(ids, f"notice:{number}")
        await world.until(delivered)
        rows = await world.rows()
        in_the_end(world, simulated, rows)
        await world.close()
        lane = {row.id: row.lane for row in rows}
        last: dict[str, float] = defaultdict(float)
        for taken in simulated.taken:
            last[lane[taken.delivery_id]] = taken.at
        return Fair(
            lanes=lanes,
            people=people,
            places=places,
            fastest=min(last.values()),
            slowest=max(last.values()),
        )

    return play(main, seed)
