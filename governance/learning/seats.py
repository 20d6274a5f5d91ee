"""Seats: never more than there are, and whoever waits longest gets the next. The session is locked
(``lock_training``) whenever one is taken or given."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance.learning.messages import SessionNews
from governance.learning.model import TrainingSession
from governance.ports import GovernanceStore


def take(store: GovernanceStore, session: TrainingSession, person: UUID, now: datetime) -> None:
    """A seat, or the last place on the waiting list. Who has one already keeps it."""
    if store.seat(session.id, person) is None:
        free = _free(store, session)
        store.add_seat(session.id, person, now, seated=free is None or free > 0)


def give_up(store: GovernanceStore, session: TrainingSession, person: UUID, now: datetime) -> None:
    store.drop_seat(session.id, person)
    fill(store, session, now)


def fill(store: GovernanceStore, session: TrainingSession, now: datetime) -> None:
    """Free seats go to those who wait longest; each is told at once. Who left has none."""
    store.drop_seats_of_left(session.id)
    free = _free(store, session)
    if free is not None and free <= 0:
        return
    for seat in store.seats(session.id, seated=False, most=free):
        store.give_seat(seat)
        person = store.person(seat.person)
        if person is not None:
            signed_up = int(seat.at.timestamp() * 1_000_000)
            store.deliver_to_person(
                person,
                campaign=f"session:{session.id}:{signed_up}",
                kind=SessionNews.SEAT,
                subject=session.id,
                now=now,
                own=True,
            )


def _free(store: GovernanceStore, session: TrainingSession) -> int | None:
    """None: no limit."""
    if session.capacity is None:
        return None
    return session.capacity - store.count_seats([session.id])[session.id].taken
