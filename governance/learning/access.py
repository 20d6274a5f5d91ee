"""Who may do what with training sessions and guides."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from core.people import Audience
from governance.access import Actor, refusal
from governance.changes.access import works_on
from governance.learning.model import Guide, TrainingSession
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.refusals import CTO_ONLY, NOT_HERE


class _OfSession(Protocol):
    @property
    def session_id(self) -> UUID: ...


class _OfGuide(Protocol):
    @property
    def guide_id(self) -> UUID: ...


class _ForChange(Protocol):
    @property
    def change_id(self) -> UUID | None: ...


def creates(store: GovernanceStore, actor: Actor, change_id: UUID | None) -> bool:
    """The CTO's office, and whoever works on the change that it is for."""
    record = store.change(change_id) if change_id else None
    return actor.cto or (record is not None and works_on(actor, record))


def runs(store: GovernanceStore, actor: Actor, session: TrainingSession) -> bool:
    return leads(actor, session) or creates(store, actor, session.change_id)


def leads(actor: Actor, session: TrainingSession) -> bool:
    return actor.person_id is not None and actor.person_id == session.leader


def _offered(
    store: GovernanceStore, actor: Actor, audience: Audience, change_id: UUID | None
) -> bool:
    """To whom it is offered, once the change that it is for is approved."""
    person = actor.person
    if person is None:
        return False
    lists = store.lists_of(person.id) if audience.lists else frozenset()
    if not audience.includes(person, actor.standing.sits, lists):
        return False
    record = store.change(change_id) if change_id else None
    return change_id is None or (record is not None and record.shown)


def sees_session(store: GovernanceStore, actor: Actor, session: TrainingSession) -> bool:
    """Also who signed up for it, whatever became of its audience."""
    return (
        _offered(store, actor, session.audience, session.change_id)
        or runs(store, actor, session)
        or (actor.person_id is not None and store.seat(session.id, actor.person_id) is not None)
    )


def sees_guide(store: GovernanceStore, actor: Actor, guide: Guide) -> bool:
    return _offered(store, actor, guide.audience, guide.change_id) or creates(
        store, actor, guide.change_id
    )


def reader_of_session(actor: Actor, command: _OfSession, store: GovernanceStore) -> Refused | None:
    found = store.training(command.session_id)
    return None if found and sees_session(store, actor, found) else refusal(NOT_HERE)


def runner_of_session(actor: Actor, command: _OfSession, store: GovernanceStore) -> Refused | None:
    found = store.training(command.session_id)
    return None if found and runs(store, actor, found) else refusal(NOT_HERE)


def leader_of_session(actor: Actor, command: _OfSession, store: GovernanceStore) -> Refused | None:
    """Who leads it alone sees names."""
    found = store.training(command.session_id)
    return None if found and leads(actor, found) else refusal(NOT_HERE)


def reader_of_guide(actor: Actor, command: _OfGuide, store: GovernanceStore) -> Refused | None:
    found = store.guide(command.guide_id)
    return None if found and sees_guide(store, actor, found) else refusal(NOT_HERE)


def runner_of_guide(actor: Actor, command: _OfGuide, store: GovernanceStore) -> Refused | None:
    found = store.guide(command.guide_id)
    return None if found and creates(store, actor, found.change_id) else refusal(NOT_HERE)


def creator(actor: Actor, command: _ForChange, store: GovernanceStore) -> Refused | None:
    """Of something new; of what is there, who runs it."""
    session_id, guide_id = (getattr(command, one, None) for one in ("session_id", "guide_id"))
    if session_id and (session := store.training(session_id)):
        return None if runs(store, actor, session) else refusal(NOT_HERE)
    if guide_id and (guide := store.guide(guide_id)):
        return None if creates(store, actor, guide.change_id) else refusal(NOT_HERE)
    return None if creates(store, actor, command.change_id) else refusal(CTO_ONLY)
