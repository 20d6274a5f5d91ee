"""A stint: one lane, served for a while. Claiming goes ahead of sending, so that the lane never
idles while a batch is claimed, composed or recorded; each message leaves at its own moment."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from scheduler.absence import Absence
from scheduler.ports import Claimed, Ledger, LedgerAwayError, Throttled
from scheduler.recorder import Recorder
from scheduler.sender import Composed, Content, Sender

log = structlog.get_logger(__name__)

BATCH = 400
LEASE_SECONDS = 60.0

_SOON = timedelta(seconds=1)
_LEAD_SECONDS = 0.15
"""So much is still unsent when the next batch is claimed."""

_STALE = timedelta(seconds=5)
"""A slot this old is given back, not used: whoever froze for so long must not spend a budget
that has been granted again since. One as far ahead is from before the clock was set back."""

_TICK = timedelta(milliseconds=4)
_MOST_IN_FLIGHT = 500
_SLOW_ANSWER_SECONDS = 15
_AGAIN = 1.0


class Stint:
    """Serves one lane until it has nothing to send, is throttled, or must hand over."""

    def __init__(
        self,
        lane: str,
        *,
        ledger: Ledger,
        sender: Sender,
        recorder: Recorder,
        clock: Callable[[], datetime],
        in_flight: set[asyncio.Task[None]],
        absence: Absence,
    ) -> None:
        self._lane = lane
        self._ledger = ledger
        self._sender = sender
        self._recorder = recorder
        self._clock = clock
        self._in_flight = in_flight
        """Outlives the stint: a slow answer does not hold up the lane's next one."""
        self._absence = absence
        """So does what its messages told of the platform."""
        self._unsent: deque[Composed] = deque()
        self._wanted = asyncio.Event()
        self._filled = asyncio.Event()
        self._ended = False
        self._throttled = False
        self._away = False
        self.sent = 0

    async def run(self, goes_on: Callable[[], bool]) -> None:
        """Claim while ``goes_on``; what was claimed is sent or given back before this returns."""
        pacing = asyncio.create_task(self._pace(), name=f"pace-{self._lane}")
        try:
            while goes_on() and not self._throttled and await self._claim():
                pass
        finally:
            self._ended = True
            self._filled.set()
            await pacing
        if self._throttled:
            await self._recorder.recorded()  # the lane is blocked before anybody claims again
        if self._away:
            seconds = self._absence.rest()
            log.warning("pump.platform_away", lane=self._lane, rests=seconds)
            await self._ledger.rest(self._lane, self._clock() + timedelta(seconds=seconds))

    async def _claim(self) -> bool:
        """Claim one batch ahead. False: nothing may be sent soon."""
        now = self._clock()
        claimed = await self._ledger.claim(self._lane, now, BATCH, LEASE_SECONDS)
        if claimed:
            self._unsent.extend(await self._sender.compose(claimed))
            self._filled.set()
            self._wanted.clear()
            if not self._is_low():
                await self._wanted.wait()
            return True
        at = await self._ledger.next_work_at(self._lane, now)
        if at is None or at - now > _SOON:
            return False
        await asyncio.sleep(max((at - now).total_seconds(), 0.005))
        return True

    def _is_low(self) -> bool:
        if not self._unsent or self._throttled:
            return True
        interval = self._unsent[-1][0].interval
        lead = min(_LEAD_SECONDS, BATCH * interval / 2)
        return len(self._unsent) * interval <= lead

    async def _pace(self) -> None:
        """Send each message at its moment, and never two closer than the lane's rate allows."""
        last: datetime | None = None
        while await self._has_unsent():
            claimed, message = self._unsent[0]
            now = self._clock()
            if _is_of_another_time(claimed, now):
                self._unsent.popleft()
                await self._give_back([claimed])
                continue
            due = claimed.send_at or now
            if last is not None and last - now < _STALE:  # else the clock was set back
                due = max(due, last + timedelta(seconds=claimed.interval))
            if due - now > _TICK:
                await asyncio.sleep((due - now).total_seconds())
                continue  # it may have been throttled meanwhile
            if len(self._in_flight) >= self._most_in_flight(claimed):
                await asyncio.wait(self._in_flight, return_when=asyncio.FIRST_COMPLETED)
                continue  # it may have become too old meanwhile
            self._unsent.popleft()
            # A little late is made good by the next; not by the lane's second message, which
            # would follow so closely on the first that a window of one second overflows.
            made_good = last is not None and now - due < timedelta(milliseconds=20)
            last = due if made_good else now
            if self._is_low():
                self._wanted.set()
            self._launch(claimed, message)

    async def _has_unsent(self) -> bool:
        """Wait for something to send. False: there will be nothing more."""
        while True:
            if self._throttled and self._unsent:
                given = [claimed for claimed, _ in self._unsent]
                self._unsent.clear()
                await self._give_back(given)
            if self._unsent:
                return True
            self._wanted.set()
            if self._ended:
                return False
            self._filled.clear()
            await self._filled.wait()

    async def _give_back(self, claimed: list[Claimed]) -> None:
        """Until the ledger takes it: left alone they would be unknown, though nobody sent them."""
        while True:
            try:
                return await self._ledger.give_back(claimed)
            except LedgerAwayError as away:
                log.error("pump.give_back_waits", messages=len(claimed), why=str(away))
                await asyncio.sleep(_AGAIN)

    def _most_in_flight(self, claimed: Claimed) -> int:
        if self._absence.suspected:
            return 1  # a question, no more
        if not claimed.interval:
            return _MOST_IN_FLIGHT
        return min(max(16, round(_SLOW_ANSWER_SECONDS / claimed.interval)), _MOST_IN_FLIGHT)

    def _launch(self, claimed: Claimed, message: Content) -> None:
        self.sent += 1
        task = asyncio.create_task(self._send(claimed, message))
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)

    async def _send(self, claimed: Claimed, message: Content) -> None:
        result = await self._sender.send(claimed, message)
        self._absence.heard(result)
        self._away = self._absence.suspected
        if isinstance(result, Throttled) or self._away:
            self._throttled = True
            self._wanted.set()
        self._recorder.add(claimed, result)


def _is_of_another_time(claimed: Claimed, now: datetime) -> bool:
    if claimed.send_at is None:
        return False
    ahead = claimed.send_at - now
    return ahead < -_STALE or ahead > _STALE + timedelta(seconds=2 * claimed.interval)
