"""What is sensitive: read by one named person, every day, and never filed unread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from governance.access import Actor
from governance.commands import RemindReader
from governance.committees import RESTRICTED, Office
from governance.feedback import Item
from governance.messages import Done, RestrictedWaiting
from governance.named import names_somebody_on, unnamed
from governance.ports import GovernanceStore
from surveys.people import Person

REMIND = "restricted-daily"
"""The clock's kind of entry, and the kind of the message."""

DAILY = "0 8 * * *"
UNREAD_FOR = timedelta(days=1)
"""From which on the deputies are told, too."""


def note_opened(store: GovernanceStore, actor: Actor, item_id: UUID, now: datetime) -> None:
    """Somebody who may reads something on the restricted page: the first time counts, each is in
    the audit."""
    item = store.item(item_id)
    if item is not None and item.queue == RESTRICTED and actor.person_id is not None:
        store.audit(actor.person_id, "opened something sensitive", item_id, now)
        store.note_opening(item_id, actor.person_id, now)


def remind(store: GovernanceStore, command: RemindReader, now: datetime) -> Done:
    """Tell the reader how much is unread since when; after a day the deputies, too. What names one
    of them is told to the others by itself, so that no count speaks of it."""
    readers = store.holders(Office.RESTRICTED_READER)
    for_all, by_itself = _unread(store)
    for unread, told in (
        (for_all, readers),
        *(([item], unnamed(store, item.id, readers)) for item in by_itself),
    ):
        if unread:
            _remind(store, unread, told, now)
    return Done()


def _remind(
    store: GovernanceStore, unread: Sequence[Item], readers: Sequence[Person], now: datetime
) -> None:
    today = now.astimezone(ZoneInfo(store.district().timezone)).date().isoformat()
    oldest = min(unread, key=lambda item: item.received_at)
    late = now - oldest.received_at >= UNREAD_FOR
    alone = f":{oldest.id}" if store.named_in(oldest.id) else ""
    for reader in readers if late else readers[:1]:
        store.deliver_to_person(
            reader, campaign=f"restricted:{today}{alone}", kind=REMIND, subject=oldest.id, now=now
        )


def _unread(store: GovernanceStore) -> tuple[list[Item], list[Item]]:
    """What every reader may be told of, and what names one of them."""
    unread = store.unopened_items()
    by_itself = [one for one in unread if names_somebody_on(store, one.id, RESTRICTED)]
    return [one for one in unread if one not in by_itself], by_itself


def waiting(store: GovernanceStore, subject: Item, now: datetime) -> RestrictedWaiting | None:
    """How much is unread now, beside what a reminder is about. None: everything was read."""
    for_all, by_itself = _unread(store)
    unread = [subject] if subject in by_itself else for_all
    if not unread or (subject not in by_itself and store.named_in(subject.id)):
        return None  # what it was about was read, and names a reader: of the rest others tell
    oldest = min(unread, key=lambda item: item.received_at)
    return RestrictedWaiting(
        item_id=oldest.id,
        received_at=oldest.received_at,
        count=len(unread),
        late=now - oldest.received_at >= UNREAD_FOR,
    )
