"""A trip: everything that one request, or one entry of the clock, causes, from the door to the last
message. Its id stands in every log line of it and on every delivery that it queued.

An id is random and says nothing. No line of a trip names a person, and what somebody answered is
kept without the trip it came by: the log of a trip tells what happened, not who said what.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from structlog.contextvars import bound_contextvars, get_contextvars

LONGEST = 16
"""Characters of an id."""


def new_trip() -> str:
    return uuid4().hex[:LONGEST]


def current_trip() -> str | None:
    """The trip we are on. None: nobody began one."""
    trip = get_contextvars().get("trip")
    return trip if isinstance(trip, str) else None


@contextmanager
def on_trip(trip: str | None = None) -> Iterator[str]:
    """Be on a trip: the one that is given, else the one we are on, else a new one."""
    trip = trip or current_trip() or new_trip()
    with bound_contextvars(trip=trip):
        yield trip
