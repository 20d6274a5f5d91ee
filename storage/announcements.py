"""Announcements, whom they reach, and who pressed "I have read this"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, false, func, literal, select, true
from sqlalchemy.sql import ColumnElement

from core.deciding import UNDECIDED, ByTwo, Decision
from core.lists import Found, ListRequest
from core.paging import paging
from core.people import Audience
from governance.announcements.model import (
    Announcement,
    AnnouncementFilter,
    AnnouncementState,
    EditRequest,
    Outcome,
    Reach,
    Tally,
)
from governance.delivery_reasons import DeliveryReason
from governance.encoding import (
    change_from_json,
    change_to_json,
    question_from_json,
    question_to_json,
)
from scheduler.lanes import WEB_PAGES, Budget, budget_of
from scheduler.pacing import SHARE
from storage.change_tables import announcement_edit, edit_request
from storage.claiming import platform_of
from storage.connection import read_once
from storage.counted_beside import counted_beside
from storage.deliveries import Deliveries
from storage.halting import campaign_of, unwritten
from storage.holding import ANNOUNCED, URGENT, count_held, lane_of, watch
from storage.ledger_tables import delivery, halt
from storage.tables import acknowledgement, announcement
from surveys.encoding import audience_from_json, audience_to_json, decode, encode

_EDITED = (
    select(func.max(announcement_edit.c.at))
    .where(announcement_edit.c.announcement_id == announcement.c.id)
    .scalar_subquery()
)
announced = select(
    announcement, halt.c.at.label("stopped_at"), _EDITED.label("edited_at")
).outerjoin(halt, halt.c.subject == announcement.c.id)


_SENT = announcement.c.state == AnnouncementState.SENDING
_LISTED: dict[AnnouncementFilter, ColumnElement[bool]] = {
    AnnouncementFilter.ALL: true(),
    AnnouncementFilter.DRAFT: announcement.c.state == AnnouncementState.DRAFT,
    AnnouncementFilter.WAITING: announcement.c.state == AnnouncementState.WAITING,
    AnnouncementFilter.SCHEDULED: announcement.c.state == AnnouncementState.SCHEDULED,
    AnnouncementFilter.SENT: and_(_SENT, announcement.c.recalled_at.is_(None)),
    AnnouncementFilter.TAKEN_BACK: announcement.c.recalled_at.is_not(None),
}
"""What each filter of the list shows."""


_NEWEST_FIRST = (
    case((announcement.c.sent_at.is_(None), 0), else_=1),
    func.coalesce(announcement.c.sent_at, announcement.c.send_at).desc(),
    announcement.c.id,
)


class Announcements(Deliveries):
    """Announcements inside one transaction."""

    @read_once
    def announcement(self, announcement_id: UUID) -> Announcement | None:
        row = self.connection.execute(announced.where(announcement.c.id == announcement_id)).first()
        return announcement_from(row) if row else None

    def announcements_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``announcement``, in a transaction that only reads."""
        self.ahead("announcement", some, self._these_announcements)

    def _these_announcements(self, some: Sequence[UUID]) -> dict[UUID, Announcement]:
        rows = self.connection.execute(announced.where(announcement.c.id.in_(some)))
        found = (announcement_from(row) for row in rows)
        return {one.id: one for one in found}

    def lock_announcement(self, announcement_id: UUID) -> Announcement | None:
        wanted = announced.where(announcement.c.id == announcement_id)
        row = self.connection.execute(wanted.with_for_update(of=announcement)).first()
        return announcement_from(row) if row else None

    def announcement_by_key(self, key: str) -> Announcement | None:
        row = self.connection.execute(announced.where(announcement.c.key == key)).first()
        return announcement_from(row) if row else None

    def announcements(self) -> Sequence[Announcement]:
        newest = func.coalesce(announcement.c.sent_at, announcement.c.send_at)
        rows = self.connection.execute(announced.order_by(newest.desc()))
        return [announcement_from(row) for row in rows]

    def page_of_announcements(
        self, page: int, size: int, *, drafts: bool = True
    ) -> tuple[Sequence[Announcement], int]:
        which = [] if drafts else [announcement.c.state != AnnouncementState.DRAFT]
        counted = select(func.count()).select_from(announcement).where(*which)
        there = self.connection.execute(counted).scalar_one()
        page = paging(page, there, size).page
        newest = announced.where(*which).order_by(*_NEWEST_FIRST).limit(size)
        rows = self.connection.execute(newest.offset(page * size))
        return [announcement_from(row) for row in rows], there

    def newest_announcements(self, most: int) -> Sequence[Announcement]:
        """Those that are no drafts, as ``page_of_announcements`` begins."""
        written = announced.where(announcement.c.state != AnnouncementState.DRAFT)
        rows = self.connection.execute(written.order_by(*_NEWEST_FIRST).limit(most))
        return [announcement_from(row) for row in rows]

    def announcements_listed(self, asked: ListRequest) -> tuple[Sequence[Announcement], Found]:
        sums = [func.count(case((which, 1))) for which in _LISTED.values()]
        numbers = self.connection.execute(select(*sums).select_from(announcement)).one()
        counts: dict[str, int] = dict(zip(_LISTED, numbers, strict=True))
        chosen = asked.filter if asked.filter in _LISTED else AnnouncementFilter.ALL
        wanted = _LISTED[AnnouncementFilter(chosen)]
        matching = counts[chosen]
        if asked.search:
            ids = self._titled(wanted, asked.search)
            wanted, matching = announcement.c.id.in_(ids), len(ids)
        there = paging(asked.page or 0, matching, asked.size)
        newest = func.coalesce(announcement.c.sent_at, announcement.c.send_at)
        out = case((announcement.c.sent_at.is_(None), 0), else_=1)
        order = [newest] if asked.sort == "when" else [out, newest.desc()]
        rows = self.connection.execute(
            announced.where(wanted)
            .order_by(*order, announcement.c.id)
            .limit(there.size)
            .offset(there.page * there.size)
        )
        return [announcement_from(row) for row in rows], Found(counts=counts, matching=matching)

    def _titled(self, wanted: ColumnElement[bool], search: str) -> list[UUID]:
        """Those with each of these words in a title, in whichever language."""
        words = search.casefold().split()
        rows = self.connection.execute(
            select(announcement.c.id, announcement.c.change).where(wanted)
        )
        titles = ((row.id, change_from_json(row.change).title) for row in rows)
        said = (
            (one, " ".join((title.default, *title.translations.values())).casefold())
            for one, title in titles
        )
        return [one for one, title in said if all(word in title for word in words)]

    def brief_tallies(self, announcements: Collection[UUID]) -> Mapping[UUID, Tally]:
        ids = list(announcements)
        states: dict[UUID, Counter[str]] = {one: Counter() for one in ids}
        notices = delivery.c.subject.in_(ids), delivery.c.kind == "notice"
        of = (delivery.c.subject, *STATE_OF)
        for subject, state, no_address, unsent, spared, people in self.connection.execute(
            select(*of, func.count()).where(*notices).group_by(*of)
        ):
            counts_as = counted_as(state, no_address=no_address, unsent=unsent, spared=spared)
            states[subject][counts_as] += people
        beside = counted_beside(self, ids)
        for (one, outcome), people in beside.forgotten.items():
            states[one][outcome] += people
        for one in beside.stopped:
            waiting = states[one].pop(Outcome.QUEUED, 0) + states[one].pop("waiting", 0)
            states[one]["stopped"] += beside.to_write.pop(one, 0) + waiting
        forgotten = Counter[UUID]()
        for (one, _), people in beside.forgotten.items():
            forgotten[one] += people
        return {
            one: _brief(
                states[one],
                read=beside.read[one],
                forgotten=forgotten[one],
                to_write=beside.to_write[one],
                recalling=beside.recalling[one],
            )
            for one in ids
        }

    def put_announcement(self, new: Announcement) -> None:
        row = {
            "id": new.id,
            "key": new.key,
            "change": change_to_json(new.change),
            "audience": audience_to_json(new.audience),
            "written_by": new.written_by,
            "state": new.state,
            "send_at": new.send_at,
            "sent_at": new.sent_at,
            "acknowledge": new.acknowledge,
            "due": new.due,
            "question": question_to_json(new.question) if new.question else None,
            "lesson": new.lesson,
            "urgent": new.urgent,
            "asked_by": new.asked_by,
            "asked_at": new.asked_at,
            "approved_by": new.approved_by,
            "approved_at": new.approved_at,
            "approved_people": new.approved_people,
            "declined_why": new.declined_why,
            "declined_by": new.declined_by,
            "recalled_at": new.recalled_at,
            "joiners_until": new.joiners_until,
        }
        self.put(announcement, row, ("id",))

    def note_edit(self, before: Announcement, by: UUID | None, now: datetime) -> None:
        row = {"announcement_id": before.id, "at": now, "by_person": by}
        row["before"] = change_to_json(before.change)
        self.connection.execute(announcement_edit.insert(), row)

    def put_edit_request(self, request: EditRequest) -> None:
        row = {"announcement_id": request.announcement_id, "body": encode(EditRequest, request)}
        self.put(edit_request, row, ("announcement_id",))

    def edit_request(self, announcement_id: UUID) -> EditRequest | None:
        same = edit_request.c.announcement_id == announcement_id
        body = self.connection.execute(select(edit_request.c.body).where(same)).scalar()
        return decode(EditRequest, body) if body else None

    def reach(self, audience: Audience, at: datetime) -> Reach:
        groups = self.reached(audience)
        by_platform: Counter[str] = Counter()
        by_lane: Counter[str | None] = Counter()
        waiting_by: Counter[str] = Counter()
        for group in groups:
            lane = lane_of(group, mails=self.surroundings.mails)
            by_platform[group.platform] += group.people
            by_lane[lane] += group.people
            if lane is None:
                waiting_by[group.platform] += group.people
        waiting = by_lane.pop(None, 0)
        away = Counter(self.away_from(audience) if waiting else {})
        return Reach(
            people=by_platform.total(),
            by_platform=tuple(sorted(by_platform.items())),
            waiting=waiting,
            seconds=self.seconds_for(by_lane),
            held=count_held(watch(self, at), groups, mails=self.surroundings.mails),
            lasting=self._lasting(by_lane),
            waiting_by=tuple(sorted((waiting_by - away).items())),
            away_by=tuple(sorted(away.items())),
            page_only=by_lane[WEB_PAGES],
        )

    def seconds_for(self, by_lane: Mapping[str | None, int]) -> float:
        """How long so many messages take in each lane: the slowest one's time."""
        return max((seconds for _, seconds in self._lasting(by_lane)), default=0.0)

    def _lasting(self, by_lane: Mapping[str | None, int]) -> tuple[tuple[str, float], ...]:
        """(platform, seconds): how long so many messages take in its slowest lane."""
        lasting: dict[str, float] = {}
        for lane, messages in by_lane.items():
            if not lane:
                continue
            budget = self.budget_of_lane(lane)
            seconds = messages / (budget.per_second * SHARE) if budget else 0.0
            platform = platform_of(lane)
            lasting[platform] = max(seconds, lasting.get(platform, 0.0))
        return tuple(sorted(lasting.items()))

    def budget_of_lane(self, lane: str) -> Budget | None:
        """A lane's budget as it was configured; None: its platform has none here."""
        rates = self.surroundings.rates.items()
        budgets = {platform: Budget(per_second=rate, burst=1) for platform, rate in rates}
        return budget_of(lane, budgets) if platform_of(lane) in budgets else None

    def announce(self, sending: Announcement, now: datetime) -> int:
        people = self.ids_of(sending.audience)
        self.announce_to(people, sending, now, decision=_decided(sending))
        return len(people)

    def announce_to(
        self, people: Sequence[UUID], sending: Announcement, now: datetime, *, decision: Decision
    ) -> None:
        self.fan_out(
            people,
            campaign=campaign_of(sending.id),
            kind="notice",
            subject=sending.id,
            now=now,
            priority=URGENT if sending.overrides_quiet_hours(now) else ANNOUNCED,
            decision=decision,
        )

    def open_to_joiners(self, day: date) -> Sequence[UUID]:
        wanted = select(announcement.c.id).where(
            announcement.c.joiners_until >= day, announcement.c.sent_at.is_not(None)
        )
        return self.connection.execute(wanted.order_by(announcement.c.id)).scalars().all()

    def joiners(self, sent: Announcement) -> tuple[int, Sequence[UUID]]:
        campaign = campaign_of(sent.id)
        unsent = unwritten(self, campaign, "notice")
        there = select(delivery.c.person_id).where(
            delivery.c.campaign == campaign, delivery.c.kind == "notice"
        )
        has = set(self.connection.execute(there).scalars())
        if unsent:  # it is still being written for whoever was in it then
            return len(has) + unsent, ()
        return len(has), [one for one in self.ids_of(sent.audience) if one not in has]

    def notices_ahead(self, some: Sequence[UUID], person_id: UUID) -> None:
        """Prefetch for ``was_announced_to`` and ``acknowledged_at``."""

        def announced_to(new: Sequence[UUID]) -> dict[UUID, bool]:
            mine = select(delivery.c.campaign).where(
                delivery.c.campaign.in_([campaign_of(one) for one in new]),
                delivery.c.kind == "notice",
                delivery.c.recipient == f"person:{person_id}",
            )
            there = set(self.connection.execute(mine).scalars())
            return {one: campaign_of(one) in there for one in new}

        def acknowledged(new: Sequence[UUID]) -> dict[UUID, datetime]:
            which = select(acknowledgement.c.announcement_id, acknowledgement.c.at).where(
                acknowledgement.c.announcement_id.in_(new),
                acknowledgement.c.person_id == person_id,
            )
            return {row.announcement_id: row.at for row in self.connection.execute(which)}

        whose = (person_id,)
        self.ahead("was_announced_to", some, announced_to, after=whose)
        self.ahead("acknowledged_at", some, acknowledged, nothing=None, after=whose)

    @read_once
    def was_announced_to(self, announcement_id: UUID, person_id: UUID) -> bool:
        return (
            self.connection.execute(
                select(delivery.c.id).where(
                    delivery.c.campaign == campaign_of(announcement_id),
                    delivery.c.kind == "notice",  # the index's middle: without it all are read
                    delivery.c.recipient == f"person:{person_id}",
                )
            ).first()
            is not None
        )

    def acknowledge(self, announcement_id: UUID, person_id: UUID, now: datetime) -> datetime:
        self.insert_new(
            acknowledgement,
            {"announcement_id": announcement_id, "person_id": person_id, "at": now},
        )
        return self.acknowledged_at(announcement_id, person_id) or now

    @read_once
    def acknowledged_at(self, announcement_id: UUID, person_id: UUID) -> datetime | None:
        return self.connection.execute(
            select(acknowledgement.c.at).where(
                acknowledgement.c.announcement_id == announcement_id,
                acknowledgement.c.person_id == person_id,
            )
        ).scalar()


