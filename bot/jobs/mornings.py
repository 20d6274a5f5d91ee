"""What was said anonymously: looked at once for danger, and in the morning brought in together.

Nothing is logged and nothing counted while it waits: a line would say when it came.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from core.people import Level, Role
from governance.anonymous.commands import BringIn
from governance.feedback.model import Reading
from governance.reading.worker import UnreadError
from storage.store import Store


class Looks(Protocol):
    """Whoever reads messages, without a clock beside it."""

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading: ...


class Mornings:
    """``by_itself`` takes a command of the service itself."""

    def __init__(
        self,
        store: Store,
        reader: Looks,
        by_itself: Callable[[BringIn], Awaitable[object]],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._reader = reader
        self._by_itself = by_itself
        self._clock = clock

    async def wanted(self) -> bool:
        """Whether something is due, or was not looked at."""
        now = self._clock()
        return await self._store.read(lambda tx: tx.is_morning(now) or bool(tx.to_look_at(most=1)))

    async def work_once(self) -> bool:
        """Bring in what is due, and look at what came. False: there was nothing to do."""
        now = self._clock()
        busy = await self._store.read(lambda tx: tx.is_morning(now))
        if busy:
            await self._by_itself(BringIn())
        for once, text in await self._store.read(lambda tx: tx.to_look_at()):
            if not await self._look(once, text):
                break
            busy = True
        return busy

    async def _look(self, once: bytes, text: str) -> bool:
        """Danger cannot wait for a morning. What cannot be read is brought in then, and looked
        at by a person. False: nothing can be looked at now."""
        try:
            urgent = (await self._reader.read(text, None, None)).urgency is not None
        except UnreadError as error:
            urgent = bool(error.alarms)
        except Exception:
            return False  # no reader is there: it is looked at when one is
        if urgent:
            await self._by_itself(BringIn(once=once))
        else:
            await self._store.write(lambda tx: tx.looked_at(once))
        return True
