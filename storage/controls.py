"""Frameworks, assessments and gaps inside one transaction. Answers, targets and gaps are
encrypted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, tuple_

from governance.controls.model import (
    READ,
    Answer,
    AnswerState,
    Asked,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
    ReadLine,
    SaidEvidence,
    Target,
)
from governance.gaps.model import Gap, GapWork, Handed, WorkKind
from storage.connection import Connected, read_once
from storage.control_tables import (
    assessed_safeguard,
    assessment,
    framework,
    gap,
    gap_work,
    practice_target,
    said_evidence,
)
from storage.ledger_tables import audit
from surveys.encoding import decode, encode

_PURPOSE = "practices"
_ONE = "assessed_one"
"""Under which ``assessed_one`` remembers what it read."""

T = TypeVar("T")


class Controls(Connected):
    """Implements ``governance.controls.ports.ControlStore`` and
    ``governance.gaps.ports.GapStore``."""

    def _sealed(self, kind: type[T], bound_to: UUID, plain: T) -> bytes:
        return self.vault.encrypt(_PURPOSE, bound_to, encode(kind, plain).encode())

    def _opened(self, kind: type[T], bound_to: UUID, secret: bytes) -> T:
        opened: T = decode(kind, self.vault.decrypt(_PURPOSE, bound_to, secret).decode())
        return opened

    # -- frameworks ----------------------------------------------------------------------------

    _frameworks: Sequence[Framework] | None = None
    """Those that this transaction has read."""

    @read_once
    def frameworks(self) -> Sequence[Framework]:
        if self._frameworks is None:
            bodies = self.connection.execute(_newest_frameworks()).scalars()
            self._frameworks = tuple(decode(Framework, body) for body in bodies)
        return self._frameworks

    def framework(self, key: str, version: str = "") -> Framework | None:
        mine = (one for one in self.frameworks() if one.key == key)
        return next((one for one in mine if version in ("", one.version)), None)

    def put_framework(self, given: Framework, by: UUID | None, now: datetime) -> None:
        mine = (framework.c.key == given.key, framework.c.version == given.version)
        imported = self.connection.execute(select(framework.c.at).where(*mine)).scalar()
        row = {
            "key": given.key,
            "version": given.version,
            "body": encode(Framework, given),
            "at": imported or now,
            "by_person": by,
        }
        self.put(framework, row, ("key", "version"))
        self._frameworks = None

    # -- assessments ---------------------------------------------------------------------------

    @read_once
    def assessments(self) -> Sequence[Assessment]:
        newest = select(assessment).order_by(assessment.c.made_at.desc(), assessment.c.id)
        return [_assessment_from(row) for row in self.connection.execute(newest)]

    @read_once
    def assessment(self, assessment_id: UUID) -> Assessment | None:
        mine = select(assessment).where(assessment.c.id == assessment_id)
        row = self.connection.execute(mine).first()
        return _assessment_from(row) if row else None

    def lock_assessment(self, assessment_id: UUID) -> Assessment | None:
        mine = select(assessment).where(assessment.c.id == assessment_id)
        row = self.connection.execute(mine.with_for_update()).first()
        return _assessment_from(row) if row else None

    def put_assessment(self, given: Assessment) -> None:
        row = {
            "id": given.id,
            "name": given.name,
            "framework": given.framework,
            "version": given.version,
            "scope_group": given.group,
            "controls": ",".join(given.controls),
            "due": given.due,
            "committee": given.committee,
            "state": given.state,
            "after": given.after,
            "made_by": given.made_by,
            "made_at": given.made_at,
            "opened_at": given.opened_at,
            "closed_at": given.closed_at,
        }
        self.put(assessment, row, ("id",))

    def drop_assessment(self, assessment_id: UUID) -> None:
        mine = assessed_safeguard.c.assessment_id == assessment_id
        self.connection.execute(delete(assessed_safeguard).where(mine))
        self.connection.execute(delete(assessment).where(assessment.c.id == assessment_id))

    @read_once
    def assessed(self, assessment_id: UUID) -> Sequence[Assessed]:
        return self._assessed(assessed_safeguard.c.assessment_id == assessment_id)

    def assessed_of_each(self, assessments: Collection[UUID]) -> Mapping[UUID, Sequence[Assessed]]:
        found: dict[UUID, list[Assessed]] = {}
        for one in self._assessed(assessed_safeguard.c.assessment_id.in_(list(assessments))):
            found.setdefault(one.assessment_id, []).append(one)
        return found

    def assessed_one(self, assessment_id: UUID, number: str) -> Assessed | None:
        which = (assessment_id, number)
        return self.once((_ONE, which), lambda: self._some_assessed([which]).get(which))

    def assessed_ahead(self, some: Iterable[tuple[UUID, str]]) -> None:
        """Prefetch for ``assessed_one``, in a transaction that only reads."""
        self.ahead(_ONE, some, self._some_assessed, nothing=None)

    def _some_assessed(
        self, some: Sequence[tuple[UUID, str]]
    ) -> Mapping[tuple[UUID, str], Assessed]:
        of = assessed_safeguard.c
        found = self._assessed(tuple_(of.assessment_id, of.number).in_(some))
        return {(one.assessment_id, one.number): one for one in found}

    def put_assessed(self, rows: Sequence[Assessed]) -> None:
        written = [
            {
                "assessment_id": one.assessment_id,
                "number": one.number,
                "owner": one.owner,
                "due": one.due,
                "round": one.round,
                "ask": one.ask,
                "state": one.state,
                "answered_by": one.answered_by,
                "answered_at": one.answered_at,
                "confirmed_by": one.confirmed_by,
                "confirmed_at": one.confirmed_at,
                "handed_by": one.handed_by,
                "secret": self._sealed(
                    Answer, _answer_id(one.assessment_id, one.number), one.answer
                ),
            }
            for one in rows
        ]
        self.put_all(assessed_safeguard, written, ("assessment_id", "number"))

    def drop_assessed(self, assessment_id: UUID, numbers: Sequence[str]) -> None:
        self.connection.execute(
            delete(assessed_safeguard).where(
                assessed_safeguard.c.assessment_id == assessment_id,
                assessed_safeguard.c.number.in_(numbers),
            )
        )

    def assessed_by(self, owner: UUID) -> Sequence[Assessed]:
        found = self._assessed(
            assessed_safeguard.c.owner == owner, _of(assessment.c.state != AssessmentState.DRAFT)
        )
        return sorted(found, key=lambda one: one.due)

    @read_once
    def assessed_in(self, ask: UUID) -> Sequence[Assessed]:
        return self._assessed(assessed_safeguard.c.ask == ask)

    def assessments_asked(self, asks: Collection[UUID]) -> Mapping[UUID, UUID]:
        of = assessed_safeguard.c.ask, assessed_safeguard.c.assessment_id
        wanted = select(*of).distinct().where(assessed_safeguard.c.ask.in_(asks))
        return {row.ask: row.assessment_id for row in self.connection.execute(wanted)}

    def _assessed(self, *which: ColumnElement[bool]) -> Sequence[Assessed]:
        rows = self.connection.execute(select(assessed_safeguard).where(*which))
        return sorted(map(self._assessed_from, rows), key=lambda one: in_order(one.number))

    def _assessed_from(self, row: Row[Any]) -> Assessed:
        return Assessed(
            assessment_id=row.assessment_id,
            number=row.number,
            owner=row.owner,
            due=row.due,
            round=row.round,
            state=AnswerState(row.state),
            answer=self._opened(Answer, _answer_id(row.assessment_id, row.number), row.secret),
            answered_by=row.answered_by,
            answered_at=row.answered_at,
            confirmed_by=row.confirmed_by,
            confirmed_at=row.confirmed_at,
            handed_by=row.handed_by,
        )

    def asked_owners(self) -> Sequence[Asked]:
        asked = assessed_safeguard.c
        rows = self.connection.execute(
            select(asked.ask, asked.owner, asked.due)
            .where(
                _of(assessment.c.state == AssessmentState.OPEN),
                asked.owner.is_not(None),
                asked.state.in_((AnswerState.OPEN, AnswerState.SENT_BACK)),
            )
            .distinct()
        )
        return [Asked(ask=row.ask, owner=row.owner, due=row.due) for row in rows]

    # -- targets and evidence --------------------------------------------------------------------

    @read_once
    def targets(self, framework: str) -> Sequence[Target]:
        of = practice_target.c
        rows = self.connection.execute(select(practice_target).where(of.framework == framework))
        found = [
            self._opened(Target, _target_id(row.framework, row.version, row.control), row.secret)
            for row in rows
        ]
        return sorted(found, key=lambda one: (in_order(one.control), one.set_at))

    def put_target(self, target: Target) -> None:
        which = (target.framework, target.version, target.control)
        keys = ("framework", "version", "control")
        row = dict(zip(keys, which, strict=True))
        sealed = self._sealed(Target, _target_id(*which), target)
        self.put(practice_target, row | {"secret": sealed}, keys)

    def drop_target(self, target: Target) -> None:
        of = practice_target.c
        mine = (
            of.framework == target.framework,
            of.version == target.version,
            of.control == target.control,
        )
        self.connection.execute(delete(practice_target).where(*mine))

    @read_once
    def said_evidence(self, framework: str) -> Sequence[SaidEvidence]:
        of = said_evidence.c
        mine = of.framework == framework
        newest = select(said_evidence).where(mine).order_by(of.at.desc(), of.item_id)
        return [
            SaidEvidence(
                framework=row.framework,
                number=row.number,
                item_id=row.item_id,
                used=row.used,
                by=row.by_person,
                at=row.at,
            )
            for row in self.connection.execute(newest)
        ]

    def put_said_evidence(self, evidence: SaidEvidence) -> None:
        row = {
            "framework": evidence.framework,
            "number": evidence.number,
            "item_id": evidence.item_id,
            "used": evidence.used,
            "by_person": evidence.by,
            "at": evidence.at,
        }
        self.put(said_evidence, row, ("framework", "number", "item_id"))

    def practice_reads(self, subjects: Sequence[UUID], since: datetime) -> Sequence[ReadLine]:
        of = audit.c
        newest = (
            select(of.who, of.what, func.max(of.at).label("at"))
            .where(
                of.subject.in_(subjects),
                of.what.startswith(READ, autoescape=True),
                of.at >= since,
            )
            .group_by(of.who, of.what)
            .order_by(func.max(of.number).desc())
        )
        return [
            ReadLine(by=row.who, what=row.what.removeprefix(READ), at=row.at)
            for row in self.connection.execute(newest)
        ]

    # -- gaps ------------------------------------------------------------------------------------

    @read_once
    def gaps(self, *, open_only: bool = False) -> Sequence[Gap]:
        return self._gaps(*([gap.c.closed_at.is_(None)] if open_only else []))

    def gaps_not_returned(self) -> Sequence[Gap]:
        found = self._gaps(gap.c.returned_at.is_(None), gap.c.closed_at.is_(None))
        self.keep("gap", [one.id for one in found], {one.id: one for one in found})
        return found

    @read_once
    def gap(self, gap_id: UUID) -> Gap | None:
        found = self._gaps(gap.c.id == gap_id)
        return found[0] if found else None

    def lock_gap(self, gap_id: UUID) -> Gap | None:
        self.connection.execute(
            select(gap.c.id).where(gap.c.id == gap_id).with_for_update()
        ).first()
        return self.gap(gap_id)

    def gaps_due(self, before: date) -> Sequence[Gap]:
        return self._gaps(
            gap.c.by_day < before, gap.c.returned_at.is_(None), gap.c.closed_at.is_(None)
        )

    def _gaps(self, *which: ColumnElement[bool]) -> Sequence[Gap]:
        rows = self.connection.execute(
            select(gap.c.id, gap.c.secret).where(*which).order_by(gap.c.by_day, gap.c.id)
        )
        return [self._opened(Gap, row.id, row.secret) for row in rows]

    def put_gap(self, given: Gap) -> None:
        row = {
            "id": given.id,
            "owner": given.decision.owner,
            "by_day": given.decision.by_day,
            "returned_at": given.returned_at,
            "closed_at": given.closed_at,
            "secret": self._sealed(Gap, given.id, given),
        }
        self.put(gap, row, ("id",))

    def gap_work(self, gap_id: UUID) -> Sequence[GapWork]:
        newest = select(gap_work).where(gap_work.c.gap_id == gap_id).order_by(gap_work.c.at.desc())
        return [
            GapWork(
                gap_id=row.gap_id,
                kind=WorkKind(row.kind),
                subject=row.subject,
                handed=self._opened(Handed, row.subject, row.secret) if row.secret else None,
                by=row.by_person,
                at=row.at,
            )
            for row in self.connection.execute(newest)
        ]

    def gaps_behind(self, subject: UUID) -> Sequence[UUID]:
        found = select(gap_work.c.gap_id).where(gap_work.c.subject == subject)
        return self.connection.execute(found.order_by(gap_work.c.at)).scalars().all()

    def put_gap_work(self, work: GapWork) -> None:
        row = {
            "gap_id": work.gap_id,
            "subject": work.subject,
            "kind": work.kind,
            "by_person": work.by,
            "at": work.at,
            "secret": self._sealed(Handed, work.subject, work.handed) if work.handed else None,
        }
        self.put(gap_work, row, ("gap_id", "subject"))


def in_order(number: str) -> tuple[tuple[int, str], ...]:
    """Sorts "4.2" before "4.10"."""
    return tuple((int(one), "") if one.isdigit() else (0, one) for one in number.split("."))


def _newest_frameworks() -> Select[str]:
    return select(framework.c.body).order_by(framework.c.at.desc(), framework.c.version.desc())


def _of(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return assessed_safeguard.c.assessment_id.in_(select(assessment.c.id).where(which))


def _answer_id(assessment_id: UUID, number: str) -> UUID:
    """What an answer's encryption is bound to, so it cannot be moved to another safeguard."""
    return uuid5(assessment_id, number)


def _target_id(framework: str, version: str, control: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"target/{framework}/{version}/{control}")


def _assessment_from(row: Row[Any]) -> Assessment:
    return Assessment(
        id=row.id,
        name=row.name,
        framework=row.framework,
        version=row.version,
        group=row.scope_group,
        controls=tuple(row.controls.split(",")) if row.controls else (),
        due=row.due,
        committee=row.committee,
        state=AssessmentState(row.state),
        after=row.after,
        made_by=row.made_by,
        made_at=row.made_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
