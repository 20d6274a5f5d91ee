"""Noting what a committee did with an item, and telling it on the item's page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance.access import Actor
from governance.docket.history import DocketStep, StepKind, StepLine
from governance.feedback.model import Item
from governance.ports import GovernanceStore


def note_step(
    store: GovernanceStore,
    actor: Actor,
    item: Item,
    kind: StepKind,
    now: datetime,
    *,
    about: str = "",
) -> int:
    """Keep what somebody did with an item, for its page; the step's number."""
    step = DocketStep(kind=kind, queue=item.queue or "", by=actor.person_id, at=now, about=about)
    return store.add_step(item.id, step)


def step_lines(store: GovernanceStore, item: Item) -> tuple[StepLine, ...]:
    """The steps on the queue where an item is now. What others did with it before is told by the
    moves and their reasons: who sits there is not this committee's to read."""
    return tuple(
        StepLine(kind=one.kind, who=_name(store, one.by), at=one.at, about=_about(store, one))
        for one in store.steps(item.id)
        if one.queue == item.queue
    )


def chosen_by_hand(store: GovernanceStore, item: Item) -> bool:
    """Whether the committee said who looks after an item; else its author's building did."""
    if item.assigned_to is None:
        return False
    chosen = (StepKind.ASSIGNED, item.queue, str(item.assigned_to))
    return any((one.kind, one.queue, one.about) == chosen for one in store.steps(item.id))


def _about(store: GovernanceStore, step: DocketStep) -> str:
    match step.kind:
        case StepKind.ASSIGNED | StepKind.UNASSIGNED:
            return _name(store, UUID(step.about)) or ""
        case _:
            return step.about


def _name(store: GovernanceStore, person_id: UUID | None) -> str | None:
    person = store.person(person_id) if person_id else None
    return person.name if person else None
