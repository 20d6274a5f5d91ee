"""What committees did with the items of their dockets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_

from governance.committees.absences import Absence
from governance.docket.due import Away
from governance.docket.history import DocketStep, StepKind
from governance.docket.open_items import Aside, Change, Kept
from governance.references.model import Bound, BoundKind
from storage.connection import UNREAD, Connected, read_once
from storage.docket_tables import (
    absence,
    docket_change,
    docket_step,
    item_aside,
    item_link,
    item_subject,
)
from storage.matters import is_open, stands_alone
from storage.tables import item


class Dockets(Connected):
    """Dockets inside one transaction."""

    def add_step(self, item_id: UUID, step: DocketStep) -> int:
        there = select(func.count()).where(docket_step.c.item_id == item_id)
        number = self.connection.execute(there).scalar_one() + 1
        self.connection.execute(
            docket_step.insert(),
            {
                "item_id": item_id,
                "number": number,
                "kind": step.kind,
                "queue": step.queue,
                "by_person": step.by,
                "about": step.about,
                "at": step.at,
            },
        )
        return number

    def steps(self, item_id: UUID) -> Sequence[DocketStep]:
        rows = self.connection.execute(
            select(docket_step)
            .where(docket_step.c.item_id == item_id)
            .order_by(docket_step.c.number)
        )
        return [
            DocketStep(
                kind=StepKind(row.kind),
                queue=row.queue,
                by=row.by_person,
                at=row.at,
                about=row.about,
            )
            for row in rows
        ]

    def add_link(self, item_id: UUID, bound: Bound, by: UUID | None, now: datetime) -> bool:
        row = {
            "item_id": item_id,
            "kind": bound.kind,
            "key": bound.key,
            "version": bound.version,
            "by_person": by,
            "at": now,
        }
        return bool(self.insert_new(item_link, row))

    def drop_link(self, items: Collection[UUID], bound: Bound) -> bool:
        which = (
            item_link.c.item_id.in_(list(items)),
            item_link.c.kind == bound.kind,
            item_link.c.key == bound.key,
        )
        return bool(self.connection.execute(delete(item_link).where(*which)).rowcount)

    def links_of(self, items: Collection[UUID]) -> Mapping[UUID, Sequence[Bound]]:
        kept = [("links of", one) for one in items]
        if any(self.within.get(one) is None for one in kept):
            return self._links_of_each(items)
        return {item: self.within[one] for item, one in zip(items, kept, strict=True)}

    def links_ahead(self, items: Sequence[UUID]) -> Sequence[UUID]:
        """Prefetch for ``links_of``; the items that have some."""
        self.ahead("links of", items, self._links_of_each, nothing=())
        return [one for one in items if self.within.get(("links of", one))]

    def _links_of_each(self, items: Collection[UUID]) -> dict[UUID, list[Bound]]:
        rows = self.connection.execute(
            select(item_link)
            .where(item_link.c.item_id.in_(list(items)))
            .order_by(item_link.c.at, item_link.c.kind, item_link.c.key)
        )
        found: dict[UUID, list[Bound]] = {}
        for row in rows:
            bound = Bound(kind=BoundKind(row.kind), key=row.key, version=row.version)
            found.setdefault(row.item_id, []).append(bound)
        return found

    @read_once
    def linked_to(self, bound: Bound) -> Sequence[UUID]:
        return self._linked_to_each([bound]).get(bound, ())

    def linked_ahead(self, bounds: Sequence[Bound]) -> None:
        """Prefetch for ``linked_to``."""
        self.ahead("linked_to", bounds, self._linked_to_each, nothing=())

    def _linked_to_each(self, bounds: Sequence[Bound]) -> dict[Bound, list[UUID]]:
        to = tuple_(item_link.c.kind, item_link.c.key)
        wanted = select(item_link.c.item_id, item_link.c.kind, item_link.c.key)
        some = [(one.kind, one.key) for one in bounds]
        found: dict[tuple[str, str], list[UUID]] = {}
        for row in self.connection.execute(wanted.where(to.in_(some))):
            found.setdefault((row.kind, row.key), []).append(row.item_id)
        return {one: found.get((one.kind, one.key), []) for one in bounds}

    def linked_to_rule(self, number: str) -> Sequence[tuple[UUID, Bound]]:
        section = item_link.c.key.startswith(f"{number} §", autoescape=True)
        rows = self.connection.execute(
            select(item_link)
            .where(item_link.c.kind == BoundKind.RULE, (item_link.c.key == number) | section)
            .order_by(item_link.c.at.desc(), item_link.c.item_id)
        )
        return [
            (row.item_id, Bound(kind=BoundKind.RULE, key=row.key, version=row.version))
            for row in rows
        ]

    # -- put aside, and subjects ------------------------------------------------------------------

    def put_aside(self, item_id: UUID, aside: Aside, by: UUID | None, now: datetime) -> None:
        row = {
            "item_id": item_id,
            "until": aside.until,
            "why": aside.why,
            "by_person": by,
            "at": now,
        }
        self.put(item_aside, row, ("item_id",))

    def bring_back(self, item_id: UUID) -> bool:
        mine = item_aside.c.item_id == item_id
        return bool(self.connection.execute(delete(item_aside).where(mine)).rowcount)

    def asides_of(self, items: Collection[UUID], today: date) -> Mapping[UUID, Aside]:
        found = {one: self.within.get(("aside", (one, today)), UNREAD) for one in items}
        if UNREAD not in found.values():
            return {one: aside for one, aside in found.items() if aside is not None}
        read = self._asides_of(items, today)
        kept = {(one, today): aside for one, aside in read.items()}
        self.keep("aside", [(one, today) for one in items], kept, nothing=None)
        return read

    def asides_ahead(self, items: Sequence[UUID], today: date) -> None:
        """Prefetch for ``asides_of``."""

        def read(keys: Sequence[tuple[UUID, date]]) -> dict[tuple[UUID, date], Aside]:
            found = self._asides_of([one for one, _ in keys], today)
            return {(one, today): aside for one, aside in found.items()}

        self.ahead("aside", [(one, today) for one in items], read, nothing=None)

    def _asides_of(self, items: Collection[UUID], today: date) -> Mapping[UUID, Aside]:
        rows = self.connection.execute(
            select(item_aside.c.item_id, item_aside.c.until, item_aside.c.why).where(
                item_aside.c.item_id.in_(list(items)), item_aside.c.until > today
            )
        )
        return {row.item_id: Aside(until=row.until, why=row.why) for row in rows}

    def asides_on(self, queue: str, today: date) -> frozenset[UUID]:
        rows = self.connection.execute(
            select(item_aside.c.item_id)
            .join(item, item.c.id == item_aside.c.item_id)
            .where(item_aside.c.until > today, item.c.queue == queue)
        )
        return frozenset(rows.scalars())

    def coming_back(
        self, queues: Collection[str], first: date, last: date, *, without: Collection[UUID]
    ) -> Sequence[tuple[str, date, int]]:
        of = item.c.queue, item_aside.c.until
        rows = self.connection.execute(
            select(*of, func.count())
            .join(item, item.c.id == item_aside.c.item_id)
            .where(item_aside.c.until.between(first, last), item.c.queue.in_(list(queues)))
            .where(item.c.id.not_in(list(without)))
            .where(is_open(), stands_alone())
            .group_by(*of)
            .order_by(item_aside.c.until, item.c.queue)
        )
        return [(queue, day, count) for queue, day, count in rows]

    def keep_undoable(self, change: Change) -> None:
        rows = [
            {
                "id": change.id,
                "item_id": one.item_id,
                "by_person": change.by,
                "at": change.at,
                "mark": one.mark,
                "assigned_to": one.assigned_to,
                "until": one.aside.until if one.aside else None,
                "why": one.aside.why if one.aside else "",
                "subject": one.subject,
            }
            for one in change.items
        ]
        self.put_all(docket_change, rows, ("id", "item_id"))

    def undoable(self, change_id: UUID) -> Change | None:
        mine = docket_change.c.id == change_id
        rows = self.connection.execute(
            select(docket_change).where(mine).order_by(docket_change.c.item_id)
        ).all()
        if not rows:
            return None
        items = tuple(
            Kept(
                item_id=row.item_id,
                assigned_to=row.assigned_to,
                aside=Aside(until=row.until, why=row.why) if row.until else None,
                subject=row.subject,
                mark=row.mark,
            )
            for row in rows
        )
        return Change(id=change_id, by=rows[0].by_person, at=rows[0].at, items=items)

    def drop_undoable(self, *, of: UUID | None = None, before: datetime | None = None) -> None:
        over = docket_change.c.id == of if of else docket_change.c.at < before
        self.connection.execute(delete(docket_change).where(over))

    def forget_undoable(self, items: Collection[UUID]) -> None:
        theirs = docket_change.c.item_id.in_(list(items))
        self.connection.execute(delete(docket_change).where(theirs))

    def put_subject(self, item_id: UUID, subject: str, by: UUID | None, now: datetime) -> None:
        if subject:
            row = {"item_id": item_id, "subject": subject, "by_person": by, "at": now}
            self.put(item_subject, row, ("item_id",))
        else:
            mine = item_subject.c.item_id == item_id
            self.connection.execute(delete(item_subject).where(mine))

    def subjects_of(self, items: Collection[UUID]) -> Mapping[UUID, str]:
        known = {one: self.within.get(("subject", one)) for one in items}
        if None not in known.values():
            return {one: subject for one, subject in known.items() if subject}
        rows = self.connection.execute(
            select(item_subject.c.item_id, item_subject.c.subject).where(
                item_subject.c.item_id.in_(list(items))
            )
        )
        found = {row.item_id: row.subject for row in rows}
        self.keep("subject", items, found, nothing="")
        return found

    def absences(self, person_id: UUID) -> Sequence[Absence]:
        rows = self.connection.execute(
            select(absence).where(absence.c.person_id == person_id).order_by(absence.c.first)
        )
        return [
            Absence(
                id=row.id,
                person=row.person_id,
                days=Away(first=date.fromisoformat(row.first), last=date.fromisoformat(row.last)),
            )
            for row in rows
        ]

    def add_absence(self, new: Absence) -> None:
        row = {
            "id": new.id,
            "person_id": new.person,
            "first": new.days.first.isoformat(),
            "last": new.days.last.isoformat(),
        }
        self.insert_new(absence, row)

    def drop_absence(self, person_id: UUID, absence_id: UUID) -> bool:
        mine = (absence.c.person_id == person_id, absence.c.id == absence_id)
        return bool(self.connection.execute(delete(absence).where(*mine)).rowcount)
