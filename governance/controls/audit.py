"""Who read what of an assessment or a gap. What shows a score notes it, so it is no ``reads``
operation: it writes a line."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance.access import Actor
from governance.controls.model import READ
from governance.ports import GovernanceStore


def note_read(
    store: GovernanceStore, actor: Actor, subject: UUID, what: str, now: datetime
) -> None:
    """``what``: "assessment", or a number such as "CIS 4.1": never a score or a decision."""
    store.audit(actor.person_id, f"{READ}{what}", subject, now)
