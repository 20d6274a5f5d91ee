"""What an import of people would do, to be seen before it is done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
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
class BuildingDifference:
    """One building. ``becomes``: it opens, is called otherwise or of another level, or closes.
    The level is told where it changes."""

    becomes: Becomes
    name: str
    was: str = ""
    level: str = ""
    level_was: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportDifference:
    """What an import of a file would do. ``buildings``: their names by their keys. ``left_out``:
    how many rows are nobody's of the staff, by the reason. ``many_leave``: so many that the file
    may be cut short; somebody has to confirm it. ``here``: how many are on the roster now.
    ``places``: what becomes of buildings. ``holders``: names of those who leave and hold an office
    or lead a committee. ``renamed``: of those who do and stay, but under another address: (name,
    before, after). The district's files name them by the old one. ``themselves``: whoever imports
    it leaves. ``file``: a digest of it."""

    source: RosterSource
    at: datetime
    people: tuple[PersonDifference, ...]
    same: int
    here: int
    many_leave: bool
    unknown: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    buildings: Mapping[str, str] = field(default_factory=dict)
    places: tuple[BuildingDifference, ...] = ()
    holders: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()
    themselves: bool = False
    file: str = ""

    def count(self, becomes: Becomes) -> int:
        return sum(one.becomes is becomes for one in self.people)

    @property
    def changes(self) -> bool:
        """Whether there is anything to apply."""
        return bool(self.people or self.places)

    @property
    def needs_word(self) -> bool:
        """Whether somebody has to confirm who leaves."""
        return self.many_leave or self.themselves or bool(self.holders)

    @property
    def digest(self) -> str:
        """Tells what was seen from what another file, or another roster, would do."""
        said = {**asdict(self), "at": None}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def same_as(self, other: ImportDifference) -> bool:
        """Whether both do the same, so that what was seen is what will be done."""
        return self._done == other._done

    @property
    def _done(self) -> tuple[object, ...]:
        who = (self.holders, self.renamed, self.themselves)
        return (self.people, self.same, self.places, *who)


@dataclass(frozen=True, kw_only=True)
class ReadyImport:
    """An import that is about to be applied. ``seen``: what was kept of it; ``found``: what it
    would do now. ``take_in`` does it; ``EndedEarlyError`` where it did not come to its end, and the
    file is kept then."""

    seen: ImportDifference
    found: ImportDifference
    take_in: Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class ImportView:
    """Whoever gets it may import people."""
