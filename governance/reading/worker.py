"""The reading room: the one process beside the service in which messages are read.

scikit-learn and TextBlob take seconds to load and hundreds of megabytes; they live in one child
that starts at the first message. It may die (out of memory, killed): then a new one is started
and the message read again, once.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from governance.committees import Committee
from governance.feedback import Reading
from governance.reading.examples import Example
from surveys.people import Level, Role

if TYPE_CHECKING:
    from governance.reading.reader import Reader

_Result = TypeVar("_Result")
_Asked = TypeVar("_Asked")

Message = tuple[str, Role, Level]
"""Text, and the author's role and level."""

BATCH = 200
"""Messages read in one trip to the child (so that a cancelled ``read_many`` stops soon)."""


@dataclass(frozen=True, kw_only=True)
class _Lessons:
    committees: tuple[Committee, ...]
    examples: tuple[Example, ...]
    names: frozenset[str]


class ReadingRoom:
    """Reads messages in a child process. One per service; use it from one event loop.

    Nothing starts before the first message. ``close`` ends the child; a closed room opens again
    at the next message.
    """

    def __init__(
        self,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        names: Collection[str] = (),
    ) -> None:
        self._lessons = _lessons(committees, examples, names)
        self._pool: ProcessPoolExecutor | None = None

    async def read(self, text: str, role: Role, level: Level) -> Reading:
        """Read one message. Raises ``BrokenProcessPool`` if the child died twice over it."""
        return (await self._ask(_read, [(text, role, level)]))[0]

    async def read_many(self, messages: Sequence[Message]) -> list[Reading]:
        """Read messages, in order."""
        readings: list[Reading] = []
        for at in range(0, len(messages), BATCH):
            readings += await self._ask(_read, list(messages[at : at + BATCH]))
        return readings

    async def retrain(
        self,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        names: Collection[str] = (),
    ) -> None:
        """Learn anew (a district was loaded, moves were made); returns once it has. Before the
        first message it only notes what to learn."""
        self._lessons = _lessons(committees, examples, names)
        if self._pool is not None:
            await self._ask(_learn, self._lessons)

    async def close(self) -> None:
        """End the child and wait for it: nothing is left behind."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for child in list(pool._processes.values()):  # public only from Python 3.14 on
                child.terminate()  # what it was reading is still unread, and read at the next start
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    async def _ask(self, task: Callable[[_Asked], _Result], asked: _Asked) -> _Result:
        pool = self._running()
        try:
            return await asyncio.wrap_future(pool.submit(task, asked))
        except BrokenProcessPool:
            await self._discard(pool)
        again = self._running()
        return await asyncio.wrap_future(again.submit(task, asked))

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_open,
                initargs=(self._lessons,),
            )
        return self._pool

    async def _discard(self, broken: ProcessPoolExecutor) -> None:
        """Put a broken pool away. Of several readers that saw it break one does it: a pool that
        is shut down twice at once may close file handles that are somebody else's by then."""
        if self._pool is broken:
            self._pool = None
            await asyncio.to_thread(broken.shutdown, wait=True, cancel_futures=True)


def _lessons(
    committees: Sequence[Committee], examples: Sequence[Example], names: Collection[str]
) -> _Lessons:
    return _Lessons(committees=tuple(committees), examples=tuple(examples), names=frozenset(names))


# -- in the child -------------------------------------------------------------------------------

_reader: Reader | None = None


def _open(lessons: _Lessons) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the service's: it closes the room
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _learn(lessons)


def _end_with_parent() -> None:
    """A killed service must not leave its child waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _learn(lessons: _Lessons) -> None:
    from governance.reading.reader import Reader  # heavy: only the child loads it

    global _reader
    _reader = Reader.train(lessons.committees, lessons.examples, lessons.names)


def _read(messages: list[Message]) -> list[Reading]:
    if _reader is None:
        raise RuntimeError("The reading room was not opened.")
    return [_reader.read(text, role, level) for text, role, level in messages]