def _decided(sending: Announcement) -> Decision:
    """An announcement keeps who approved it."""
    if sending.approved_at is None or sending.approved_by is None:
        return UNDECIDED
    return ByTwo(asked_by=sending.asked_by, approved_by=sending.approved_by)


STATE_OF = (
    delivery.c.state,
    delivery.c.lane.is_(None),
    delivery.c.sent_at.is_(None),
    func.coalesce(delivery.c.why == literal(DeliveryReason.SPARED, literal_execute=True), false()),
)
"""What ``counted_as`` goes by."""


def counted_as(state: str, *, no_address: bool, unsent: bool, spared: bool) -> str:
    """As what a delivery counts: as its state, or as one of the two that hide in a state."""
    if spared:
        return Outcome.SENT
    if state == Outcome.QUEUED and no_address:
        return "waiting"
    if state == Outcome.RECALLED and unsent:
        return "stopped"
    return state


def _brief(
    states: Counter[str], *, read: int, forgotten: int, to_write: int, recalling: int
) -> Tally:
    return Tally(
        people=states.total() + to_write,
        queued=states[Outcome.QUEUED] + states[Outcome.LEASED],
        waiting=states["waiting"],
        sent=states[Outcome.SENT],
        unknown=states[Outcome.UNKNOWN],
        failed=states[Outcome.FAILED],
        unreachable=states[Outcome.UNREACHABLE],
        stopped=states["stopped"],
        recalled=states[Outcome.RECALLED],
        recalling=recalling,
        acknowledged=read,
        forgotten=forgotten,
        unwritten=to_write,
    )


def announcement_from(row: Row[Any]) -> Announcement:
    return Announcement(
        id=row.id,
        key=row.key,
        change=change_from_json(row.change),
        audience=audience_from_json(row.audience),
        written_by=row.written_by,
        state=AnnouncementState(row.state),
        send_at=row.send_at,
        sent_at=row.sent_at,
        acknowledge=row.acknowledge,
        due=row.due,
        question=question_from_json(row.question) if row.question else None,
        lesson=row.lesson,
        urgent=row.urgent,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        approved_people=row.approved_people,
        declined_why=row.declined_why,
        declined_by=row.declined_by,
        stopped_at=row.stopped_at,
        recalled_at=row.recalled_at,
        joiners_until=row.joiners_until,
        edited_at=row.edited_at,
    )
