"""What was stopped: looked up right before a message leaves, never more than half a second old.

A batch is claimed ahead of its sending, perhaps by another process than the one in which somebody
pressed Stop. The database is what all of them share; so a message leaves only when a look at it
that began a moment ago did not find its campaign among those that were stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from uuid import UUID

from scheduler.delivery import STOPPABLE
from scheduler.ports import Claimed, Ledger

FRESH_SECONDS = 0.5
"""How old a look may be when a message leaves. All sends of that time share it."""

_RENEWED_SECONDS = 0.2
"""After so long the next look begins, so that no message of a busy lane waits for one: messages
that waited together would leave together, faster than the platform allows."""


class Halts:
    """The campaigns that were stopped, as of a moment ago."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._stopped: Collection[UUID] = ()
        self._as_of = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    async def ready(self, claimed: Sequence[Claimed]) -> None:
        """Look before a batch leaves. The first messages of a lane would wait for the look
        otherwise, and leave together. Never raises: who sends looks again, and hears it."""
        if all(one.kind not in STOPPABLE for one in claimed):
            return
        if self._as_of < asyncio.get_running_loop().time() - _RENEWED_SECONDS:
            with suppress(Exception):
                await asyncio.shield(self._look_again())

    async def stopped(self, claimed: Claimed) -> bool:
        """Whether this delivery must not leave any more. Raises what the database raises."""
        if claimed.kind not in STOPPABLE:
            return False
        now = asyncio.get_running_loop().time()
        if self._as_of < now - _RENEWED_SECONDS:
            self._look_again()
        while self._as_of < now - FRESH_SECONDS:
            await asyncio.shield(self._look_again())
        return claimed.subject in self._stopped

    def _look_again(self) -> asyncio.Task[None]:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="pump-halts")
            self._looking.add_done_callback(_noticed)
        return self._looking

    async def _look(self) -> None:
        began = asyncio.get_running_loop().time()
        self._stopped = await self._ledger.halted()
        self._as_of = began


def _noticed(looking: asyncio.Task[None]) -> None:
    """A look that failed while nobody waited for it: who needs one looks again, and hears it."""
    if not looking.cancelled():
        looking.exception()
