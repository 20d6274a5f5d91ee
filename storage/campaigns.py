"""Campaigns under way: stopped, gone on with, and sent again, always in the same rows.

A campaign has one row for each person and kind, whatever happens to it: so what the ledger says
of somebody is the last that is known, and nobody can be in it twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.sql import ColumnElement

from core.deciding import Exempt
from core.people import Platform
from governance.announcements.model import APPROVAL_HOLDS, Missed, Outcome
from governance.delivery_reasons import DeliveryReason, Why
from governance.service_notices.handlers import SERVICE_UPDATE
from scheduler.delivery import RECALL, RENEWED, STOPPABLE
from scheduler.lanes import recall_lane
from storage.columns import Instant
from storage.connection import UNREAD
from storage.deliveries import ACTS, Act, waiting_lane
from storage.halting import (
    HANDED_OVER,
    TAKE_BACK,
    addressed_to,
    campaign_of,
    drop_halted,
    notices_of,
    recall_of,
    undone,
)
from storage.holding import ANNOUNCED, BULK, URGENT, lane_of
from storage.ledger_tables import delivery, fan_out, halt
from storage.recalling import Recalling
from storage.service_notice_tables import service_update
from storage.tables import announcement, participation, person
from storage.tallies import (
    AGAIN,
    CORRECT,
    EDITED,
    OVERTAKE,
    STOP,
    TELL,
    Tallies,
    again_of,
    edit_of,
    invitations,
)
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

    def halt(self, subject: UUID, why: Why, by: UUID | None, now: datetime) -> None:
        """From this one row on nothing of it is claimed or leaves (``scheduler.halting``). What
        waits is taken out of the queue in parts."""
        self._alone_with(subject)
        self.give_up_parts(subject, AGAIN)
        self.insert_new(halt, {"subject": subject, "why": why, "by": by, "at": now})
        waiting = (
            select(delivery.c.person_id)
            .where(
                delivery.c.subject == subject,
                delivery.c.kind.in_(STOPPABLE),
                delivery.c.state == Outcome.QUEUED,
            )
            .order_by(delivery.c.person_id)
        )
        people = list(dict.fromkeys(self.connection.execute(waiting).scalars()))
        self.do_in_parts(STOP, people, campaign=f"stop:{subject}", subject=subject, now=now)

    def drop_stopped(self, subject: UUID, people: Sequence[UUID]) -> None:
        """A part of what ``halt`` takes out of the queue."""
        mine = (delivery.c.subject == subject, delivery.c.person_id.in_(people))
        waiting = delivery.c.kind.in_(STOPPABLE), delivery.c.state == Outcome.QUEUED
        drop_halted(
            self,
            self.connection.execute(select(delivery.c.id).where(*mine, *waiting)).scalars().all(),
        )

    def halted_at(self, subject: UUID) -> datetime | None:
        found: datetime | None = self.foreseen("halted at", subject)
        if found is UNREAD:
            stopped = select(halt.c.at).where(halt.c.subject == subject)
            found = self.connection.execute(stopped).scalar()
        return found

    def still_to_ask(self, wave_id: UUID) -> int:
        found: int = self.foreseen("still to ask", wave_id)
        if found is not UNREAD:
            return found
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

    def resume(self, subject: UUID, now: datetime) -> None:
        self._go_on(subject, "rest", now)

    def _go_on(self, subject: UUID, which: str, now: datetime) -> int:
        """Nothing of a campaign is stopped any more, and those who lack it get it: in parts. To how
        many."""
        self._alone_with(subject)
        self.give_up_parts(subject, STOP)
        self.connection.execute(delete(halt).where(halt.c.subject == subject))
        wanted = self._lacking(subject, which).subquery()
        here = select(person.c.id).where(
            person.c.active, person.c.id.in_(select(wanted.c.person_id))
        )
        people = self.connection.execute(here.order_by(person.c.id)).scalars().all()
        body, campaign = {"which": which}, again_of(subject)
        self.do_in_parts(
            AGAIN,
            people,
            campaign=campaign,
            subject=subject,
            now=now,
            priority=ANNOUNCED,
            decision=Exempt.REMINDER,  # the same rows, of what was decided before
            body=body,
        )
        return len(people)

    def queue_some_again(
        self,
        subject: UUID,
        which: str,
        people: Sequence[UUID],
        turns: dict[str, int],
        now: datetime,
    ) -> None:
        """A part of those who lack it."""
        wanted = self._lacking(subject, which).where(delivery.c.person_id.in_(people))
        self._queue_again(self.connection.execute(wanted).all(), subject, turns, now)

    def _lacking(self, subject: UUID, which: str) -> Select[*tuple[Any, ...]]:
        """The deliveries that are queued again: the ``rest`` of what was stopped, what was
        ``missed``, or that and what nobody knows of (``unknown``)."""
        columns = (
            delivery.c.id,
            delivery.c.person_id,
            delivery.c.priority,
            delivery.c.state,
        )
        if which != "rest":
            first = delivery.c.kind.in_(("notice", "invitation"))
            lacking = or_(_MISSED, _UNKNOWN) if which == "unknown" else _MISSED
            return select(*columns).where(delivery.c.subject == subject, first, lacking)
        return (
            select(*columns)
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
        return self._go_on(announcement_id, "unknown" if unknown else "missed", now)

    def ask_again(self, wave_id: UUID, now: datetime, *, unknown: bool) -> int:
        return self._go_on(wave_id, "unknown" if unknown else "missed", now)

    # -- taking back ----------------------------------------------------------------------------

    def recall_seconds(self, announcement_id: UUID) -> float:
        rows = self.connection.execute(
            select(delivery.c.lane, func.count())
            .where(notices_of(announcement_id), delivery.c.state == Outcome.SENT)
            .group_by(delivery.c.lane)
        )
        return self.seconds_for({recall_lane(lane): people for lane, people in rows if lane})

    def recall(self, announcement_id: UUID, now: datetime) -> int:
        """Take it back from those who have it, and try again where that failed: in parts. From how
        many."""
        for act in (CORRECT, TELL, OVERTAKE):
            self.give_up_parts(announcement_id, act)
        failed = select(delivery.c.person_id).where(
            delivery.c.campaign == recall_of(announcement_id),
            delivery.c.state.in_((Outcome.FAILED, Outcome.UNREACHABLE)),
        )
        return self._take_back(
            announcement_id, now, self.connection.execute(failed).scalars().all()
        )

    def take_back_from(
        self, announcement_id: UUID, people: Sequence[UUID], turns: dict[str, int], now: datetime
    ) -> None:
        """A part of those it is taken back from."""
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.campaign == recall_of(announcement_id),
                delivery.c.kind == RECALL,
                addressed_to(people),
                delivery.c.state.in_((Outcome.FAILED, Outcome.UNREACHABLE)),
            )
            .values(state="queued", why=None, attempts=0, not_before=now)
        )
        these = delivery.c.person_id.in_(people)
        mine = select(delivery).where(these, to_take_back(announcement_id))
        campaign, told = recall_of(announcement_id), campaign_of(announcement_id)
        self.queue_recalls(
            [
                (row, campaign if row.campaign == told else f"{row.campaign}:back")
                for row in self.connection.execute(mine).all()
            ],
            now,
            turns,
        )

    def take_back_late(
        self, now: datetime, found: Mapping[UUID, Collection[UUID]] | None = None
    ) -> None:
        """What turned out to have been sent after its announcement was taken back goes as well:
        it was on its way then, or nobody knew. ``found``: these deliveries by their announcement;
        None: all of what was taken back within a day."""
        since = {"b_since": now - _LATE}
        if found is None:
            for subject in self.connection.execute(_TAKEN_BACK, since).scalars().all():
                if not undone(self, subject, TAKE_BACK):
                    self._take_back(subject, now)
            return
        taken_back = self.connection.execute(_TAKEN_BACK_OF, {"b_ids": list(found), **since})
        for subject in taken_back.scalars().all():
            who = select(delivery.c.person_id).where(delivery.c.id.in_(list(found[subject])))
            self.take_back_from(subject, self.connection.execute(who).scalars().all(), {}, now)

    def _take_back(self, announcement_id: UUID, now: datetime, also: Collection[UUID] = ()) -> int:
        """From each who has it, or something that followed it, and ``also``; from how many."""
        mine = select(service_update.c.id).where(
            service_update.c.announcement_id == announcement_id
        )
        # What it is about comes first: without it the whole ledger is read.
        about = or_(delivery.c.subject == announcement_id, delivery.c.subject.in_(mine))
        sent = select(delivery.c.person_id).where(about, to_take_back(announcement_id))
        rows = [*self.connection.execute(sent).scalars(), *also]
        people = sorted({*rows})
        if people:
            self.do_in_parts(
                TAKE_BACK,
                people,
                campaign=recall_of(announcement_id),
                subject=announcement_id,
                now=now,
                rows=-(-len(rows) // len(people)),
            )
        return len(people)

    # -- edited after it was sent ---------------------------------------------------------------

    def correct(self, announcement_id: UUID, edited_at: datetime, now: datetime) -> int:
        """Bring an edit to those who have what was there before, in parts. To how many."""
        self.give_up_parts(announcement_id, CORRECT)  # an older edit tells nobody more
        wanted = select(delivery.c.person_id).where(_uncorrected(announcement_id, edited_at))
        people = self.connection.execute(wanted.order_by(delivery.c.person_id)).scalars().all()
        campaign = edit_of(announcement_id, edited_at)
        self.decide(
            people,
            campaign=campaign,
            kind=EDITED,
            subject=announcement_id,
            decision=Exempt.EDIT,
            now=now,
        )
        self.do_in_parts(
            CORRECT,
            people,
            campaign=campaign,
            subject=announcement_id,
            now=now,
            priority=ANNOUNCED,
            decision=Exempt.EDIT,
            body={"edited_at": edited_at.isoformat()},
        )
        return len(people)

    def correct_some(
        self,
        announcement_id: UUID,
        edited_at: datetime,
        people: Sequence[UUID],
        turns: dict[str, int],
        now: datetime,
    ) -> None:
        """A part of those who have what was there before the edit."""
        campaign = edit_of(announcement_id, edited_at)
        these = addressed_to(people)
        without = self.connection.execute(
            select(delivery).where(these, _uncorrected(announcement_id, edited_at))
        ).all()
        tried = set(
            self.connection.execute(
                select(delivery.c.recipient).where(
                    delivery.c.campaign == campaign,
                    delivery.c.kind == f"{EDITED}{RENEWED}",
                    these,
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
        self._queue_about([(row, campaign, kind) for row in in_place], now, turns)
        self.queue_people(
            [row.person_id for row in without if row.id not in standing],
            campaign=campaign,
            kind=EDITED,
            subject=announcement_id,
            now=now,
            priority=ANNOUNCED,
            deadline=None,
            turns=turns,
        )

    def _queue_again(
        self,
        rows: Sequence[Row[*tuple[Any, ...]]],
        subject: UUID,
        following: dict[str, int],
        now: datetime,
    ) -> None:
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
        turns = self._turns([value["b_lane"] for value in values], priority, following)
        if self.waits_since is not None:  # begun before the database was restored
            for value in values:
                value["b_lane"] = waiting_lane(value["b_lane"])
                value["b_why"] = DeliveryReason.RESTORED
        if values:
            again = [value | {"b_turn": turn} for value, turn in zip(values, turns, strict=True)]
            self.connection.execute(_AGAIN, again)

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


def to_take_back(announcement_id: UUID) -> ColumnElement[bool]:
    """Of deliveries: an announcement's messages that are out, and what followed them in chats, that
    nothing takes back yet. Pages show no corrections."""
    other = delivery.alias()
    back = case(
        (notices_of(announcement_id), recall_of(announcement_id)),
        else_=delivery.c.campaign.concat(":back"),
    )
    has_one = select(other.c.id).where(
        other.c.campaign == back,
        other.c.kind == RECALL,
        other.c.recipient == delivery.c.recipient,
    )
    updates = select(service_update.c.id).where(service_update.c.announcement_id == announcement_id)
    followed = or_(
        and_(delivery.c.subject == announcement_id, delivery.c.kind == EDITED),
        and_(delivery.c.subject.in_(updates), delivery.c.kind == SERVICE_UPDATE),
    )
    return and_(
        or_(
            notices_of(announcement_id),
            and_(followed, delivery.c.platform != Platform.WEB),
        ),
        delivery.c.state == Outcome.SENT,
        ~has_one.exists(),
    )


def _uncorrected(announcement_id: UUID, edited_at: datetime) -> ColumnElement[bool]:
    """Of deliveries: the announcement as it was before an edit, where nothing brings the edit."""
    there = delivery.alias()
    has = select(there.c.id).where(
        there.c.campaign == edit_of(announcement_id, edited_at),
        there.c.kind.in_((EDITED, f"{EDITED}{RENEWED}")),  # the columns of the index, all of them
        there.c.recipient == delivery.c.recipient,
        there.c.state.not_in((Outcome.FAILED, Outcome.UNREACHABLE)),
    )
    return and_(
        notices_of(announcement_id),
        delivery.c.state == Outcome.SENT,
        # What was composed before the edit may have been sent right after it.
        delivery.c.sent_at < edited_at + HANDED_OVER,
        ~has.exists(),
    )


ACTS[STOP] = Act(
    lambda tx, head, people, turns, now: tx.drop_stopped(head["subject"], people), sends=False
)
ACTS[AGAIN] = Act(
    lambda tx, head, people, turns, now: tx.queue_some_again(
        head["subject"], head["body"]["which"], people, turns, now
    )
)
ACTS[TAKE_BACK] = Act(
    lambda tx, head, people, turns, now: tx.take_back_from(head["subject"], people, turns, now),
    sends=False,
)
ACTS[CORRECT] = Act(
    lambda tx, head, people, turns, now: tx.correct_some(
        head["subject"],
        datetime.fromisoformat(head["body"]["edited_at"]),
        people,
        turns,
        now,
    )
)

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
