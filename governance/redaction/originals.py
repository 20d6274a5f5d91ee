"""Originals: kept encrypted until their author has confirmed what was taken out, or for a week;
longer only while an urgent case is open or under a records hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from governance.access import OPERATOR_TOO, Actor, office
from governance.committees.model import RESTRICTED
from governance.feedback.model import OPEN_STATES, Item, Reading
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.personal_data import find, redact
from governance.redaction.commands import HoldOriginals, LiftOriginalsHold
from governance.redaction.messages import Kept

ORIGINALS_KEPT = timedelta(days=7)

_AT_ONCE = 500


def may_go(store: GovernanceStore, item_id: UUID) -> bool:
    return not (store.is_held(item_id) or store.open_urgent(item_id) or _only_here(store, item_id))


def _only_here(store: GovernanceStore, item_id: UUID) -> bool:
    """Whether a person has yet to read it: it could not be read otherwise."""
    item = store.item(item_id)
    return item is not None and item.state in OPEN_STATES and whole(item)


def whole(item: Item) -> bool:
    """Whether those who work on an item read it as it was written: it could not be read, and is
    with the restricted reader."""
    return item.queue == RESTRICTED and item.reading is not None and item.reading.unread


def words_there(store: GovernanceStore, item: Item) -> str:
    """An item's words as those who work on it read them: redacted, or whole."""
    original = store.original(item.id) if whole(item) else None
    return original or (item.reading.redacted if item.reading else "")


def redacted_again(reading: Reading, words: str) -> Reading | None:
    """In place of a reading that failed: ``words`` with their personal data taken out now. None:
    that failed again."""
    try:
        spans = find(words)
    except Exception:  # whatever it was: the operator has it in the log since the first time
        return None
    return replace(reading, redacted=redact(words, spans), spans=spans, aspects=())


def let_go(store: GovernanceStore, item_id: UUID) -> None:
    """Delete an original that nobody needs anymore, now if it may go, else when it may."""
    if store.has_original(item_id) and may_go(store, item_id):
        store.delete_originals([item_id])


def kept(store: GovernanceStore, item: Item, now: datetime) -> tuple[Kept, datetime | None]:
    """What became of an item's original, and when it goes by itself."""
    if not store.has_original(item.id):
        return Kept.GONE, None
    done, day = store.care(item.id), item.received_at + ORIGINALS_KEPT
    over = done.confirmed_at is not None or done.purged_at is not None or day <= now
    if over or not may_go(store, item.id):
        return Kept.HELD, None
    return Kept.WAITING, day


def sweep_originals(store: GovernanceStore, now: datetime) -> int:
    """Delete what is due. How many."""
    due = store.originals_due(now - ORIGINALS_KEPT, most=_AT_ONCE)
    going = [item_id for item_id in due if may_go(store, item_id)]
    if going:
        store.delete_originals(going)
    store.rewrite_after_changes(now)
    return len(going)


def hold(store: GovernanceStore, actor: Actor, command: HoldOriginals, now: datetime) -> Done:
    if store.put_hold(command.item_id, actor.person_id, now):
        store.audit(actor.person_id, "records hold put on feedback", command.item_id, now)
    return Done()


def lift_hold(
    store: GovernanceStore, actor: Actor, command: LiftOriginalsHold, now: datetime
) -> Done:
    if store.lift_hold_on(command.item_id):
        store.audit(actor.person_id, "records hold lifted from feedback", command.item_id, now)
    return Done()


OPERATIONS: Operations = (
    Operation(command=HoldOriginals, run=hold, may=office, by=OPERATOR_TOO),
    Operation(command=LiftOriginalsHold, run=lift_hold, may=office, by=OPERATOR_TOO),
)
