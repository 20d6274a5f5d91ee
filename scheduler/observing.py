"""What may be watched of time and delivery: counts and times, for whoever keeps figures."""

from __future__ import annotations

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


class Unobserved:
    """Nobody watches."""

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        pass

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        pass
