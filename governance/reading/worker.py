"""The reading room: the one process beside the service in which messages are read.

scikit-learn and TextBlob take seconds to load and hundreds of megabytes; they live in one child
that starts at the first message. It may die (out of memory, killed): then a new one is started
and the message read again, once.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from governance.committees import Committee
from governance.feedback import Reading
from governance.matter import Alike, Open
from governance.reading.examples import Example
from surveys.people import Level, Role

if TYPE_CHECKING:
    from governance.reading.reader import Reader

_Result = TypeVar("_Result")
_Asked = TypeVar("_Asked")

Message = tuple[str, Role | None, Level | None]
"""Text, and the author's role and level (None: said anonymously)."""

_TUNABLES = "GLIBC_TUNABLES"

_TRIMMED = 25
"""After so many messages memory that they needed is given back."""

BATCH = 200
"""Messages read in one trip to the child (so that a cancelled ``read_many`` stops soon)."""


@dataclass(frozen=True, kw_only=True)
class _Lessons:
    committees: tuple[Committee, ...]
    examples: tuple[Example, ...]
    names: frozenset[str]
    corrections: tuple[Example, ...] = ()


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

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        """Read one message. Raises ``BrokenProcessPool`` if the child died twice over it."""
        return (await self._ask(_read, [(text, role, level)]))[0]

    async def read_many(self, messages: Sequence[Message]) -> list[Reading]:
        """Read messages, in order."""
        readings: list[Reading] = []
        for at in range(0, len(messages), BATCH):
            readings += await self._ask(_read, list(messages[at : at + BATCH]))
        return readings

    async def alike(self, redacted: str, queue: Sequence[Open]) -> Alike | None:
        """What of a queue says the same as a message. None: there is no model to tell by."""
        return await self._ask(_alike, (redacted, tuple(queue)))

    async def retrain(
        self,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        names: Collection[str] = (),
    ) -> None:
        """Learn anew (a district was loaded, moves were made); returns once it has. Before the
        first message it only notes what to learn."""
        kept = self._lessons.corrections
        self._lessons = replace(_lessons(committees, examples, names), corrections=kept)
        if self._pool is not None:
            await self._ask(_learn, self._lessons)

    async def correct(self, corrections: Sequence[Example]) -> None:
        """Tell what people put right: all that holds (see ``Reader.correct``). Before the first
        message it is only noted; a child that starts anew knows it from the start."""
        self._lessons = replace(self._lessons, corrections=tuple(corrections))
        if self._pool is not None:
            await self._ask(_correct, self._lessons.corrections)

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
            _start(self._pool)
        return self._pool

    async def _discard(self, broken: ProcessPoolExecutor) -> None:
        """Put a broken pool away. Of several readers that saw it break one does it: a pool that
        is shut down twice at once may close file handles that are somebody else's by then."""
        if self._pool is broken:
            self._pool = None
            await asyncio.to_thread(broken.shutdown, wait=True, cancel_futures=True)


def _start(pool: ProcessPoolExecutor) -> None:
    """Start the child. The model's weights are read from end to end for each message; in large
    pages that takes a fifth less. Only glibc knows the variable, and only where it stands in a
    process's environment at its start; a district's own goes before."""
    own = os.environ.get(_TUNABLES)
    os.environ.setdefault(_TUNABLES, "glibc.malloc.hugetlb=1")
    try:
        pool.submit(os.getpid)  # an executor starts its process at its first task
    finally:
        if own is None:
            del os.environ[_TUNABLES]


def _lessons(
    committees: Sequence[Committee], examples: Sequence[Example], names: Collection[str]
) -> _Lessons:
    return _Lessons(committees=tuple(committees), examples=tuple(examples), names=frozenset(names))


# -- in the child -------------------------------------------------------------------------------

_reader: Reader | None = None
_learned: _Lessons | None = None
_read_so_far = 0
"""Messages."""


def _open(lessons: _Lessons) -> None:
    # Before the libraries load: on matrices this small a second thread only spins beside the first
    # (49 ms of processor a message became 25 without it).
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
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
    """Nothing, where all that is new is who sits on a committee, or what was put right."""
    from governance.reading.reader import Reader  # heavy: only the child loads it

    global _reader, _learned
    gc.unfreeze()
    to_learn = replace(lessons, committees=_as_read(lessons.committees), corrections=())
    if _reader is None or to_learn != _learned:
        _reader = Reader.train(to_learn.committees, to_learn.examples, to_learn.names)
        _learned = to_learn
    _reader.correct(lessons.corrections)
    gc.collect()
    gc.freeze()  # what was learned stays, and is not looked through for garbage
    _give_back()


def _as_read(committees: tuple[Committee, ...]) -> tuple[Committee, ...]:
    """Without the people on them, and where they talk."""
    return tuple(
        Committee(
            key=one.key,
            name=one.name,
            charter=one.charter,
            chair="",
            deputy="",
            serves=one.serves,
            themes=one.themes,
        )
        for one in committees
    )


def _correct(corrections: tuple[Example, ...]) -> None:
    if _reader is None:
        raise RuntimeError("The reading room was not opened.")
    _reader.correct(corrections)
    _give_back()


def _give_back() -> None:
    """Learning needs some 200 MB for a while, which the C library would keep for the next time."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # not every C library can
        ctypes.CDLL(None).malloc_trim(0)


def _alike(asked: tuple[str, tuple[Open, ...]]) -> Alike | None:
    from governance.reading.matching import alike  # heavy: only the child loads it

    return alike(*asked)


def _read(messages: list[Message]) -> list[Reading]:
    if _reader is None:
        raise RuntimeError("The reading room was not opened.")
    global _read_so_far
    readings = []
    for text, role, level in messages:
        readings.append(_reader.read(text, role, level))
        _read_so_far += 1
        if _read_so_far % _TRIMMED == 1:  # the first needs the most
            _give_back()
    return readings
