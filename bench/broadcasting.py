"""One broadcast in virtual time before a platform that enforces its limits: by the real pump on
the real ledger, or by one of the ways that others send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from core.people import Platform
from governance.messages import Done
from scheduler.lanes import Budget
from scheduler.ports import Outgoing, Sent, Throttled
from tests.virtual.platform import Limit, Reconciling, Script, Simulated, Window
from tests.virtual.world import World, delivered, play, uuid

WELL = Script()
FAULTS = Script(throttled=0.05, broken=0.02, lost=0.01, slow=0.05, blind=0.05)
"""5% are throttled, 2% answered with a 5xx (half of them taken), 1% taken with the answer lost."""

WARM_UP = 120.0
"""Seconds in which a hidden limit is found."""

_PAUSE = 11 * 60.0
_CAREFUL = 0.8
_AT_ONCE = 32
_DAY = 24 * 3600.0


class Way(StrEnum):
    """Who sends. ``PAUSING`` is what users of Company Communicator describe: a fixed rate (here
    80% of what is configured), and a pause of everything (11 minutes) on a 429. ``NAIVE`` keeps
    32 calls open and tries each again after its Retry-After. Both send again when an answer is
    missing."""

    OURS = "Sounding Board"
    PAUSING = "pauses everything on a 429"
    NAIVE = "as fast as it is answered"


@dataclass(frozen=True, kw_only=True)
class Broadcast:
    """What is sent: ``configured`` and ``real`` limits are messages in ``seconds``."""

    platform: Platform
    people: int
    configured: float
    real: float
    seconds: float
    script: Script = WELL
    seed: int = 1

    @property
    def limit(self) -> float:
        """Messages a second that are possible."""
        return min(self.configured, self.real) / self.seconds

    @property
    def hidden(self) -> bool:
        return self.configured > self.real


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of it. ``times`` are the seconds at which messages arrived; ``lost`` were
    called sent and did not arrive; ``blind`` were sent again though they might have arrived."""

    broadcast: Broadcast
    times: Sequence[float]
    throttled: Sequence[float]
    calls: int
    arrived: int
    lost: int
    doubled: int
    blind: int
    unknown: int

    @property
    def duration(self) -> float:
        """Seconds until 99% had arrived: the few that were put off are no matter of a rate."""
        return self.times[max(int(len(self.times) * 0.99) - 1, 0)]

    @property
    def used(self) -> float:
        """Of the limit, from the first second on (99% of the messages)."""
        return 0.99 * len(self.times) / self.duration / self.broadcast.limit

    @property
    def used_when_warm(self) -> float:
        warm = min(WARM_UP, self.duration / 2)
        late = [t for t in self.times if warm <= t <= self.duration]
        return (len(late) - 1) / (late[-1] - late[0]) / self.broadcast.limit

    @property
    def refused(self) -> float:
        """429s, of all calls."""
        return len(self.throttled) / self.calls

    @property
    def refused_when_warm(self) -> float:
        warm = min(WARM_UP, self.duration / 2)
        refused = len([t for t in self.throttled if t >= warm])
        return refused / (len([t for t in self.times if t >= warm]) + refused)


def send(broadcast: Broadcast, way: Way) -> Outcome:
    """Play it to its end, or for a day."""

    async def main(folder: Path, rng: Random) -> Outcome:
        simulated = _platform(broadcast, rng)
        match way:
            case Way.OURS:
                unknown, called_sent = await _ours(folder, rng, broadcast, simulated)
            case Way.PAUSING:
                unknown, called_sent = 0, await _others(rng, broadcast, simulated, _pausing)
            case Way.NAIVE:
                unknown, called_sent = 0, await _others(rng, broadcast, simulated, _naive)
        return Outcome(
            broadcast=broadcast,
            times=[taken.at for taken in simulated.taken],
            throttled=simulated.throttled_at,
            calls=simulated.calls,
            arrived=len(simulated.taken_by_id),
            lost=len([one for one in called_sent if one not in simulated.taken_by_id]),
            doubled=len([one for one in simulated.taken_by_id.values() if len(one) > 1]),
            blind=simulated.blind_resends,
            unknown=unknown,
        )

    return play(main, broadcast.seed)


