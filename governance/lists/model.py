"""Named lists of people: imported, or kept like a group of Slack or Microsoft 365."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from governance.committees.model import GroupKind

ASKED_FROM = time(6)
"""On school mornings, by the district's clock: before announcements go to late joiners."""

LONGEST_NAME = 80
LONGEST_GROUP = 100

LARGEST = 200_000
"""Characters of an import: about 7,000 people with their names."""


@dataclass(frozen=True, kw_only=True)
class NamedList:
    """``kind``: of the group that it follows; None: it is imported. ``tried_at``: when the group
    was last asked; ``filled_at``: since when its members are these. ``trouble``: why the group did
    not tell, the last time. ``people``: active members; ``left_out``: addresses that are nobody of
    the roster."""

    key: str
    name: str
    kind: GroupKind | None = None
    group: str = ""
    tried_at: datetime | None = None
    filled_at: datetime | None = None
    trouble: str = ""
    left_out: int = 0
    people: int = 0


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import found. ``strangers`` are not on the roster, ``unread`` have no address, each
    with its line; ``twice``: addresses that came more than once."""

    people: int
    strangers: tuple[tuple[int, str], ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    twice: int = 0


NAMED = ("buildings", "committees", "lists")
"""What an audience names beside levels and roles: the inputs of its form."""


@dataclass(frozen=True, kw_only=True)
class AudienceChoices:
    """What an audience's form offers beside levels and roles, each as (key, name)."""

    buildings: tuple[tuple[str, str], ...] = ()
    committees: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
