"""A OneRoster 1.2 folder (CSV binding, bulk) as the district's buildings and its staff.

Four files are read: manifest.csv, orgs.csv, users.csv, roles.csv. Staff only: students, guardians
and whoever is not active are counted and left out. Three columns of our own may be beside the
standard's, as its ``metadata.`` extensions: ``metadata.level`` in orgs.csv, ``metadata.locale``
and ``metadata.timezone`` in users.csv.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.files.csv_source import Row, Table
from bot.files.fields import EMAIL, LOCALE, SLUG
from bot.files.problems import Problem, in_order, one_of
from bot.files.roster import FAMILY, ROLES, Roster, RosterPerson
from core.people import Building, Level, Role


@dataclass(frozen=True, kw_only=True)
class _Job:
    role: Role
    org: str
    primary: bool


def read_roster(
    path: Path,
    *,
    locale: str = "en",
    timezone: str = "America/Chicago",
    buildings: Sequence[Building] = (),
    folder: str = "",
) -> Roster | list[Problem]:
    """The roster in a folder. ``locale`` and ``timezone`` are for people whose rows name none;
    ``buildings``, where given, are the only ones there may be, found by key. ``folder`` goes
    before file names in problems."""
    reading = _Reading(path, folder, locale, timezone, {b.key: b for b in buildings})
    reading.manifest()
    if not reading.problems:
        reading.orgs()
        reading.roles()
        reading.users()
    if reading.problems:
        return in_order(reading.problems)
    staffed = {person.building for person in reading.people}
    found = [b for b in reading.buildings.values() if b.key in staffed or b.key in reading.schools]
    return Roster(
        buildings=tuple(buildings) or tuple(found),
        people=tuple(reading.people),
        skipped=reading.skipped,
    )


class _Reading:
    """The files in the order in which they explain each other."""

    def __init__(
        self,
        path: Path,
        folder: str,
        locale: str,
        timezone: str,
        known: Mapping[str, Building],
    ) -> None:
        self.path, self.folder, self.locale, self.timezone = path, folder, locale, timezone
        self.known = known
        self.problems: list[Problem] = []
        self.buildings: dict[str, Building] = {}
        self.schools: set[str] = set()
        self.closed: set[str] = set()
        self.jobs: dict[str, list[_Job]] = {}
        self.family: set[str] = set()
        self.people: list[RosterPerson] = []
        self.skipped = {"students": 0, "guardians": 0, "inactive": 0}

    def table(self, name: str, *needs: str) -> Table:
        return Table(
            path=self.path / name,
            file=f"{self.folder}/{name}" if self.folder else name,
            needs=needs,
            problems=[],
        )

    def manifest(self) -> None:
        table = self.table("manifest.csv", "propertyName", "value")
        said = {row["propertyName"]: row for row in table.rows()}
        version = said.get("oneroster.version")
        if not table.problems and version is None:
            table.problem(1, 'There is no "oneroster.version".', 'Add "oneroster.version,1.2".')
        elif version and version["value"] != "1.2" and not version["value"].startswith("1.2."):
            message = f"This is OneRoster {version['value']}."
            table.problem(version.line, message, "Export it as OneRoster 1.2.", "value")
        for name in ("orgs", "users", "roles"):
            row = said.get(f"file.{name}")
            if row and row["value"] != "bulk":
                message = f"{name}.csv is said to be {row['value']}."
                table.problem(row.line, message, "Export all rows (bulk).", "value")
        self.problems += table.problems

    def orgs(self) -> None:
        table = self.table("orgs.csv", "sourcedId", "name", "type")
        lines: dict[str, int] = {}
        for row in table.rows():
            sourced_id = row["sourcedId"]
            if not _once(table, row, "sourcedId", sourced_id, lines):
                continue
            if not _active(row):
                self.closed.add(sourced_id)
            elif building := self.building(table, row):
                self.buildings[sourced_id] = building
                if row["type"] == "school":
                    self.schools.add(building.key)
        self.problems += table.problems

    def building(self, table: Table, row: Row) -> Building | None:
        """Its key is the school's number or code where there is one, else the sourcedId."""
        names = [name for name in (row["identifier"], row["sourcedId"]) if name]
        if self.known:
            return next((self.known[name] for name in names if name in self.known), None)
        key = names[0].lower()
        if not SLUG.fullmatch(key):
            message = f'"{key}" cannot be a building\'s key.'
            fix = "Use letters, digits and hyphens in the identifier."
            table.problem(row.line, message, fix, "identifier")
        if any(building.key == key for building in self.buildings.values()):
            message = f'Another building has the identifier "{key}".'
            table.problem(row.line, message, "Give each its own.", "identifier")
        level = self.level(table, row)
        if not row["name"]:
            table.problem(row.line, "The building has no name.", "Fill it in.", "name")
        return Building(key=key, name=row["name"], level=level)

    def level(self, table: Table, row: Row) -> Level:
        said = row["metadata.level"].lower()
        if said in set(Level):
            return Level(said)
        if said:
            message = f'"{said}" is not a level.'
            table.problem(row.line, message, one_of(said, Level), "metadata.level")
        elif row["type"] == "school":
            message = f"The level of {row['name'] or 'this school'} is not known."
            fix = 'Fill in a column "metadata.level", or write buildings.yaml.'
            table.problem(row.line, message, fix, "metadata.level")
        return Level.DISTRICT

    def roles(self) -> None:
        table = self.table("roles.csv", "userSourcedId", "roleType", "role", "orgSourcedId")
        for row in table.rows():
            role, user = row["role"], row["userSourcedId"]
            if not _active(row):
                continue
            if role in FAMILY:
                self.family.add(user)
            elif role not in ROLES:
                fix = one_of(role, [*ROLES, *sorted(FAMILY)], named=20)
                table.problem(row.line, f'"{role}" is not a role.', fix, "role")
            else:
                self.job(table, row, ROLES[role])
        self.problems += table.problems

    def job(self, table: Table, row: Row, role: Role) -> None:
        if row["roleType"] not in ("primary", "secondary"):
            message = f'"{row["roleType"]}" is not a type of role.'
            table.problem(row.line, message, "Use primary or secondary.", "roleType")
        org = row["orgSourcedId"]
        if org in self.closed:
            return
        if org not in self.buildings and role is not Role.STUDENT:
            fix = "Correct the sourcedId, or add the building to orgs.csv"
            fix += " and buildings.yaml." if self.known else "."
            table.problem(row.line, f'There is no building "{org}".', fix, "orgSourcedId")
            return
        held = _Job(role=role, org=org, primary=row["roleType"] == "primary")
        self.jobs.setdefault(row["userSourcedId"], []).append(held)

    def users(self) -> None:
        needs = ("sourcedId", "enabledUser", "givenName", "familyName", "email")
        table = self.table("users.csv", *needs)
        ids: dict[str, int] = {}
        emails: dict[str, int] = {}
        seen: set[str] = set()
        for row in table.rows():
            sourced_id = row["sourcedId"]
            if not _once(table, row, "sourcedId", sourced_id, ids):
                continue
            seen.add(sourced_id)
            if (left_out := self.left_out(table, row)) is not None:
                if left_out:
                    self.skipped[left_out] += 1
            elif _once(table, row, "email", row["email"].lower(), emails):
                self.people.append(self.person(table, row))
        self.problems += table.problems
        if not table.problems:
            self.orphans(seen)

    def left_out(self, table: Table, row: Row) -> str | None:
        """Why a row is not staff; "" where that is a problem; None where it is staff."""
        jobs = self.jobs.get(row["sourcedId"], [])
        if any(job.role is Role.STUDENT for job in jobs):
            return "students"
        if not _active(row) or row["enabledUser"].lower() == "false":
            return "inactive"
        if jobs:
            return None
        if row["sourcedId"] in self.family:
            return "guardians"
        message = f"{row['givenName']} {row['familyName']} has no role."
        fix = "Add an active row to roles.csv, or set enabledUser to false."
        table.problem(row.line, message, fix, "sourcedId")
        return ""

    def person(self, table: Table, row: Row) -> RosterPerson:
        jobs = self.jobs[row["sourcedId"]]
        job = next((job for job in jobs if job.primary), jobs[0])
        building = self.buildings[job.org]
        given = row["preferredGivenName"] or row["givenName"]
        family = row["preferredFamilyName"] or row["familyName"]
        for name, value in (("givenName", given), ("familyName", family)):
            if not value or len(value) > 80:
                table.problem(row.line, f'"{name}" is empty or too long.', "Correct it.", name)
        email = row["email"].lower()
        if not EMAIL.fullmatch(email):
            message = f'"{row["email"]}" is not an email address.'
            table.problem(row.line, message, "Write it as name@example.org.", "email")
        return RosterPerson(
            sourced_id=row["sourcedId"],
            email=email,
            given_name=given,
            family_name=family,
            role=job.role,
            level=building.level,
            building=building.key,
            locale=self.own(table, row, "metadata.locale", self.locale),
            timezone=self.own(table, row, "metadata.timezone", self.timezone),
        )

    def own(self, table: Table, row: Row, name: str, default: str) -> str:
        value = row[name]
        if not value:
            return default
        sound = LOCALE.fullmatch(value) if name == "metadata.locale" else _zone(value)
        if not sound:
            fix = 'Use a name such as "es" or "America/Chicago", or leave it empty.'
            table.problem(row.line, f'"{value}" is not known.', fix, name)
        return value

    def orphans(self, users: set[str]) -> None:
        missing = sorted(set(self.jobs) - users)
        if missing:
            table = self.table("roles.csv")
            message = (
                f'{len(missing)} of the users in roles.csv are not in users.csv: "{missing[0]}".'
            )
            table.problem(1, message, "Export both files at the same time.")
            self.problems += table.problems


def _once(table: Table, row: Row, column: str, value: str, lines: dict[str, int]) -> bool:
    if not value:
        table.problem(row.line, f'"{column}" is empty.', "Fill it in.", column)
        return False
    if value in lines:
        message = f'"{value}" is {column} of line {lines[value]} already.'
        table.problem(row.line, message, "Each may appear only once.", column)
        return False
    lines[value] = row.line
    return True


def _active(row: Row) -> bool:
    """Bulk files leave the status empty."""
    return row["status"].lower() in ("", "active")


@cache
def _zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
