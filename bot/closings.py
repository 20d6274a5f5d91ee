"""What follows when a wave stops taking answers: its results are computed in a thread, written,
and the answers deleted. Nothing waits for it but whoever closes, and a step that fails or is cut
short is taken again at the clock's next look."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from datetime import datetime
from uuid import UUID

import structlog

from bot.performing import without_personal_data
from bot.watching import Watch
from governance.reading.quotes import represent
from storage.store import Store
from surveys.closing import compute, forget_answers, gather, left_comments, publish

log = structlog.get_logger(__name__)


_SWITCH_SECONDS = 0.0005
"""An answer needs the interpreter again after each of its statements: with Python's 5 ms each, the
slowest of 509 waited 363 ms for a closing, with this the slowest of 999 waited 161 ms."""


@contextmanager
def _giving_way() -> Iterator[None]:
    """Whoever computes gives the interpreter to other threads sooner."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


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
        gathered = await store.read_settled(lambda tx: gather(tx, wave_id))
        if gathered is not None:
            now = self._clock()
            with _giving_way():
                computed = await asyncio.to_thread(
                    compute, gathered, without_personal_data, represent, now
                )
            first = await store.write(lambda tx: publish(tx, computed, now))
            log.info("closing.published" if first else "closing.was_published", wave=str(wave_id))
        left = await store.read(lambda tx: left_comments(tx, wave_id))
        if left:
            kept = [(question, without_personal_data(said)) for question, said in left]
            await store.write(lambda tx: tx.keep_comments(wave_id, kept))
        while not await store.write(lambda tx: forget_answers(tx, wave_id)):
            pass
