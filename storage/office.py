"""The office's long lists, a page at a time: everybody of the roster, and entries of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from core.lists import Found, ListRequest
from core.paging import paging
from core.people import STAFF_ROLES, Level, Platform, Role
from governance.office.model import (
    BEGINNINGS,
    AddressLine,
    AuditChecked,
    AuditKind,
    AuditLine,
    Connection,
    PeopleFilter,
    PersonLine,
    kind_of,
)
from storage.audit_trail import AuditTrail
from storage.ledger_tables import audit
from storage.tables import address, building, person


class OfficeLists(AuditTrail):
    """Implements ``governance.office.ports.OfficeStore``, inside one transaction."""

    def people_listed(self, asked: ListRequest) -> tuple[Sequence[PersonLine], Found]:
        chosen = _PEOPLE.get(asked.filter, _PEOPLE[PeopleFilter.HERE])
        wanted = and_(chosen, *_searched(asked.search))
        sums = [func.count(case((which, 1))) for which in (*_PEOPLE.values(), wanted)]
        *numbers, matching = self.connection.execute(select(*sums).select_from(_FROM)).one()
        found = Found(counts=dict(zip(_PEOPLE, numbers, strict=True)), matching=matching)
        rows = self.connection.execute(
            _LINE.where(wanted)
            .order_by(*_order(asked.sort))
            .limit(asked.size)
            .offset(_skip(asked, found))
        )
        return [_person_line(row) for row in rows], found

    def addresses_of(self, person_id: UUID) -> Sequence[AddressLine]:
        rows = self.connection.execute(
            select(address)
            .where(address.c.person_id == person_id)
            .order_by(address.c.platform, address.c.workspace, address.c.user)
        )
        return [
            AddressLine(
                platform=Platform(row.platform),
                workspace=row.workspace,
                reachable=row.reachable,
                opened=row.conversation is not None,
            )
            for row in rows
        ]

    def audit_listed(self, asked: ListRequest) -> tuple[Sequence[AuditLine], Found]:
        # SQLite compares letter by letter; PostgreSQL has to be told, or it goes by a language.
        here = self.connection.dialect.name == "sqlite"
        what = audit.c.what if here else audit.c.what.collate("C")
        kinds = {kind: _begins(what, beginnings) for kind, beginnings in BEGINNINGS.items()}
        listed = or_(*kinds.values())
        counts = self._counted(kinds)
        chosen = AuditKind(asked.filter) if asked.filter in set(AuditKind) else None
        wanted = kinds[chosen] if chosen else listed
        words = _all_in(asked.search, (audit.c.what, person.c.given_name, person.c.family_name))
        by = audit.outerjoin(person, person.c.id == audit.c.who)
        matching = counts[chosen or ""]
        if words:
            some = select(func.count()).select_from(by).where(wanted, *words)
            matching = self.connection.execute(some).scalar_one()
        found = Found(counts=counts, matching=matching)
        rows = self.connection.execute(
            select(audit.c.number, audit.c.at, audit.c.what, *_NAME)
            .select_from(by)
            .where(wanted, *words)
            .order_by(audit.c.number.desc())
            .limit(asked.size)
            .offset(_skip(asked, found))
        )
        lines = [
            AuditLine(
                number=row.number,
                at=row.at,
                by=f"{row.given_name} {row.family_name}" if row.given_name else "",
                what=row.what,
                kind=kind_of(row.what),
            )
            for row in rows
        ]
        return lines, found

    def _counted(self, kinds: dict[AuditKind, ColumnElement[bool]]) -> dict[str, int]:
        """How many entries each kind has, and all that are listed."""
        each = [
            select(func.count()).select_from(audit).where(which).scalar_subquery()
            for which in kinds.values()
        ]
        numbers = self.connection.execute(select(*each)).one()
        counts: dict[str, int] = dict(zip(kinds, numbers, strict=True))
        return {"": sum(counts.values()), **counts}

    def audit_checked(self) -> AuditChecked:
        state = self.audit_state()
        return AuditChecked(lines=state.lines, broken_at=state.broken_at, head=state.head)


def _skip(asked: ListRequest, found: Found) -> int:
    there = paging(asked.page or 0, found.matching, asked.size)
    return there.page * there.size


def _all_in(search: str, columns: Iterable[ColumnElement[Any]]) -> list[ColumnElement[bool]]:
    """Each word of a search is in one of the columns."""
    some = tuple(columns)
    return [or_(*(one.icontains(word, autoescape=True) for one in some)) for word in search.split()]


# -- people ----------------------------------------------------------------------------------------

_FROM = person.outerjoin(building, building.c.key == person.c.building)
_NAME = (person.c.given_name, person.c.family_name)


def _has_address(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    theirs = address.c.person_id == person.c.id, address.c.platform == person.c.platform
    return select(address.c.person_id).where(*theirs, *which).exists()


_ON_WEB = person.c.platform == Platform.WEB
_OPENED = _has_address(address.c.reachable, address.c.conversation.is_not(None))
_CONNECTION = case(
    (_ON_WEB, Connection.WEB.value),
    (_OPENED, Connection.CHAT.value),
    (_has_address(~address.c.reachable), Connection.CLOSED.value),
    else_=Connection.NEVER.value,
).label("connection")

_HERE = and_(person.c.active, person.c.role.in_(sorted(STAFF_ROLES)))
_PEOPLE: dict[str, ColumnElement[bool]] = {
    PeopleFilter.HERE: _HERE,
    PeopleFilter.NOT_IN_CHAT: and_(_HERE, ~_ON_WEB, ~_OPENED),
    PeopleFilter.WEB: and_(_HERE, _ON_WEB),
    **{role: and_(_HERE, person.c.role == role) for role in sorted(STAFF_ROLES)},
    PeopleFilter.LEFT: ~person.c.active,
}
"""What each filter of the list shows."""

_LINE = select(
    person.c.id,
    *_NAME,
    person.c.email,
    person.c.role,
    person.c.level,
    person.c.platform,
    person.c.active,
    func.coalesce(building.c.name, person.c.building).label("place"),
    _CONNECTION,
).select_from(_FROM)


def _searched(search: str) -> list[ColumnElement[bool]]:
    return _all_in(search, (*_NAME, person.c.email, building.c.name))


_BY_NAME = (func.lower(person.c.family_name), func.lower(person.c.given_name), person.c.id)
_SORTS: dict[str, ColumnElement[Any]] = {
    "name": func.lower(person.c.family_name),
    "role": person.c.role,
    "level": person.c.level,
    "building": func.coalesce(building.c.name, person.c.building),
}


def _order(sort: str) -> list[ColumnElement[Any]]:
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    if key not in _SORTS:
        return [*_BY_NAME]
    return [_SORTS[key].desc() if falling else _SORTS[key], *_BY_NAME]


def _person_line(row: Any) -> PersonLine:
    return PersonLine(
        id=row.id,
        name=f"{row.given_name} {row.family_name}",
        email=row.email,
        role=Role(row.role),
        level=Level(row.level),
        building=row.place,
        platform=Platform(row.platform),
        connection=Connection(row.connection),
        active=row.active,
    )


# -- the audit -------------------------------------------------------------------------------------


def _begins(what: ColumnElement[Any], beginnings: Iterable[str]) -> ColumnElement[bool]:
    """Entries that begin with one of these, as ranges, for which the index serves."""
    return or_(
        *(and_(what >= one, what < f"{one[:-1]}{chr(ord(one[-1]) + 1)}") for one in beginnings)
    )
