"""Who read what of an assessment or a gap. An operation that shows a score writes an audit line, so
it cannot be a ``reads`` operation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance.access import Actor
from governance.controls.model import READ
from governance.ports import GovernanceStore
from governance.school_days import today


def note_read(
    store: GovernanceStore, actor: Actor, subject: UUID, what: str, now: datetime
) -> None:
    """``what``: such as "assessment" or "CIS 4.1"; never a score or a decision."""
    store.audit(actor.person_id, f"{READ}{what}", subject, now)


def note_read_today(
    store: GovernanceStore, actor: Actor, subject: UUID, what: str, now: datetime
) -> None:
    """Once a day, for a page that is looked at all day: Home."""
    last = store.last_audited(subject, f"{READ}{what}")
    if last is None or today(store, last[1]) < today(store, now):
        note_read(store, actor, subject, what, now)
