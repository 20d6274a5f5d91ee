"""What may be watched of time and delivery: counts and times, for whoever keeps figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from scheduler.ports import Claimed, Result

log = structlog.get_logger(__name__)


class Observer(Protocol):
    """Told after the fact, beside the work: none of these may raise or wait."""

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        """What became of a message is in the ledger."""
        ...

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        """A message of unknown outcome was looked for. None: its platform cannot look."""
        ...


class Together:
    """Several observers as one. What one of them does wrong must not hold up the ledger."""

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        self._tell(lambda observer: observer.delivered(claimed, result, now))

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        self._tell(lambda observer: observer.settled(claimed, result, now))

    def _tell(self, tell: Callable[[Observer], None]) -> None:
        for observer in self._observers:
            try:
                tell(observer)
            except Exception:
                log.exception("observer_failed")


class Unobserved:
    """Nobody watches."""

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        pass

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        pass


@dataclass(frozen=True, kw_only=True)
class LaneFigures:
    """A lane as it stands. ``overdue``: seconds since the first of its messages that may go might
    have gone; ``blocked``: seconds until it may send again; ``rate``: messages a second now."""

    lane: str
    queued: int
    overdue: float
    blocked: float
    rate: float
