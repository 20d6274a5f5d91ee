"""What a stand-in was asked and what it did, so that a test can ask how often, how fast, and what
was refused."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call. ``where``: the conversation; ``what``: the delivery that a message carries, if
    any. ``status`` 0: the connection was cut. ``taken``: it was done, whatever was answered."""

    at: float
    method: str
    where: str
    status: int
    taken: bool
    what: str = ""

    @property
    def uncertain(self) -> bool:
        """Whether who asked cannot know what became of it."""
        return self.status == 0 or self.status >= 500


@dataclass
class Journal:
    """Calls in the order in which they were answered."""

    calls: list[Call] = field(default_factory=list)

    def note(
        self, method: str, where: str, *, status: int, taken: bool, what: str = "", at: float = 0.0
    ) -> None:
        moment = at or time.monotonic()
        call = Call(at=moment, method=method, where=where, status=status, taken=taken, what=what)
        self.calls.append(call)

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def throttled(self, method: str = "") -> list[Call]:
        """Calls that were answered with 429 (of a method, or of any)."""
        return [c for c in self.calls if c.status == 429 and method in ("", c.method)]

    def most_in(self, seconds: float, method: str, where: str = "") -> int:
        """The most that were taken in any window of so many seconds."""
        times = [c.at for c in self.of(method) if c.taken and where in ("", c.where)]
        return most_in(seconds, times)

    def sends(self, method: str) -> dict[str, list[Call]]:
        """The calls for each delivery, in order."""
        found: dict[str, list[Call]] = {}
        for call in self.of(method):
            found.setdefault(call.what or call.where, []).append(call)
        return found


def most_in(seconds: float, times: Iterable[float]) -> int:
    """The most moments in any half-open window."""
    window: deque[float] = deque()
    most = 0
    for at in sorted(times):
        window.append(at)
        while at - window[0] >= seconds:
            window.popleft()
        most = max(most, len(window))
    return most


class Window:
    """At most so many in any so many seconds, for several pairs at once; ``speed`` times as
    fast."""

    def __init__(self, limits: Sequence[tuple[int, float]], speed: float = 1.0) -> None:
        self._limits = [(most, span / speed) for most, span in limits]
        self._times: deque[float] = deque()

    def room_in(self, now: float) -> float:
        """Seconds until one more fits; 0: now."""
        longest = max(span for _, span in self._limits)
        while self._times and now - self._times[0] >= longest:
            self._times.popleft()
        wait = 0.0
        for most, span in self._limits:
            # Taken in order: the window is full where the last but so many is still in it.
            if len(self._times) >= most and now - self._times[-most] < span:
                wait = max(wait, self._times[-most] + span - now)
        return wait

    def take(self, now: float) -> None:
        self._times.append(now)


class Bucket:
    """A limit that fills evenly: ``per_second``, and ``burst`` at once."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._filled = burst
        self._at: float | None = None

    def room_in(self, now: float) -> float:
        passed = now - self._at if self._at is not None else 0.0
        self._at = now
        self._filled = min(self._burst, self._filled + passed * self._per_second)
        # Within a millisecond of full is full: clocks are floats.
        return max(0.0, (1 - self._filled) / self._per_second - 0.001)

    def take(self, now: float) -> None:
        self._filled -= 1
