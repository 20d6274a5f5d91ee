"""Releasing: a responder has looked at what reads as danger, and passes it on to a committee."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.forms import Opening
from governance.access import GONE, Actor, answers_for, refusal
from governance.committees.model import RESTRICTED, TRIAGE, District
from governance.docket.commands import MoveItem
from governance.docket.handlers import move_on, queue_name
from governance.docket.moving import how_many_read
from governance.feedback.model import OPEN_STATES, Item, Urgency
from governance.messages import Brief, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.originals import whole, words_there
from governance.refusals import RESPONDERS_ONLY
from governance.urgent import forms
from governance.urgent.commands import ReleaseItem
from governance.urgent.handlers import alert, note
from governance.urgent.messages import Goal, UrgentAlert
from governance.urgent.model import Did
from surveys.messages import Rejected


def open_release(
    store: GovernanceStore, actor: Actor, command: ReleaseItem, _: datetime
) -> Opening | UrgentAlert | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(GONE)
    if not can_be_released(item):
        return alert(store, item.id, Urgency.SAFETY, actor.person_id) or refusal(GONE)
    return _opening(store, item)


def can_be_released(item: Item) -> bool:
    """Whether an item is held back, was read, and something is still to be done with it."""
    return item.held_back and item.queue == RESTRICTED and item.state in OPEN_STATES


def _opening(store: GovernanceStore, item: Item) -> Opening:
    district = store.district()
    read = item.reading.committees if item.reading else ()
    likely = [one.committee for one in read if district.committee(one.committee)][:3]
    by_name = sorted(district.committees, key=lambda committee: committee.name)
    keys = dict.fromkeys([*likely, *(committee.key for committee in by_name), TRIAGE])
    return forms.releasing(
        item.id,
        words_there(store, item) if not whole(item) else "",
        [_goal(store, district, key) for key in keys],
    )


def _goal(store: GovernanceStore, district: District, key: str) -> Goal:
    return Goal(queue=key, name=queue_name(district, key), people=how_many_read(store, key))


def release(
    store: GovernanceStore, actor: Actor, command: ReleaseItem, now: datetime
) -> UrgentAlert | Rejected | Refused:
    """From now on it is like any other item, on the queue that was chosen. Who released it, and to
    whom, is in the audit and in the case's history."""
    item = store.item(command.item_id)
    if item is None or actor.person is None:
        return refusal(GONE)
    if not can_be_released(item):  # someone else was first
        return alert(store, item.id, Urgency.SAFETY, actor.person_id) or refusal(GONE)
    who = actor.person.id
    moved = store.attempt(
        lambda: _let_go(store, actor, item, command.to, who, now),
        lambda said: not isinstance(said, Brief),
    )
    if not isinstance(moved, Brief):
        return moved
    note(store, item.id, Urgency.SAFETY, Did.RELEASED, who, now)
    store.renew_sent(f"urgent-{Urgency.SAFETY}", item.id, now)
    return alert(store, item.id, Urgency.SAFETY, actor.person_id) or refusal(GONE)


def _let_go(
    store: GovernanceStore, actor: Actor, item: Item, to: str, who: UUID, now: datetime
) -> Brief | Rejected | Refused:
    """Move it as it could not be moved while it was held. Where the move is refused, the caller
    undoes all of this: the audit names no release that did not happen."""
    store.audit(who, f"released to {to} what reads as danger", item.id, now)
    store.note_opening(item.id, who, now)
    store.release_danger(item.id)
    return move_on(store, actor, MoveItem(item_id=item.id, to=to), now)


def _theirs(actor: Actor, command: ReleaseItem, store: GovernanceStore) -> Refused | None:
    theirs = answers_for(actor, Urgency.SAFETY, command.item_id, store)
    return None if theirs else refusal(RESPONDERS_ONLY)


OPERATIONS: Operations = (
    Operation(command=ReleaseItem, run=release, may=_theirs, button="release", opens=open_release),
)
