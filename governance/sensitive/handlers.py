"""What is sensitive: read by one named person, every day, and never filed unread. What names all of
those who read it is read by whoever stands in for them (``standing_in``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.people import Person
from governance.access import CLOCK, Actor, anybody
from governance.committees.model import RESTRICTED, Office
from governance.deliveries import Deliveries, Delivery, about_item
from governance.feedback.handlers import tell_sensitive
from governance.feedback.model import OPEN_STATES, Item
from governance.home.commands import RemindReader
from governance.messages import Done, News, RestrictedWaiting
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.sensitive.substitutes import done_by, nobody_reads, readers, stood_in, who_reads

REMIND = "restricted-daily"
"""The clock's kind of entry, and the kind of the message."""

DAILY = "0 8 * * *"
UNREAD_FOR = timedelta(days=1)
"""From which on the deputies are told, too."""


def note_opened(store: GovernanceStore, actor: Actor, item_id: UUID, now: datetime) -> None:
    """Somebody who may reads something on the restricted page: the first time counts, each is in
    the audit. That its author looks at it is no reading."""
    item, who = store.item(item_id), actor.person_id
    if item is None or item.queue != RESTRICTED or who is None or who == item.author:
        return
    store.audit(who, done_by(store, who, item, "opened something sensitive"), item_id, now)
    store.note_opening(item_id, who, now)


def remind(store: GovernanceStore, command: RemindReader, now: datetime) -> Done:
    """Tell the reader how much is unread since when; after a day the deputies, too. What is kept
    from one of them is told to the others by itself, so that no count speaks of it."""
    for_all, by_itself = _unread(store)
    if for_all:
        _remind(store, for_all, store.holders(Office.RESTRICTED_READER), now)
    for item in by_itself:
        if told := who_reads(store, item):
            _remind(store, [item], told, now, alone=f":{item.id}")
        else:
            tell_sensitive(store, item, now)  # also where the last who could read it has left
    return Done()


def _remind(
    store: GovernanceStore,
    unread: Sequence[Item],
    told: Sequence[Person],
    now: datetime,
    alone: str = "",
) -> None:
    today = _here(store, now).date().isoformat()
    oldest = min(unread, key=lambda item: item.received_at)
    late = now - oldest.received_at >= UNREAD_FOR
    for reader in told if late else told[:1]:
        store.deliver_to_person(
            reader, campaign=f"restricted:{today}{alone}", kind=REMIND, subject=oldest.id, now=now
        )


def _here(store: GovernanceStore, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(store.district().timezone))


def _unread(store: GovernanceStore) -> tuple[list[Item], list[Item]]:
    """What every reader may be told of, and what is kept from one of them."""
    unread, all_of_them = store.unopened_items(), len(store.holders(Office.RESTRICTED_READER))
    by_itself = [one for one in unread if not all_of_them or len(readers(store, one)) < all_of_them]
    return [one for one in unread if one not in by_itself], by_itself


def noticed(store: GovernanceStore, item: Item, reader: Person | None) -> RestrictedWaiting | None:
    """That something sensitive is there, for whoever may read it now (``reader`` None: it is just
    going out to them)."""
    if not _still_for(store, item, reader):
        return None
    return RestrictedWaiting(
        item_id=item.id, received_at=item.received_at, stands_in=stood_in(store, item)
    )


def waiting(
    store: GovernanceStore, subject: Item, reader: Person | None, now: datetime
) -> RestrictedWaiting | None:
    """How much is unread now, beside what a reminder is about. None: everything was read."""
    for_all, by_itself = _unread(store)
    alone = subject in by_itself
    if not _still_for(store, subject, reader):
        return None
    unread = [subject] if alone else for_all
    if not unread or (not alone and store.named_in(subject.id)):
        return None  # what it was about was read, and names a reader: of the rest others tell
    oldest = min(unread, key=lambda item: item.received_at)
    return RestrictedWaiting(
        item_id=oldest.id,
        received_at=oldest.received_at,
        count=len(unread),
        late=now - oldest.received_at >= UNREAD_FOR,
        stands_in=stood_in(store, oldest),
    )


def _still_for(store: GovernanceStore, item: Item, reader: Person | None) -> bool:
    """Whether a message about something sensitive is still for whoever got it. Who stood in has
    nothing of it any more once it has gone elsewhere."""
    if item.queue != RESTRICTED and not readers(store, item):
        return False
    return reader is None or any(one.id == reader.id for one in who_reads(store, item))


def as_it_stands(store: GovernanceStore, item: Item, news: News) -> News:
    """Whether somebody reads something sensitive, as it is now: who could may have left, or have
    been named since its author was told."""
    if news not in (News.RESTRICTED, News.NO_READER):
        return news
    lost = item.state in OPEN_STATES and nobody_reads(store, item)
    return News.NO_READER if lost else News.RESTRICTED


def unreadable(store: GovernanceStore, now: datetime) -> int:
    """How many nobody may read, for the operator, who can have somebody else named. From the next
    day on, so that the count does not tell when one came; and without those that name somebody who
    runs the machine, to whom it would tell that."""
    unopened = store.unopened_items()
    if not unopened:  # also before there is a district
        return 0
    today = _here(store, now).replace(hour=0, minute=0, second=0, microsecond=0)
    operators = {one.id for one in store.holders(Office.OPERATOR)}
    return sum(
        item.received_at < today
        and not who_reads(store, item)
        and operators.isdisjoint({*store.named_in(item.id), item.author})
        for item in unopened
    )


DELIVERIES: Deliveries = (
    Delivery(
        kind="restricted", compose=about_item(lambda on, item: noticed(on.store, item, on.reader))
    ),
    Delivery(
        kind=REMIND, compose=about_item(lambda on, item: waiting(on.store, item, on.reader, on.now))
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=RemindReader,
        run=lambda store, _, command, now: remind(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=REMIND, command=lambda *_: RemindReader(), rule=DAILY, alarm=True),
    ),
)
