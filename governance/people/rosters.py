"""What a district says about its sources of people: which words mean what, and who owns what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.people import Role


class RosterSource(StrEnum):
    """Where a roster may come from."""

    ONEROSTER = "oneroster"
    CSV = "csv"
    SLACK = "slack"
    GRAPH = "graph"


@dataclass(frozen=True, kw_only=True)
class RosterImport:
    """An import that changed somebody: how many people it added, changed and let go."""

    source: RosterSource
    at: datetime
    added: int
    changed: int
    left: int


class Share(StrEnum):
    """A part of what is known of a person, which one source owns."""

    ACTIVE = "active"
    """Who is on the roster at all: it adds people and lets them go."""
    NAMES = "names"
    EMAIL = "email"
    IDENTIFIER = "identifier"
    ROLE = "role"
    BUILDING = "building"
    """With the building's level."""
    LANGUAGE = "language"
    TIMEZONE = "timezone"


COLUMNS: Mapping[Share, tuple[str, ...]] = {
    Share.ACTIVE: ("active",),
    Share.NAMES: ("given_name", "family_name"),
    Share.EMAIL: ("email",),
    Share.IDENTIFIER: ("sourced_id",),
    Share.ROLE: ("role",),
    Share.BUILDING: ("building", "level"),
    Share.LANGUAGE: ("locale",),
    Share.TIMEZONE: ("timezone",),
}
"""What each share is, as fields of a person."""


@dataclass(frozen=True, kw_only=True)
class RosterRules:
    """How people come in (``people.yaml``). Words are compared without regard to case, and may
    hold ``*`` for anything; the longest that fits counts."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Of a plain CSV file: our field -> the column's name there."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """A word for a position -> the role; ``student`` leaves people out."""
    buildings: Mapping[str, str] = field(default_factory=dict)
    """A word for a place -> the building's key."""
    languages: Mapping[str, str] = field(default_factory=dict)
    inactive: tuple[str, ...] = ()
    """Words in the column ``active`` for whoever is not."""
    default_role: Role | None = None
    default_building: str | None = None
    owns: Mapping[RosterSource, tuple[Share, ...]] = field(default_factory=dict)
    """Who owns what, each share once. Empty: a source owns everything that it brings."""
    daily: tuple[RosterSource, ...] = ()
    """Sources that the service asks by itself, once a day."""

    def shares(self, source: RosterSource) -> frozenset[Share]:
        """What a source owns."""
        return frozenset(self.owns.get(source, ())) if self.owns else frozenset(Share)
