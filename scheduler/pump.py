"""The pump sends what is queued, lane by lane, within each lane's budget.

No call is made inside a transaction: a batch is claimed and committed, then composed and sent,
then what became of it is recorded. Nothing waits for another lane.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from governance.messages import Message
from scheduler.ports import (
    ChatPlatform,
    Claimed,
    Failed,
    Ledger,
    NotTaken,
    Outgoing,
    Result,
    Unknown,
)
from surveys.people import Platform

log = structlog.get_logger(__name__)

Compose = Callable[[Sequence[Claimed]], Awaitable[Sequence[Message | None]]]
"""Builds the messages of a batch when they are sent; None: no longer wanted."""

_BATCH = 200
_LEASE_SECONDS = 60.0
_STINT = timedelta(seconds=30)
_IDLE = 1.0
_RECOVER_EVERY = timedelta(seconds=_LEASE_SECONDS)


class Pump:
    """Runs every lane that has work; ``wake`` when something was queued."""

    def __init__(
        self,
        ledger: Ledger,
        platforms: Mapping[Platform, ChatPlatform],
        compose: Compose,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._platforms = platforms
        self._compose = compose
        self._clock = clock
        self._wake = asyncio.Event()
        self._stopping = False
        self._running: dict[str, asyncio.Task[None]] = {}
        self._recovered = clock()

    def wake(self) -> None:
        """Look for work now rather than within a second."""
        self._wake.set()

    async def run(self) -> None:
        """Pump until ``stop``; a fault in one round is logged and does not end it."""
        while not self._stopping:
            try:
                await self._round()
            except Exception:
                log.exception("pump.round_failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _IDLE)
            self._wake.clear()
        await asyncio.gather(*self._running.values())

    async def stop(self) -> None:
        """Finish what is in flight, claim nothing more."""
        self._stopping = True
        self.wake()

    async def _round(self) -> None:
        await self._recover(self._clock())
        for lane in await self._ledger.lanes_with_work(self._clock()):
            running = self._running.get(lane)
            platform = Platform(lane.partition(":")[0])
            if (running is None or running.done()) and platform in self._platforms:
                self._running[lane] = asyncio.create_task(self._stint(lane))

    async def _recover(self, now: datetime) -> None:
        """A batch that was sent but could not be recorded must not stay leased for ever."""
        if now - self._recovered < _RECOVER_EVERY:
            return
        self._recovered = now
        if lost := await self._ledger.recover(now, everything=False):
            log.warning("pump.recovered", deliveries=lost)

    async def _stint(self, lane: str) -> None:
        """Run one lane for at most half a minute, then hand over."""
        try:
            until = self._clock() + _STINT
            while not self._stopping and self._clock() < until and await self.step(lane):
                pass
        except Exception:
            log.exception("pump.lane_failed", lane=lane)
            await asyncio.sleep(_IDLE)

    async def step(self, lane: str) -> bool:
        """Claim one batch, send it, record it. False: this lane has nothing it may send now."""
        now = self._clock()
        claimed = await self._ledger.claim(lane, now, _BATCH, _LEASE_SECONDS)
        if not claimed:
            return await self._wait_for_budget(lane, now)
        composed = await self._composed(claimed)
        results = await asyncio.gather(*(self._send(one, message) for one, message in composed))
        await self._ledger.record(list(zip(claimed, results, strict=True)), self._clock())
        return True

    async def _wait_for_budget(self, lane: str, now: datetime) -> bool:
        """Sleep until the lane may send again, if that is soon."""
        upcoming = await self._ledger.next_work_at(lane, now)
        if upcoming is None or upcoming - now > timedelta(seconds=_IDLE):
            return False
        await asyncio.sleep(max((upcoming - now).total_seconds(), 0.001))
        return lane in await self._ledger.lanes_with_work(self._clock())

    async def _composed(
        self, claimed: Sequence[Claimed]
    ) -> list[tuple[Claimed, Message | NotTaken | None]]:
        """The messages of a batch. One that cannot be composed must not keep the others back."""
        try:
            return list(zip(claimed, await self._compose(claimed), strict=True))
        except Exception:
            if len(claimed) > 1:
                return [pair for one in claimed for pair in await self._composed([one])]
            log.exception("pump.compose_failed", delivery_id=str(claimed[0].delivery_id))
            return [(claimed[0], NotTaken(why="It could not be put into words; see the log."))]

    async def _send(self, claimed: Claimed, message: Message | NotTaken | None) -> Result:
        if isinstance(message, NotTaken):
            return message
        if message is None:
            return Failed(why="No longer needed when its turn came.")
        outgoing = Outgoing(
            delivery_id=claimed.delivery_id,
            message=message,
            workspace=claimed.workspace,
            conversation=claimed.conversation,
            service_url=claimed.service_url,
            locale=claimed.locale,
            timezone=claimed.timezone,
            channel=claimed.recipient.startswith("queue:"),
        )
        try:
            return await self._platforms[claimed.platform].send(outgoing)
        except Exception:
            # A platform must not raise; if one does, we cannot know whether the message went out.
            log.exception("pump.send_failed", delivery_id=str(claimed.delivery_id))
            return Unknown(why="An internal fault while sending; it may have arrived.")
