"""How long a door waits for the database.

Whoever answers a request begins a ``Deadline``; the store then waits no longer for any transaction
of that request. Without one (the clock, the pump, the command line) it waits as long as it takes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

SECONDS = 2.5
"""Slack shows an error after 3 seconds without an answer; the rest is for the way back."""


class Deadline:
    """For one request, ``SECONDS`` from now. ``working``: as many more seconds for a write that has
    begun, where whoever waits can wait longer (a browser)."""

    def __init__(self, *, working: float = 0.0) -> None:
        self._until: float | None = time.monotonic() + SECONDS
        self._more = working

    def left(self, *, working: bool = False) -> float | None:
        """Seconds, at least 0; None: no limit any more."""
        if self._until is None:
            return None
        more = self._more if working else 0.0
        return max(self._until + more - time.monotonic(), 0.0)

    def extend(self, seconds: float) -> None:
        """Time in which the other side was waited for does not count."""
        if self._until is not None:
            self._until += seconds

    def lift(self) -> None:
        """The answer is on its way: what comes after it has time."""
        self._until = None


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def answering(deadline: Deadline) -> Iterator[Deadline]:
    """Everything in the block, and in tasks begun there, keeps to this deadline until it is
    lifted; it is at the end."""
    token = _current.set(deadline)
    try:
        yield deadline
    finally:
        deadline.lift()
        _current.reset(token)


@contextmanager
def waiting_for_others() -> Iterator[None]:
    """Time in the block is somebody else's, not the database's: the deadline moves by it."""
    began = time.monotonic()
    try:
        yield
    finally:
        if (deadline := _current.get()) is not None:
            deadline.extend(time.monotonic() - began)


PATIENCE = 30.0
"""Seconds that somebody waits for what they know takes a while, such as a large file."""


@contextmanager
def taking_a_while(seconds: float = PATIENCE) -> Iterator[None]:
    """Long work that is more than the database's, and asks it in between: it has so many seconds
    more. Afterwards as much is left as before it."""
    deadline, began = _current.get(), time.monotonic()
    if deadline is None:
        yield
        return
    deadline.extend(seconds)
    try:
        yield
    finally:
        deadline.extend(time.monotonic() - began - seconds)


def current() -> Deadline | None:
    """The deadline of the request that is being answered here."""
    return _current.get()


class Turn:
    """One write, seen from the thread that does it and from whoever waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun = self._given_up = False

    def begins(self) -> bool:
        """Called by the thread once the database has let it in. False: nobody waits any more, so
        it must do nothing."""
        with self._lock:
            self._begun = not self._given_up
            return self._begun

    def give_up(self) -> bool:
        """Whether the write is now sure never to happen. False: it has begun."""
        with self._lock:
            self._given_up = not self._begun
            return self._given_up
