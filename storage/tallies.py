"""What became of a campaign: counts, reasons and its expected end. A survey's asking is counted by
its invitations alone (decision 14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from governance.announcements.model import (
    Outcome,
    Reason,
    Tally,
)
from governance.delivery_reasons import DeliveryReason
from scheduler.delivery import RENEWED
from scheduler.pacing import SHARE, rate_now
from storage.announcements import STATE_OF, counted_as
from storage.claiming import learned_from
from storage.connection import read_once
from storage.halting import (
    TAKE_BACK,
    all_undone,
    campaign_of,
    invitation_campaign,
    notices_of,
    recall_of,
    unwritten,
    why_halted,
)
from storage.ledger_tables import delivery, delivery_count, lane, served
from storage.recipients import ON_ITS_WAY, Recipients
from storage.tables import acknowledgement

_REASONS = 8
"""So many reasons are told apart; a page is no log."""

_HELD = timedelta(minutes=10)
"""What waits for longer than its lane does is held, and nobody says when it ends."""


class Tallies(Recipients):
    """What became of announcements, inside one transaction."""

    def some_unread(self, announcement_id: UUID, most: int) -> Sequence[UUID]:
        """A few people, at random, who got it and have not pressed (for the demo's colleagues)."""
        read = select(acknowledgement.c.person_id).where(
            acknowledgement.c.announcement_id == announcement_id
        )
        return (
            self.connection.execute(
                select(delivery.c.person_id)
                .where(
                    notices_of(announcement_id),
                    delivery.c.state == Outcome.SENT,
                    delivery.c.person_id.not_in(read),
                )
                .order_by(func.random())
                .limit(most)
            )
            .scalars()
            .all()
        )

    @read_once
    def tally(self, announcement_id: UUID, now: datetime) -> Tally:
        mine = notices_of(announcement_id)
        waiting = all_undone(self, announcement_id)
        recalls = self._by_state(recall_of(announcement_id))
        recalls += self._forgotten(delivery_count.c.campaign == recall_of(announcement_id))
        read = self.connection.execute(
            select(func.count())
            .select_from(acknowledgement)
            .where(acknowledgement.c.announcement_id == announcement_id)
        ).scalar_one()
        edited = self._edited(announcement_id)
        return replace(
            self._sending(
                announcement_id,
                mine,
                now,
                campaign_of(announcement_id),
                "notice",
                again=waiting[AGAIN],
                explained=or_(mine, delivery.c.campaign == recall_of(announcement_id)),
            ),
            recalling=sum(recalls[state] for state in ON_ITS_WAY) + waiting[TAKE_BACK],
            kept=recalls[Outcome.FAILED] + recalls[Outcome.UNREACHABLE],
            acknowledged=read,
            edited=edited[Outcome.SENT, True],
            corrected=edited[Outcome.SENT, False],
            editing=sum(edited[state, again] for state in ON_ITS_WAY for again in (True, False))
            + waiting[CORRECT],
            telling=waiting[TELL],
        )

    def _edited(self, announcement_id: UUID) -> Counter[tuple[str, bool]]:
        """What became of the last edit: (state, whether it changes a message where it stands)."""
        found = self.announcement(announcement_id)
        if found is None or found.edited_at is None:
            return Counter()
        again = delivery.c.kind == f"{EDITED}{RENEWED}"
        rows = self.connection.execute(
            select(delivery.c.state, again, func.count())
            .where(delivery.c.campaign == edit_of(announcement_id, found.edited_at))
            .group_by(delivery.c.state, again)
        )
        return Counter({(state, bool(in_place)): people for state, in_place, people in rows})

    def asking_tally(self, wave_id: UUID, now: datetime) -> Tally:
        campaign = invitation_campaign(wave_id)
        return self._sending(wave_id, invitations(wave_id), now, campaign, "invitation")

    def asking_seconds(self, wave_id: UUID) -> float:
        rows = self.connection.execute(
            select(delivery.c.lane, func.count())
            .where(invitations(wave_id), served)
            .group_by(delivery.c.lane)
        )
        return self.seconds_for(dict(rows.all()))

    def _sending(
        self,
        subject: UUID,
        mine: ColumnElement[bool],
        now: datetime,
        campaign: str,
        kind: str,
        *,
        again: int = 0,
        explained: ColumnElement[bool] | None = None,
    ) -> Tally:
        """How sending stands, with what was deleted by age. Who was skipped counts as sent, and
        whoever has no message yet as stopped once sending is. ``again``: for how many it is still
        to be sent again; of a survey that has reminders in it, which nobody counts.
        ``explained``: of which messages the reasons are given, where it is not these alone."""
        rows = self.connection.execute(
            select(*STATE_OF, func.count()).where(mine).group_by(*STATE_OF)
        ).all()
        gone = self._forgotten(
            and_(delivery_count.c.campaign == campaign, delivery_count.c.kind == kind)
        )
        still_to_write = unwritten(self, campaign, kind)
        counts = Counter(gone)
        for state, no_address, never_sent, was_spared, people in rows:
            counts[
                counted_as(state, no_address=no_address, unsent=never_sent, spared=was_spared)
            ] += people
        if why_halted(self, subject) is not None:  # what waits is taken out of the queue in parts
            waiting = counts.pop(Outcome.QUEUED, 0) + counts.pop("waiting", 0)
            counts["stopped"] += still_to_write + waiting
            still_to_write = 0
        still_to_write += _going_again(counts, again)
        return Tally(
            people=sum(counts.values()) + still_to_write,
            unwritten=still_to_write,
            queued=sum(counts[state] for state in ON_ITS_WAY),
            waiting=counts["waiting"],
            sent=counts[Outcome.SENT],
            unknown=counts[Outcome.UNKNOWN],
            failed=counts[Outcome.FAILED],
            unreachable=counts[Outcome.UNREACHABLE],
            stopped=counts["stopped"],
            recalled=counts[Outcome.RECALLED],
            acknowledged=0,
            forgotten=gone.total(),
            expected_end=self._expected_end(mine, now),
            reasons=self._reasons(mine if explained is None else explained),
        )

    def _forgotten(self, mine: ColumnElement[bool]) -> Counter[str]:
        """What had become of those that were deleted by age."""
        people = func.sum(delivery_count.c.people)
        rows = self.connection.execute(
            select(delivery_count.c.outcome, people).where(mine).group_by(delivery_count.c.outcome)
        )
        return Counter(dict(rows.all()))

    def _by_state(self, campaign: str) -> Counter[str]:
        rows = self.connection.execute(
            select(delivery.c.state, func.count())
            .where(delivery.c.campaign == campaign)
            .group_by(delivery.c.state)
        )
        return Counter(dict(rows.all()))

    def _reasons(self, mine: ColumnElement[bool]) -> tuple[Reason, ...]:
        """Why it ended, or why it waits for something that somebody has to fix."""
        ended = delivery.c.state.in_((Outcome.FAILED, Outcome.UNREACHABLE))
        waits = and_(
            delivery.c.state == Outcome.QUEUED,
            delivery.c.lane.is_not(None),
            or_(delivery.c.attempts > 0, delivery.c.why == DeliveryReason.RESTORED),
            delivery.c.why != DeliveryReason.REPEATED,
        )
        people = func.count()
        rows = self.connection.execute(
            select(delivery.c.state, delivery.c.why, people)
            .where(mine, or_(ended, waits), delivery.c.why != DeliveryReason.SPARED)
            .group_by(delivery.c.state, delivery.c.why)
            .order_by(people.desc(), delivery.c.why)
            .limit(_REASONS)
        )
        return tuple(
            Reason(outcome=Outcome(state), why=why, people=count) for state, why, count in rows
        )

    def _expected_end(self, mine: ColumnElement[bool], now: datetime) -> datetime | None:
        """When the slowest lane is through with these: after what goes before it there, at the rate
        that it goes now, and not before it may go on: quiet hours end at a time that is known.
        None: nothing is on its way, or it is held without an end.
        """
        rows = self.connection.execute(
            select(
                delivery.c.lane,
                func.max(delivery.c.priority).label("priority"),
                func.max(delivery.c.turn).label("turn"),
                func.min(delivery.c.not_before).label("ready"),
                func.max(delivery.c.held_until).label("quiet_until"),
            )
            .where(
                mine,
                delivery.c.state.in_(ON_ITS_WAY),
                served,
            )
            .group_by(delivery.c.lane)
        ).all()
        known, before = self._lanes(rows), self._ahead(rows, now)
        ends = [
            self._lane_ends(row, known.get(row.lane), *before.get(row.lane, (0, 0)), now)
            for row in rows
        ]
        return max((end for end in ends if end is not None), default=None)

    def _lanes(self, mine: Sequence[Row[*tuple[Any, ...]]]) -> Mapping[str, Row[Any]]:
        """What is known of each of these lanes, by its key."""
        if not mine:
            return {}
        wanted = select(lane).where(lane.c.key.in_([one.lane for one in mine]))
        return {row.key: row for row in self.connection.execute(wanted)}

    def _lane_ends(
        self,
        mine: Row[*tuple[Any, ...]],
        known: Row[Any] | None,
        ahead: int,
        quiet: int,
        now: datetime,
    ) -> datetime | None:
        """``ahead``: how many go before the last of these, ``quiet`` of them in quiet hours."""
        start: datetime = max(now, (known and known.blocked_until) or now)
        quiet_until = max(mine.quiet_until or start, start)
        if mine.ready - start > _HELD and quiet_until == start:
            return None
        budget = self.budget_of_lane(mine.lane)
        rate = budget.per_second if budget else 0.0
        if budget and known is not None:
            rate = rate_now(budget, learned_from(known), now)

        def lasts(messages: int) -> timedelta:
            return timedelta(seconds=messages / (rate * SHARE) if rate else 0.0)

        by_day = max(start, mine.ready) + lasts(ahead - quiet) if ahead > quiet else start
        return max(by_day, quiet_until + lasts(quiet))

    def _ahead(
        self, mine: Sequence[Row[*tuple[Any, ...]]], now: datetime
    ) -> Mapping[str, tuple[int, int]]:
        """By lane: how many go before the last of these there, and how many of them are held in
        quiet hours."""
        if not mine:
            return {}
        is_quiet = case((delivery.c.held_until > now, 1), else_=0)
        before = (
            and_(
                delivery.c.lane == one.lane,
                or_(
                    delivery.c.priority < one.priority,
                    and_(delivery.c.priority == one.priority, delivery.c.turn <= one.turn),
                ),
            )
            for one in mine
        )
        rows = self.connection.execute(
            select(delivery.c.lane, func.count(), func.sum(is_quiet))
            .where(
                delivery.c.lane.in_([one.lane for one in mine]),
                delivery.c.state.in_(ON_ITS_WAY),
                or_(*before),
            )
            .group_by(delivery.c.lane)
        )
        return {key: (people, quiet or 0) for key, people, quiet in rows}


def _going_again(counts: Counter[str], people: int) -> int:
    """Takes those who get it again, and are not in the queue yet, out of the counts."""
    left = people
    for state in ("stopped", Outcome.FAILED, Outcome.UNREACHABLE, Outcome.UNKNOWN):
        some = min(left, counts[state])
        counts[state] -= some
        left -= some
    return people - left


def invitations(wave_id: UUID) -> ColumnElement[bool]:
    """What first asks a wave's panel. Not its reminders: they go to whoever has not answered, so
    how many there are tells how many have."""
    return and_(delivery.c.subject == wave_id, delivery.c.kind == "invitation")


STOP, AGAIN, CORRECT = "stop", "again", "correct"
"""Acts of a fan-out (``storage.deliveries.ACTS``): what becomes of a campaign, part by part."""

TELL, OVERTAKE = "tell", "overtake"
"""Acts: a service notice's update is told, and an older one that still waits is not."""

EDITED = "edited"
"""Kind of a correction (``governance.announcements.editing``)."""


def edit_of(announcement_id: UUID, at: datetime) -> str:
    """The campaign in which an edit reaches those who have the announcement."""
    return f"edit:{announcement_id}:{int(at.timestamp() * 1000)}"


def again_of(subject: UUID) -> str:
    """The campaign of a fan-out in which those who lack a message get it again."""
    return f"again:{subject}"
