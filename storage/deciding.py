"""The guard of everything that reaches many: a campaign is stored with its decision, or not at all,
and a command that needs a second person waits here with what they are shown of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, delete, func, select

from core.deciding import (
    Basis,
    ByTwo,
    Decision,
    Exempt,
    Reaching,
    SecondPersonNeededError,
    Undecided,
    Yes,
)
from core.people import Audience, Platform
from governance.announcements.model import GROWN, is_nearly_all
from governance.committees.model import AnnouncementSettings
from governance.second_person.model import HeldRequest, RequestState, Shown
from scheduler.pacing import SHARE
from storage.connection import read_once
from storage.deciding_tables import approved_reach, campaign_decision, held_request
from storage.district import Districts
from storage.people import People
from storage.tables import person
from surveys.encoding import decode, encode

T = TypeVar("T")

HANDFUL = 50
"""Single messages of one kind that one transaction may send whatever the district's number is: to
offices, a committee's members, the people behind one matter."""

_AT_ONCE = 5000
"""Ids in one statement: SQLite takes 32,766 values."""


@dataclass(frozen=True, kw_only=True)
class _Why:
    """Why a request ended as it did, as it is stored."""

    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


class Deciding(People, Districts):
    """What was decided about campaigns, inside one transaction."""

    # -- the guard ------------------------------------------------------------------------------

    def above(self) -> int:
        """More people than this are many: one person alone does not decide on it."""
        district = self.loaded_district()
        settings = district.announcements if district else AnnouncementSettings()
        return settings.approve_above

    def decide(
        self,
        people: Sequence[UUID],
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        decision: Decision,
        now: datetime,
    ) -> None:
        """Store on what a campaign rests, before any of it is queued. Raises
        ``SecondPersonNeededError`` where it would go to many and nobody approved that."""
        same = campaign_decision.c.campaign == campaign, campaign_decision.c.kind == kind
        before = self.connection.execute(select(campaign_decision).where(*same)).first()
        total, above = (before.people if before else 0) + len(people), self.above()
        row: dict[str, Any] = {
            "campaign": campaign,
            "kind": kind,
            "subject": subject,
            "people": total,
            "above": above,
            "exempt": None,
            "asked_by": None,
            "approved_by": None,
            "at": now,
        }
        match decision:
            case Exempt() if before is not None and (
                before.basis == Basis.APPROVED or total <= above
            ):  # a few more get what was decided
                names = ("basis", "exempt", "asked_by", "approved_by")
                row |= {name: getattr(before, name) for name in names}
            case Exempt():
                row |= {"basis": Basis.EXEMPT, "exempt": decision}
            case ByTwo():
                row |= _approved(decision)
            case Undecided() if total <= above:
                row |= {"basis": Basis.FEW}
            case Undecided():
                by = self._approved(kind, subject, total)
                if by is None:
                    raise SecondPersonNeededError(self._reaching(kind, subject, people, total))
                row |= _approved(by)
        self.put(campaign_decision, row, ("campaign", "kind"))

    def need_second_person(
        self,
        kind: str,
        subject: UUID,
        people: Sequence[UUID],
        now: datetime,
        *,
        by_lot: bool = False,
    ) -> None:
        """Ask the question of ``decide`` at the press, for what goes out later: a survey that opens
        next week. Where a second person has approved it, that is kept until then. ``by_lot``: who
        the people are is known to nobody."""
        if len(people) <= self.above():
            return
        by = self._approved(kind, subject, len(people))
        if by is None:
            reaching = self._reaching(kind, subject, people, len(people))
            raise SecondPersonNeededError(without_whom(reaching) if by_lot else reaching)
        row = {"kind": kind, "subject": subject, "people": len(people), "at": now}
        row |= {"asked_by": by.asked_by, "approved_by": by.approved_by}
        self.put(approved_reach, row, ("kind", "subject"))

    def forget_approval(self, kind: str, subject: UUID) -> None:
        """What was approved is changed: the approval counts for it no longer."""
        same = approved_reach.c.kind == kind, approved_reach.c.subject == subject
        self.connection.execute(delete(approved_reach).where(*same))

    def grows_too_far(self, kind: str, subject: UUID, people: int) -> bool:
        """Whether a subject with so many people is for more than one person decides on, and for
        many more than was decided. What an earlier version queued has no number."""
        if people <= self.above():
            return False
        same = campaign_decision.c.kind == kind, campaign_decision.c.subject == subject
        rows = self.connection.execute(select(campaign_decision).where(*same)).all()
        if any(row.exempt not in (None, Exempt.JOINED) for row in rows):
            return False
        decided = [row.people for row in rows if row.basis in (Basis.APPROVED, Basis.FEW)]
        of = approved_reach.c.kind == kind, approved_reach.c.subject == subject
        kept = self.connection.execute(select(approved_reach.c.people).where(*of)).scalar() or 0
        return bool(people > max(sum(decided), kept) * GROWN)

    def need_second_person_for_public(self, kind: str, subject: UUID) -> None:
        """The same for what everyone on the internet can read, however few the staff are."""
        yes: Yes | None = self.within.get(Yes)
        if yes is None or not yes.covers(kind, 0):
            raise SecondPersonNeededError(Reaching(kind=kind, subject=subject, public=True))

    def approved_for(self, kind: str, subject: UUID, people: int) -> bool:
        """Whether a second person approved it for so many."""
        return self._approved(kind, subject, people) is not None

    def _approved(self, kind: str, subject: UUID, people: int) -> ByTwo | None:
        yes: Yes | None = self.within.get(Yes)
        if yes is not None and yes.covers(kind, people):
            return yes.by
        same = approved_reach.c.kind == kind, approved_reach.c.subject == subject
        row = self.connection.execute(select(approved_reach).where(*same)).first()
        if row is None or people > row.people * GROWN:
            return None
        return ByTwo(asked_by=row.asked_by, approved_by=row.approved_by)

    def _reaching(self, kind: str, subject: UUID, people: Sequence[UUID], total: int) -> Reaching:
        by_platform = Counter[str]()
        for at in range(0, len(people), _AT_ONCE):
            some = person.c.id.in_(people[at : at + _AT_ONCE])
            counted = select(person.c.platform, func.count()).where(some)
            for platform, n in self.connection.execute(counted.group_by(person.c.platform)):
                by_platform[platform] += n
        rates = self.surroundings.rates
        lasting = [
            n / (rate * SHARE)
            for platform, n in by_platform.items()
            if (rate := rates.get(Platform(platform)))
        ]
        staff = sum(group.people for group in self.reached(Audience()))
        return Reaching(
            kind=kind,
            subject=subject,
            people=total,
            by_platform=tuple(sorted(by_platform.items())),
            seconds=max(lasting, default=0.0),
            everyone=is_nearly_all(total, staff),
        )

    def count_undecided(self, people: int, *, campaign: str, kind: str, subject: UUID) -> None:
        """Messages of a campaign that has no decision are counted over the transaction: a loop over
        people is a campaign under another name. Raises ``SecondPersonNeededError``."""
        sent: Counter[str] = self.within.setdefault("undecided", Counter())
        sent[kind] += people
        if sent[kind] <= HANDFUL or sent[kind] <= self.above():  # the district is rarely read
            return
        same = campaign_decision.c.campaign == campaign, campaign_decision.c.kind == kind
        if self.connection.execute(select(campaign_decision.c.basis).where(*same)).first():
            sent[kind] -= people
            return
        raise SecondPersonNeededError(self._reaching(kind, subject, (), sent[kind]))

    # -- what waits for a second person ---------------------------------------------------------

    @contextmanager
    def approved_by(self, yes: Yes) -> Iterator[None]:
        """While it is held, what ``yes`` covers needs nobody else."""
        self.within[Yes] = yes
        try:
            yield
        finally:
            self.within.pop(Yes, None)

    def attempt(self, work: Callable[[], T], undo: Callable[[T], bool]) -> T:
        """What ``work`` returns. Where it raises ``SecondPersonNeededError``, or ``undo`` says so
        of what it returned, nothing of what it wrote stays."""
        saved = self.connection.begin_nested()
        try:
            found = work()
        except SecondPersonNeededError:
            saved.rollback()
            self.within.clear()
            raise
        if undo(found):
            saved.rollback()
            self.within.clear()
        else:
            saved.commit()
        return found

    def put_held_request(self, new: HeldRequest) -> None:
        row = {
            "id": new.id,
            "command": new.command,
            "body": new.body,
            "shown": encode(Shown, new.shown),
            "reaching": encode(Reaching, new.reaching),
            "source": new.source,
            "state": new.state,
            "asked_by": new.asked_by,
            "asked_at": new.asked_at,
            "lapses_at": new.lapses_at,
            "decided_by": new.decided_by,
            "decided_at": new.decided_at,
            "why": encode(_Why, _Why(why=new.why, values=new.values)) if new.why else None,
        }
        self.put(held_request, row, ("id",))

    def held_requests_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``held_request``, in a transaction that only reads."""

        def read(new: Sequence[UUID]) -> dict[UUID, HeldRequest]:
            rows = self.connection.execute(select(held_request).where(held_request.c.id.in_(new)))
            return {row.id: _request_from(row) for row in rows}

        self.ahead("held_request", some, read)

    @read_once
    def held_request(self, request_id: UUID) -> HeldRequest | None:
        same = select(held_request).where(held_request.c.id == request_id)
        row = self.connection.execute(same).first()
        return _request_from(row) if row else None

    def lock_held_request(self, request_id: UUID) -> HeldRequest | None:
        same = select(held_request).where(held_request.c.id == request_id).with_for_update()
        row = self.connection.execute(same).first()
        return _request_from(row) if row else None

    def held_requests(self, *states: RequestState) -> Sequence[HeldRequest]:
        wanted = select(held_request).where(held_request.c.state.in_(states))
        rows = self.connection.execute(wanted.order_by(held_request.c.asked_at)).all()
        return [_request_from(row) for row in rows]


def without_whom(reaching: Reaching) -> Reaching:
    """Of people who were chosen at random: where they are reached could tell of one who they
    are."""
    return replace(reaching, by_platform=(), by_lot=True)


def _approved(by: ByTwo) -> dict[str, Any]:
    return {"basis": Basis.APPROVED, "asked_by": by.asked_by, "approved_by": by.approved_by}


def _request_from(row: Row[Any]) -> HeldRequest:
    why = decode(_Why, row.why) if row.why else _Why()
    return HeldRequest(
        id=row.id,
        command=row.command,
        body=row.body,
        shown=decode(Shown, row.shown),
        reaching=decode(Reaching, row.reaching),
        source=row.source,
        state=RequestState(row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        lapses_at=row.lapses_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        why=why.why,
        values=why.values,
    )
