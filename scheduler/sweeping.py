"""What the pump tends to beside sending: leases that ran out, outcomes that are unknown, and
deadlines that passed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from governance.messages import Done
from scheduler.observing import Observer, Unobserved
from scheduler.ports import (
    ChatPlatform,
    Claimed,
    Ledger,
    Reconciles,
    Result,
    Throttled,
    Unknown,
)
from scheduler.sender import outgoing
from scheduler.trips import on_trip

log = structlog.get_logger(__name__)

_EVERY = 5.0
_TIDY_EVERY = 60.0
_JUMP = 5.0
"""Seconds. A clock that is corrected by less is waited out."""

_LOOKS_AT_ONCE = 3
"""Slack answers about 50 questions a minute about histories: 36 are asked."""

_SETTLED_AT_ONCE = 100


class Sweep:
    """Every few seconds. Each part is one short transaction, and safe to do twice."""

    def __init__(
        self,
        ledger: Ledger,
        platforms: Mapping[Platform, ChatPlatform],
        clock: Callable[[], datetime],
        observer: Observer | None = None,
    ) -> None:
        self._ledger = ledger
        self._platforms = platforms
        self._clock = clock
        self._observer = observer or Unobserved()
        self._tidied: float | None = None
        self._ahead: float | None = None
        self._paused: dict[Platform, datetime] = {}

    async def run(self, wake: Callable[[], None]) -> None:
        """Sweep until cancelled; ``wake`` when something was queued again."""
        while True:
            try:
                if await self.once():
                    wake()
            except Exception:
                log.exception("pump.sweep_failed")
            await asyncio.sleep(_EVERY)

    async def once(self) -> bool:
        """One sweep (a worker's job calls this too). True: something changed."""
        now = self._clock()
        lost = await self.recover()
        back = await self._set_back(now)
        passed = asyncio.get_running_loop().time()
        if self._tidied is None or passed - self._tidied >= _TIDY_EVERY:
            await self._ledger.tidy(now)
            self._tidied = passed
        looked = 0
        for name, platform in self._platforms.items():
            if self._paused.get(name, now) <= now:
                looked += await self._settle(name, platform)
        return bool(lost or looked or back)

    async def _set_back(self, now: datetime) -> bool:
        """Whether the clock was set back since the last look: what was put off by seconds then
        would wait for as long as it was set back."""
        ahead = now.timestamp() - asyncio.get_running_loop().time()
        back = self._ahead - ahead if self._ahead is not None else 0.0
        if back >= _JUMP:
            log.warning("pump.clock_set_back", seconds=round(back))
            self._paused.clear()
            await self._ledger.set_back(now)
        self._ahead = ahead
        return back >= _JUMP

    async def recover(self) -> int:
        """End the leases that ran out; how many."""
        lost = await self._ledger.recover(self._clock(), everything=False)
        if lost:
            log.warning("pump.recovered", deliveries=lost)
        return lost

    async def _settle(self, name: Platform, platform: ChatPlatform) -> int:
        most = _LOOKS_AT_ONCE if isinstance(platform, Reconciles) else _SETTLED_AT_ONCE
        uncertain = await self._ledger.uncertain(name, self._clock(), most)
        found: list[tuple[Claimed, Result | None]] = []
        for claimed in uncertain:
            result = await _look(platform, claimed)
            found.append((claimed, result))
            if isinstance(result, Throttled):
                self._paused[name] = self._clock() + timedelta(seconds=result.seconds)
                break
        if found:
            now = self._clock()
            await self._ledger.settle(found, now)
            for claimed, result in found:
                self._observer.settled(claimed, result, now)
        return len(found)


async def _look(platform: ChatPlatform, claimed: Claimed) -> Result | None:
    if not isinstance(platform, Reconciles):
        return None
    with on_trip(claimed.trip):
        try:
            return await platform.reconcile(outgoing(claimed, Done()))
        except Exception:
            log.exception("pump.look_failed", delivery_id=str(claimed.delivery_id))
            return Unknown(why=DeliveryReason.NOT_LOOKED_UP)
