"""What an import of people would do, to be seen before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from governance.people.rosters import RosterSource

KEPT = timedelta(hours=1)
"""So long the people of a file wait for its import. After that it has to be chosen again."""

IMPORT_FORM = "people-import"
"""Under which they wait, among forms that were not sent."""

LARGEST = 10 * 1024 * 1024
"""Bytes of the largest file that is taken."""


class Becomes(StrEnum):
    """What an import does with somebody, which is also the filter of the list that shows them."""

    JOINS = "joins"
    CHANGES = "changes"
    LEAVES = "leaves"


@dataclass(frozen=True, kw_only=True)
class PersonDifference:
    """One person. ``role``: as the roster will have it, "" where it is not known. ``building``: a
    key. ``fields``: (column, before, after)."""

    becomes: Becomes
    name: str
    email: str
    role: str = ""
    building: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportDifference:
    """What an import of a file would do. ``buildings``: their names by their keys. ``left_out``:
    how many rows are nobody's of the staff, by the reason. ``many_leave``: so many that the file
    may be cut short; somebody has to confirm it. ``here``: how many are on the roster now."""

    source: RosterSource
    at: datetime
    people: tuple[PersonDifference, ...]
    same: int
    here: int
    many_leave: bool
    unknown: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    buildings: Mapping[str, str] = field(default_factory=dict)

    def count(self, becomes: Becomes) -> int:
        return sum(one.becomes is becomes for one in self.people)

    @property
    def changes(self) -> bool:
        """Whether there is anything to apply."""
        return bool(self.people)

    def same_as(self, other: ImportDifference) -> bool:
        """Whether both do the same, so that what was seen is what will be done."""
        return (self.people, self.same) == (other.people, other.same)


@dataclass(frozen=True, kw_only=True)
class ImportView:
    """Whoever gets it may import people."""
