"""Observers are told, whatever one of them does wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from core.people import Platform
from scheduler.observing import Together, Unobserved
from scheduler.ports import Claimed, Result, Sent

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CLAIMED = Claimed(
    delivery_id=UUID(int=1),
    lane="web:",
    kind="notice",
    subject=UUID(int=2),
    recipient=f"person:{UUID(int=3)}",
    platform=Platform.WEB,
    workspace="",
    conversation=str(UUID(int=3)),
    service_url=None,
    locale="en",
    timezone="UTC",
    attempts=1,
)


class Broken(Unobserved):
    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        raise RuntimeError("no")


class Counting(Unobserved):
    def __init__(self) -> None:
        self.told = 0

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        self.told += 1


def test_one_that_fails_holds_up_neither_the_others_nor_the_ledger() -> None:
    counting = Counting()
    Together(Broken(), counting).delivered(CLAIMED, Sent(reference="1"), NOON)
    assert counting.told == 1
