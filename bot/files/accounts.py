"""Accounts as chat platforms and plain files tell them, placed in the district by its rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeVar

from bot.files.roster import Roster, RosterPerson
from core.people import Building, Level, Role
from governance.people.rosters import RosterRules

Meant = TypeVar("Meant")


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody as a source tells them. ``positions`` and ``places`` are its words, the most
    telling first; ``left_out`` says why somebody is not staff (guests, bots, deactivated)."""

    identifier: str
    email: str
    given_name: str
    family_name: str
    positions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    locale: str | None = None
    timezone: str | None = None
    left_out: str | None = None
    joined_by_email: bool = False
    """The identifier is the source's own, so that somebody is known by the e-mail address."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """The district's places and words, to put accounts in."""

    rules: RosterRules
    buildings: Sequence[Building]
    locale: str = "en"
    timezone: str = "America/Chicago"

    def role(self, words: Iterable[str]) -> Role | None:
        """The role that the first telling word means; None: none of them says."""
        ours: Mapping[str, Role] = {role.value: role for role in Role}
        return _first(words, {**ours, **self.rules.roles})

    def building(self, words: Iterable[str]) -> Building | None:
        known = {one.key: one for one in self.buildings}
        named = {name: one for one in self.buildings for name in (one.key, one.name)}
        meant = {word: known[key] for word, key in self.rules.buildings.items() if key in known}
        return _first(words, {**named, **meant})

    def default_building(self) -> Building | None:
        key = self.rules.default_building
        return next((one for one in self.buildings if one.key == key), None)

    def person(self, account: Account) -> RosterPerson:
        """Placed as well as can be; ``lacks`` says what is only a stand-in, and after which
        word. What the rules give as a default is nobody's to correct, so it stands in too."""
        lacks: dict[str, str] = {}
        role = self.role(account.positions)
        if role is None:
            lacks["role"] = "" if self.rules.default_role else _said(account.positions)
            role = self.rules.default_role or Role.SUPPORT
        building = self.building(account.places)
        if building is None:
            building = self.default_building()
            lacks["building"] = "" if building else _said(account.places)
        lacks |= {name: "" for name in ("locale", "timezone") if getattr(account, name) is None}
        if account.joined_by_email:
            lacks["sourced_id"] = ""
        return RosterPerson(
            sourced_id=account.identifier,
            email=account.email.strip().lower(),
            given_name=account.given_name or account.email.partition("@")[0],
            family_name=account.family_name,
            role=role,
            level=building.level if building else Level.DISTRICT,
            building=building.key if building else "",
            locale=account.locale or self.locale,
            timezone=account.timezone or self.timezone,
            lacks=lacks,
        )


def placed(accounts: Iterable[Account], places: Places) -> Roster:
    """The staff among accounts. Students by their position, and whoever has no mail, are left
    out and counted with those whom the source itself leaves out."""
    people: dict[str, RosterPerson] = {}
    skipped: dict[str, int] = {}
    for account in accounts:
        person = places.person(account)
        why = account.left_out or ("students" if person.role is Role.STUDENT else None)
        why = why or (None if person.email else "without a mail address")
        if why or person.email in people:
            why = why or "with an address that is there already"
            skipped[why] = skipped.get(why, 0) + 1
        else:
            people[person.email] = person
    return Roster(buildings=(), people=tuple(people.values()), skipped=skipped)


def _first(words: Iterable[str], known: Mapping[str, Meant]) -> Meant | None:
    """What the first word that is known means: itself, else the longest pattern that fits."""
    exact = {word.casefold(): meant for word, meant in known.items()}
    patterns = sorted((word for word in exact if "*" in word), key=lambda word: (-len(word), word))
    for word in (word.strip().casefold() for word in words):
        if word in exact:
            return exact[word]
        for pattern in patterns:
            if word and fnmatchcase(word, pattern.replace("[", "[[]")):
                return exact[pattern]
    return None


def _said(words: Sequence[str]) -> str:
    return next((word for word in words if word.strip()), "nothing")
