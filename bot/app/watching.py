"""Who watches the work: the log, under the trip that caused it, and whoever keeps figures."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, assert_never

import structlog

from governance.delivery_reasons import DeliveryReason
from scheduler.ports import (
    Away,
    Claimed,
    Failed,
    NotTaken,
    Result,
    Sent,
    Spared,
    Stopped,
    Throttled,
    Unknown,
    Unreachable,
)
from scheduler.trips import new_trip, on_trip
from storage.watching import StoreWatch
from storage.watching import Unwatched as UnwatchedStore

log = structlog.get_logger(__name__)


class Watch(StoreWatch, Protocol):
    """What may be watched of a store and of the dispatch on it."""

    def handled(self, command: str) -> None:
        """A command of this type was handled."""
        ...

    def entry_failed(self) -> None:
        """An entry of the clock could not be done; it is tried again."""
        ...


class Unwatched(UnwatchedStore):
    """Nobody watches."""

    def handled(self, command: str) -> None:
        pass

    def entry_failed(self) -> None:
        pass


def outcome_of(result: Result) -> str:
    """A result in one word."""
    match result:
        case Sent():
            return "sent"
        case Throttled():
            return "throttled"
        case NotTaken():
            return "not_taken"
        case Away():
            return "away"
        case Unknown():
            return "unknown"
        case Failed():
            return "failed"
        case Unreachable():
            return "unreachable"
        case Stopped():
            return "stopped"
        case Spared():
            return "spared"
        case _:
            assert_never(result)


class DeliveryLog:
    """Implements ``scheduler.observing.Observer``. A line names the delivery, and neither the
    recipient nor why: the ledger has both, for whoever may read it."""

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        _tell("delivered", claimed, result)

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        if result is not None:
            _tell("looked_for", claimed, result)


def _tell(event: str, claimed: Claimed, result: Result) -> None:
    expected = isinstance(result, Sent | Throttled | NotTaken | Away | Stopped | Spared)
    dropped = getattr(result, "why", "") == DeliveryReason.NOT_NEEDED
    tell = log.info if expected or dropped else log.warning
    with on_trip(claimed.trip or new_trip()):
        tell(
            event,
            delivery=str(claimed.delivery_id),
            kind=claimed.kind,
            platform=str(claimed.platform),
            outcome=outcome_of(result),
            attempt=claimed.attempts,
        )
