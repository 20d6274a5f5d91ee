"""Housekeeping: what is kept only so that things happen once goes when it has done its work.

The days are the district's records schedule's where it says nothing else (domain plan, Keeping).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from governance.commands import KeepHouse
from governance.messages import Done
from governance.ports import GovernanceStore

KEEP_HOUSE = "keep-house"
HOUSE = UUID(int=0)
"""The subject of its entry on the clock: there is one house."""

NIGHTLY = "30 2 * * *"

EVENTS_KEPT = timedelta(days=30)
"""Platforms send an event again for hours, and sign-in links last for minutes."""

HAPPENED_KEPT = timedelta(days=400)
"""What the clock did once: as long as the deliveries that came of it."""


def keep_house(store: GovernanceStore, command: KeepHouse, now: datetime) -> Done:
    """Once a night. Doing it twice deletes nothing more."""
    store.forget_events(now - EVENTS_KEPT)
    store.forget_occurrences(now - EVENTS_KEPT, now - HAPPENED_KEPT)
    return Done()
