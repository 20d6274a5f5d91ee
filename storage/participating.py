"""Who was asked: counted for a closing, and each person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from storage.connection import Connected
from storage.tables import participation, wave
from surveys.survey import Participation


class Participating(Connected):
    """Participation as a closing wave counts it, and as one person sees their own."""

    def panel_by_group(self, wave_id: UUID) -> Mapping[tuple[str, str, str], int]:
        groups = (participation.c.role, participation.c.level, participation.c.building)
        rows = self.connection.execute(
            select(*groups, func.count())
            .where(participation.c.wave_id == wave_id)
            .group_by(*groups)
        )
        return {(role, level, building): people for role, level, building, people in rows}

    def asked_of(self, person_id: UUID, *, most: int) -> Sequence[tuple[UUID, Participation]]:
        # Wave by wave, each by the key of its row: a panel is found by its wave, nobody's surveys
        # by the person, and to look through all panels takes long after some years.
        became = (
            select(participation.c.state)
            .where(participation.c.wave_id == wave.c.id, participation.c.person_id == person_id)
            .scalar_subquery()
            .label("became")
        )
        opened = func.coalesce(wave.c.opened_at, wave.c.opens_at).label("opened")
        each = select(wave.c.id, opened, became).subquery()
        rows = self.connection.execute(
            select(each.c.id, each.c.became)
            .where(each.c.became.is_not(None))
            .order_by(each.c.opened.desc(), each.c.id)
            .limit(most)
        )
        return [(wave_id, Participation(state)) for wave_id, state in rows]
