"""The reading room: the one process beside the service in which messages are read.

scikit-learn and TextBlob take seconds to load and hundreds of megabytes, and no message may hold up
the service or the next message. So they live in a child process, every question to it has a time
limit, and a child that dies or says nothing is replaced.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import signal
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from core.people import Level, Role
from governance.committees.model import Committee
from governance.duplicates.model import Alike, Open
from governance.feedback.model import Reading, Urgency
from governance.reading.child import SERVE, Child, ChildAwayError, ChildFaultError, heard, where
from governance.reading.examples import Example

if TYPE_CHECKING:
    from governance.reading.reader import Reader

_Result = TypeVar("_Result")
_Asked = TypeVar("_Asked")

Message = tuple[str, Role | None, Level | None]
"""Text, and the author's role and level (None: said anonymously)."""

_TRIMMED = 25
"""After so many messages memory that they needed is given back."""

BATCH = 200
"""Messages read in one trip to the child (so that a cancelled ``read_many`` stops soon)."""

LEARNING_SECONDS = 180.0
"""For a child to load and learn: it takes 5 to 10 on two idle cores."""

READING_SECONDS = 5.0
"""Of processor time, for one message: a hundred times what one takes. Then the child gives up."""

GLANCE_SECONDS = 0.2
"""For a glance, in all: by the clock for whoever asks, of processor time in the child."""

_FIRST = "no wifi in room 12"


class UnreadError(Exception):
    """One message could not be read. ``alarms``: what its words alone say is urgent in it."""

    def __init__(self, why: str, alarms: tuple[Urgency, ...] = ()) -> None:
        super().__init__(why)
        self.alarms = alarms


