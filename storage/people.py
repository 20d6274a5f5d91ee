"""People, their addresses and their duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Row,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.sql import ColumnElement

from core.people import STAFF_ROLES, Audience, Building, Level, Person, Platform, Role
from governance.committees.model import Office
from governance.duties.model import Some
from governance.ports import Standing
from storage.connection import UNREAD, read_once
from storage.importing import PART, Importing
from storage.ledger_tables import delivery
from storage.tables import address, building, duty, list_member, person

LEADS = ("chair", "co-chair", "deputy")
SEATS = (*LEADS, "member")
"""Duties on a committee."""

_AUDIENCES = 50
"""Audiences that one statement is about."""


def person_from(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        id=row.id,
        sourced_id=row.sourced_id,
        email=row.email,
        given_name=row.given_name,
        family_name=row.family_name,
        role=Role(row.role),
        level=Level(row.level),
        building=row.building,
        locale=row.chosen_locale or row.locale,
        timezone=row.timezone,
        platform=Platform(row.platform),
        active=row.active,
    )


def standing_from(duties: Iterable[tuple[str, str]]) -> Standing:
    """From (duty, key) of somebody."""
    rows = list(duties)
    leads = {key for what, key in rows if what in LEADS}
    return Standing(
        offices=frozenset(Office(key) for what, key in rows if what == "office"),
        leads=frozenset(leads),
        sits=frozenset(leads | {key for what, key in rows if what == "member"}),
    )


class People(Importing):
    """The roster inside one transaction."""

    def person(self, person_id: UUID) -> Person | None:
        def read() -> Person | None:
            found: Person | None = self.foreseen("person", person_id)
            if found is UNREAD:
                row = self.connection.execute(_BY_ID, {"b_id": person_id}).first()
                found = person_from(row) if row else None
            return found

        return self.once(("person", person_id), read)

    def people_ahead(self, people: Iterable[UUID | None]) -> None:
        """Prefetch for ``person``, in a transaction that only reads."""
        self.ahead("person", [one for one in people if one is not None], self._these_people)

    def _these_people(self, some: Sequence[UUID]) -> dict[UUID, Person]:
        rows = self.connection.execute(select(person).where(person.c.id.in_(some)))
        return {row.id: person_from(row) for row in rows}

    def person_by_email(self, email: str) -> Person | None:
        row = self.connection.execute(_BY_EMAIL, {"b_email": email.strip().lower()}).first()
        return person_from(row) if row else None

    def person_by_address(self, platform: Platform, workspace: str, user: str) -> Person | None:
        key = {"b_platform": platform, "b_workspace": workspace, "b_user": user}
        found: Person | None = self.foreseen("person at", platform, workspace, user)
        if found is UNREAD:
            row = self.connection.execute(_BY_ADDRESS, key).first()
            found = person_from(row) if row else None
        return found

    def reachable_at(self, platform: Platform, workspace: str, user: str) -> bool:
        """Whether somebody is known to be reached at an address."""
        row = self.connection.execute(
            select(address.c.reachable).where(
                address.c.platform == platform,
                address.c.workspace == workspace,
                address.c.user == user,
            )
        ).first()
        return bool(row and row.reachable)

    def names_of(self, people: Collection[UUID]) -> dict[UUID, str]:
        read = {one: self.within.get(("person", one)) for one in people}
        known = {who: one.name for who, one in read.items() if one is not None}
        if len(known) == len(read):
            return known
        name = person.c.given_name, person.c.family_name
        rows = self.connection.execute(
            select(person.c.id, *name).where(person.c.id.in_(read.keys() - known.keys()))
        )
        return known | {who: f"{given} {family}" for who, given, family in rows}

    def people_of(self, audience: Audience) -> Sequence[Person]:
        rows = self.connection.execute(
            select(person).where(included(audience)).order_by(person.c.sourced_id)
        )
        return [person_from(row) for row in rows]

    def ids_of(self, audience: Audience, some: Some | None = None) -> Sequence[UUID]:
        """Whom an audience is now, in a fixed order; of ``some`` alone where they are given."""
        if some is not None:
            of = select(person.c.id).where(person.c.id.between(*some), included(audience))
            return self.connection.execute(of.order_by(person.c.id)).scalars().all()
        found: Sequence[UUID] = self.foreseen("ids", audience)
        if found is UNREAD:
            wanted = select(person.c.id).where(included(audience)).order_by(person.c.id)
            found = self.connection.execute(wanted).scalars().all()
        return found

    def reached(self, audience: Audience) -> Sequence[Row[Any]]:
        """An audience in groups: by platform, workspace (None: no address), role and time zone,
        with how many ``people`` each holds. ``conversation`` is any one of the group's, or None."""
        found: Sequence[Row[Any]] = self.seen("reached", audience)
        if found is not UNREAD:
            return found
        return self.once(("reached", audience), lambda: self._reached_each([audience])[audience])

    def reached_ahead(self, audiences: Iterable[Audience]) -> None:
        """Prefetch for ``reached``, in a transaction that only reads."""
        self.ahead("reached", audiences, self._reached_each)

    def _reached_each(self, audiences: Sequence[Audience]) -> dict[Audience, list[Row[Any]]]:
        found: dict[Audience, list[Row[Any]]] = {one: [] for one in audiences}
        each = (_reached(one, number) for number, one in enumerate(audiences))
        for row in self.connection.execute(union_all(*each)):
            found[audiences[row.number]].append(row)
        return found

    def sizes_of(self, audience: Audience) -> Counter[tuple[str, str, str]]:
        group = person.c.role, person.c.level, person.c.building
        counted = select(*group, func.count()).where(included(audience)).group_by(*group)
        rows = self.connection.execute(counted)
        return Counter({(role, level, place): people for role, level, place, people in rows})

    def groups_of(
        self, audiences: Collection[Audience]
    ) -> Mapping[Audience, Collection[tuple[Role, Level]]]:
        of, found = list(audiences), dict[Audience, list[tuple[Role, Level]]]()
        for at in range(0, len(of), _AUDIENCES):
            some = of[at : at + _AUDIENCES]
            found |= {one: [] for one in some}
            meant = (func.max(case((included(one), 1), else_=0)) for one in some)
            group = person.c.role, person.c.level
            rows = self.connection.execute(select(*group, *meant).group_by(*group))
            for role, level, *there in rows:
                for one in compress(some, there):
                    found[one].append((Role(role), Level(level)))
        return found

    def away_from(self, audience: Audience) -> Mapping[str, int]:
        """By platform, people of an audience whose every address there is closed: their account was
        switched off, or they removed the app."""
        theirs = address.c.person_id == person.c.id, address.c.platform == person.c.platform
        closed = exists().where(*theirs, ~address.c.reachable)
        there = exists().where(*theirs, address.c.reachable)
        wanted = select(person.c.platform, func.count()).where(included(audience), closed, ~there)
        rows = self.connection.execute(wanted.group_by(person.c.platform))
        return {row.platform: row[1] for row in rows}

    def buildings(self) -> Sequence[Building]:
        rows = self.connection.execute(select(building).order_by(building.c.name))
        return [Building(key=r.key, name=r.name, level=Level(r.level)) for r in rows]

    @read_once
    def roster_count(self, role: Role, level: Level) -> int:
        known = self.within.get("roster counts")
        if known is not None:
            return int(known.get((role, level), 0))
        return self.connection.execute(
            select(func.count())
            .select_from(person)
            .where(person.c.role == role, person.c.level == level, person.c.active)
        ).scalar_one()

    def roster_counts_ahead(self) -> None:
        """Prefetch for ``roster_count``, in a transaction that only reads."""

        def read() -> dict[tuple[str, str], int]:
            of = person.c.role, person.c.level
            rows = self.connection.execute(
                select(*of, func.count()).where(person.c.active).group_by(*of)
            )
            return {(role, level): people for role, level, people in rows}

        self.once("roster counts", read)

    def roster_count_at(self, role: Role, building: str) -> int:
        return self.connection.execute(
            select(func.count())
            .select_from(person)
            .where(person.c.role == role, person.c.building == building, person.c.active)
        ).scalar_one()

    def some_staff(self, most: int) -> Sequence[UUID]:
        """A few active people at random (for the demo's colleagues)."""
        rows = self.connection.execute(
            select(person.c.id)
            .where(person.c.active, person.c.role.in_(sorted(STAFF_ROLES)))
            .order_by(func.random())
            .limit(most)
        )
        return rows.scalars().all()

    def active_emails(self) -> frozenset[str]:
        rows = self.connection.execute(select(person.c.email).where(person.c.active))
        return frozenset(rows.scalars())

    def roster_names(self) -> frozenset[str]:
        """Given and family names of the roster, for recognising people in free text."""
        rows = self.connection.execute(select(person.c.given_name, person.c.family_name))
        return frozenset(f"{given} {family}" for given, family in rows)

    def ids_by_email(self, emails: Collection[str]) -> dict[str, UUID]:
        """Of people who are here, or were."""
        listed, found = sorted(emails), dict[str, UUID]()
        for at in range(0, len(listed), PART):
            some = person.c.email.in_(listed[at : at + PART])
            rows = self.connection.execute(select(person.c.email, person.c.id).where(some))
            found.update((email, who) for email, who in rows)
        return found

    # -- duties ---------------------------------------------------------------------------------

    def standing(self, person_id: UUID) -> Standing:
        return self.once(("standing", person_id), lambda: self._standing(person_id))

    def _standing(self, person_id: UUID) -> Standing:
        found: Standing = self.foreseen("standing", person_id)
        if found is UNREAD:
            rows = self.connection.execute(_DUTIES, {"b_person": person_id}).all()
            found = standing_from((what, key) for what, key in rows)
        return found

    def committees_of(self, person_id: UUID) -> frozenset[str]:
        return self.standing(person_id).sits

    @read_once
    def holders(self, office: Office) -> Sequence[Person]:
        rows = self.connection.execute(
            select(person)
            .join(duty, duty.c.person_id == person.c.id)
            .where(duty.c.duty == "office", duty.c.key == office, person.c.active)
            .order_by(duty.c.rank)
        )
        return [person_from(row) for row in rows]

    def members(self, committee: str) -> Sequence[Person]:
        rows = self.connection.execute(
            select(person, func.min(duty.c.rank).label("first"))
            .join(duty, duty.c.person_id == person.c.id)
            .where(duty.c.duty.in_(SEATS), duty.c.key == committee, person.c.active)
            .group_by(*person.c)
            .order_by("first", person.c.family_name, person.c.given_name, person.c.id)
        )
        return [person_from(row) for row in rows]

    def assign_duties(self, duties: Iterable[tuple[str, str, str, int]]) -> None:
        """Replace all duties by (duty, key, e-mail, rank); unknown e-mails are left out. Where
        they are so already, nothing is written."""
        wanted = list(duties)
        ids = self.ids_by_email({email for _, _, email, _ in wanted})
        rows = {(ids[email], what, key): rank for what, key, email, rank in wanted if email in ids}
        there = self.connection.execute(select(duty)).all()
        if {(d.person_id, d.duty, d.key): d.rank for d in there} == rows:
            return
        self.connection.execute(delete(duty))
        self.insert_new(
            duty,
            [
                {"person_id": p, "duty": what, "key": key, "rank": rank}
                for (p, what, key), rank in rows.items()
            ],
        )

    # -- addresses ------------------------------------------------------------------------------

    def note_address(
        self,
        person: Person,
        *,
        platform: Platform,
        workspace: str,
        user: str,
        conversation: str | None,
        service_url: str | None,
        reachable: bool,
    ) -> None:
        row: dict[str, Any] = {
            "platform": platform,
            "workspace": workspace,
            "user": user,
            "person_id": person.id,
            "reachable": reachable,
        }
        if conversation is not None:
            row["conversation"] = conversation
        if service_url is not None:
            row["service_url"] = service_url
        self.put(address, row, ("platform", "workspace", "user"))
        if reachable and conversation is not None:
            self._release_waiting(person.id, platform, workspace, conversation, service_url)

    def choose_language(self, person_id: UUID, locale: str) -> None:
        """From now on they read this language, whatever the roster says."""
        chosen = update(person).where(person.c.id == person_id)
        self.connection.execute(chosen.values(chosen_locale=locale))

    def _release_waiting(
        self,
        person_id: UUID,
        platform: Platform,
        workspace: str,
        conversation: str,
        service_url: str | None,
    ) -> None:
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.person_id == person_id,
                delivery.c.platform == platform,
                delivery.c.lane.is_(None),
                delivery.c.state == "queued",
            )
            .values(
                lane=f"{platform}:{workspace}",
                workspace=workspace,
                conversation=conversation,
                service_url=service_url,
            )
        )

    def waiting_in_vain(self) -> Sequence[tuple[UUID, Platform, str, str, str | None]]:
        """(person, platform, workspace, conversation, service URL) of deliveries that wait for an
        address that is there: two transactions at once, the one that queued and the one that
        noted the address, do not see each other on PostgreSQL."""
        rows = self.connection.execute(
            select(
                delivery.c.person_id,
                address.c.platform,
                address.c.workspace,
                address.c.conversation,
                address.c.service_url,
            )
            .distinct()
            .join(
                address,
                and_(
                    address.c.person_id == delivery.c.person_id,
                    address.c.platform == delivery.c.platform,
                ),
            )
            .where(
                delivery.c.lane.is_(None),
                delivery.c.state == "queued",
                address.c.reachable,
                address.c.conversation.is_not(None),
            )
        )
        return [(p, Platform(kind), w, c, u) for p, kind, w, c, u in rows]

    def join_lanes(self) -> int:
        """Let them wait no longer; how many people's."""
        waiting = self.waiting_in_vain()
        for person_id, platform, workspace, conversation, service_url in waiting:
            self._release_waiting(person_id, platform, workspace, conversation, service_url)
        return len(waiting)


