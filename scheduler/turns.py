"""Turns: which lanes are served when there are more of them than places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

_REST = timedelta(seconds=0.5)


class Turns:
    """At most ``places`` lanes run at once; the one that was served longest ago is next."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._running: set[str] = set()
        self._served: dict[str, datetime] = {}
        self._rests: dict[str, datetime] = {}
        self.crowded = False
        """Whether a lane with work waits for a place: then stints end in time."""

    def begin(self, lanes: Iterable[str], now: datetime) -> list[str]:
        """The lanes among those with work that start now; they hold a place until ``end``."""
        waiting = [
            lane for lane in lanes if lane not in self._running and not self._rests_at(lane, now)
        ]
        waiting.sort(key=lambda lane: (lane in self._served, self._served.get(lane, now), lane))
        begun = waiting[: max(self._places - len(self._running), 0)]
        self._running.update(begun)
        self.crowded = len(begun) < len(waiting)
        return begun

    def _rests_at(self, lane: str, now: datetime) -> bool:
        until = self._rests.get(lane, now)
        return now < until <= now + _REST  # farther ahead, the clock was set back since

    def end(self, lane: str, now: datetime, *, sent_something: bool) -> None:
        """Give the place back. A lane that could send nothing rests a moment."""
        self._running.discard(lane)
        self._served[lane] = now
        if sent_something:
            self._rests.pop(lane, None)
        else:
            self._rests[lane] = now + _REST
