"""What became of asking a panel, counted for its closing: never by name, but to who was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from storage.connection import Connected
from storage.ledger_tables import delivery
from storage.tables import participation, person, wave
from surveys.ports import Disposed, Moved, Place
from surveys.survey import Participation


class Participating(Connected):
    """Participation as a closing wave counts it, and as one person sees their own."""

    def disposed(self, wave_id: UUID) -> Sequence[Disposed]:
        # Two reads, joined here: SQLite joins them by all of a wave's invitations for each person.
        # Whom the invitation missed and a reminder found was reached.
        invited = select(delivery.c.person_id).where(
            delivery.c.subject == wave_id,
            delivery.c.kind.in_(_ASKING),
            delivery.c.state.in_(_ARRIVED),
        )
        reached = set(self.connection.execute(invited).scalars())
        panel = (
            select(
                participation.c.person_id,
                participation.c.role,
                participation.c.level,
                participation.c.building,
                participation.c.state,
                ~person.c.active,
            )
            .join(person, person.c.id == participation.c.person_id)
            .where(participation.c.wave_id == wave_id)
        )
        alike = Counter(
            (*of_person, one in reached) for one, *of_person in self.connection.execute(panel)
        )
        return [
            Disposed(
                role=role,
                level=level,
                building=building,
                became=Participation(state),
                reached=arrived,
                left=bool(left),
                people=people,
            )
            for (role, level, building, state, left, arrived), people in alike.items()
        ]

    def moved(self, earlier_id: UUID, wave_id: UUID) -> Mapping[Moved, int]:
        before, now = self._answered_where(earlier_id), self._answered_where(wave_id)
        return Counter((before.get(one), now.get(one)) for one in before.keys() | now.keys())

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

    def _answered_where(self, wave_id: UUID) -> dict[UUID, Place]:
        rows = self.connection.execute(
            select(
                participation.c.person_id,
                participation.c.role,
                participation.c.level,
                participation.c.building,
            ).where(
                participation.c.wave_id == wave_id,
                participation.c.state == Participation.ANSWERED,
            )
        )
        return {one: (role, level, building) for one, role, level, building in rows}


_ASKING = ("invitation", "reminder")

_ARRIVED = ("sent", "unknown")
"""States of a message that was, or may have been, received."""
