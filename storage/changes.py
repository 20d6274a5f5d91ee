"""Changes, their steps and the messages about them inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, delete, func, select

from core.people import Audience
from governance.announcements.model import Outcome
from governance.changes.model import ChangeRecord, ChangeStep, Phase, Planned, Step
from storage.change_tables import change, change_message, change_step
from storage.connection import Connected, read_once
from storage.halting import campaign_of
from storage.ledger_tables import delivery
from storage.people import included
from storage.tables import person
from surveys.encoding import decode, encode


class Changes(Connected):
    """Implements ``governance.changes.ports.ChangeStore``."""

    @read_once
    def change(self, change_id: UUID) -> ChangeRecord | None:
        return self._change_record(change_id, lock=False)

    def lock_change(self, change_id: UUID) -> ChangeRecord | None:
        return self._change_record(change_id, lock=True)

    def _change_record(self, change_id: UUID, *, lock: bool) -> ChangeRecord | None:
        wanted = select(change.c.body).where(change.c.id == change_id)
        body = self.connection.execute(wanted.with_for_update() if lock else wanted).scalar()
        return decode(ChangeRecord, body) if body else None

    @read_once
    def changes(self) -> Sequence[ChangeRecord]:
        wanted = select(change.c.body).order_by(change.c.day, change.c.id)
        bodies = self.connection.execute(wanted).scalars()
        found: list[ChangeRecord] = [decode(ChangeRecord, body) for body in bodies]
        self.keep("change", [one.id for one in found], {one.id: one for one in found})
        return found

    def put_change(self, record: ChangeRecord) -> None:
        row = {
            "id": record.id,
            "state": record.state,
            "day": record.day,
            "body": encode(ChangeRecord, record),
        }
        self.put(change, row, ("id",))

    # -- steps ----------------------------------------------------------------------------------

    def add_change_step(self, step: Step) -> None:
        row = {
            "id": step.id,
            "change_id": step.change_id,
            "step": step.step,
            "by_person": step.by,
            "at": step.at,
            "why": step.why,
            "day": step.day,
        }
        self.connection.execute(change_step.insert(), row)

    @read_once
    def change_step(self, step_id: UUID) -> Step | None:
        return self._these_steps([step_id]).get(step_id)

    def change_steps_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``change_step``, in a transaction that only reads."""
        self.ahead("change_step", some, self._these_steps, nothing=None)

    def _these_steps(self, some: Sequence[UUID]) -> dict[UUID, Step]:
        rows = self.connection.execute(select(change_step).where(change_step.c.id.in_(some)))
        return {row.id: _step_from(row) for row in rows}

    def change_steps(self, change_id: UUID) -> Sequence[Step]:
        rows = self.connection.execute(
            select(change_step)
            .where(change_step.c.change_id == change_id)
            .order_by(change_step.c.at)
        )
        return [_step_from(row) for row in rows]

    # -- messages -------------------------------------------------------------------------------

    def put_planned(self, planned: Planned) -> None:
        row = {
            "announcement_id": planned.announcement_id,
            "change_id": planned.change_id,
            "phase": planned.phase,
            "days": planned.days,
            "at": f"{planned.at:%H:%M}",
        }
        self.put(change_message, row, ("announcement_id",))

    def drop_planned(self, announcement_id: UUID) -> None:
        same = change_message.c.announcement_id == announcement_id
        self.connection.execute(delete(change_message).where(same))

    @read_once
    def planned(self, change_id: UUID) -> Sequence[Planned]:
        rows = self.connection.execute(
            select(change_message)
            .where(change_message.c.change_id == change_id)
            .order_by(change_message.c.days, change_message.c.at)
        )
        return [_planned_from(row) for row in rows]

    def planned_ahead(self, some: Sequence[UUID]) -> None:
        def read(new: Sequence[UUID]) -> dict[UUID, Planned]:
            of = change_message.c.announcement_id.in_(new)
            rows = self.connection.execute(select(change_message).where(of))
            return {row.announcement_id: _planned_from(row) for row in rows}

        self.ahead("planned_message", some, read, nothing=None)

    @read_once
    def planned_message(self, announcement_id: UUID) -> Planned | None:
        same = change_message.c.announcement_id == announcement_id
        row = self.connection.execute(select(change_message).where(same)).first()
        return _planned_from(row) if row else None

    def reached_of(self, audience: Audience, announcements: Sequence[UUID]) -> tuple[int, int]:
        sent = select(delivery.c.person_id).where(
            delivery.c.campaign.in_([campaign_of(one) for one in announcements]),
            delivery.c.kind == "notice",
            delivery.c.state == Outcome.SENT,
        )
        counted = select(func.count(), func.count(case((person.c.id.in_(sent), 1))))
        people, reached = self.connection.execute(counted.where(included(audience))).one()
        return people, reached


def _step_from(row: Row[Any]) -> Step:
    return Step(
        id=row.id,
        change_id=row.change_id,
        step=ChangeStep(row.step),
        by=row.by_person,
        at=row.at,
        why=row.why,
        day=row.day,
    )


def _planned_from(row: Row[Any]) -> Planned:
    return Planned(
        change_id=row.change_id,
        announcement_id=row.announcement_id,
        phase=Phase(row.phase),
        days=row.days,
        at=time.fromisoformat(row.at),
    )
