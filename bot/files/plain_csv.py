"""A plain CSV file as the district's staff: one row a person, columns and words by the rules."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

from bot.files.accounts import Account, Places, placed
from bot.files.csv_source import Row, Table
from bot.files.fields import EMAIL, LOCALE
from bot.files.people_yaml import PERSON_FIELDS
from bot.files.problems import Problem, in_order, one_of
from bot.files.roster import Roster
from core.people import Role

_NOT_ACTIVE = frozenset({"no", "n", "false", "0", "inactive"})


def read_plain(path: Path, places: Places) -> Roster | list[Problem]:
    """The roster in a file, or everything that is wrong in it. A word that says no role or no
    building is a problem here, unless the rules have a default."""
    reading = _Reading(path, places)
    accounts = [account for row in reading.table.rows() if (account := reading.account(row))]
    if reading.table.problems:
        return in_order(reading.table.problems)
    roster = placed(accounts, places)
    skipped = {**roster.skipped, "inactive": reading.inactive}
    return Roster(buildings=(), people=roster.people, skipped=skipped)


class _Reading:
    def __init__(self, path: Path, places: Places) -> None:
        self.places = places
        columns = places.rules.columns
        self.names = {name: columns.get(name, name) for name in PERSON_FIELDS}
        person = ["name"] if "name" in columns else ["given_name", "family_name"]
        needs = ["email", *person]
        needs += [] if places.rules.default_role else ["role"]
        needs += [] if places.rules.default_building else ["building"]
        self.table = Table(
            path=path, file=path.name, needs=[self.names[name] for name in needs], problems=[]
        )
        self.inactive = 0
        self.lines: dict[str, int] = {}
        self.identifiers: dict[str, int] = {}

    def said(self, row: Row, name: str) -> str:
        return row[self.names[name]]

    def wrong(self, row: Row, name: str, message: str, fix: str) -> None:
        self.table.problem(row.line, message, fix, self.names[name])

    def account(self, row: Row) -> Account | None:
        """None: somebody who is not active."""
        active = self.said(row, "active").casefold()
        rules = self.places.rules
        if active in _NOT_ACTIVE | {word.casefold() for word in rules.inactive}:
            self.inactive += 1
            return None
        given, family = self.called(row)
        self.check_email(row)
        role = self.check_role(row)
        if role is not Role.STUDENT:
            self.check_building(row)
        email = self.said(row, "email").lower()
        return Account(
            identifier=self.identifier(row, email),
            email=email,
            given_name=given,
            family_name=family,
            positions=(self.said(row, "role"),),
            places=(self.said(row, "building"),),
            locale=self.locale(row),
            timezone=self.timezone(row),
            joined_by_email=not self.said(row, "identifier"),
        )

    def called(self, row: Row) -> tuple[str, str]:
        whole = self.said(row, "name")
        if whole and not self.said(row, "given_name"):
            family, comma, given = whole.partition(",")
            if not comma:
                given, _, family = whole.rpartition(" ")
            names = given.strip(), family.strip()
        else:
            names = self.said(row, "given_name"), self.said(row, "family_name")
        for name, value in zip(("given_name", "family_name"), names, strict=True):
            if not value or len(value) > 80:
                told = name if self.names[name] in self.table.columns else "name"
                self.wrong(
                    row, told, f"The {name.replace('_', ' ')} is empty or too long.", "Correct it."
                )
        return names

    def check_email(self, row: Row) -> None:
        email = self.said(row, "email").lower()
        if not EMAIL.fullmatch(email):
            fix = "Write it as name@example.org."
            self.wrong(row, "email", f'"{self.said(row, "email")}" is not an email address.', fix)
        elif email in self.lines:
            message = f'"{email}" is in line {self.lines[email]} already.'
            self.wrong(row, "email", message, "Each may appear only once.")
        self.lines.setdefault(email, row.line)

    def identifier(self, row: Row, email: str) -> str:
        said = self.said(row, "identifier")
        if said and said in self.identifiers:
            message = f'"{said}" is in line {self.identifiers[said]} already.'
            self.wrong(row, "identifier", message, "Each may appear only once.")
        self.identifiers.setdefault(said, row.line)
        return said or f"csv:{email}"

    def check_role(self, row: Row) -> Role | None:
        word = self.said(row, "role")
        role = self.places.role((word,))
        if role is None and self.places.rules.default_role is None:
            known = [*Role, *self.places.rules.roles]
            fix = f'{one_of(word, known)} Or say what it means under "roles" in people.yaml.'
            self.wrong(row, "role", f'"{word}" is not a role here.', fix)
        return role

    def check_building(self, row: Row) -> None:
        word = self.said(row, "building")
        if self.places.building((word,)) or self.places.rules.default_building:
            return
        known = [*(b.key for b in self.places.buildings), *self.places.rules.buildings]
        fix = f'{one_of(word, known)} Or say what it means under "buildings" in people.yaml.'
        self.wrong(row, "building", f'"{word}" is not a building here.', fix)

    def locale(self, row: Row) -> str | None:
        word = self.said(row, "language")
        said = {k.casefold(): v for k, v in self.places.rules.languages.items()}
        locale = said.get(word.casefold(), word)
        if locale and not LOCALE.fullmatch(locale):
            fix = 'Use a tag such as "es", or say what it means under "languages" in people.yaml.'
            self.wrong(row, "language", f'"{word}" is not a language here.', fix)
        return locale or None

    def timezone(self, row: Row) -> str | None:
        word = self.said(row, "timezone")
        try:
            if word:
                zoneinfo.ZoneInfo(word)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            fix = 'Use a name such as "America/Chicago", or leave it empty.'
            self.wrong(row, "timezone", f'There is no time zone "{word}".', fix)
        return word or None
