"""Who has not confirmed an announcement, and the reminders that they get."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from core.deciding import Exempt
from governance.announcements.model import Outcome
from governance.delivery_reasons import DeliveryReason
from governance.read_reminders.handlers import READ_REMINDER
from governance.read_reminders.model import BuildingUnread
from storage.deliveries import Deliveries
from storage.holding import ANNOUNCED
from storage.ledger_tables import delivery, schedule
from storage.recipients import campaign_rows
from storage.tables import acknowledgement, building, person


class ReadReminders(Deliveries):
    """Read reminders inside one transaction."""

    def unread_by_building(self, announcement_id: UUID) -> Sequence[BuildingUnread]:
        place = func.coalesce(building.c.name, person.c.building)
        unread = func.count() - func.count(acknowledgement.c.person_id)
        joined, conditions = campaign_rows(announcement_id, None, "")
        rows = self.connection.execute(
            select(place, unread, func.count())
            .select_from(joined)
            .where(*conditions, *_REACHED)
            .group_by(place)
            .order_by(unread.desc(), place)
        )
        return [
            BuildingUnread(building=name, unread=waiting, people=people)
            for name, waiting, people in rows
        ]

    def reminded_to_read_at(self, announcement_id: UUID) -> datetime | None:
        return self.connection.execute(
            select(func.max(schedule.c.at)).where(
                schedule.c.kind == READ_REMINDER, schedule.c.subject == announcement_id
            )
        ).scalar()

    def remind_unread(self, announcement_id: UUID, number: int, now: datetime) -> int:
        joined, conditions = campaign_rows(announcement_id, "unread", "")
        wanted = (
            select(person.c.id)
            .select_from(joined)
            .where(*conditions, *_REACHED)
            .order_by(person.c.id)
        )
        people = self.connection.execute(wanted).scalars().all()
        self.fan_out(
            people,
            campaign=f"{READ_REMINDER}:{announcement_id}:{number}",
            kind=READ_REMINDER,
            subject=announcement_id,
            now=now,
            priority=ANNOUNCED,
            decision=Exempt.REMINDER,
        )
        return len(people)

    def drop_read_reminders(self, announcement_id: UUID, person_id: UUID) -> None:
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.subject == announcement_id,
                delivery.c.kind == READ_REMINDER,
                delivery.c.person_id == person_id,
                delivery.c.state == Outcome.QUEUED,
            )
            .values(state=Outcome.RECALLED, why=DeliveryReason.SPARED)
        )


_REACHED = (delivery.c.state == Outcome.SENT, person.c.active)
