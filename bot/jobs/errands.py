"""Errands: what one process of a district asks a platform, and not each of them.

Every process looks, and the database decides who goes: two that look at once meet in a
transaction, one after the other (decision 13).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.app.core import Core
from storage.transaction import Transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Errand:
    """``begun`` and ``done`` name the two moments of it that are noted."""

    begun: str
    done: str
    every: timedelta = timedelta(days=1)
    again_after: timedelta = timedelta(minutes=30)
    """Whoever began and did not end in this time has failed or is gone."""

    def due(self, tx: Transaction, now: datetime) -> bool:
        """Whether nobody did it lately, and nobody is about it."""
        return not (
            tx.times(self.done, now - self.every) or tx.times(self.begun, now - self.again_after)
        )

    def claim(self, tx: Transaction, now: datetime) -> bool:
        """Whether it is ours to do; nobody else does it then."""
        if not self.due(tx, now):
            return False
        tx.note_time(self.begun, now)
        return True

    def end(self, tx: Transaction, now: datetime) -> None:
        tx.note_time(self.done, now)


async def keep_looking(
    core: Core, look: Callable[[Core], Awaitable[object]], *, seconds: float, failed: str
) -> None:
    """Look again and again until cancelled. What goes wrong is logged as ``failed``, and is tried
    again at the next look."""
    while True:
        try:
            await look(core)
        except Exception:
            log.exception(failed)
        await asyncio.sleep(seconds)