@dataclass(frozen=True, kw_only=True)
class _Lessons:
    committees: tuple[Committee, ...]
    examples: tuple[Example, ...]
    names: frozenset[str]
    corrections: tuple[Example, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Unread:
    """In the place of a reading."""

    why: str
    alarms: tuple[Urgency, ...]


class ReadingRoom:
    """Reads messages in a child process. One per service; use it from one event loop.

    Nothing starts before the first message or ``open``. ``close`` ends the child; a closed room
    opens again at the next message.
    """

    def __init__(
        self,
        committees: Sequence[Committee],
        examples: Sequence[Example],
        names: Collection[str] = (),
    ) -> None:
        self._lessons = _lessons(committees, examples, names)
        self._child: Child | None = None
        self._turn = asyncio.Lock()
        self._exchanges: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Start the child where it is not there; replace one that does not answer."""
        await self._ask(_sign_of_life, None, 0)

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        """Read one message. ``UnreadError``: it cannot be read. ``ChildAwayError`` and
        ``ChildFaultError``: no message can be read now."""
        try:
            (found,) = await self._ask(_read, [(text, role, level)], READING_SECONDS)
        except ChildAwayError as error:
            # A child that had learned died over it, and so did the next: it is the message.
            try:
                alarms = await self._ask(_said_urgent, text, READING_SECONDS)
            except ChildAwayError:
                alarms = ()
            raise UnreadError(str(error), alarms) from None
        if isinstance(found, _Unread):
            raise UnreadError(found.why, found.alarms)
        return found

    async def glance(self, text: str) -> tuple[Urgency, ...] | None:
        """The kinds of emergency that reading the message will find, within ``GLANCE_SECONDS``.

        None where nobody can tell in time: the child was not started, is learning, is busy with
        something long, or hangs. It starts no child and never raises.
        """
        return await self._at_once(_alarms, text)

    async def meaning(self, text: str) -> bytes | None:
        """What a text means, as ``matching.packed``. None as of ``glance``, and without a model."""
        return await self._at_once(_meaning, text)

    async def _at_once(self, task: Callable[[str], _Result], text: str) -> _Result | None:
        if self._child is None:
            return None
        until = asyncio.get_running_loop().time() + GLANCE_SECONDS
        exchange = self._begin(self._ask_by(until, task, text))
        await asyncio.wait([exchange], timeout=GLANCE_SECONDS)
        if not exchange.done() or exchange.cancelled() or exchange.exception() is not None:
            return None
        return exchange.result()

    async def _ask_by(
        self, until: float, task: Callable[[str], _Result], text: str
    ) -> _Result | None:
        async with self._turn:
            child = self._child
            if child is None or asyncio.get_running_loop().time() >= until:
                return None  # nobody waits for it anymore
            try:
                return await child.ask(task, text, GLANCE_SECONDS)
            except ChildAwayError:
                self._lose(child)
                raise

    async def read_many(self, messages: Sequence[Message]) -> list[Reading]:
        """Read messages, in order. ``UnreadError``: one of them cannot be read."""
        readings: list[Reading] = []
        for at in range(0, len(messages), BATCH):
            batch = list(messages[at : at + BATCH])
            for found in await self._ask(_read, batch, READING_SECONDS * len(batch)):
                if isinstance(found, _Unread):
                    raise UnreadError(found.why, found.alarms)
                readings.append(found)
        return readings

    async def alike(self, redacted: str, queue: Sequence[Open]) -> Alike | None:
        """What of a queue says the same as a message. None: there is no model to tell by."""
        return await self._ask(_alike, (redacted, tuple(queue)), READING_SECONDS)

    async def meanings(self, texts: Sequence[str]) -> bytes | None:
        """What each text means, one after the other. None: there is no model to tell by."""
        return await self._ask(_meanings, tuple(texts), READING_SECONDS)

    async def themes_of(self, texts: Sequence[str]) -> Sequence[str]:
        """What each text is on, without reading what else there is in it; "" where it is on no
        theme, or cannot be read."""
        return await self._ask(_themes_of, tuple(texts), READING_SECONDS)

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
        if self._child is not None:
            await self._ask(_learn, self._lessons, LEARNING_SECONDS)

    async def correct(self, corrections: Sequence[Example]) -> None:
        """Tell what people put right: all that holds (see ``Reader.correct``). Before the first
        message it is only noted; a child that starts anew knows it from the start."""
        self._lessons = replace(self._lessons, corrections=tuple(corrections))
        if self._child is not None:
            await self._ask(_correct, self._lessons.corrections, LEARNING_SECONDS)

    async def close(self) -> None:
        """End the child and wait for it: nothing is left behind. What it was reading is still
        unread, and read at the next start."""
        going = list(self._exchanges)
        for exchange in going:
            exchange.cancel()
        child, self._child = self._child, None
        if child is not None:
            await child.end()
        await asyncio.gather(*going, return_exceptions=True)

    async def _ask(
        self, task: Callable[[_Asked], _Result], asked: _Asked, seconds: float
    ) -> _Result:
        """An answer of the child. Where it dies or hangs, a new one is asked once more."""
        return await asyncio.shield(self._begin(self._exchange(task, asked, seconds)))

    def _begin(self, talk: Coroutine[Any, Any, _Result]) -> asyncio.Task[_Result]:
        """A task of its own: whoever gives up waiting must not leave half an answer in the pipe."""
        exchange = asyncio.create_task(talk)
        self._exchanges.add(exchange)
        exchange.add_done_callback(self._exchanges.discard)
        exchange.add_done_callback(heard)
        return exchange

    async def _exchange(
        self, task: Callable[[_Asked], _Result], asked: _Asked, seconds: float
    ) -> _Result:
        async with self._turn:
            child = await self._learned()
            try:
                return await child.ask(task, asked, seconds)
            except ChildAwayError:
                if not self._lose(child):
                    raise  # the room was closed meanwhile
            child = await self._learned()
            try:
                return await child.ask(task, asked, seconds)
            except ChildAwayError:
                self._lose(child)
                raise

    def _lose(self, child: Child) -> bool:
        """Forget a child that is no more. False: it was not the room's any longer."""
        if child is not self._child:
            return False
        self._child = None
        return True

    async def _learned(self) -> Child:
        """The child, started and taught where it was not there. ``ChildFaultError``."""
        if self._child is not None:
            return self._child
        child, taught = await asyncio.to_thread(Child, SERVE), self._lessons
        self._child = child
        try:
            await child.ask(_learn, taught, LEARNING_SECONDS)
            while taught is not self._lessons:
                taught = self._lessons
                await child.ask(_learn, taught, LEARNING_SECONDS)
        except BaseException as error:
            self._lose(child)
            await child.end()
            if isinstance(error, ChildAwayError):
                raise ChildFaultError(f"no reader could be started: {error}") from None
            raise
        return child


def _lessons(
    committees: Sequence[Committee], examples: Sequence[Example], names: Collection[str]
) -> _Lessons:
    return _Lessons(committees=tuple(committees), examples=tuple(examples), names=frozenset(names))


# -- in the child -------------------------------------------------------------------------------

_reader: Reader | None = None
_learned: _Lessons | None = None
_read_so_far = 0
"""Messages."""


def _sign_of_life(_: None) -> None:
    return


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
    _reader.read(_FIRST, None, None)  # what loads at the first message loads now
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


def _meaning(text: str) -> bytes | None:
    return _meanings((text,))


def _meanings(texts: tuple[str, ...]) -> bytes | None:
    from governance.reading.matching import meanings  # heavy: only the child loads it

    return meanings(texts)


def _themes_of(texts: tuple[str, ...]) -> list[str]:
    if _reader is None:
        raise RuntimeError("The reading room was not opened.")
    return [_theme_of(_reader, text) for text in texts]


def _theme_of(reader: Reader, text: str) -> str:
    try:
        with _bounded():
            return reader.theme(text)
    except Exception:
        return ""


class _TooLongError(Exception):
    pass


@contextlib.contextmanager
def _bounded(seconds: float | None = None) -> Iterator[None]:
    """``_TooLongError`` after so much work, also within a regular expression. None:
    ``READING_SECONDS``."""

    def over(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, READING_SECONDS if seconds is None else seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _read(messages: list[Message]) -> list[Reading | _Unread]:
    if _reader is None:
        raise RuntimeError("The reading room was not opened.")
    global _read_so_far
    readings: list[Reading | _Unread] = []
    for text, role, level in messages:
        try:
            with _bounded():
                readings.append(_reader.read(text, role, level))
        except Exception as error:
            readings.append(_Unread(why=where(error), alarms=_said_urgent(text)))
        _read_so_far += 1
        if _read_so_far % _TRIMMED == 1:  # the first needs the most
            _give_back()
    return readings


def _alarms(text: str) -> tuple[Urgency, ...]:
    if _reader is None:
        raise RuntimeError("The reading room was not opened.")
    with _bounded(GLANCE_SECONDS):
        return _reader.alarms(text)


def _said_urgent(text: str) -> tuple[Urgency, ...]:
    """What the words of a message that cannot be read say of danger; nothing where not even that
    can be told."""
    from governance.reading.urgency import every_kind

    try:
        with _bounded():
            return tuple(every_kind(text))
    except Exception:
        return ()
