"""The pump sends what is queued, lane by lane, within each lane's budget.

No call is made inside a transaction: a batch is claimed and committed, then composed and sent,
then what happened to it is recorded. Nothing waits for another lane.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from core.people import Platform
from scheduler.absence import Absence
from scheduler.halting import Halts
from scheduler.observing import Observer, Unobserved
from scheduler.ports import ChatPlatform, Ledger
from scheduler.recorder import Recorder
from scheduler.sender import Compose, Sender
from scheduler.stint import BATCH, LEASE_SECONDS, Stint
from scheduler.sweeping import Sweep
from scheduler.turns import Turns

log = structlog.get_logger(__name__)

_STINT = timedelta(seconds=30)
_IDLE = 1.0
_MOST_LANES = 64


class Pump:
    """Runs every lane that has work; ``wake`` when something was queued."""

    def __init__(
        self,
        ledger: Ledger,
        platforms: Mapping[Platform, ChatPlatform],
        compose: Compose,
        clock: Callable[[], datetime],
        *,
        most_lanes: int = _MOST_LANES,
        observer: Observer | None = None,
    ) -> None:
        observer = observer or Unobserved()
        self._ledger = ledger
        self._clock = clock
        self._sender = Sender(platforms, compose, Halts(ledger))
        self._recorder = Recorder(ledger, clock, observer)
        self.sweep = Sweep(ledger, platforms, clock, observer)
        self._turns = Turns(most_lanes)
        self._wake = asyncio.Event()
        self._stopping = False
        self._stints: dict[str, asyncio.Task[None]] = {}
        self._in_flight: dict[str, set[asyncio.Task[None]]] = {}
        self._absences: dict[str, Absence] = {}

    def wake(self) -> None:
        """Look for work now rather than within a second."""
        self._wake.set()

    async def run(self) -> None:
        """Pump until ``stop``; a fault in one round is logged and does not end it."""
        sweeping = asyncio.create_task(self.sweep.run(self.wake), name="pump-sweep")
        while not self._stopping:
            try:
                await self._round()
            except Exception:
                log.exception("pump.round_failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _IDLE)
            self._wake.clear()
        sweeping.cancel()
        await asyncio.gather(sweeping, *self._stints.values(), return_exceptions=True)
        await self._finish([task for tasks in self._in_flight.values() for task in tasks])

    async def stop(self) -> None:
        """Finish what is in flight, claim nothing more."""
        self._stopping = True
        self.wake()

    async def lanes_with_work(self) -> Sequence[str]:
        """Lanes of the platforms that are set up here with something to send."""
        return [
            lane for lane in await self._ledger.lanes_with_work(self._clock()) if self._serves(lane)
        ]

    def _serves(self, lane: str) -> bool:
        """Whether the platform of a lane is set up in this process."""
        return Platform(lane.partition(":")[0]) in self._sender.platforms

    async def run_lane(self, lane: str, seconds: float = _STINT.total_seconds()) -> bool:
        """Serve one lane for a while, then hand over with everything recorded (a worker's job).
        False: the lane had nothing that it could send, or it is another worker's: one that lacks
        a platform's settings must not claim what it cannot send."""
        if not self._serves(lane):
            log.error("pump.platform_not_set_up", lane=lane)
            return False
        running = asyncio.get_running_loop()
        until = running.time() + seconds  # whatever the wall clock does
        stint = self._stint(lane)
        await stint.run(lambda: not self._stopping and running.time() < until)
        await self._finish(list(self._in_flight.get(lane, ())))
        return stint.sent > 0

    async def step(self, lane: str) -> bool:
        """Claim one batch, send it, record it. False: this lane has nothing it may send now."""
        claimed = await self._ledger.claim(lane, self._clock(), BATCH, LEASE_SECONDS)
        composed = await self._sender.compose(claimed) if claimed else []
        results = await asyncio.gather(*(self._sender.send(*one) for one in composed))
        await self._recorder.record(list(zip(claimed, results, strict=True)))
        return bool(claimed)

    async def _finish(self, tasks: list[asyncio.Task[None]]) -> None:
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._recorder.recorded()

    async def _round(self) -> None:
        now = self._clock()
        for lane in self._turns.begin(await self.lanes_with_work(), now):
            self._stints[lane] = asyncio.create_task(self._serve(lane), name=f"lane-{lane}")

    def _stint(self, lane: str) -> Stint:
        return Stint(
            lane,
            ledger=self._ledger,
            sender=self._sender,
            recorder=self._recorder,
            clock=self._clock,
            in_flight=self._in_flight.setdefault(lane, set()),
            absence=self._absences.setdefault(lane, Absence()),
        )

    async def _serve(self, lane: str) -> None:
        """Serve a lane until it is empty, or for half a minute where others wait."""
        running = asyncio.get_running_loop()
        until = running.time() + _STINT.total_seconds()
        stint = self._stint(lane)
        try:
            await stint.run(
                lambda: not self._stopping and (running.time() < until or not self._turns.crowded)
            )
        except Exception:
            log.exception("pump.lane_failed", lane=lane)
            await asyncio.sleep(_IDLE)
        finally:
            self._turns.end(lane, self._clock(), sent_something=stint.sent > 0)
            if self._turns.crowded:
                self.wake()
