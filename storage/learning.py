"""Training sessions, who has a seat in them and who waits, and guides with who did them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    Uuid,
    delete,
    func,
    select,
    update,
)

from core.deciding import Exempt
from governance.duties.model import Some
from governance.learning.model import GUIDE_DUE, Guide, Seat, Seats, TrainingSession
from storage.change_tables import change
from storage.columns import PUBLISHED, Instant, metadata
from storage.duties import Duties, asked_duty, of_some
from storage.holding import ROUTINE
from storage.tables import person
from surveys.encoding import decode, encode

training_session = Table(
    "training_session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("change_id", ForeignKey(change.c.id), index=True),
    Column("day", Date, nullable=False, index=True),
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON of the whole
)

training_seat = Table(
    "training_seat",
    metadata,
    Column("session_id", ForeignKey(training_session.c.id), primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True, index=True),
    Column("number", Integer, nullable=False),  # the order in which people signed up
    Column("at", Instant, nullable=False),
    Column("seated", Boolean, nullable=False),  # else on the waiting list
    Column("attended", Boolean),  # None: not marked
    Index("ix_training_seat_session_id_number", "session_id", "number", unique=True),
)

guide = Table(
    "guide",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("change_id", ForeignKey(change.c.id), index=True),
    Column("retired", Boolean, nullable=False),
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON of the whole
)

guide_done = Table(
    "guide_done",
    metadata,
    Column("guide_id", ForeignKey(guide.c.id), primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True, index=True),
    Column("at", Instant, nullable=False),
)


class Learning(Duties):
    """Implements ``governance.learning.ports.LearningStore``."""

    def training(self, session_id: UUID) -> TrainingSession | None:
        return self._training(session_id, lock=False)

    def lock_training(self, session_id: UUID) -> TrainingSession | None:
        return self._training(session_id, lock=True)

    def _training(self, session_id: UUID, *, lock: bool) -> TrainingSession | None:
        wanted = select(training_session.c.body).where(training_session.c.id == session_id)
        body = self.connection.execute(wanted.with_for_update() if lock else wanted).scalar()
        return decode(TrainingSession, body) if body else None

    def trainings(
        self, *, since: date | None = None, change_id: UUID | None = None
    ) -> Sequence[TrainingSession]:
        wanted = select(training_session.c.body).order_by(
            training_session.c.day, training_session.c.id
        )
        if since is not None:
            wanted = wanted.where(training_session.c.day >= since)
        if change_id is not None:
            wanted = wanted.where(training_session.c.change_id == change_id)
        return [decode(TrainingSession, body) for body in self.connection.execute(wanted).scalars()]

    def put_training(self, session: TrainingSession) -> None:
        row = {
            "id": session.id,
            "change_id": session.change_id,
            "day": session.day,
            "body": encode(TrainingSession, session),
        }
        self.put(training_session, row, ("id",))

    # -- seats ----------------------------------------------------------------------------------

    def seat(self, session_id: UUID, person: UUID) -> Seat | None:
        same = _one(session_id, person)
        row = self.connection.execute(select(training_seat).where(*same)).first()
        return _seat_from(row) if row else None

    def seats(self, session_id: UUID, *, seated: bool, most: int | None = None) -> Sequence[Seat]:
        rows = self.connection.execute(
            select(training_seat)
            .where(training_seat.c.session_id == session_id, training_seat.c.seated == seated)
            .order_by(training_seat.c.number)
            .limit(most)
        )
        return [_seat_from(row) for row in rows]

    def seats_of(self, person: UUID) -> Mapping[UUID, Seat]:
        mine = select(training_seat).where(training_seat.c.person_id == person)
        return {row.session_id: _seat_from(row) for row in self.connection.execute(mine)}

    def count_seats(self, sessions: Collection[UUID]) -> Mapping[UUID, Seats]:
        taken: dict[UUID, int] = {}
        waiting: dict[UUID, int] = {}
        rows = self.connection.execute(
            select(training_seat.c.session_id, training_seat.c.seated, func.count())
            .where(training_seat.c.session_id.in_(sessions))
            .group_by(training_seat.c.session_id, training_seat.c.seated)
        )
        for session_id, seated, many in rows:
            (taken if seated else waiting)[session_id] = many
        return {
            one: Seats(taken=taken.get(one, 0), waiting=waiting.get(one, 0)) for one in sessions
        }

    def waits_at(self, seat: Seat) -> int:
        before = select(func.count()).where(
            training_seat.c.session_id == seat.session_id,
            training_seat.c.seated.is_(False),
            training_seat.c.number <= seat.number,
        )
        return self.connection.execute(before).scalar_one()

    def add_seat(self, session_id: UUID, person: UUID, now: datetime, *, seated: bool) -> None:
        last = select(func.max(training_seat.c.number)).where(
            training_seat.c.session_id == session_id
        )
        row = {
            "session_id": session_id,
            "person_id": person,
            "number": (self.connection.execute(last).scalar() or 0) + 1,
            "at": now,
            "seated": seated,
        }
        self.connection.execute(training_seat.insert(), row)

    def give_seat(self, seat: Seat) -> None:
        same = _one(seat.session_id, seat.person)
        self.connection.execute(update(training_seat).where(*same).values(seated=True))

    def drop_seat(self, session_id: UUID, person: UUID) -> None:
        self.connection.execute(delete(training_seat).where(*_one(session_id, person)))

    def drop_seats_of_left(self, session_id: UUID) -> int:
        left = select(person.c.id).where(person.c.active.is_(False))
        gone = delete(training_seat).where(
            training_seat.c.session_id == session_id, training_seat.c.person_id.in_(left)
        )
        return self.connection.execute(gone).rowcount

    def mark_attendance(self, session_id: UUID, attended: Collection[UUID]) -> None:
        mine = training_seat.c.session_id == session_id
        here = training_seat.c.person_id.in_(attended)
        self.connection.execute(update(training_seat).where(mine).values(attended=here))

    def tell_signed_up(
        self,
        session_id: UUID,
        *,
        campaign: str,
        kind: str,
        now: datetime,
        deadline: datetime | None = None,
        seated: bool | None = None,
        missed: bool = False,
    ) -> None:
        wanted = select(training_seat.c.person_id).where(training_seat.c.session_id == session_id)
        if seated is not None:
            wanted = wanted.where(training_seat.c.seated == seated)
        if missed:
            wanted = wanted.where(training_seat.c.attended.is_not(True))
        people = self.connection.execute(wanted.order_by(training_seat.c.person_id)).scalars().all()
        if people:
            self.fan_out(
                people,
                campaign=campaign,
                kind=kind,
                subject=session_id,
                now=now,
                priority=ROUTINE,
                deadline=deadline,
                decision=Exempt.OWN,  # they signed up for it themselves
            )

    # -- guides ---------------------------------------------------------------------------------

    def guide(self, guide_id: UUID) -> Guide | None:
        return self._guide(guide_id, lock=False)

    def lock_guide(self, guide_id: UUID) -> Guide | None:
        return self._guide(guide_id, lock=True)

    def _guide(self, guide_id: UUID, *, lock: bool) -> Guide | None:
        wanted = select(guide.c.body).where(guide.c.id == guide_id)
        body = self.connection.execute(wanted.with_for_update() if lock else wanted).scalar()
        return decode(Guide, body) if body else None

    def guides(self, *, change_id: UUID | None = None) -> Sequence[Guide]:
        wanted = select(guide.c.body).where(guide.c.retired.is_(False)).order_by(guide.c.id)
        if change_id is not None:
            wanted = wanted.where(guide.c.change_id == change_id)
        return [decode(Guide, body) for body in self.connection.execute(wanted).scalars()]

    def put_guide(self, given: Guide) -> None:
        row = {
            "id": given.id,
            "change_id": given.change_id,
            "retired": given.retired,
            "body": encode(Guide, given),
        }
        self.put(guide, row, ("id",))
        if given.due is not None:
            asked = (*_duty(given.id), asked_duty.c.done_at.is_(None))
            self.connection.execute(update(asked_duty).where(*asked).values(due=given.due))

    def guide_done_at(self, guide_id: UUID, person: UUID) -> datetime | None:
        wanted = select(guide_done.c.at).where(
            guide_done.c.guide_id == guide_id, guide_done.c.person_id == person
        )
        return self.connection.execute(wanted).scalar()

    def guides_done(self, person: UUID) -> Mapping[UUID, datetime]:
        mine = select(guide_done.c.guide_id, guide_done.c.at).where(
            guide_done.c.person_id == person
        )
        return dict(self.connection.execute(mine).all())

    def do_guide(self, guide_id: UUID, person: UUID, now: datetime) -> None:
        self.insert_new(guide_done, {"guide_id": guide_id, "person_id": person, "at": now})

    def undo_guide(self, guide_id: UUID, person: UUID) -> None:
        mine = (guide_done.c.guide_id == guide_id, guide_done.c.person_id == person)
        self.connection.execute(delete(guide_done).where(*mine))
        asked = (*_duty(guide_id), asked_duty.c.person_id == person)
        self.connection.execute(update(asked_duty).where(*asked).values(done_at=None, way=None))

    def count_done(self, guides: Collection[UUID]) -> Mapping[UUID, int]:
        rows = self.connection.execute(
            select(guide_done.c.guide_id, func.count())
            .where(guide_done.c.guide_id.in_(guides))
            .group_by(guide_done.c.guide_id)
        )
        return dict(rows.all())

    def did_unasked(self, guide_id: UUID, some: Some | None) -> frozenset[UUID]:
        asked = select(asked_duty.c.person_id).where(*_duty(guide_id))
        rows = self.connection.execute(
            select(guide_done.c.person_id).where(
                guide_done.c.guide_id == guide_id,
                guide_done.c.person_id.not_in(asked),
                *of_some(guide_done.c.person_id, some),
            )
        )
        return frozenset(rows.scalars())


def _one(session_id: UUID, person_id: UUID) -> Any:
    return training_seat.c.session_id == session_id, training_seat.c.person_id == person_id


def _duty(guide_id: UUID) -> Any:
    return asked_duty.c.kind == GUIDE_DUE, asked_duty.c.subject == guide_id


def _seat_from(row: Row[Any]) -> Seat:
    return Seat(
        session_id=row.session_id,
        person=row.person_id,
        number=row.number,
        at=row.at,
        seated=row.seated,
        attended=row.attended,
    )
