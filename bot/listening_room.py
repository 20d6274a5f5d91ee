"""Reads what was received, off everybody's path: original out, reading in, routed in one commit."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from governance.commands import FileReading
from governance.feedback import Destination, Reading, Tone
from governance.reading.personal_data import find, redact
from scheduler.trips import new_trip, on_trip
from storage.store import Store
from storage.transaction import Transaction
from surveys.people import Level, Role

log = structlog.get_logger(__name__)

_LOOK_EVERY = 5.0
_TRIES = 3

UNREADABLE = "[These words cannot be read: they were kept with another key.]"
"""What triage sees of an item whose original cannot be decrypted. One must not stop the rest."""


class Reads(Protocol):
    """Whoever reads messages (one lazy child process)."""

    async def read(self, text: str, role: Role, level: Level) -> Reading: ...


class ListeningRoom:
    """Works through unread items, oldest first. A restart finds what was left."""

    def __init__(
        self,
        store: Store,
        reader: Reads,
        file: Callable[[FileReading], Awaitable[object]],
    ) -> None:
        self._store = store
        self._reader = reader
        self._file = file
        self._wake = asyncio.Event()
        self._stopping = False
        self._failures: dict[UUID, int] = {}

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        while not self._stopping:
            try:
                busy = await self.work_once()
            except Exception:
                log.exception("listening.round_failed")
                busy = False
            if not busy and not self._stopping:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), _LOOK_EVERY)
                self._wake.clear()

    async def stop(self) -> None:
        self._stopping = True
        self.wake()

    async def unread(self) -> bool:
        """Whether something waits to be read."""
        return bool(await self._store.read(lambda tx: tx.unread_items()))

    async def work_for(self, seconds: float) -> bool:
        """Read until there is nothing more, or for a while. False: nothing could be read."""
        end = asyncio.get_running_loop().time() + seconds
        busy = False
        while not self._stopping and await self.work_once():
            busy = True
            if asyncio.get_running_loop().time() > end:
                break
        return busy

    async def work_once(self) -> bool:
        """Read a batch. False: there was nothing to read, or nothing that could be filed."""
        unread = await self._store.read(lambda tx: tx.unread_items())
        busy = False
        for item_id in unread:
            if self._stopping:
                break
            trip = await self._store.read(partial(_trip_of, item_id=item_id))
            with on_trip(trip or new_trip()):
                reading = await self._reading(item_id)
                if reading is None or await self._filed(item_id, reading):
                    busy = True  # where it was not read: tried again at once
        return busy

    async def _filed(self, item_id: UUID, reading: Reading) -> bool:
        """One item that cannot be filed must not hold back those behind it."""
        try:
            await self._file(FileReading(item_id=item_id, reading=reading))
        except Exception:
            log.exception("listening.filing_failed", item=str(item_id))
            return False
        self._failures.pop(item_id, None)
        return True

    async def _reading(self, item_id: UUID) -> Reading | None:
        text = UNREADABLE
        try:
            text, role, level = await self._store.read(lambda tx: _original(tx, item_id))
            return await self._reader.read(text, role, level)
        except Exception:
            log.exception("listening.reading_failed", item=str(item_id))
            tries = self._failures.get(item_id, 0) + 1
            self._failures[item_id] = tries
            if tries < _TRIES:
                await asyncio.sleep(0.2 * tries)
                return None
            return unsure(text)  # never silence: a person looks at it in triage


def unsure(text: str) -> Reading:
    """What is said of a message that could not be read: redacted, and to triage."""
    spans = find(text)
    return Reading(
        redacted=redact(text, spans),
        spans=spans,
        tone=Tone.NEUTRAL,
        polarity=0.0,
        urgency=None,
        destination=Destination.TRIAGE,
        committees=(),
        confidence=0.0,
    )


def _trip_of(tx: Transaction, item_id: UUID) -> str | None:
    return tx.trip_of(item_id)


def _original(tx: Transaction, item_id: UUID) -> tuple[str, Role, Level]:
    item, text = tx.item(item_id), tx.original(item_id)
    if item is None or text is None:
        raise LookupError(f"feedback {item_id} has no original to read")
    return text, item.role, item.level
