"""Whether a platform is there at all: what the latest messages of a lane tell of it.

One message without a connection, or without an answer, is bad luck. Several in a row are an outage:
whoever went on sending would leave thousands of people of whom nobody knows whether they got it.
So the lane rests, and then asks with one message at a time whether the platform is back.
"""

from __future__ import annotations

from scheduler.ports import Away, NotTaken, Result, Spared, Stopped, Unknown

IN_A_ROW = 5
"""So many messages without an answer are no chance any more, even where one in ten is lost."""

_REST_SECONDS = 10.0
_LONGEST_REST_SECONDS = 60.0
"""An answer that did not come leaves somebody of whom nobody knows: those are asked with seldom.
A connection that could not be made harms nobody, and is tried every ten seconds."""


class Absence:
    """What is known of one lane's platform; it outlives a stint."""

    def __init__(self) -> None:
        self._unanswered = 0
        self._rests = 0

    @property
    def suspected(self) -> bool:
        """Whether the platform seems to be away."""
        return self._unanswered >= IN_A_ROW

    def heard(self, result: Result) -> None:
        """Hear what became of a message."""
        match result:
            case Away():
                self._unanswered += 1
                self._rests = 0
            case Unknown():
                self._unanswered += 1
            case NotTaken() | Stopped() | Spared():
                pass  # nobody asked the platform, or it says nothing of it
            case _:
                self._unanswered = self._rests = 0

    def rest(self) -> float:
        """Seconds that the lane should rest now, while the platform is suspected."""
        self._rests += 1
        return min(_REST_SECONDS * 2.0 ** (self._rests - 1), _LONGEST_REST_SECONDS)
