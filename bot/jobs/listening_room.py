"""Reads what was received, off everybody's path: original out, reading in, routed in one commit."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from bot.jobs.mornings import Mornings
from core.people import Level, Role
from governance.conversations.commands import FileReply
from governance.docket.commands import FileReading
from governance.duplicates.model import Alike
from governance.feedback.model import UNREAD, UNREADABLE, Destination, Reading, Span, Tone, Urgency
from governance.reading.personal_data import redact
from governance.reading.worker import UnreadError
from governance.urgent.commands import FileSecondReading
from scheduler.trips import new_trip, on_trip
from storage.store import Store
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

_LOOK_EVERY = 5.0
_TRIES = 3
_HELD_BACK = 600.0
"""Seconds until what failed so many times is tried again: what is behind it comes first."""

_WAITS = 900.0
"""Seconds without any reader after which a person reads what waits."""


class _AwayError(Exception):
    """No message can be read now."""


class Reads(Protocol):
    """Whoever reads messages (one lazy child process)."""

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading: ...


class ListeningRoom:
    """Works through unread items, oldest first. A restart finds what was left."""

    def __init__(
        self,
        store: Store,
        reader: Reads,
        file: Callable[[FileReading | FileReply | FileSecondReading], Awaitable[object]],
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
        self._held_back: dict[UUID, float] = {}
        self._away_since: float | None = None
        """By the loop's clock."""

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
        return await self._store.read(
            lambda tx: bool(tx.unread_items() or tx.unread_replies() or tx.to_read_again(most=1))
        )

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
        try:
            return (
                await self._read_items()
                or await self._read_replies()
                or await self._read_again()
                or busy
            )
        except _AwayError:
            return False

    async def _read_items(self) -> bool:
        busy, held = False, self._held()
        unread = await self._store.read(lambda tx: tx.unread_items(but=held))
        for item_id in unread:
            if self._stopping:
                break
            trip = await self._store.read(partial(_trip_of, item_id=item_id))
            with on_trip(trip or new_trip()):
                reading = await self._reading(item_id, _original)
                if reading is None or await self._filed(item_id, await self._of(item_id, reading)):
                    busy = True  # where it was not read: tried again at once
        return busy

    def _held(self) -> frozenset[UUID]:
        now = asyncio.get_running_loop().time()
        self._held_back = {one: until for one, until in self._held_back.items() if until > now}
        return frozenset(self._held_back)

    async def _of(self, item_id: UUID, reading: Reading) -> FileReading:
        alike = await self._alike(item_id, reading)
        return FileReading(item_id=item_id, reading=reading, alike=alike)

    async def _read_replies(self) -> bool:
        """What authors replied to their committees."""
        busy = False
        held = self._held()
        for reply_id in await self._store.read(lambda tx: tx.unread_replies(but=held)):
            if self._stopping:
                break
            with on_trip(new_trip()):
                reading = await self._reading(reply_id, _reply)
                if reading is None or await self._filed(
                    reply_id, FileReply(exchange_id=reply_id, reading=reading)
                ):
                    busy = True
        return busy

    async def _read_again(self) -> bool:
        """What came before danger was kept is read once more, after an upgrade, while nothing else
        waits: some fifty messages a second."""
        held = self._held()
        known = await self._store.read(lambda tx: tx.to_read_again(but=held))
        read: list[tuple[UUID, bool]] = []
        for item_id in known:
            if self._stopping:
                break
            texts = await self._store.read(partial(_texts_of, item_id=item_id))
            danger = [await self._dangerous(*text) for text in texts]
            read.append((item_id, any(danger)))
        if not read:
            return False
        with on_trip(new_trip()):
            return await self._filed(read[0][0], FileSecondReading(read=tuple(read)))

    async def _dangerous(self, text: str, role: Role | None, level: Level | None) -> bool:
        """Whether a text reads as danger to a person. ``_AwayError``."""
        try:
            read = await self._reader.read(text, role, level)
        except UnreadError as error:
            return Urgency.SAFETY in error.alarms
        except Exception as error:
            log.error("listening.reader_away", why=type(error).__name__, exc_info=error)
            raise _AwayError from error
        return Urgency.SAFETY in read.alarms

    async def _filed(
        self, subject: UUID, command: FileReading | FileReply | FileSecondReading
    ) -> bool:
        """One item that cannot be filed must not hold back those behind it."""
        try:
            await self._file(command)
        except Exception:
            log.exception("listening.filing_failed", item=str(subject))
            self._failures[subject] = self._failures.get(subject, 0) + 1
            if self._failures[subject] >= _TRIES:
                self._held_back[subject] = asyncio.get_running_loop().time() + _HELD_BACK
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
        """None: its words could not be had, and are asked for again. ``_AwayError``."""
        try:
            text, role, level = await self._store.read(lambda tx: original(tx, item_id))
        except Exception:
            log.exception("listening.reading_failed", item=str(item_id))
            tries = self._failures.get(item_id, 0) + 1
            self._failures[item_id] = tries
            if tries < _TRIES:
                await asyncio.sleep(0.2 * tries)
                return None
            return undecrypted()  # never silence: a person looks at it in triage
        try:
            read = await self._reader.read(text, role, level)
        except UnreadError as error:
            log.error("listening.unread", item=str(item_id), where=str(error))
            read = set_aside(text, error.alarms)
        except Exception as error:
            return self._set_aside_late(text, error)
        self._away_since = None
        return read if read.unread else await self._second(read, item_id)

    def _set_aside_late(self, text: str, error: Exception) -> Reading:
        """Nothing is read while there is no reader; what waits too long goes to a person."""
        now = asyncio.get_running_loop().time()
        if self._away_since is None:
            log.error("listening.reader_away", why=type(error).__name__, exc_info=error)
            self._away_since = now
        if now - self._away_since < _WAITS:
            raise _AwayError
        return set_aside(text)

    async def _second(self, reading: Reading, item_id: UUID) -> Reading:
        """What the district's language model adds, where there is one; it is never needed."""
        if self._opinion is None:
            return reading
        try:
            return await self._opinion(reading)
        except Exception:
            log.exception("listening.opinion_failed", item=str(item_id))
            return reading


