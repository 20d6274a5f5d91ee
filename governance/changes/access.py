"""Who may do what with a change."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from governance.access import Actor, refusal
from governance.changes.model import ChangeRecord, ChangeState
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.refusals import (
    ANOTHER_PERSON,
    CTO_ONLY,
    LEADERS_ONLY,
    NOT_HERE,
    NOT_YOURS,
)


class _OfChange(Protocol):
    @property
    def change_id(self) -> UUID | None: ...


def writes(actor: Actor, record: ChangeRecord) -> bool:
    """The CTO's office, who wrote it and who owns it."""
    mine = actor.person_id is not None and actor.person_id in (record.written_by, record.owner)
    return actor.cto or mine


def works_on(actor: Actor, record: ChangeRecord) -> bool:
    """From its proposal on also its committee."""
    proposed = record.state is not ChangeState.DRAFT
    return writes(actor, record) or (proposed and record.committee in actor.standing.sits)


def writer(actor: Actor, record: ChangeRecord) -> Refused | None:
    return None if writes(actor, record) else refusal(NOT_YOURS)


def decider(actor: Actor, record: ChangeRecord) -> Refused | None:
    """The committee's chair or the CTO, and never who proposed it."""
    if not (actor.cto or record.committee in actor.standing.leads):
        return refusal(LEADERS_ONLY if record.committee else CTO_ONLY)
    return refusal(ANOTHER_PERSON) if actor.person_id == record.proposed_by else None


def proposer(actor: Actor, command: _OfChange, store: GovernanceStore) -> Refused | None:
    """Of a new change the CTO's office or who leads a committee; else who works on its words."""
    record = store.change(command.change_id) if command.change_id else None
    if record is not None:
        return writer(actor, record)
    return None if actor.cto or actor.standing.leads else refusal(LEADERS_ONLY)


def writer_of_change(actor: Actor, command: _OfChange, store: GovernanceStore) -> Refused | None:
    record = store.change(command.change_id) if command.change_id else None
    return refusal(NOT_HERE) if record is None else writer(actor, record)


def worker_on_change(actor: Actor, command: _OfChange, store: GovernanceStore) -> Refused | None:
    record = store.change(command.change_id) if command.change_id else None
    return None if record is not None and works_on(actor, record) else refusal(NOT_HERE)


def reader_of_change(actor: Actor, command: _OfChange, store: GovernanceStore) -> Refused | None:
    """Staff from its approval on; before that it is as if it were not there."""
    record = store.change(command.change_id) if command.change_id else None
    seen = record is not None and (record.shown or works_on(actor, record))
    return None if seen else refusal(NOT_HERE)
