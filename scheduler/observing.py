"""What may be watched of time and delivery: counts and times, for whoever keeps figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduler.ports import Claimed, Result


class Observer(Protocol):
    """Told after the fact, beside the work: none of these may raise or wait."""

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        """What became of a message is in the ledger."""
        ...

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        """A message of unknown outcome was looked for. None: its platform cannot look."""
        ...


class Together:
    """Several observers as one."""

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        for observer in self._observers:
            observer.delivered(claimed, result, now)

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        for observer in self._observers:
            observer.settled(claimed, result, now)


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
