"""A change of a docket's items that nobody was told of can be undone for a few seconds.

An operation declares which items it changes without sending anything (``Operation.undo``). What
stood there before is kept; undoing puts it back, as long as nothing else was done with the item.
The page offers it for ten seconds (``style.css``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from governance.access import Actor, named, refusal, worker_on_item
from governance.docket.commands import UndoChange
from governance.docket.handlers import brief, current
from governance.docket.history import StepKind
from governance.docket.open_items import Change, Kept
from governance.docket.stepping import note_step
from governance.feedback.model import Item
from governance.messages import Brief, Refused
from governance.operations import Operation, Operations, Outcome
from governance.ports import GovernanceStore
from governance.refusals import CHANGED_SINCE, NOT_HERE, NOT_YOURS, TOO_LATE_TO_UNDO

UNDO_FOR = timedelta(seconds=15)
"""It is taken a little longer than the ten seconds for which it is offered: the page has to arrive
first, and the press has to travel back."""


def noting(
    store: GovernanceStore,
    actor: Actor,
    items: Sequence[UUID],
    now: datetime,
    run: Callable[[], Outcome],
) -> Outcome:
    """Do something that can be undone, and say in its answer by which id."""
    before = _standing(store, items)
    outcome: Any = run()
    after = _standing(store, items)
    changed = tuple(one for one in before if one not in after)
    if not changed or not hasattr(outcome, "undo"):
        return outcome  # type: ignore[no-any-return]  # as it came
    kept = tuple(replace(one, mark=_mark(store, one.item_id)) for one in changed)
    change = Change(id=uuid4(), by=actor.person_id, at=now, items=kept)
    store.drop_undoable(before=now - UNDO_FOR)
    store.keep_undoable(change)
    return replace(outcome, undo=change.id)  # type: ignore[no-any-return]  # the same kind


def _standing(store: GovernanceStore, items: Sequence[UUID]) -> tuple[Kept, ...]:
    asides, subjects = store.asides_of(items, date.min), store.subjects_of(items)
    return tuple(
        Kept(
            item_id=one.id,
            assigned_to=one.assigned_to,
            aside=asides.get(one.id),
            subject=subjects.get(one.id, ""),
        )
        for one in map(store.item, items)
        if one is not None
    )


def _mark(store: GovernanceStore, item_id: UUID) -> str:
    item = store.item(item_id)
    assert item is not None  # noqa: S101  (it was just changed)
    return f"{item.queue}:{item.moves}:{item.state}:{len(store.steps(item_id))}"


def may_undo(actor: Actor, command: UndoChange, store: GovernanceStore) -> Refused | None:
    """Whoever made the change and still works on what was changed. What is over is told by
    ``undo``."""
    change = store.undoable(command.change_id)
    if change is None:
        return None
    if change.by != actor.person_id:
        return refusal(NOT_YOURS)
    refused = (
        named(actor, one, store) or worker_on_item(actor, one, store) for one in change.items
    )
    return next(filter(None, refused), None)


def undo(
    store: GovernanceStore, actor: Actor, command: UndoChange, now: datetime
) -> Brief | Refused:
    change = store.undoable(command.change_id)
    if change is None or now - change.at > UNDO_FOR:
        return refusal(TOO_LATE_TO_UNDO)
    items = [store.item(one.item_id) for one in change.items]
    if any(_mark(store, one.item_id) != one.mark for one in change.items):
        return refusal(CHANGED_SINCE)
    for kept, item in zip(change.items, items, strict=True):
        if item is not None:
            _put_back(store, actor, item, kept, now)
    store.drop_undoable(of=change.id)
    first = store.item(change.items[0].item_id)
    return current(store, brief(store, first), now) if first else refusal(NOT_HERE)


def _put_back(store: GovernanceStore, actor: Actor, item: Item, kept: Kept, now: datetime) -> None:
    if item.assigned_to != kept.assigned_to:
        store.update_item(replace(item, assigned_to=kept.assigned_to))
    if kept.aside is None:
        store.bring_back(item.id)
    else:
        store.put_aside(item.id, kept.aside, actor.person_id, now)
    store.put_subject(item.id, kept.subject, actor.person_id, now)
    note_step(store, actor, item, StepKind.UNDONE, now)
    store.audit(actor.person_id, "undid the last change", item.id, now)


OPERATIONS: Operations = (
    Operation(
        command=UndoChange,
        refreshes_home=True,
        run=undo,
        may=may_undo,
        button="undo-change",
    ),
)
