"""The audit as one chain, with what was shown of answers in it, and whether it is whole.

Each line of the audit holds a hash of itself and the line before. What was shown to whom is noted
by itself (thousands look at results within an hour, and would wait for each other in one chain)
and is taken into the chain later, many at once, by a line that holds a hash of them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.events import Events, audit_line, audit_line_of_old
from storage.ledger_tables import audit
from storage.tables import release_note

_AT_ONCE = 2_000
_RELEASES = "releases noted: "


@dataclass(frozen=True, kw_only=True)
class AuditState:
    """How many ``lines`` are whole, and the hash of the last of them (``head``). ``broken_at``:
    the first that is missing or was changed. ``waiting``: how much that was shown is in none yet.
    """

    lines: int
    head: str
    broken_at: int | None = None
    waiting: int = 0


class AuditTrail(Events):
    """Inside one transaction."""

    def chain_releases(self, now: datetime) -> int:
        """Take what was shown into the audit's chain: some of what is not in it yet; how many."""
        wanted = (
            select(release_note)
            .where(release_note.c.audited.is_(None))
            .order_by(release_note.c.id)
            .limit(_AT_ONCE)
        )
        rows = self.connection.execute(wanted).all()
        if not rows:
            return 0
        number = self.audit(None, f"{_RELEASES}{len(rows)} {_digest(rows)}", None, now)
        self.connection.execute(
            update(release_note)
            .where(release_note.c.id.in_([row.id for row in rows]))
            .values(audited=number)
        )
        return len(rows)

    def audit_state(self) -> AuditState:
        """The whole audit computed anew."""
        before, last = "", 0
        for row in self.connection.execute(select(audit).order_by(audit.c.number)):
            line = (before, row.number, row.at, row.who, row.what, row.subject)
            fits = row.chain == audit_line(*line) or audit_line_of_old(row.chain, *line)
            if row.number != last + 1 or not fits or not self._releases_are_whole(row):
                return AuditState(lines=last, head=before, broken_at=last + 1)
            before, last = row.chain, row.number
        waiting = select(func.count()).where(release_note.c.audited.is_(None))
        return AuditState(
            lines=last, head=before, waiting=self.connection.execute(waiting).scalar_one()
        )

    def _releases_are_whole(self, line: Any) -> bool:
        if not line.what.startswith(_RELEASES):
            return True
        noted = select(release_note).where(release_note.c.audited == line.number)
        rows = self.connection.execute(noted.order_by(release_note.c.id)).all()
        return bool(line.what == f"{_RELEASES}{len(rows)} {_digest(rows)}")


def _digest(rows: Iterable[Any]) -> str:
    """Of what was shown, to whom and when, in the order of the ids."""
    told = hashlib.sha256()
    for row in rows:
        line = f"{row.id}|{row.wave_id}|{row.to_person}|{row.what}|{row.at.isoformat()}\n"
        told.update(line.encode())
    return told.hexdigest()