def set_aside(text: str, alarms: Sequence[Urgency] = ()) -> Reading:
    """In place of the reading of a message that could not be read: all of it is taken out, and the
    restricted reader has it as it was written. ``alarms``: what is urgent in it all the same."""
    return _instead(text, Span(start=0, end=len(text), kind=UNREAD), Destination.RESTRICTED, alarms)


def undecrypted() -> Reading:
    """In place of the reading of a message whose words are lost: triage sees that."""
    return _instead(UNREADABLE, None, Destination.TRIAGE)


def _instead(
    text: str, span: Span | None, destination: Destination, alarms: Sequence[Urgency] = ()
) -> Reading:
    spans = () if span is None else (span,)
    return Reading(
        redacted=redact(text, spans),
        spans=spans,
        tone=Tone.NEUTRAL,
        polarity=0.0,
        urgency=alarms[0] if alarms else None,
        destination=destination,
        committees=(),
        confidence=0.0,
        also_urgent=tuple(alarms[1:]),
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


def _texts_of(tx: Transaction, item_id: UUID) -> list[tuple[str, Role | None, Level | None]]:
    """What the author of an item said, as far as it is still kept: the original words, else the
    redacted ones."""
    item = tx.item(item_id)
    if item is None:
        return []
    said = [_kept_words(tx.original, item_id) or (item.reading.redacted if item.reading else "")]
    said += [
        _kept_words(tx.reply_original, one.id) or one.words or ""
        for one in tx.exchanges(item_id)
        if not one.asks
    ]
    return [(text, item.role, item.level) for text in said if text]


def _kept_words(original: Callable[[UUID], str | None], of: UUID) -> str | None:
    """None: they are gone, or cannot be decrypted."""
    try:
        return original(of)
    except Exception:
        log.exception("listening.reading_failed", item=str(of))
        return None


def _original(tx: Transaction, item_id: UUID) -> tuple[str, Role | None, Level | None]:
    item, text = tx.item(item_id), tx.original(item_id)
    if item is None or text is None:
        raise LookupError(f"feedback {item_id} has no original to read")
    return text, item.role, item.level
