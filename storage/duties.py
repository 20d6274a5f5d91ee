"""What is asked of people with a date: asked, done, reminded, and who still owes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    case,
    delete,
    false,
    func,
    or_,
    select,
    update,
)

from core.deciding import UNDECIDED, Decision, Exempt
from core.people import Platform, Role
from governance.announcements.model import Outcome
from governance.delivery_reasons import DeliveryReason
from governance.duties.kinds import again
from governance.duties.model import MOST_REMINDERS, Count, Duty, DutyRow, Owed, Some
from governance.reach import on_chat_platform
from storage.columns import Instant, metadata
from storage.deliveries import ACTS, Act, Deliveries
from storage.halting import people_undone, undone
from storage.holding import ANNOUNCED
from storage.ledger_tables import delivery, fan_out
from storage.tables import building, person

asked_duty = Table(  # ``duty`` is who holds which office
    "asked_duty",
    metadata,
    Column("kind", String(14), primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True, index=True),
    Column("asked_at", Instant, nullable=False),
    Column("due", Date, nullable=False),
    Column("done_at", Instant),
    Column("late", Boolean, nullable=False, server_default=false()),  # done after its due date
    Column("way", String(10)),
    Column("let_go_at", Instant),  # it is not asked of them any more
    Column("reminders", Integer, nullable=False),
    Column("reminded_at", Instant),
    Column("listed_at", Instant),  # reminded often enough: on the list of who looks after them
    Index("ix_asked_duty_done_at", "done_at"),
)

leave = Table(  # somebody is away: nothing is asked of them
    "leave",
    metadata,
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
)

_AT_ONCE = 500

ASK, LET_GO = "ask", "let-go"
"""Acts of a fan-out (``storage.deliveries.ACTS``)."""

_OPEN = (asked_duty.c.done_at.is_(None), asked_duty.c.let_go_at.is_(None))


def _away(today: date) -> Any:
    return select(leave.c.person_id).where(leave.c.first <= today, leave.c.last >= today)


def _owing(today: date) -> tuple[ColumnElement[bool], ...]:
    """Of rows joined with their person: who owes it and could do it now."""
    return (*_OPEN, person.c.active, person.c.id.not_in(_away(today)))


_JOINED = asked_duty.join(person, person.c.id == asked_duty.c.person_id)
_PLACED = _JOINED.outerjoin(building, building.c.key == person.c.building)
_PLACE = func.coalesce(building.c.name, person.c.building)
_SUMS = (
    func.count(),
    func.count(asked_duty.c.done_at),
    func.sum(case((asked_duty.c.late, 1), else_=0)),
)


def _counted(
    kind: str, subjects: Collection[UUID], building_key: str | None
) -> list[ColumnElement[bool]]:
    """Of rows joined with their person: who is counted as asked."""
    mine = [] if building_key is None else [person.c.building == building_key]
    return [
        asked_duty.c.kind == kind,
        asked_duty.c.subject.in_(subjects),
        asked_duty.c.let_go_at.is_(None),
        or_(person.c.active, asked_duty.c.done_at.is_not(None)),
        *mine,
    ]


def _count_from(group: str, asked: int, done: int, late: int | None) -> Count:
    return Count(group=group, asked=asked, done=done, late=late or 0)


class Duties(Deliveries):
    """Implements ``governance.duties.ports.DutyStore``."""

    def ask_people(
        self,
        kind: str,
        subject: UUID,
        people: Collection[UUID],
        *,
        due: date,
        today: date,
        now: datetime,
        sends: bool = True,
        decision: Decision = UNDECIDED,
    ) -> frozenset[UUID]:
        """In parts, where they are many."""
        self.give_up_parts(subject, LET_GO)  # they are wanted again
        new, _ = self._to_ask(kind, subject, people, today)
        asked = new - people_undone(self, subject, ASK)  # whose part will be written
        if not asked:
            return asked
        body = {
            "kind": kind,
            "due": due.isoformat(),
            "today": today.isoformat(),
            "sends": sends,
        }
        if sends:
            self.decide(
                sorted(asked),
                campaign=_campaign(kind, subject, today),
                kind=kind,
                subject=subject,
                decision=decision,
                now=now,
            )
        self.do_in_parts(
            ASK,
            sorted(asked),
            # Each due date has a body of its own.
            campaign=f"{_campaign(kind, subject, today)}:{due.toordinal()}",
            subject=subject,
            now=now,
            priority=ANNOUNCED,
            body=body,
            replaces=False,  # others of the same day, asked in other calls, wait for their part
        )
        return asked

    def outgrows(self, kind: str, subject: UUID, people: Collection[UUID], today: date) -> bool:
        new, _ = self._to_ask(kind, subject, people, today)
        if not new:  # as on most mornings
            return False
        there = select(func.count()).select_from(asked_duty)
        of = asked_duty.c.kind == kind, asked_duty.c.subject == subject
        asked = there.where(*of, asked_duty.c.let_go_at.is_(None))
        had = self.connection.execute(asked).scalar_one()
        return self.grows_too_far(kind, subject, had + len(new))

    def _to_ask(
        self, kind: str, subject: UUID, people: Collection[UUID], today: date
    ) -> tuple[frozenset[UUID], Sequence[UUID]]:
        """Of some people, who is to be asked; and who of them had been let go."""
        of = (asked_duty.c.kind == kind, asked_duty.c.subject == subject)
        asked_before = select(asked_duty.c.person_id, asked_duty.c.let_go_at.is_not(None))
        there = [
            row
            for some in _parts(sorted(people))
            for row in self.connection.execute(
                asked_before.where(*of, asked_duty.c.person_id.in_(some))
            )
        ]
        away = set(self.connection.execute(_away(today)).scalars())
        had = {who for who, let_go in there if not let_go}
        asked = frozenset(people) - had - away
        return asked, [who for who, let_go in there if let_go and who in asked]

    def ask_some(
        self,
        kind: str,
        subject: UUID,
        people: Collection[UUID],
        *,
        due: date,
        today: date,
        now: datetime,
        sends: bool,
        turns: dict[str, int],
    ) -> None:
        """A part of those who are asked. On what it rests was decided when all were."""
        asked, back = self._to_ask(kind, subject, people, today)
        row = {"kind": kind, "subject": subject, "asked_at": now, "due": due, "reminders": 0}
        self.insert_new(asked_duty, [{**row, "person_id": one} for one in sorted(asked)])
        self._change(
            kind,
            subject,
            back,
            asked_at=now,
            due=due,
            let_go_at=None,
            reminders=0,
            reminded_at=None,
            listed_at=None,
        )
        if sends:
            self.queue_people(
                sorted(asked),
                campaign=_campaign(kind, subject, today),
                kind=kind,
                subject=subject,
                now=now,
                priority=ANNOUNCED,
                deadline=None,
                turns=turns,
            )

    def still_to_ask_of(self, subject: UUID) -> int:
        return undone(self, subject, ASK)

    def asked_people(self, kind: str, subject: UUID, some: Some | None = None) -> frozenset[UUID]:
        rows = self.connection.execute(
            select(asked_duty.c.person_id).where(
                asked_duty.c.kind == kind,
                asked_duty.c.subject == subject,
                *of_some(asked_duty.c.person_id, some),
            )
        )
        return frozenset(rows.scalars())

    def note_done(
        self,
        kind: str,
        subject: UUID,
        person: UUID,
        *,
        due: date,
        way: Platform,
        now: datetime,
        late: bool,
    ) -> None:
        row = {"kind": kind, "subject": subject, "person_id": person, "asked_at": now, "due": due}
        self.insert_new(
            asked_duty, {**row, "reminders": 0, "done_at": now, "late": late, "way": way}
        )

    def let_duties_go(
        self,
        kind: str,
        wanted: Mapping[UUID, Collection[UUID]],
        now: datetime,
        some: Some | None = None,
    ) -> None:
        rows = self.connection.execute(
            select(asked_duty.c.subject, asked_duty.c.person_id).where(
                asked_duty.c.kind == kind, *_OPEN, *of_some(asked_duty.c.person_id, some)
            )
        ).all()
        gone: dict[UUID, list[UUID]] = {}
        sets = {subject: set(people) for subject, people in wanted.items()}
        for subject, who in rows:
            if who not in sets.get(subject, ()):
                gone.setdefault(subject, []).append(who)
        if some is not None:  # a part already, which must not take the place of others
            for subject, people in gone.items():
                self.let_some_go(kind, subject, people, now)
            return
        asking = select(fan_out.c.subject).where(
            fan_out.c.act == ASK, fan_out.c.campaign.startswith(f"{kind}:")
        )
        for subject in set(self.connection.execute(asking).scalars()) - sets.keys():
            self.give_up_parts(subject, ASK)
        for subject, people in gone.items():
            self.do_in_parts(
                LET_GO,
                sorted(people),
                campaign=f"{kind}:{subject}",
                subject=subject,
                now=now,
                body={"kind": kind},
            )

    def let_some_go(self, kind: str, subject: UUID, people: Sequence[UUID], now: datetime) -> None:
        """A part of those of whom it is asked no more."""
        self._change(kind, subject, people, let_go_at=now)

    def _change(self, kind: str, subject: UUID, people: Sequence[UUID], **to: Any) -> None:
        for some in _parts(people):
            self.connection.execute(
                update(asked_duty)
                .where(
                    asked_duty.c.kind == kind,
                    asked_duty.c.subject == subject,
                    asked_duty.c.person_id.in_(some),
                )
                .values(to)
            )

    def duty(self, kind: str, subject: UUID, person: UUID) -> Duty | None:
        def read() -> Duty | None:
            return self._duties_about(kind, person, [subject]).get(subject)

        return self.once(("duty", subject, kind, person), read)

    def duties_ahead(self, kind: str, subjects: Sequence[UUID], person: UUID) -> None:
        """Prefetch for ``duty``."""

        def read(some: Sequence[UUID]) -> Mapping[UUID, Duty]:
            return self._duties_about(kind, person, some)

        self.ahead("duty", subjects, read, nothing=None, after=(kind, person))

    def _duties_about(
        self, kind: str, person: UUID, subjects: Sequence[UUID]
    ) -> Mapping[UUID, Duty]:
        found = self._duties(
            asked_duty.c.kind == kind,
            asked_duty.c.subject.in_(subjects),
            asked_duty.c.person_id == person,
        )
        return {one.subject: one for one in found}

    def who_did(self, kind: str, subject: UUID, some: Some | None = None) -> frozenset[UUID]:
        rows = self.connection.execute(
            select(asked_duty.c.person_id).where(
                asked_duty.c.kind == kind,
                asked_duty.c.subject == subject,
                asked_duty.c.done_at.is_not(None),
                *of_some(asked_duty.c.person_id, some),
            )
        )
        return frozenset(rows.scalars())

    def next_people(self, after: UUID | None, most: int) -> Sequence[UUID]:
        later = [] if after is None else [person.c.id > after]
        wanted = select(person.c.id).where(*later).order_by(person.c.id).limit(most)
        return self.connection.execute(wanted).scalars().all()

    def open_duties(self, person: UUID) -> Sequence[Duty]:
        return self._duties(asked_duty.c.person_id == person, *_OPEN)

    def _duties(self, *which: ColumnElement[bool]) -> list[Duty]:
        rows = self.connection.execute(
            select(asked_duty).where(*which).order_by(asked_duty.c.due, asked_duty.c.subject)
        )
        return [_duty_from(row) for row in rows]

    def do_duty(self, duty: Duty, way: Platform, now: datetime, *, late: bool = False) -> None:
        self.connection.execute(
            update(asked_duty)
            .where(
                asked_duty.c.kind == duty.kind,
                asked_duty.c.subject == duty.subject,
                asked_duty.c.person_id == duty.person,
                asked_duty.c.done_at.is_(None),
            )
            .values(done_at=now, way=way, late=late, let_go_at=None)
        )
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.subject == duty.subject,
                delivery.c.kind.in_((duty.kind, again(duty.kind))),
                delivery.c.person_id == duty.person,
                delivery.c.state == Outcome.QUEUED,
            )
            .values(state=Outcome.RECALLED, why=DeliveryReason.SPARED)
        )

    def remind_owing(
        self,
        kind: str,
        some: Some,
        *,
        today: date,
        near: date,
        before: datetime,
        now: datetime,
    ) -> int:
        told = func.coalesce(asked_duty.c.reminded_at, asked_duty.c.asked_at)
        rows = self.connection.execute(
            select(asked_duty.c.subject, asked_duty.c.person_id)
            .select_from(_JOINED)
            .where(
                asked_duty.c.kind == kind,
                *of_some(asked_duty.c.person_id, some),
                asked_duty.c.reminders < MOST_REMINDERS,
                asked_duty.c.due <= near,
                told < before,
                *_owing(today),
            )
        ).all()
        by_subject: dict[UUID, list[UUID]] = {}
        for subject, who in rows:
            by_subject.setdefault(subject, []).append(who)
        for subject, owing in by_subject.items():
            counted = asked_duty.c.reminders + 1
            self._change(kind, subject, owing, reminders=counted, reminded_at=now)
            self.fan_out(
                sorted(owing),
                campaign=_campaign(again(kind), subject, today),
                kind=again(kind),
                subject=subject,
                now=now,
                priority=ANNOUNCED,
                decision=Exempt.REMINDER,
            )
        return len(rows)

    def list_owing(self, some: Some, *, today: date, before: datetime, now: datetime) -> None:
        rows = self.connection.execute(
            select(asked_duty.c.kind, asked_duty.c.subject, person.c.id)
            .select_from(_JOINED)
            .where(
                *of_some(asked_duty.c.person_id, some),
                asked_duty.c.reminders >= MOST_REMINDERS,
                asked_duty.c.reminded_at < before,
                asked_duty.c.listed_at.is_(None),
                *_owing(today),
            )
        ).all()
        of: dict[tuple[str, UUID], list[UUID]] = {}
        for row in rows:
            of.setdefault((row.kind, row.subject), []).append(row.id)
        for (kind, subject), owing in of.items():
            self._change(kind, subject, owing, listed_at=now)

    def listed_since(self, moment: datetime) -> frozenset[str]:
        wanted = select(person.c.building).distinct().select_from(_JOINED)
        new = wanted.where(asked_duty.c.listed_at >= moment, *_OPEN)
        return frozenset(self.connection.execute(new).scalars())

    def owed(
        self, today: date, building_key: str | None = None, *, ahead: Collection[str] = ()
    ) -> Sequence[Owed]:
        mine = [] if building_key is None else [person.c.building == building_key]
        place = func.coalesce(building.c.name, person.c.building)
        rows = self.connection.execute(
            select(
                asked_duty,
                person.c.given_name,
                person.c.family_name,
                person.c.role,
                person.c.platform,
                place,
            )
            .select_from(_JOINED.outerjoin(building, building.c.key == person.c.building))
            .where(or_(asked_duty.c.listed_at.is_not(None), asked_duty.c.kind.in_(ahead)))
            .where(*_owing(today), *mine)
            .order_by(place, person.c.family_name, person.c.given_name, person.c.id)
        )
        return [
            Owed(
                person=row.person_id,
                name=f"{row.given_name} {row.family_name}",
                role=Role(row.role),
                building=row[-1],
                kind=row.kind,
                subject=row.subject,
                due=row.due,
                overdue=row.listed_at is not None or row.due < today,
                in_chat=on_chat_platform(Platform(row.platform)),
            )
            for row in rows
        ]

    def duty_counts(
        self,
        kind: str,
        subjects: Collection[UUID],
        *,
        by_role: bool = False,
        building: str | None = None,
    ) -> Sequence[Count]:
        group = person.c.role if by_role else _PLACE
        rows = self.connection.execute(
            select(group, *_SUMS)
            .select_from(_PLACED)
            .where(*_counted(kind, subjects, building))
            .group_by(group)
            .order_by(group)
        )
        return [_count_from(*row) for row in rows]

    def duty_rows(
        self, kind: str, subject: UUID, zone: ZoneInfo, building: str | None = None
    ) -> Sequence[DutyRow]:
        rows = self.connection.execute(
            select(asked_duty, person, _PLACE.label("place"))
            .select_from(_PLACED)
            .where(*_counted(kind, {subject}, building))
            .order_by(_PLACE, person.c.family_name, person.c.given_name, person.c.id)
        )
        return [
            DutyRow(
                name=f"{row.given_name} {row.family_name}",
                email=row.email,
                role=Role(row.role),
                building=row.place,
                due=row.due,
                done_on=row.done_at.astimezone(zone).date() if row.done_at else None,
                late=row.late,
                way=Platform(row.way) if row.way else None,
                reminders=row.reminders,
            )
            for row in rows
        ]

    def duty_totals(
        self, kind: str, subjects: Collection[UUID], building: str | None = None
    ) -> Mapping[UUID, Count]:
        rows = self.connection.execute(
            select(asked_duty.c.subject, *_SUMS)
            .select_from(_PLACED)
            .where(*_counted(kind, subjects, building))
            .group_by(asked_duty.c.subject)
        )
        return {row[0]: _count_from("", *row[1:]) for row in rows}

    def reminded_next(
        self, kind: str, subjects: Collection[UUID]
    ) -> Collection[tuple[date, datetime]]:
        told = func.coalesce(asked_duty.c.reminded_at, asked_duty.c.asked_at)
        rows = self.connection.execute(
            select(asked_duty.c.due, told)
            .distinct()
            .select_from(_JOINED)
            .where(
                asked_duty.c.kind == kind,
                asked_duty.c.subject.in_(subjects),
                asked_duty.c.reminders < MOST_REMINDERS,
                person.c.active,
                *_OPEN,
            )
        )
        return [(due, at) for due, at in rows]

    def reminded_last(self, kind: str, subjects: Collection[UUID]) -> datetime | None:
        newest = select(func.max(asked_duty.c.reminded_at)).where(
            asked_duty.c.kind == kind, asked_duty.c.subject.in_(subjects), *_OPEN
        )
        return self.connection.execute(newest).scalar()

    def put_leave(self, person: UUID, days: tuple[date, date] | None) -> None:
        if days is None:
            self.connection.execute(delete(leave).where(leave.c.person_id == person))
        else:
            first, last = days
            self.put(leave, {"person_id": person, "first": first, "last": last}, ("person_id",))


def _campaign(kind: str, subject: UUID, day: date) -> str:
    return f"{kind}:{subject}:{day.toordinal()}"


def _ask_part(
    tx: Duties,
    head: Mapping[str, Any],
    people: Sequence[UUID],
    turns: dict[str, int],
    now: datetime,
) -> None:
    body = head["body"]
    tx.ask_some(
        body["kind"],
        head["subject"],
        people,
        due=date.fromisoformat(body["due"]),
        today=date.fromisoformat(body["today"]),
        now=now,
        sends=body["sends"],
        turns=turns,
    )


ACTS[ASK] = Act(_ask_part, writes=asked_duty.name)
ACTS[LET_GO] = Act(
    lambda tx, head, people, turns, now: tx.let_some_go(
        head["body"]["kind"], head["subject"], people, now
    ),
    writes=asked_duty.name,
    sends=False,
)


def of_some(column: ColumnElement[UUID], some: Some | None) -> Any:
    """Conditions: of some people, or (None) of all."""
    return () if some is None else (column.between(*some),)


def _parts(people: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (people[at : at + _AT_ONCE] for at in range(0, len(people), _AT_ONCE))


def _duty_from(row: Row[Any]) -> Duty:
    return Duty(
        kind=row.kind,
        subject=row.subject,
        person=row.person_id,
        asked_at=row.asked_at,
        due=row.due,
        done_at=row.done_at,
        late=row.late,
        way=Platform(row.way) if row.way else None,
        let_go_at=row.let_go_at,
        reminders=row.reminders,
    )
