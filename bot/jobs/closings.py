"""What follows when a wave stops taking answers: its results are computed in a process of its own,
its comments are read for themes, all is written, and the answers deleted. A step that fails or is
cut short is taken again at the clock's next look. Without themes a closing ends all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from datetime import datetime
from uuid import UUID

import structlog

from bot.app.watching import Watch
from bot.jobs import computing
from governance.alignment.handlers import begin as begin_alignment
from governance.reading.child import Child
from governance.reading.personal_data import without_personal_data
from storage.store import Store
from storage.transaction import Transaction
from surveys.waves.closing import Computed, forget_answers, gather, left_comments, publish

log = structlog.get_logger(__name__)

_SECONDS = 600.0
"""After so many a process hangs that computes."""

WAITED = 20.0
"""Seconds for which the clock, or whoever closes, waits. Then the closing goes on beside them."""

_THEMES_SECONDS = 120.0
"""For reading the comments of a survey: a thousand take nine on one core."""

ThemesOf = Callable[[Sequence[str]], Awaitable[Sequence[str]]]
"""The theme of each text, "" where it has none. It raises where nobody can read now."""


async def no_reader(_: Sequence[str]) -> Sequence[str]:
    """Where there is none."""
    raise LookupError("nobody reads here")


class Closings:
    """One process's closings, one after the other. Two processes may compute the same one; the
    database takes the results of the first."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        watch: Watch,
        themes_of: ThemesOf = no_reader,
    ) -> None:
        self._store = store
        self._clock = clock
        self._watch = watch
        self._themes_of = themes_of
        self._alone = asyncio.Lock()
        self._going: dict[UUID, asyncio.Task[None]] = {}

    async def take_up(self) -> int:
        """Finish every closing that was begun. How many there were."""
        begun = await self._store.read(lambda tx: tx.unfinished())
        await self.finish(*begun)
        return len(begun)

    async def finish(self, *waves: UUID) -> None:
        """Take the remaining steps of closings, and wait for them a while. What fails is logged,
        and the answers are kept."""
        if waves:
            await asyncio.wait([self._begun(one) for one in waves], timeout=WAITED)

    def _begun(self, wave_id: UUID) -> asyncio.Task[None]:
        found = self._going.get(wave_id)
        if found is None:
            # Its own context: whoever closes has a deadline, and a closing has none.
            found = asyncio.create_task(self._finish(wave_id), context=Context())
            self._going[wave_id] = found
            found.add_done_callback(lambda _: self._going.pop(wave_id))
        return found

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
                results = await self._with_themes(results, child)
                first = await store.write(lambda tx: published(tx, results, now))
                said = "closing.published" if first else "closing.was_published"
                log.info(said, wave=str(wave_id))
        finally:
            await child.end()
        while not await store.write(lambda tx: forget_answers(tx, wave_id)):
            pass

    async def _with_themes(self, results: Computed, child: Child) -> Computed:
        """The same with what the comments are about; as they are where nobody can read them."""
        texts = list(dict.fromkeys(one for wrote in results.written for one in wrote))
        if not texts:
            return results
        try:
            async with asyncio.timeout(_THEMES_SECONDS):
                read = dict(zip(texts, await self._themes_of(texts), strict=True))
            return await child.ask(computing.with_themes, (results, read), _SECONDS)
        except Exception as error:
            # Its kind only: what it says may be somebody's words.
            wave = str(results.wave.id)
            log.warning("closing.themes_not_read", wave=wave, why=type(error).__name__)
            return results

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
