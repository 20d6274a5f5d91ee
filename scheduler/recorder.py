"""What became of messages, on its way into the ledger: results of all lanes commit together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from scheduler.observing import Observer
from scheduler.ports import Claimed, Ledger, LedgerAwayError, Result

log = structlog.get_logger(__name__)

_LINGER = 0.05
_AGAIN = 1.0
_PROBES = 3

_Pair = tuple[Claimed, Result]


class Recorder:
    """Takes results one by one and records them in few transactions. One that the database does
    not take is tried again until it does: a result that is lost is an outcome that is unknown."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], observer: Observer) -> None:
        self._ledger = ledger
        self._clock = clock
        self._observer = observer
        self._waiting: list[_Pair] = []
        self._recording: asyncio.Task[None] | None = None

    def add(self, claimed: Claimed, result: Result) -> None:
        self._waiting.append((claimed, result))
        if self._recording is None or self._recording.done():
            self._recording = asyncio.create_task(self._record(), name="pump-recorder")

    async def recorded(self) -> None:
        """Wait until everything that was added is in the ledger."""
        if self._recording is not None:
            await asyncio.shield(self._recording)

    async def record(self, batch: Sequence[_Pair]) -> None:
        """Record results now, in one transaction."""
        now = self._clock()
        await self._ledger.record(batch, now)
        for claimed, result in batch:
            self._observer.delivered(claimed, result, now)

    async def _record(self) -> None:
        while self._waiting:
            await asyncio.sleep(_LINGER)
            batch, self._waiting = self._waiting, []
            try:
                await self.record(batch)
            except LedgerAwayError as away:
                log.error("pump.record_waits", results=len(batch), why=str(away))
                await asyncio.sleep(_AGAIN)
                self._waiting = batch + self._waiting
            except Exception:
                log.exception("pump.record_failed", results=len(batch))
                await asyncio.sleep(_AGAIN)
                self._waiting = await self._record_singly(batch) + self._waiting

    async def _record_singly(self, batch: list[_Pair]) -> list[_Pair]:
        """One result that the database never takes must not hold up the others: where they are
        taken it is given up, and its lease runs out. What this returns is to be tried again."""
        refused: list[_Pair] = []
        for place, pair in enumerate(batch):
            try:
                await self.record([pair])
            except LedgerAwayError:
                return [*refused, *batch[place:]]
            except Exception:
                refused.append(pair)
                if len(refused) == place + 1 >= min(_PROBES, len(batch)):
                    return batch  # it is the database, not they
        if refused:
            log.error("pump.given_up", deliveries=[str(one.delivery_id) for one, _ in refused])
        return []
