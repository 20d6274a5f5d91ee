"""The staff of a district, as an import hands it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.people import Building, Level, Role

ROLES: Mapping[str, Role] = {
    "teacher": Role.TEACHER,
    "aide": Role.SUPPORT,
    "counselor": Role.SUPPORT,
    "proctor": Role.SUPPORT,
    "systemAdministrator": Role.SUPPORT,
    "principal": Role.ADMINISTRATOR,
    "siteAdministrator": Role.ADMINISTRATOR,
    "districtAdministrator": Role.ADMINISTRATOR,
    "ext:office": Role.OFFICE,
    "ext:support": Role.SUPPORT,
    "ext:board": Role.BOARD,
    "student": Role.STUDENT,
}
"""The standard's roles, and three extensions for whom it has no word."""

FAMILY = frozenset({"guardian", "parent", "relative"})


@dataclass(frozen=True, kw_only=True)
class RosterPerson:
    """One member of staff. ``building`` is a building's key; ``email`` is in lower case."""

    sourced_id: str
    email: str
    given_name: str
    family_name: str
    role: Role
    level: Level
    building: str
    locale: str
    timezone: str
    active: bool = True
    lacks: Mapping[str, str] = field(default_factory=dict)
    """What the source does not say, and holds a stand-in: field -> the word that could not be
    placed ("" where a default is good enough for somebody new). It changes nobody."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """``skipped``: how many rows were left out as students, guardians, inactive. Without
    ``buildings`` the district's stay as they are."""

    buildings: tuple[Building, ...]
    people: tuple[RosterPerson, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)
