"""What was said after surveys, version by version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.deciding import Decision
from governance.conclusions.model import Conclusions
from storage.connection import UNREAD, read_once
from storage.deliveries import Deliveries
from storage.holding import BULK
from storage.ledger_tables import conclusions
from storage.tables import participation
from surveys.encoding import decode, encode


class Concluding(Deliveries):
    """Conclusions inside one transaction."""

    @read_once
    def conclusions(self, wave_id: UUID) -> Conclusions | None:
        return self._last([wave_id], published=True).get(wave_id)

    def conclusions_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``conclusions``, in a transaction that only reads."""
        self.ahead("conclusions", some, lambda new: self._last(new, published=True), nothing=None)

    def conclusions_draft(self, wave_id: UUID) -> Conclusions | None:
        return self._last([wave_id], published=False).get(wave_id)

    def put_conclusions(self, said: Conclusions) -> None:
        row = {
            "wave_id": said.wave_id,
            "version": said.version,
            "body": encode(Conclusions, replace(said, published_at=None, told=(), as_of=None)),
            "published_at": said.published_at,
        }
        self.put(conclusions, row, ("wave_id", "version"))

    def heard_at(self, waves: Sequence[UUID]) -> Mapping[UUID, datetime]:
        rows = self.connection.execute(
            select(conclusions.c.wave_id, func.max(conclusions.c.published_at).label("last"))
            .where(conclusions.c.wave_id.in_(waves), conclusions.c.published_at.is_not(None))
            .group_by(conclusions.c.wave_id)
        )
        return {row.wave_id: row.last for row in rows}

    def tell_asked(
        self, wave_id: UUID, *, campaign: str, kind: str, now: datetime, decision: Decision
    ) -> None:
        """Queue one message to everybody whom a wave asked and who is still here."""
        asked = self.foreseen("panel", wave_id)
        self.fan_out(
            self.panel_of(wave_id) if asked is UNREAD else asked,
            campaign=campaign,
            kind=kind,
            subject=wave_id,
            now=now,
            priority=BULK,
            deadline=None,
            decision=decision,
        )

    def panel_of(self, wave_id: UUID) -> Sequence[UUID]:
        """Everybody whom a wave asked."""
        mine = participation.c.wave_id == wave_id
        found = select(participation.c.person_id).where(mine).order_by(participation.c.person_id)
        return self.connection.execute(found).scalars().all()

    def _last(self, waves: Sequence[UUID], *, published: bool) -> dict[UUID, Conclusions]:
        is_out = conclusions.c.published_at.is_not(None)
        rows = self.connection.execute(
            select(conclusions.c.wave_id, conclusions.c.body, conclusions.c.published_at)
            .where(conclusions.c.wave_id.in_(waves), is_out if published else ~is_out)
            .order_by(conclusions.c.version)
        )
        newest = {row.wave_id: row for row in rows}
        return {wave_id: _said(row) for wave_id, row in newest.items()}


def _said(row: Any) -> Conclusions:
    said: Conclusions = decode(Conclusions, row.body)
    return replace(said, published_at=row.published_at)
