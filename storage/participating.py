"""Who was asked: counted for a closing, and each person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from core.paging import Paging, paging
from core.people import Audience
from storage.connection import Connected
from storage.ledger_tables import conclusions
from storage.tables import participation, wave, wave_count
from surveys.encoding import audience_to_json
from surveys.survey import Participation, WaveState


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

    def surveys_for(
        self, person_id: UUID, page: int, size: int
    ) -> tuple[Sequence[tuple[UUID, Participation | None]], Paging]:
        # Wave by wave, each by the key of its row: a panel is found by its wave, nobody's surveys
        # by the person, and to look through all panels takes long after some years.
        became = (
            select(participation.c.state)
            .where(participation.c.wave_id == wave.c.id, participation.c.person_id == person_id)
            .scalar_subquery()
            .label("became")
        )
        opened = func.coalesce(wave.c.opened_at, wave.c.opens_at).label("opened")
        closed = case((wave.c.state == WaveState.CLOSED, 1), else_=0).label("closed")
        each = select(wave.c.id, opened, closed, became, _for_everyone().label("out")).subquery()
        theirs = or_(each.c.became.is_not(None), each.c.out)
        there = self.connection.execute(select(func.count(each.c.id)).where(theirs)).scalar_one()
        shown = paging(page, there, size)
        rows = self.connection.execute(
            select(each.c.id, each.c.became)
            .where(theirs)
            .order_by(each.c.closed, each.c.opened.desc(), each.c.id)
            .limit(size)
            .offset(shown.page * size)
        )
        found = [(wave_id, Participation(state) if state else None) for wave_id, state in rows]
        return found, shown


def _for_everyone() -> ColumnElement[bool]:
    """Whether also people whom a wave did not ask may know of it: it has closed with results, and
    it was for all of the staff, or for a sample of them, or what was heard has been published. That
    some school or some group was asked is for nobody else to see until then."""
    counted = select(wave_count.c.wave_id).where(wave_count.c.wave_id == wave.c.id).exists()
    published = (
        select(conclusions.c.wave_id)
        .where(conclusions.c.wave_id == wave.c.id, conclusions.c.published_at.is_not(None))
        .exists()
    )
    everyone = wave.c.audience == audience_to_json(Audience())
    return and_(wave.c.state == WaveState.CLOSED, counted, or_(everyone, published))
