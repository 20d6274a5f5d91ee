"""What duties need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from core.deciding import UNDECIDED, Decision
from core.people import Platform
from governance.duties.model import Count, Duty, DutyRow, Owed, Some


class DutyStore(Protocol):
    def outgrows(self, kind: str, subject: UUID, people: Collection[UUID], today: date) -> bool:
        """Whether asking the rest of ``people`` would exceed both what one person may decide and,
        by far, what was decided."""
        ...

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
        """Ask those who were not asked yet and are not on leave, and queue the message to them,
        unless they get another one (``sends``); who they are. Raises
        ``SecondPersonNeededError``."""
        ...

    def asked_people(self, kind: str, subject: UUID, some: Some | None = None) -> frozenset[UUID]:
        """Whoever was ever asked, of some people or (None) of all."""
        ...

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
        """Somebody did it who was not asked, such as one on leave."""
        ...

    def still_to_ask_of(self, subject: UUID) -> int:
        """How many of those who are asked about a subject have not been asked yet: many are asked
        in parts, within a minute or two."""
        ...

    def let_duties_go(
        self,
        kind: str,
        wanted: Mapping[UUID, Collection[UUID]],
        now: datetime,
        some: Some | None = None,
    ) -> None:
        """Ask nothing more of who is not wanted; ``wanted`` by subject, ``some`` None: of all.
        What was done stays."""
        ...

    def duty(self, kind: str, subject: UUID, person: UUID) -> Duty | None: ...

    def duties_ahead(self, kind: str, subjects: Sequence[UUID], person: UUID) -> None:
        """Before ``duty`` is asked for of each subject, in a transaction that only reads."""
        ...

    def who_did(self, kind: str, subject: UUID, some: Some | None = None) -> frozenset[UUID]:
        """Of some people, or (None) of all."""
        ...

    def next_people(self, after: UUID | None, most: int) -> Sequence[UUID]:
        """Some of those who are or were on the roster, by their ids."""
        ...

    def open_duties(self, person: UUID) -> Sequence[Duty]:
        """Those due first come first."""
        ...

    def do_duty(self, duty: Duty, way: Platform, now: datetime, *, late: bool = False) -> None:
        """It is done; what waits to be sent about it is not."""
        ...

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
        """Queue a reminder to whoever of some people owes what is due until ``near``, was not told
        of it since ``before``, was not reminded three times and is not on leave; how many."""
        ...

    def list_owing(self, some: Some, *, today: date, before: datetime, now: datetime) -> None:
        """Put those of some people on the list whose third reminder came before ``before``."""
        ...

    def listed_since(self, moment: datetime) -> frozenset[str]:
        """The keys of the buildings of who is new on it."""
        ...

    def owed(
        self, today: date, building: str | None = None, *, ahead: Collection[str] = ()
    ) -> Sequence[Owed]:
        """The list: of all buildings, or of the one with a key. ``ahead``: of these kinds everyone
        who owes it, whether they were reminded or not."""
        ...

    def duty_counts(
        self,
        kind: str,
        subjects: Collection[UUID],
        *,
        by_role: bool = False,
        building: str | None = None,
    ) -> Sequence[Count]:
        """By building, or by role, in the order of their names; of several subjects the sums. Who
        has left counts where they had done it. ``building``: only of the one with that key."""
        ...

    def duty_rows(
        self, kind: str, subject: UUID, zone: ZoneInfo, building: str | None = None
    ) -> Sequence[DutyRow]:
        """The people whom ``duty_counts`` counts, by building and name."""
        ...

    def duty_totals(
        self, kind: str, subjects: Collection[UUID], building: str | None = None
    ) -> Mapping[UUID, Count]:
        """What ``duty_counts`` adds up to, for each subject that anybody was asked for."""
        ...

    def reminded_next(
        self, kind: str, subjects: Collection[UUID]
    ) -> Collection[tuple[date, datetime]]:
        """(due, when they were told last) of those who are still to be reminded, each once."""
        ...

    def reminded_last(self, kind: str, subjects: Collection[UUID]) -> datetime | None:
        """When the last reminder of any of them was sent to somebody who still owes it."""
        ...

    def put_leave(self, person: UUID, days: tuple[date, date] | None) -> None:
        """The first and the last day on which somebody is on leave; None: they are not."""
        ...
