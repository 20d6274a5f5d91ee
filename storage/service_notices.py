"""Service notices, their updates, and whom an update is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from core.deciding import Exempt
from core.people import Platform
from core.text import Text
from governance.delivery_reasons import DeliveryReason
from governance.service_notices.handlers import SERVICE_UPDATE
from governance.service_notices.model import ServiceNotice, ServiceUpdate
from scheduler.delivery import RENEWED
from scheduler.lanes import RESTORED
from storage.connection import read_once
from storage.deliveries import ACTS, Act
from storage.halting import HANDED_OVER, addressed_to, notices_of
from storage.holding import ROUTINE, URGENT
from storage.ledger_tables import delivery
from storage.recalling import Recalling
from storage.service_notice_tables import service_notice, service_update
from storage.tallies import OVERTAKE, TELL
from surveys.encoding import decode, encode

_CARRIED = (
    "recipient",
    "person_id",
    "platform",
    "workspace",
    "conversation",
    "service_url",
    "reference",
)


class ServiceNotices(Recalling):
    """Implements ``governance.service_notices.ports.ServiceStore``."""

    @read_once
    def service_notice(self, announcement_id: UUID) -> ServiceNotice | None:
        same = service_notice.c.announcement_id == announcement_id
        row = self.connection.execute(select(service_notice).where(same)).first()
        return _notice_from(row) if row else None

    def service_notices(self, since: datetime) -> Sequence[ServiceNotice]:
        lately = or_(service_notice.c.ended_at.is_(None), service_notice.c.ended_at >= since)
        rows = self.connection.execute(select(service_notice).where(lately))
        return [_notice_from(row) for row in rows]

    def put_service_notice(self, notice: ServiceNotice) -> None:
        self.put(service_notice, vars(notice), ("announcement_id",))

    def add_service_update(self, new: ServiceUpdate) -> None:
        row = {
            "id": new.id,
            "announcement_id": new.announcement_id,
            "at": new.at,
            "by_person": new.by,
            "words": encode(Text, new.words),
            "ends": new.ends,
            "last": new.last,
        }
        self.connection.execute(service_update.insert(), row)

    def service_update(self, update_id: UUID) -> ServiceUpdate | None:
        same = service_update.c.id == update_id
        row = self.connection.execute(select(service_update).where(same)).first()
        return _update_from(row) if row else None

    def service_updates(self, announcement_id: UUID) -> Sequence[ServiceUpdate]:
        rows = self.connection.execute(
            select(service_update)
            .where(service_update.c.announcement_id == announcement_id)
            .order_by(service_update.c.at.desc())
        )
        return [_update_from(row) for row in rows]

    # -- whom an update is told -----------------------------------------------------------------

    def tell_update(self, new: ServiceUpdate, now: datetime, *, urgent: bool) -> int:
        """Tell those who have the first message, in parts. What still waits of an older update goes
        to nobody (``governance.service_notices.handlers`` composes only the newest), and is marked
        so in parts, too."""
        subject = new.announcement_id
        self.give_up_parts(subject, TELL)
        waiting = self.connection.execute(
            select(delivery.c.person_id).where(self._older_waiting(subject, new.id)).distinct()
        ).scalars()
        self.do_in_parts(
            OVERTAKE,
            sorted(waiting),
            campaign=f"{OVERTAKE}:{subject}",
            subject=subject,
            now=now,
            body={"update": str(new.id)},
        )
        have = select(delivery.c.person_id).where(self._has(subject)).order_by(delivery.c.person_id)
        people = self.connection.execute(have).scalars().all()
        priority = URGENT if urgent else ROUTINE
        self.decide(
            people,
            campaign=_campaign(new.id),
            kind=SERVICE_UPDATE,
            subject=new.id,
            decision=Exempt.SERVICE,
            now=now,
        )
        self.do_in_parts(
            TELL,
            people,
            campaign=_campaign(new.id),
            subject=subject,
            now=now,
            priority=priority,
            decision=Exempt.SERVICE,
            rows=2,  # the first message is drawn again, and the update follows it
            body={"update": str(new.id), "priority": priority},
        )
        return len(people)

    def tell_some(
        self,
        announcement_id: UUID,
        update_id: UUID,
        priority: int,
        people: Sequence[UUID],
        turns: dict[str, int],
        now: datetime,
    ) -> None:
        """A part of those who have the first message."""
        these = addressed_to(people)
        have = self.connection.execute(
            select(delivery).where(these, self._has(announcement_id))
        ).all()
        self._redraw(update_id, have, now)
        self._insert_deliveries(
            [
                {name: getattr(row, name) for name in _CARRIED}
                | {"lane": row.lane and row.lane.removeprefix(RESTORED)}
                for row in have
            ],
            campaign=_campaign(update_id),
            kind=SERVICE_UPDATE,
            subject=update_id,
            now=now,
            priority=priority,
            turns=turns,
        )

    def overtake_some(self, announcement_id: UUID, update_id: UUID, people: Sequence[UUID]) -> None:
        """A part of those for whom an older update still waits."""
        these = delivery.c.person_id.in_(people)
        self.connection.execute(
            update(delivery)
            .where(these, self._older_waiting(announcement_id, update_id))
            .values(state="failed", why=DeliveryReason.NOT_NEEDED)
        )

    def _older_waiting(self, announcement_id: UUID, update_id: UUID) -> ColumnElement[bool]:
        earlier = select(service_update.c.id).where(
            service_update.c.announcement_id == announcement_id, service_update.c.id != update_id
        )
        return and_(
            delivery.c.subject.in_(earlier),
            delivery.c.kind == SERVICE_UPDATE,
            delivery.c.state == "queued",
        )

    def redraw_notices_late(
        self, sent: Mapping[UUID, Collection[UUID]], now: datetime, *, whenever: bool
    ) -> None:
        """First messages (deliveries by their announcement) that turn out to have been sent say
        what was posted meanwhile. ``whenever``: they may have been composed long ago."""
        recent = () if whenever else (service_update.c.at > now - HANDED_OVER,)
        found = select(service_update.c.announcement_id, service_update.c.id).where(
            service_update.c.announcement_id.in_(list(sent)), *recent
        )
        rows = self.connection.execute(found.order_by(service_update.c.at)).all()
        for announcement_id, newest in {row.announcement_id: row.id for row in rows}.items():
            these = delivery.c.id.in_(list(sent[announcement_id]))
            have = select(delivery).where(these, delivery.c.state == "sent")
            self._redraw(newest, self.connection.execute(have).all(), now)

    def _has(self, announcement_id: UUID) -> ColumnElement[bool]:
        """Of deliveries: the first message, where somebody has it."""
        return and_(notices_of(announcement_id), delivery.c.state == "sent")

    def _redraw(
        self, update_id: UUID, have: Sequence[Row[*tuple[Any, ...]]], now: datetime
    ) -> None:
        """Each once for an update. A page is drawn when somebody looks at it."""
        in_chat = [row for row in have if row.platform != Platform.WEB and row.reference]
        campaign = _campaign(update_id)
        self._queue_about([(row, campaign, f"notice{RENEWED}") for row in in_chat], now)


def _told(
    tx: ServiceNotices,
    head: Mapping[str, Any],
    people: Sequence[UUID],
    turns: dict[str, int],
    now: datetime,
) -> None:
    body = head["body"]
    tx.tell_some(head["subject"], UUID(body["update"]), body["priority"], people, turns, now)


ACTS[TELL] = Act(_told)
ACTS[OVERTAKE] = Act(
    lambda tx, head, people, turns, now: tx.overtake_some(
        head["subject"], UUID(head["body"]["update"]), people
    ),
    sends=False,
)


def _campaign(update_id: UUID) -> str:
    return f"{SERVICE_UPDATE}:{update_id}"


def _notice_from(row: Row[Any]) -> ServiceNotice:
    return ServiceNotice(announcement_id=row.announcement_id, ends=row.ends, ended_at=row.ended_at)


def _update_from(row: Row[Any]) -> ServiceUpdate:
    return ServiceUpdate(
        id=row.id,
        announcement_id=row.announcement_id,
        at=row.at,
        by=row.by_person,
        words=decode(Text, row.words),
        ends=row.ends,
        last=row.last,
    )
