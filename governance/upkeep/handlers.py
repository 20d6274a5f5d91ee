"""Housekeeping: what is kept only so that things happen once goes when it has done its work.

The days are the district's records schedule's where it says nothing else (domain plan, Keeping).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from governance.access import CLOCK, anybody
from governance.chat.model import HELD_FOR
from governance.home.commands import KeepHouse
from governance.messages import Done
from governance.office.importing import KEPT as IMPORT_KEPT
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.originals import sweep_originals
from governance.series.jobs import plan_all

KEEP_HOUSE = "keep-house"
HOUSE = UUID(int=0)
"""The subject of its entry on the clock: there is one house."""

NIGHTLY = "* 2-4 * * *"
"""A small part each time, so that nobody waits for an answer meanwhile: what is left is the next
one's."""

EVENTS_KEPT = timedelta(days=30)
"""Platforms send an event again for hours, and sign-in links last for minutes."""

LONGEST_SESSION = timedelta(days=31)
"""The most that the setting takes; most districts have theirs end the same day."""

REPLIES_KEPT = timedelta(days=7)
"""The originals of those that were about danger; all others go when they were read."""

DELIVERIES_KEPT = timedelta(days=400)
"""Longer than a school year. How many of a campaign became what is kept for good."""

UNSENT_KEPT = timedelta(days=7)
"""What somebody typed into a form that was not taken."""

HAPPENED_KEPT = DELIVERIES_KEPT
"""What the clock did once: as long as the deliveries that followed from it."""


def keep_house(store: GovernanceStore, command: KeepHouse, now: datetime) -> Done:
    """One part of a night's work."""
    store.chain_releases(now)
    sweep_originals(store, now)
    store.forget_sessions(now - LONGEST_SESSION)
    store.forget_calendar_addresses()
    store.forget_trials(now)
    store.forget_unsent(now - UNSENT_KEPT, now - IMPORT_KEPT)
    store.forget_events(now - EVENTS_KEPT)
    store.forget_replies(now - REPLIES_KEPT)
    store.forget_words(now - HELD_FOR)
    store.forget_deliveries(now - DELIVERIES_KEPT)
    store.forget_occurrences(now - EVENTS_KEPT, now - HAPPENED_KEPT)
    plan_all(store, now, again=True)
    return Done()


OPERATIONS: Operations = (
    Operation(
        command=KeepHouse,
        run=lambda store, _, command, now: keep_house(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=KEEP_HOUSE, command=lambda *_: KeepHouse(), rule=NIGHTLY),
    ),
)