_BY_ID = select(person).where(person.c.id == bindparam("b_id"))
_BY_EMAIL = select(person).where(person.c.email == bindparam("b_email"))
_BY_ADDRESS = (
    select(person)
    .join(address, address.c.person_id == person.c.id)
    .where(
        address.c.platform == bindparam("b_platform"),
        address.c.workspace == bindparam("b_workspace"),
        address.c.user == bindparam("b_user"),
    )
)
_DUTIES = select(duty.c.duty, duty.c.key).where(duty.c.person_id == bindparam("b_person"))


def _reached(audience: Audience, number: int) -> Any:
    """One address a person: people are counted, whatever they have on their platform. Each row
    carries the audience's ``number``."""
    there = (
        select(
            address.c.person_id,
            address.c.platform,
            func.min(address.c.workspace).label("workspace"),
            func.min(address.c.conversation).label("conversation"),
        )
        .where(address.c.reachable, address.c.conversation.is_not(None))
        .group_by(address.c.person_id, address.c.platform)
        .subquery()
    )
    of = (person.c.platform, there.c.workspace, person.c.role, person.c.timezone)
    return (
        select(
            literal(number, Integer).label("number"),
            *of,
            func.min(there.c.conversation).label("conversation"),
            func.count().label("people"),
        )
        .outerjoin(
            there, and_(there.c.person_id == person.c.id, there.c.platform == person.c.platform)
        )
        .where(included(audience))
        .group_by(*of)
    )


