"""Reads what was received, off everybody's path: original out, reading in, routed in one commit."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from bot.mornings import Mornings
from governance.commands import FileReading, FileReply
from governance.feedback import UNREADABLE, Destination, Reading, Tone
from governance.matter import Alike
from governance.reading.personal_data import find, redact
from scheduler.trips import new_trip, on_trip
from storage.store import Store
from storage.transaction import Transaction
from surveys.people import Level, Role

log = structlog.get_logger(__name__)

_LOOK_EVERY = 5.0
_TRIES = 3


class Reads(Protocol):
    """Whoever reads messages (one lazy child process)."""

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading: ...


class ListeningRoom:
    """Works through unread items, oldest first. A restart finds what was left."""

    def __init__(
        self,
        store: Store,
        reader: Reads,
        file: Callable[[FileReading | FileReply], Awaitable[object]],
        compare: Callable[[Reading], Awaitable[Alike | None]] | None = None,
        opinion: Callable[[Reading], Awaitable[Reading]] | None = None,
        mornings: Mornings | None = None,
    ) -> None:
        self._store = store
        self._reader = reader
        self._file = file
        self._compare = compare
        self._opinion = opinion
        self._mornings = mornings
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
        if self._mornings is not None and await self._mornings.wanted():
            return True
        return await self._store.read(lambda tx: bool(tx.unread_items() or tx.unread_replies()))

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
        busy = self._mornings is not None and await self._mornings.work_once()
        unread = await self._store.read(lambda tx: tx.unread_items())
        for item_id in unread:
            if self._stopping:
                break
            trip = await self._store.read(partial(_trip_of, item_id=item_id))
            with on_trip(trip or new_trip()):
                reading = await self._reading(item_id, _original)
                if reading is None or await self._filed(item_id, await self._of(item_id, reading)):
                    busy = True  # where it was not read: tried again at once
        return await self._read_replies() or busy

    async def _of(self, item_id: UUID, reading: Reading) -> FileReading:
        alike = await self._alike(item_id, reading)
        return FileReading(item_id=item_id, reading=reading, alike=alike)

    async def _read_replies(self) -> bool:
        """What authors replied to their committees."""
        busy = False
        for reply_id in await self._store.read(lambda tx: tx.unread_replies()):
            if self._stopping:
                break
            with on_trip(new_trip()):
                reading = await self._reading(reply_id, _reply)
                if reading is None or await self._filed(
                    reply_id, FileReply(exchange_id=reply_id, reading=reading)
                ):
                    busy = True
        return busy

    async def _filed(self, subject: UUID, command: FileReading | FileReply) -> bool:
        """One item that cannot be filed must not hold back those behind it."""
        try:
            await self._file(command)
        except Exception:
            log.exception("listening.filing_failed", item=str(subject))
            return False
        self._failures.pop(subject, None)
        return True

    async def _alike(self, item_id: UUID, reading: Reading) -> Alike | None:
        """What was said before and says the same. Where that cannot be told, an item stands by
        itself: nothing waits for it."""
        if self._compare is None or reading.urgency is not None:
            return None
        if reading.destination not in (Destination.COMMITTEE, Destination.TRIAGE):
            return None
        try:
            return await self._compare(reading)
        except Exception:
            log.exception("listening.comparing_failed", item=str(item_id))
            return None

    async def _reading(self, item_id: UUID, original: _Original) -> Reading | None:
        text = UNREADABLE
        try:
            text, role, level = await self._store.read(lambda tx: original(tx, item_id))
            read = await self._reader.read(text, role, level)
        except Exception:
            log.exception("listening.reading_failed", item=str(item_id))
            tries = self._failures.get(item_id, 0) + 1
            self._failures[item_id] = tries
            if tries < _TRIES:
                await asyncio.sleep(0.2 * tries)
                return None
            return unsure(text)  # never silence: a person looks at it in triage
        return await self._second(read, item_id)

    async def _second(self, reading: Reading, item_id: UUID) -> Reading:
        """What the district's language model adds, where there is one; it is never needed."""
        if self._opinion is None:
            return reading
        try:
            return await self._opinion(reading)
        except Exception:
            log.exception("listening.opinion_failed", item=str(item_id))
            return reading


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


_Original = Callable[[Transaction, UUID], tuple[str, Role | None, Level | None]]


def _reply(tx: Transaction, reply_id: UUID) -> tuple[str, Role | None, Level | None]:
    reply, text = tx.exchange(reply_id), tx.reply_original(reply_id)
    item = tx.item(reply.item_id) if reply else None
    if item is None or text is None:
        raise LookupError(f"reply {reply_id} has no original to read")
    return text, item.role, item.level


def _original(tx: Transaction, item_id: UUID) -> tuple[str, Role | None, Level | None]:
    item, text = tx.item(item_id), tx.original(item_id)
    if item is None or text is None:
        raise LookupError(f"feedback {item_id} has no original to read")
    return text, item.role, item.level
