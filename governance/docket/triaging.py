"""Triage: how many wait is told every school day, and what is late to the deputy as well."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.people import Person
from governance.access import CLOCK, anybody
from governance.committees.model import TRIAGE, Office
from governance.deliveries import Deliveries, Delivery
from governance.docket.dating import is_late
from governance.docket.handlers import about_brief, brief
from governance.duplicates.commands import TellTriage
from governance.feedback.model import OPEN_STATES, TRIAGE_LATE, Item
from governance.feedback.named import unnamed
from governance.messages import Brief, Done
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.upkeep.handlers import HOUSE
from governance.upkeep.messages import TriageWaiting

TELL_TRIAGE = "tell-triage"
SCHOOL_MORNINGS = "40 7 * * mon-fri"
"""When it is told; on holidays nothing is."""

WAITING = "triage-waiting"
MOST = 1000


def tell(store: GovernanceStore, command: TellTriage, now: datetime) -> Done:
    """The owner and the first deputy hear how many wait; each deputy gets what is late itself,
    once, with its buttons."""
    district, items = store.district(), _open(store)
    today = now.astimezone(ZoneInfo(district.timezone)).date()
    calendar = district.calendar
    if not items or (calendar is not None and not calendar.is_school_day(today)):
        return Done()
    owners = store.holders(Office.TRIAGE_OWNER)
    for owner in owners[:2]:
        store.deliver_to_person(
            owner, campaign=f"triage:{today}", kind=WAITING, subject=HOUSE, now=now
        )
    for item in items:
        if is_late(item, now):
            for deputy in unnamed(store, item.id, owners[1:]):
                campaign = f"item:{item.id}:{item.moves}"
                store.deliver_to_person(
                    deputy, campaign=campaign, kind=TRIAGE_LATE, subject=item.id, now=now
                )
    return Done()


def waiting(store: GovernanceStore, reader: Person | None, now: datetime) -> TriageWaiting | None:
    """What is told when a message's turn comes. None: nothing waits, or they have triage no more
    (``reader`` None: nobody is known). What names them is not counted for them."""
    kept = store.kept_from(reader.id) if reader else frozenset[UUID]()
    items = [one for one in _open(store) if one.id not in kept]
    if not items or not _sorts(store, reader):
        return None
    return TriageWaiting(
        items=len(items),
        oldest_at=min(item.received_at for item in items),
        late=sum(is_late(item, now) for item in items),
    )


def late_one(store: GovernanceStore, item: Item, reader: Person | None) -> Brief | None:
    """Something late, for a deputy, while it is still in triage."""
    here = item.queue == TRIAGE and item.state in OPEN_STATES
    return brief(store, item, seen_from=TRIAGE) if here and _sorts(store, reader) else None


def _sorts(store: GovernanceStore, reader: Person | None) -> bool:
    return reader is None or Office.TRIAGE_OWNER in store.standing(reader.id).offices


def _open(store: GovernanceStore) -> list[Item]:
    return [one for one in store.items_in(TRIAGE, most=MOST) if one.state in OPEN_STATES]


DELIVERIES: Deliveries = (
    Delivery(
        kind=WAITING,
        compose=lambda on: waiting(on.store, on.reader or on.to, on.now),
        personal=True,
    ),
    Delivery(
        kind=TRIAGE_LATE,
        compose=about_brief(lambda on, item: late_one(on.store, item, on.reader)),
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=TellTriage,
        run=lambda store, _, command, now: tell(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=TELL_TRIAGE, command=lambda *_: TellTriage(), rule=SCHOOL_MORNINGS),
    ),
)
