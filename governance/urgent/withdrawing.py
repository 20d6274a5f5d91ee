"""Withdraws items that read as danger to a person: when the author adds something, and once after
the upgrade for older items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.people import Person
from governance.access import CLOCK, anybody
from governance.committees.model import RESTRICTED
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.docket.handlers import leave_alone
from governance.feedback.handlers import enter
from governance.feedback.model import (
    ITEM_CARDS,
    READS_AS_DANGER,
    Danger,
    Item,
    ItemState,
    Urgency,
)
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore, Move
from governance.upkeep.handlers import HOUSE
from governance.urgent.alarming import first_called, raise_alarm
from governance.urgent.commands import FileSecondReading
from governance.urgent.messages import Withdrawn
from governance.urgent.model import Case, Outcome

WITHDRAWN = "withdrawn"
"""Kind of the delivery that lists what was withdrawn."""

_DONE = (ItemState.ANSWERED, ItemState.HANDED_OVER)


def withdraw(store: GovernanceStore, item: Item, now: datetime) -> Item:
    """Take an item from its queue, for the responder and the restricted reader only. What was done
    with it stays done; the words go from the cards in the committee's channels."""
    if item.queue != RESTRICTED and item.state is not ItemState.RECEIVED:
        _take(store, item, now)
    store.hold_back(item.id)
    return store.item(item.id) or item


def _take(store: GovernanceStore, item: Item, now: datetime) -> None:
    if store.lead_of(item.id) is not None:
        store.part(item.id)
    elif item.state in _DONE:
        for other in store.kept_with(item.id):
            store.part(other.id)
    else:
        leave_alone(store, item, now)
    if item.queue is not None:
        store.add_move(
            item.id,
            Move(came_from=item.queue, went_to=RESTRICTED, why=READS_AS_DANGER, by=None, at=now),
        )
    store.forget_correction(item.id)
    store.forget_vector(item.id)
    store.audit(None, "withdrawn: it reads as danger to a person", item.id, now)
    moved = replace(item, moves=item.moves + 1, danger=Danger.HELD, assigned_to=None)
    if item.state in _DONE:
        store.update_item(replace(moved, queue=RESTRICTED))
    else:
        enter(store, moved, RESTRICTED, now)
    for kind in ITEM_CARDS:
        store.renew_sent(kind, item.id, now)


def file_second_reading(store: GovernanceStore, command: FileSecondReading, now: datetime) -> Done:
    """Items of before were read once more. What reads as danger is withdrawn; the responder gets
    one list of it when all of them were read."""
    for item_id, danger in command.read:
        item = store.item(item_id)
        if item is None or item.danger is not Danger.UNREAD:
            continue  # another process has filed it
        _settle(store, item, danger, now)
    if not store.to_read_again(most=1):
        _tell(store, now)
    return Done()


def _settle(store: GovernanceStore, item: Item, danger: bool, now: datetime) -> None:
    case = store.case(item.id, Urgency.SAFETY)
    if case is not None and case.outcome is Outcome.NO_DANGER:
        store.release_danger(item.id)  # a responder has looked at it and said so
        return
    said = item.reading is not None and Urgency.SAFETY in item.reading.alarms
    if not (danger or said or case is not None):
        store.note_harmless(item.id)
        return
    withdraw(store, item, now)
    if case is not None:
        return
    if item.queue in (None, RESTRICTED):  # it was taken from no committee: it is not on the list
        raise_alarm(store, item, Urgency.SAFETY, now)
    else:  # the list calls for it: no alarm of its own in the middle of the night
        store.add_case(Case(item_id=item.id, urgency=Urgency.SAFETY, opened_at=now))


def _tell(store: GovernanceStore, now: datetime) -> None:
    told = {reader.id: reader for reader, _ in _lists(store)}
    for reader in told.values():
        store.deliver_to_person(
            reader, campaign=WITHDRAWN, kind=WITHDRAWN, subject=HOUSE, now=now, urgent=True
        )


def _lists(store: GovernanceStore) -> Sequence[tuple[Person, UUID]]:
    """Each withdrawn item with the person who is the first to be called about it."""
    found = []
    for item_id in dict.fromkeys(store.withdrawn()):
        case = store.case(item_id, Urgency.SAFETY)
        if case is not None and case.closed_at is None:
            found += [(reader, item_id) for reader in first_called(store, case)[:1]]
    return found


def listed(on: Occasion) -> Withdrawn | None:
    """The list as it stands when it is sent or shown. None: nothing on it waits anymore."""
    mine = [
        item_id
        for reader, item_id in _lists(on.store)
        if on.to is None or reader.id == on.to.id
        if on.reader is None or reader.id == on.reader.id
    ]
    return Withdrawn(items=len(mine)) if mine else None


DELIVERIES: Deliveries = (Delivery(kind=WITHDRAWN, compose=listed, personal=True),)

OPERATIONS: Operations = (
    Operation(
        command=FileSecondReading,
        run=lambda store, _, command, now: file_second_reading(store, command, now),
        may=anybody,
        by=CLOCK,
    ),
)
