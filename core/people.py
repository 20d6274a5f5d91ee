"""Who may be asked: people of the roster, rules over it, and what a rule froze into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is in the district (OneRoster's roles, in the district's words)."""

    TEACHER = "teacher"
    OFFICE = "office"
    SUPPORT = "support"
    ADMINISTRATOR = "administrator"
    BOARD = "board"
    STUDENT = "student"


class Level(StrEnum):
    """The level of the building somebody works in."""

    ELEMENTARY = "elementary"
    MIDDLE = "middle"
    HIGH = "high"
    DISTRICT = "district"


class Platform(StrEnum):
    """Where somebody is reached."""

    SLACK = "slack"
    TEAMS = "teams"
    WEB = "web"


STAFF_ROLES = frozenset(Role) - {Role.STUDENT}


@dataclass(frozen=True, kw_only=True)
class Building:
    """A school or an office of the district."""

    key: str
    name: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class Person:
    """A roster member. ``building`` is a building's key; ``timezone`` an IANA name."""

    id: UUID
    sourced_id: str
    email: str
    given_name: str
    family_name: str
    role: Role
    level: Level
    building: str
    locale: str = "en"
    timezone: str = "America/Chicago"
    platform: Platform = Platform.WEB
    active: bool = True

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, kw_only=True)
class Held:
    """People for whom it is quiet hours; from ``until`` on the first of them are messaged."""

    people: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Audience:
    """A rule over the roster. Empty parts do not restrict; parts are joined by *and*.

    ``committees``, ``lists`` (keys of named lists) and ``people`` (e-mail addresses) add members;
    the ``except_`` parts take out, whoever was added by whatever. With ``committees``, ``lists``
    or ``people`` alone, only those are meant.
    """

    roles: frozenset[Role] = frozenset()
    levels: frozenset[Level] = frozenset()
    buildings: frozenset[str] = frozenset()
    committees: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    except_people: frozenset[str] = frozenset()
    except_committees: frozenset[str] = frozenset()
    except_buildings: frozenset[str] = frozenset()

    @property
    def by_rule(self) -> bool:
        """Whether roles, levels or buildings choose (else only lists do, or everyone)."""
        return bool(self.roles or self.levels or self.buildings) or not (
            self.committees or self.lists or self.people
        )

    def includes(
        self,
        person: Person,
        committees: frozenset[str] = frozenset(),
        lists: frozenset[str] = frozenset(),
    ) -> bool:
        """Whether a person (with the committees they sit on, and the lists they are on) belongs to
        this audience."""
        if not person.active or person.role not in STAFF_ROLES:
            return False
        if (
            person.email in self.except_people
            or committees & self.except_committees
            or person.building in self.except_buildings
        ):
            return False
        if person.email in self.people or committees & self.committees or lists & self.lists:
            return True
        return self.by_rule and (
            (not self.roles or person.role in self.roles)
            and (not self.levels or person.level in self.levels)
            and (not self.buildings or person.building in self.buildings)
        )
