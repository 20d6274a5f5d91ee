"""people.yaml: what the columns and words of the sources of people mean here, and who owns what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.files.fields import LOCALE, Entry, open_entry
from bot.files.problems import Problem, one_of
from bot.files.yaml_source import Source
from core.people import Role
from governance.people.rosters import RosterRules, RosterSource, Share

PERSON_FIELDS = (
    "identifier",
    "email",
    "given_name",
    "family_name",
    "name",
    "role",
    "building",
    "language",
    "timezone",
    "active",
)
"""What a column of a plain CSV file may be. ``name`` is both names in one, family name last or
before a comma."""

_FIELDS = (
    "columns",
    "roles",
    "buildings",
    "languages",
    "inactive",
    "default_role",
    "default_building",
    "owns",
    "daily",
)
ASKED = (RosterSource.SLACK, RosterSource.GRAPH)
"""Sources that can be asked at any time; files are brought."""


def read_people(entry: Entry) -> RosterRules:
    entry.only(*_FIELDS)
    default_role = (
        entry.member("default_role", Role, Role.SUPPORT) if "default_role" in entry.fields else None
    )
    return RosterRules(
        columns=_columns(entry),
        roles={word: Role(role) for word, role in _words(entry, "roles", list(Role)).items()},
        buildings=_buildings(entry),
        languages=_languages(entry),
        inactive=tuple(word for _, word in entry.words("inactive")),
        default_role=default_role,
        default_building=_default_building(entry),
        owns=_owns(entry),
        daily=tuple(
            member
            for node, word in entry.words("daily")
            if (member := entry.member_of(node, word, ASKED, "daily"))
        ),
    )


def load_people(path: Path) -> RosterRules | list[Problem]:
    """A people.yaml by itself."""
    source = Source(file=path.name)
    entry = open_entry(path, source, "the file")
    rules = read_people(entry) if entry else RosterRules()
    return source.problems or rules


def dump_people(rules: RosterRules) -> dict[str, Any]:
    """Rules as ``read_people`` reads them."""
    data: dict[str, Any] = {
        "columns": dict(rules.columns),
        "roles": {word: role.value for word, role in rules.roles.items()},
        "buildings": dict(rules.buildings),
        "languages": dict(rules.languages),
        "inactive": list(rules.inactive),
        "default_role": rules.default_role.value if rules.default_role else None,
        "default_building": rules.default_building,
        "owns": {key.value: [one.value for one in shares] for key, shares in rules.owns.items()},
        "daily": [source.value for source in rules.daily],
    }
    return {name: value for name, value in data.items() if value}


def _columns(entry: Entry) -> Mapping[str, str]:
    columns = entry.entry("columns")
    if columns is None:
        return {}
    columns = columns.called("the columns")
    columns.only(*PERSON_FIELDS)
    return {name: columns.string(name) for name in columns.fields if name in PERSON_FIELDS}


def _words(entry: Entry, name: str, known: list[str]) -> Mapping[str, str]:
    """word -> one of the known."""
    found = entry.entry(name)
    if found is None:
        return {}
    found = found.called(f"the {name}")
    words = {}
    for word, (_, node) in found.fields.items():
        meant = found.scalar(word)
        if meant is not None and meant not in known:
            found.source.problem(node, f'"{meant}" is not known.', one_of(meant, known))
        elif meant is not None:
            words[word] = meant
    return words


def _buildings(entry: Entry) -> Mapping[str, str]:
    found = entry.entry("buildings")
    if found is None:
        return {}
    found = found.called("the buildings")
    words = {}
    for word, (_, node) in found.fields.items():
        key = found.scalar(word)
        if key:
            found.source.mention("building", key, node, f'"{word}" of the buildings')
            words[word] = key
    return words


def _languages(entry: Entry) -> Mapping[str, str]:
    found = entry.entry("languages")
    if found is None:
        return {}
    found = found.called("the languages")
    words = {word: found.string(word) for word in found.fields}
    for word, locale in words.items():
        if locale and not LOCALE.fullmatch(locale):
            found.wrong(word, f'"{locale}" is not a language.', 'Use "es" or "es-MX".')
    return words


def _default_building(entry: Entry) -> str | None:
    key = entry.string("default_building", required=False)
    if key:
        node = entry.fields["default_building"][1]
        entry.source.mention("building", key, node, "the default building")
    return key or None


def _owns(entry: Entry) -> Mapping[RosterSource, tuple[Share, ...]]:
    """Each share has one owner at most: two would take turns in undoing each other."""
    found = entry.entry("owns")
    if found is None:
        return {}
    found = found.called("owns")
    found.only(*RosterSource)
    owners: dict[Share, str] = {}
    owns: dict[RosterSource, tuple[Share, ...]] = {}
    for name in found.fields:
        if name not in set(RosterSource):
            continue
        shares = []
        for node, word in found.words(name, required=True):
            share = found.member_of(node, word, Share, "share")
            if share is None:
                continue
            if share in owners:
                message = f'"{share}" belongs to {owners[share]} already.'
                found.source.problem(node, message, "Let one source own it.")
            owners[share] = name
            shares.append(share)
        owns[RosterSource(name)] = tuple(shares)
    if owns and Share.ACTIVE not in owners:
        message = 'No source owns "active", so nobody would be added or removed.'
        entry.wrong("owns", message, 'Add "active" to one source.')
    return owns