def included(audience: Audience) -> ColumnElement[bool]:
    """``Audience.includes`` as SQL (a test holds the two together)."""
    ways: list[ColumnElement[bool]] = []
    if audience.by_rule:
        rule: list[ColumnElement[bool]] = [person.c.active]
        if audience.roles:
            rule.append(person.c.role.in_(sorted(audience.roles)))
        if audience.levels:
            rule.append(person.c.level.in_(sorted(audience.levels)))
        if audience.buildings:
            rule.append(person.c.building.in_(sorted(audience.buildings)))
        ways.append(and_(*rule))
    if audience.people:
        ways.append(person.c.email.in_(sorted(audience.people)))
    if audience.committees:
        ways.append(_sits_on(audience.committees))
    if audience.lists:
        ways.append(_is_on(audience.lists))
    return and_(
        person.c.active,
        person.c.role.in_(sorted(STAFF_ROLES)),
        or_(*ways),
        person.c.email.not_in(sorted(audience.except_people)),
        person.c.building.not_in(sorted(audience.except_buildings)),
        ~_sits_on(audience.except_committees) if audience.except_committees else true(),
    )


def _sits_on(committees: frozenset[str]) -> ColumnElement[bool]:
    return person.c.id.in_(
        select(duty.c.person_id).where(duty.c.duty.in_(SEATS), duty.c.key.in_(sorted(committees)))
    )


def _is_on(lists: frozenset[str]) -> ColumnElement[bool]:
    return person.c.id.in_(
        select(list_member.c.person_id).where(list_member.c.list_key.in_(sorted(lists)))
    )
