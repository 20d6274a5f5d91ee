"""What follows when a wave stops taking answers: its results are computed in a process of its own,
written, and the answers deleted. Nothing waits for it but whoever closes, and a step that fails or
is cut short is taken again at the clock's next look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from datetime import datetime
from uuid import UUID

import structlog

from bot.app.watching import Watch
from bot.jobs import computing
from governance.alignment.handlers import begin as begin_alignment
from governance.reading.personal_data import without_personal_data
from storage.store import Store
from storage.transaction import Transaction
from surveys.waves.closing import Computed, forget_answers, gather, left_comments, publish

log = structlog.get_logger(__name__)

_SECONDS = 600.0
"""After so many a process hangs that computes."""


class Closings:
    """One process's closings, one after the other. Two processes may compute the same one; the
    database takes the results of the first."""

    def __init__(self, store: Store, clock: Callable[[], datetime], watch: Watch) -> None:
        self._store = store
        self._clock = clock
        self._watch = watch
        self._alone = asyncio.Lock()

    async def take_up(self) -> int:
        """Finish every closing that was begun. How many there were."""
        begun = await self._store.read(lambda tx: tx.unfinished())
        for wave_id in begun:
            await self.finish(wave_id)
        return len(begun)

    async def finish(self, wave_id: UUID) -> None:
        """Take a closing's remaining steps. What fails is logged, and the answers are kept."""
        # Its own context: whoever closes has a deadline, and a closing has none.
        task = asyncio.create_task(self._finish(wave_id), context=Context())
        await asyncio.shield(task)

    async def _finish(self, wave_id: UUID) -> None:
        async with self._alone:
            try:
                await self._steps(wave_id)
            except Exception:
                log.exception("closing.failed", wave=str(wave_id), answers="kept")
                self._watch.entry_failed()

    async def _steps(self, wave_id: UUID) -> None:
        store = self._store
        child = await asyncio.to_thread(computing.process)
        try:
            gathered = await store.read_settled(lambda tx: gather(tx, wave_id))
            if gathered is None:  # it was published before
                await self._keep_left_comments(wave_id)
            else:
                now = self._clock()
                results = await child.ask(computing.computed, (gathered, now), _SECONDS)
                first = await store.write(lambda tx: published(tx, results, now))
                said = "closing.published" if first else "closing.was_published"
                log.info(said, wave=str(wave_id))
        finally:
            await child.end()
        while not await store.write(lambda tx: forget_answers(tx, wave_id)):
            pass

    async def _keep_left_comments(self, wave_id: UUID) -> None:
        left = await self._store.read(lambda tx: left_comments(tx, wave_id))
        if left:
            kept = [(question, without_personal_data(said)) for question, said in left]
            await self._store.write(lambda tx: tx.keep_comments(wave_id, kept))


def published(tx: Transaction, computed: Computed, now: datetime) -> bool:
    """The same, and what a closed survey begins elsewhere. False: another process was first."""
    first = publish(tx, computed, now)
    if first:
        begin_alignment(tx, computed.wave, now)
    return first
