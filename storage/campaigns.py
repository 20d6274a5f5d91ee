"""Campaigns under way: stopped, gone on with, and sent again, always in the same rows.

A campaign has one row for each person and kind, whatever happens to it: so what the ledger says
of somebody is the last that is known, and nobody can be in it twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.sql import ColumnElement

from core.deciding import Exempt
from core.people import Platform
from governance.announcements.model import APPROVAL_HOLDS, Missed, Outcome
from governance.delivery_reasons import DeliveryReason, Why
from governance.service_notices.handlers import SERVICE_UPDATE
from scheduler.delivery import RECALL, RENEWED, STOPPABLE
from scheduler.lanes import recall_lane
from storage.columns import Instant
from storage.halting import HANDED_OVER, drop_halted, notices_of
from storage.holding import ANNOUNCED, BULK, URGENT, lane_of
from storage.ledger_tables import delivery, fan_out, halt
from storage.recalling import Recalling
from storage.service_notice_tables import service_update
from storage.tables import announcement, participation, person
from storage.tallies import EDITED, Tallies, edit_of, invitations, recall_of
from surveys.survey import Participation

_STOPPED = and_(delivery.c.state == Outcome.RECALLED, delivery.c.sent_at.is_(None))
_NOT_SPARED = or_(delivery.c.why.is_(None), delivery.c.why != DeliveryReason.SPARED)
_MISSED = or_(
    and_(delivery.c.state.in_((Outcome.FAILED, Outcome.UNREACHABLE)), _NOT_SPARED), _STOPPED
)
_ASKED = (Participation.ASKED, Participation.PARTIAL)


class Campaigns(Tallies, Recalling):
    """Campaigns inside one transaction."""

    # -- stopping -------------------------------------------------------------------------------

    def halt(self, subject: UUID, why: Why, by: UUID | None, now: datetime) -> int:
        self._alone_with(subject)
        self.insert_new(halt, {"subject": subject, "why": why, "by": by, "at": now})
        return drop_halted(self, {subject})

    def halted_at(self, subject: UUID) -> datetime | None:
        return self.connection.execute(select(halt.c.at).where(halt.c.subject == subject)).scalar()

    def still_to_ask(self, wave_id: UUID) -> int:
        return self.connection.execute(
            select(func.count())
            .select_from(delivery)
            .where(
                invitations(wave_id),
                delivery.c.state.in_((Outcome.QUEUED, Outcome.LEASED)),
            )
        ).scalar_one()

    def _alone_with(self, subject: UUID) -> None:
        """No part of a large audience is being written meanwhile: it would go by what was true
        before."""
        same = update(fan_out).where(fan_out.c.subject == subject)
        self.connection.execute(same.values(turns=fan_out.c.turns))

    def resume(self, subject: UUID, now: datetime) -> int:
        self._alone_with(subject)
        self.connection.execute(delete(halt).where(halt.c.subject == subject))
        wanted = (
            select(delivery.c.id, delivery.c.person_id, delivery.c.priority, delivery.c.state)
            .outerjoin(
                participation,
                and_(
                    participation.c.wave_id == delivery.c.subject,
                    participation.c.person_id == delivery.c.person_id,
                ),
            )
            .where(
                delivery.c.subject == subject,
                delivery.c.kind.in_(STOPPABLE),
                _STOPPED,
                or_(delivery.c.kind != "reminder", participation.c.state.in_(_ASKED)),
            )
            # Nobody gets an invitation and its reminder at once. The invitation goes first, and to
            # whoever it was for: how many go on must not tell how many answered meanwhile.
            .order_by(delivery.c.kind, delivery.c.campaign.desc())
        )
        return self._queue_again(self.connection.execute(wanted).all(), subject, now)

    # -- sending again --------------------------------------------------------------------------

    def missed(self, announcement_id: UUID) -> Missed:
        return self._missed(notices_of(announcement_id))

    def not_asked(self, wave_id: UUID) -> Missed:
        return self._missed(invitations(wave_id))

    def _missed(self, mine: ColumnElement[bool]) -> Missed:
        rows = self.connection.execute(
            select(delivery.c.person_id, delivery.c.state, person.c.active)
            .join(person, person.c.id == delivery.c.person_id)
            .where(mine, or_(_MISSED, _UNKNOWN))
        ).all()
        here = [row for row in rows if row.active]
        counts = Counter(row.state for row in here)
        ready = [row.person_id for row in here if row.state != Outcome.UNKNOWN]
        people = {row.id: row for row in self._addressed(ready)}.values()
        by_lane = Counter(lane_of(row, mails=self.surroundings.mails) for row in people)
        return Missed(
            failed=counts[Outcome.FAILED],
            unreachable=counts[Outcome.UNREACHABLE],
            stopped=counts[Outcome.RECALLED],
            unknown=counts[Outcome.UNKNOWN],
            waiting=by_lane.pop(None, 0),
            left=len(rows) - len(here),
            seconds=self.seconds_for(by_lane),
        )

    def resend(self, announcement_id: UUID, now: datetime, *, unknown: bool) -> int:
        return self._resend(announcement_id, notices_of(announcement_id), now, unknown=unknown)

    def ask_again(self, wave_id: UUID, now: datetime, *, unknown: bool) -> int:
        return self._resend(wave_id, invitations(wave_id), now, unknown=unknown)

    def _resend(
        self, subject: UUID, mine: ColumnElement[bool], now: datetime, *, unknown: bool
    ) -> int:
        self._alone_with(subject)
        self.connection.execute(delete(halt).where(halt.c.subject == subject))
        wanted = select(
            delivery.c.id, delivery.c.person_id, delivery.c.priority, delivery.c.state
        ).where(mine, or_(_MISSED, _UNKNOWN) if unknown else _MISSED)
        return self._queue_again(self.connection.execute(wanted).all(), subject, now)

    # -- taking back ----------------------------------------------------------------------------

    def recall_seconds(self, announcement_id: UUID) -> float:
        rows = self.connection.execute(
            select(delivery.c.lane, func.count())
            .where(notices_of(announcement_id), delivery.c.state == Outcome.SENT)
            .group_by(delivery.c.lane)
        )
        return self.seconds_for({recall_lane(lane): people for lane, people in rows if lane})

    def recall(self, announcement_id: UUID, now: datetime) -> int:
        again = self.connection.execute(
            update(delivery)
            .where(
                delivery.c.campaign == recall_of(announcement_id),
                delivery.c.state.in_((Outcome.FAILED, Outcome.UNREACHABLE)),
            )
            .values(state="queued", why=None, attempts=0, not_before=now)
        ).rowcount
        return again + self._take_back(announcement_id, now)

    def take_back_late(self, now: datetime, subjects: Collection[UUID] | None = None) -> None:
        """What turned out to have been sent after its announcement was taken back goes as well:
        it was on its way then, or nobody knew. ``subjects``: look at these only, else at all that
        were taken back within a day."""
        since = {"b_since": now - _LATE}
        if subjects is None:
            taken_back = self.connection.execute(_TAKEN_BACK, since)
        else:
            taken_back = self.connection.execute(_TAKEN_BACK_OF, {"b_ids": list(subjects), **since})
        for subject in taken_back.scalars().all():
            self._take_back(subject, now)

    def _take_back(self, announcement_id: UUID, now: datetime) -> int:
        """Queue a recall for each who has it and has none yet; how many."""
        other = delivery.alias()
        has_one = select(other.c.id).where(
            other.c.campaign == recall_of(announcement_id),
            other.c.kind == RECALL,
            other.c.recipient == delivery.c.recipient,
        )
        sent = self.connection.execute(
            select(delivery).where(
                notices_of(announcement_id),
                delivery.c.state == Outcome.SENT,
                ~has_one.exists(),
            )
        ).all()
        campaign = recall_of(announcement_id)
        updates = select(service_update.c.id).where(
            service_update.c.announcement_id == announcement_id
        )
        corrections = self.connection.execute(
            select(delivery).where(
                or_(
                    and_(delivery.c.subject == announcement_id, delivery.c.kind == EDITED),
                    and_(delivery.c.subject.in_(updates), delivery.c.kind == SERVICE_UPDATE),
                ),
                delivery.c.state == Outcome.SENT,
                delivery.c.platform != Platform.WEB,
            )
        ).all()
        self.queue_recalls([(row, f"{row.campaign}:back") for row in corrections], now)
        return self.queue_recalls([(row, campaign) for row in sent], now)

    # -- edited after it was sent ---------------------------------------------------------------

    def correct(self, announcement_id: UUID, edited_at: datetime, now: datetime) -> int:
        campaign = edit_of(announcement_id, edited_at)
        there = delivery.alias()
        has = select(there.c.id).where(
            there.c.campaign == campaign,
            there.c.recipient == delivery.c.recipient,
            there.c.state.not_in((Outcome.FAILED, Outcome.UNREACHABLE)),
        )
        without = self.connection.execute(
            select(delivery).where(
                notices_of(announcement_id),
                delivery.c.state == Outcome.SENT,
                # What was composed before the edit may have been sent right after it.
                delivery.c.sent_at < edited_at + HANDED_OVER,
                ~has.exists(),
            )
        ).all()
        tried = set(
            self.connection.execute(
                select(delivery.c.recipient).where(
                    delivery.c.campaign == campaign, delivery.c.kind == f"{EDITED}{RENEWED}"
                )
            ).scalars()
        )
        in_place = [
            row
            for row in without
            if row.platform != Platform.WEB and row.reference and row.recipient not in tried
        ]
        standing = {row.id for row in in_place}
        kind = f"{EDITED}{RENEWED}"
        changed = self._queue_about([(row, campaign, kind) for row in in_place], now)
        people = [row.person_id for row in without if row.id not in standing]
        if people:
            self.fan_out(
                people,
                campaign=campaign,
                kind=EDITED,
                subject=announcement_id,
                now=now,
                priority=ANNOUNCED,
                decision=Exempt.EDIT,
            )
        return changed + len(people)

    def _queue_again(
        self, rows: Sequence[Row[*tuple[Any, ...]]], subject: UUID, now: datetime
    ) -> int:
        """The same rows once more, to where their people are reached now. Who has left gets
        nothing."""
        first: dict[UUID, Row[*tuple[Any, ...]]] = {}
        for row in rows:
            first.setdefault(row.person_id, row)
        priority = min((row.priority for row in rows), default=BULK)
        if priority == URGENT and not self._may_be_urgent(subject, now):
            priority = ANNOUNCED
        people = {row.id: row for row in self._addressed(list(first))}.values()
        twice = DeliveryReason.REPEATED
        values = [
            {
                "b_id": first[person.id].id,
                "b_why": twice if first[person.id].state == Outcome.UNKNOWN else None,
                "b_queued_at": now,
                "b_priority": priority,
                **{f"b_{name}": there[name] for name in _WHERE},
            }
            for person, there in self.destined(people, priority, now)
        ]
        turns = self._turns([value["b_lane"] for value in values], priority)
        if values:
            again = [value | {"b_turn": turn} for value, turn in zip(values, turns, strict=True)]
            self.connection.execute(_AGAIN, again)
        return len(values)

    def calm_down(self, now: datetime) -> None:
        """What a yes of more than a day ago hurried and what still waits (its platform was away)
        goes like any other from now on: by day."""
        old = select(announcement.c.id).where(
            announcement.c.approved_at <= now - APPROVAL_HOLDS,
            announcement.c.approved_at > now - _LONG_AGO,
        )
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.subject.in_(old),
                delivery.c.kind == "notice",
                delivery.c.state == Outcome.QUEUED,
                delivery.c.priority == URGENT,
            )
            .values(priority=ANNOUNCED)
        )

    def _may_be_urgent(self, subject: UUID, now: datetime) -> bool:
        """A yes from long ago lets nobody be woken today."""
        found = self.announcement(subject)
        return found is not None and found.overrides_quiet_hours(now)


_LATE = timedelta(days=1)
_LONG_AGO = timedelta(days=30)
"""What was hurried before that has been calmed down long since."""

_TAKEN_BACK = select(announcement.c.id).where(announcement.c.recalled_at > bindparam("b_since"))
_TAKEN_BACK_OF = _TAKEN_BACK.where(announcement.c.id.in_(bindparam("b_ids", expanding=True)))
_UNKNOWN = delivery.c.state == Outcome.UNKNOWN
_ADDRESS = ("platform", "workspace", "conversation", "service_url", "lane")
_WHERE = (*_ADDRESS, "not_before", "held_until")
_AGAIN = (
    update(delivery)
    .where(delivery.c.id == bindparam("b_id"))
    .values(
        state="queued",
        why=bindparam("b_why"),
        priority=bindparam("b_priority"),
        queued_at=bindparam("b_queued_at", type_=Instant()),
        not_before=bindparam("b_not_before", type_=Instant()),
        held_until=bindparam("b_held_until", type_=Instant()),
        turn=bindparam("b_turn"),
        attempts=0,
        looks=0,
        lease_until=None,
        **{name: bindparam(f"b_{name}") for name in _ADDRESS},
    )
)
