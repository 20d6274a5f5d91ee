"""Finding a safeguard's place and people, and how old its answer is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from functools import cached_property
from unicodedata import combining, normalize
from uuid import UUID
from zoneinfo import ZoneInfo

from core.people import STAFF_ROLES, Audience, Person
from governance.committees.model import Office
from governance.controls.model import Assessed, Assessment, Framework, SafeguardPlace
from governance.ports import GovernanceStore
from governance.school_days import calendar, today

FURTHEST = timedelta(days=2 * 365)
"""From today to the last possible due date."""

_BETWEEN = re.compile(r"[\s,;\"'’]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def framework_of(store: GovernanceStore, assessment: Assessment) -> Framework | None:
    return store.framework(assessment.framework, assessment.version)


def place_of(store: GovernanceStore, assessment_id: UUID, number: str) -> SafeguardPlace | None:
    assessment = store.assessment(assessment_id)
    return place_in(store, assessment, number) if assessment else None


def place_in(store: GovernanceStore, assessment: Assessment, number: str) -> SafeguardPlace | None:
    framework = framework_of(store, assessment)
    row = store.assessed_one(assessment.id, number)
    safeguard = framework.safeguard(number) if framework else None
    if framework is None or row is None or safeguard is None:
        return None
    return SafeguardPlace(assessment=assessment, framework=framework, safeguard=safeguard, row=row)


def short_of(store: GovernanceStore, assessment: Assessment) -> str:
    """What the framework is called beside a number: "CIS"."""
    framework = framework_of(store, assessment)
    return framework.short if framework else ""


def moment_of(row: Assessed) -> int:
    """When it was answered, in milliseconds since 1970, as a button carries it; 0: not yet."""
    return 0 if row.answered_at is None else (row.answered_at - _EPOCH) // timedelta(milliseconds=1)


def seen_of(row: Assessed) -> int:
    """Which state of it an owner's form showed: the number changes with each answer and round."""
    return moment_of(row) * 100 + row.round % 100  # a button carries fifteen digits


def is_stale(store: GovernanceStore, row: Assessed, now: datetime) -> bool:
    """Whether an answer that was carried over is older than a year, by the district's day."""
    if not row.taken_over or row.answered_at is None:
        return False
    zone = ZoneInfo(store.district().timezone)
    return row.answered_at.astimezone(zone).date() < _year_before(today(store, now))


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def people_in(store: GovernanceStore, ids: Iterable[UUID | None]) -> Mapping[UUID, Person]:
    found = (store.person(one) for one in {one for one in ids if one is not None})
    return {one.id: one for one in found if one is not None}


def name_of(store: GovernanceStore, person_id: UUID | None) -> str:
    found = store.person(person_id) if person_id else None
    return found.name if found else ""


class NotOne(Enum):
    """Why what was typed does not mean one person."""

    NOBODY = auto()
    LEFT = auto()
    SEVERAL = auto()


class Staff:
    """Finds staff by an email address, or by a full name that only one person has."""

    def __init__(self, store: GovernanceStore) -> None:
        self._store = store

    def find(self, said: str) -> Person | NotOne:
        if "@" in said:
            found = self._store.person_by_email(said)
            named = [found] if found else []
        else:
            named = self._by_name.get(_name(said), [])
        staff = [one for one in named if one.role in STAFF_ROLES]
        here = [one for one in staff if one.active]
        if len(here) == 1:
            return here[0]
        if here:
            return NotOne.SEVERAL
        return NotOne.LEFT if staff else NotOne.NOBODY

    def called(self, one: Person) -> str:
        """What finds this person and nobody else: the name, or where others have it the address."""
        return one.name if len(self._by_name.get(_name(one.name), [])) == 1 else one.email

    def like(self, said: str) -> list[Person]:
        """Whose name or address has words that begin with each of those that were typed, with or
        without accents."""
        wanted = _plain(said).split()
        return [
            one
            for one in self.here.values()
            if wanted
            and all(
                any(word.startswith(each) for word in (*_plain(one.name).split(), one.email))
                for each in wanted
            )
        ]

    @cached_property
    def here(self) -> Mapping[UUID, Person]:
        return {one.id: one for one in self._store.people_of(Audience())}

    @cached_property
    def _by_name(self) -> Mapping[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for one in self.here.values():
            found.setdefault(_name(one.name), []).append(one)
        return found


def _name(said: str) -> str:
    """Without the characters that separate words in a file."""
    return " ".join(_BETWEEN.sub(" ", said).split()).casefold()


def _plain(said: str) -> str:
    """Without accents too."""
    return "".join(one for one in normalize("NFKD", _name(said)) if not combining(one))


def is_owned(row: Assessed, people: Mapping[UUID, Person]) -> bool:
    """Whether its owner still works here."""
    return row.owner is not None and row.owner in people and people[row.owner].active


def iso_of(store: GovernanceStore) -> Person | None:
    return next(iter(store.holders(Office.ISO)), None)


def is_day_to_come(store: GovernanceStore, day: date, now: datetime) -> bool:
    """Whether it is a school day after today, within two years."""
    first = today(store, now)
    return first < day <= first + FURTHEST and calendar(store).is_school_day(day)
