"""Urgent cases, their history, and the alerts that go wherever somebody is reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, literal, null, select, update

from core.people import Person, Platform
from governance.feedback.model import Danger, Urgency
from governance.urgent.model import Case, CaseStep, Did, Outcome
from storage.connection import read_once
from storage.deliveries import Deliveries
from storage.holding import URGENT
from storage.people import person_from
from storage.tables import address, duty, item, person
from storage.urgent_tables import kept_from, urgent_case, urgent_step


class UrgentCases(Deliveries):
    """Urgent cases inside one transaction."""

    def add_case(self, case: Case) -> bool:
        if case.urgency is Urgency.SAFETY:
            self.connection.execute(
                update(item).where(item.c.id == case.item_id).values(danger=Danger.HELD)
            )
        return bool(self.insert_new(urgent_case, self._case_row(case)))

    def case(self, item_id: UUID, urgency: Urgency) -> Case | None:
        row = self.connection.execute(
            select(urgent_case).where(
                urgent_case.c.item_id == item_id, urgent_case.c.urgency == urgency
            )
        ).first()
        return self._case(row) if row else None

    def put_case(self, case: Case) -> None:
        self.connection.execute(
            update(urgent_case)
            .where(urgent_case.c.item_id == case.item_id, urgent_case.c.urgency == case.urgency)
            .values(self._case_row(case))
        )

    def cases(self, *, most: int = 200) -> Sequence[Case]:
        rows = self.connection.execute(
            select(urgent_case)
            .order_by(urgent_case.c.closed_at.is_not(None), urgent_case.c.opened_at.desc())
            .limit(most)
        )
        return [self._case(row) for row in rows]

    def cases_left_open(self) -> Sequence[Case]:
        rows = self.connection.execute(
            select(urgent_case)
            .where(urgent_case.c.taken_at.is_not(None), urgent_case.c.closed_at.is_(None))
            .order_by(urgent_case.c.taken_at)
        )
        return [self._case(row) for row in rows]

    @read_once
    def cases_of(self, item_id: UUID) -> Sequence[Case]:
        return self.cases_of_each([item_id]).get(item_id, ())

    def cases_of_each(self, items: Sequence[UUID]) -> dict[UUID, list[Case]]:
        rows = self.connection.execute(
            select(urgent_case)
            .where(urgent_case.c.item_id.in_(items))
            .order_by(urgent_case.c.urgency)
        )
        found: dict[UUID, list[Case]] = {}
        for row in rows:
            found.setdefault(row.item_id, []).append(self._case(row))
        self.keep("cases_of", items, found, nothing=())
        return found

    def open_urgent(self, item_id: UUID) -> bool:
        return any(case.closed_at is None for case in self.cases_of(item_id))

    def add_case_step(self, step: CaseStep) -> None:
        self.connection.execute(
            urgent_step.insert(),
            {
                "id": uuid4(),
                "item_id": step.item_id,
                "urgency": step.urgency,
                "did": step.did,
                "person": step.person,
                "at": step.at,
            },
        )

    def case_steps(self, item_id: UUID, urgency: Urgency) -> Sequence[CaseStep]:
        rows = self.connection.execute(
            select(urgent_step)
            .where(urgent_step.c.item_id == item_id, urgent_step.c.urgency == urgency)
            .order_by(urgent_step.c.at, urgent_step.c.did.desc())
        )
        return [
            CaseStep(
                item_id=r.item_id,
                urgency=Urgency(r.urgency),
                did=Did(r.did),
                person=r.person,
                at=r.at,
            )
            for r in rows
        ]

    def was_called(self, item_id: UUID, urgency: Urgency, person_id: UUID) -> bool:
        found = select(urgent_step.c.id).where(
            urgent_step.c.item_id == item_id,
            urgent_step.c.urgency == urgency,
            urgent_step.c.person == person_id,
            urgent_step.c.did.in_((Did.TOLD, Did.LATE)),
        )
        return self.connection.execute(found.limit(1)).first() is not None

    def on_duty(self) -> Sequence[Person]:
        some = select(duty.c.person_id)
        rows = self.connection.execute(select(person).where(person.c.active, person.c.id.in_(some)))
        return [person_from(row) for row in rows]

    def keep_from(self, item_id: UUID, person_id: UUID) -> None:
        self.insert_new(kept_from, {"item_id": item_id, "person_id": person_id})

    @read_once
    def named_in(self, item_id: UUID) -> frozenset[UUID]:
        return self._named_in_each([item_id]).get(item_id, frozenset())

    def urgent_ahead(self, items: Sequence[UUID]) -> None:
        """Prefetch for ``named_in`` and ``cases_of``, where it only reads."""
        self.ahead("named_in", items, self._named_in_each, nothing=frozenset())
        self.ahead("cases_of", items, self.cases_of_each, nothing=())

    def _named_in_each(self, items: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
        found: dict[UUID, set[UUID]] = {}
        wanted = select(kept_from).where(kept_from.c.item_id.in_(items))
        for row in self.connection.execute(wanted):
            found.setdefault(row.item_id, set()).add(row.person_id)
        return {item: frozenset(people) for item, people in found.items()}

    @read_once
    def kept_from(self, person_id: UUID) -> frozenset[UUID]:
        found = select(kept_from.c.item_id).where(kept_from.c.person_id == person_id)
        return frozenset(self.connection.execute(found).scalars())

    def kept_from_any(self, people: Collection[UUID]) -> frozenset[UUID]:
        found = select(kept_from.c.item_id).where(kept_from.c.person_id.in_(list(people)))
        return frozenset(self.connection.execute(found).scalars())

    def alert_person(
        self, person: Person, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        """Their own platform first, waiting for an address if need be; then every other place."""
        places = {person.platform: self._addressed([person.id])}
        for row in self._everywhere(person.id):
            places.setdefault(Platform(row.platform), [row])
        for platform, rows in places.items():
            here = campaign if platform is person.platform else f"{campaign}:{platform}"
            self._queue(
                rows,
                campaign=here,
                kind=kind,
                subject=subject,
                now=now,
                priority=URGENT,
                deadline=None,
            )

    def _everywhere(self, person_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
        """Each chat in which somebody is reached, and always their page."""
        chats = (
            select(
                person.c.id,
                address.c.platform,
                person.c.role,
                person.c.timezone,
                address.c.workspace,
                address.c.conversation,
                address.c.service_url,
            )
            .join(address, address.c.person_id == person.c.id)
            .where(
                person.c.id == person_id,
                person.c.active,
                address.c.reachable,
                address.c.conversation.is_not(None),
            )
        )
        page = select(
            person.c.id,
            literal(Platform.WEB.value).label("platform"),
            person.c.role,
            person.c.timezone,
            literal("").label("workspace"),
            null().label("conversation"),
            null().label("service_url"),
        ).where(person.c.id == person_id, person.c.active)
        return [row for wanted in (chats, page) for row in self.connection.execute(wanted)]

    def _case_row(self, case: Case) -> dict[str, Any]:
        sealed = self.vault.encrypt(_NOTE, case.item_id, case.note.encode()) if case.note else None
        return {
            "item_id": case.item_id,
            "urgency": case.urgency,
            "opened_at": case.opened_at,
            "rung": case.rung,
            "next_at": case.next_at,
            "taken_by": case.taken_by,
            "taken_at": case.taken_at,
            "closed_by": case.closed_by,
            "closed_at": case.closed_at,
            "outcome": case.outcome,
            "note": sealed,
        }

    def _case(self, row: Row[Any]) -> Case:
        note = self.vault.decrypt(_NOTE, row.item_id, row.note).decode() if row.note else ""
        return Case(
            item_id=row.item_id,
            urgency=Urgency(row.urgency),
            opened_at=row.opened_at,
            rung=row.rung,
            next_at=row.next_at,
            taken_by=row.taken_by,
            taken_at=row.taken_at,
            closed_by=row.closed_by,
            closed_at=row.closed_at,
            outcome=Outcome(row.outcome) if row.outcome else None,
            note=note,
        )


_NOTE = "urgent-note"