def _platform(broadcast: Broadcast, rng: Random) -> Simulated:
    kind = Reconciling if broadcast.platform is Platform.SLACK else Simulated
    return kind(
        name=broadcast.platform,
        rng=rng,
        workspace_limit=Window([Limit(messages=round(broadcast.real), seconds=broadcast.seconds)]),
        script=broadcast.script,
    )


async def _ours(
    folder: Path, rng: Random, broadcast: Broadcast, simulated: Simulated
) -> tuple[int, list[object]]:
    """How many are uncertain in the end, and what the ledger calls sent."""
    per_second = broadcast.configured / broadcast.seconds
    budget = Budget(per_second=per_second, burst=max(1, round(per_second)))
    world = World(folder, rng, {broadcast.platform: simulated}, {broadcast.platform: budget})
    await world.broadcast(
        await world.people(broadcast.people, broadcast.platform), kind="invitation"
    )
    looked_up = isinstance(simulated, Reconciling)
    await world.until(lambda states: delivered(states) and not (looked_up and states["unknown"]))
    rows = await world.rows()
    await world.close()
    assert len(rows) == broadcast.people
    uncertain = len([row for row in rows if row.state == "unknown"])
    return uncertain, [row.id for row in rows if row.state == "sent"]


# -- how others send --------------------------------------------------------------------------

_Sender = Callable[[list[Outgoing], Broadcast, Simulated], Awaitable[list[object]]]


async def _others(
    rng: Random, broadcast: Broadcast, simulated: Simulated, sender: _Sender
) -> list[object]:
    waiting = [_outgoing(rng) for _ in range(broadcast.people)]
    return await sender(waiting, broadcast, simulated)


async def _pausing(
    waiting: list[Outgoing], broadcast: Broadcast, simulated: Simulated
) -> list[object]:
    sent: list[object] = []
    paused_until = 0.0
    running = asyncio.get_running_loop()
    interval = broadcast.seconds / broadcast.configured / _CAREFUL

    async def one(outgoing: Outgoing) -> None:
        nonlocal paused_until
        match await simulated.send(outgoing):
            case Sent():
                sent.append(outgoing.delivery_id)
            case Throttled():
                paused_until = max(paused_until, running.time() + _PAUSE)
                waiting.append(outgoing)
            case _:
                waiting.append(outgoing)

    tasks: set[asyncio.Task[None]] = set()
    while (waiting or tasks) and running.time() < _DAY:
        if running.time() < paused_until:
            await asyncio.sleep(paused_until - running.time())
        elif waiting:
            task = asyncio.create_task(one(waiting.pop(0)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            await asyncio.sleep(interval)
        else:
            await asyncio.wait(tasks)
    return sent


async def _naive(
    waiting: list[Outgoing], broadcast: Broadcast, simulated: Simulated
) -> list[object]:
    sent: list[object] = []

    async def worker() -> None:
        while waiting and asyncio.get_running_loop().time() < _DAY:
            outgoing = waiting.pop(0)
            while True:
                match await simulated.send(outgoing):
                    case Sent():
                        sent.append(outgoing.delivery_id)
                        break
                    case Throttled(seconds=seconds):
                        await asyncio.sleep(seconds)
                    case _:
                        continue

    await asyncio.gather(*(worker() for _ in range(_AT_ONCE)))
    return sent


def _outgoing(rng: Random) -> Outgoing:
    one = uuid(rng)
    return Outgoing(
        delivery_id=one,
        message=Done(),
        workspace="T1",
        conversation=f"D{one.hex[:12]}",
        service_url=None,
        locale="en",
        timezone="UTC",
    )
