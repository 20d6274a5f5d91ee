"""A roster from any source is taken in: what it owns, who must not leave by accident, and what
is told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bot.files.roster import Roster, RosterPerson
from governance.committees import District
from governance.rosters import COLUMNS, RosterRules, RosterSource, Share
from storage.district import duties_of
from storage.importing import Arrival, Ownership, PersonChange, RosterChange
from storage.transaction import Transaction

MOST_LEAVE = 0.2
"""The share of the people who are here that may leave at once without somebody's saying so."""

FEW = 10
"""So many may always leave."""

NAMED = 20
"""People of each kind who are told one by one."""

_CALLED = {"sourced_id": "identifier", "locale": "language", "platform": "written to on"}
_NEEDED = ("role", "building")


class TooManyLeaveError(Exception):
    """An import would let so many people leave that the source is probably cut short."""

    def __init__(self, change: RosterChange) -> None:
        share = 100 * change.left / max(change.active_before, 1)
        super().__init__(
            f"{change.left} of {change.active_before} people ({share:.0f}%) would leave. Nothing "
            "was changed. Look whether the source is whole; if that is right, say so with "
            "--confirm-leaving."
        )


def import_roster(
    tx: Transaction,
    roster: Roster,
    district: District,
    *,
    apply: bool,
    source: RosterSource = RosterSource.ONEROSTER,
    leavers: Collection[UUID] | None = None,
    meant: Mapping[str, UUID] | None = None,
    confirmed: bool = True,
) -> RosterChange:
    """Make the roster what a source says, in what it owns; who holds which office follows from
    the district. ``leavers``: who has left (None: whoever the source does not name). ``meant``:
    people by the identifiers of the source's own accounts. ``TooManyLeaveError`` unless
    ``confirmed``; ``ValueError`` where the source owns nothing."""
    shares = district.roster.shares(source)
    if not shares:
        raise ValueError(f'people.yaml lets "{source}" own nothing. Add it under "owns".')
    if apply and roster.buildings and Share.BUILDING in shares:
        tx.put_buildings(roster.buildings)
    known = meant or {}
    change = tx.take_in(
        [
            _arrival(person, district, known.get(person.sourced_id))
            for person in without_students(roster, district).people
        ],
        ownership(district.roster, source),
        leavers=leavers,
        apply=apply,
    )
    too_many = change.left > max(FEW, MOST_LEAVE * change.active_before)
    if apply and too_many and not confirmed:
        raise TooManyLeaveError(change)
    if apply:
        tx.assign_duties(duties_of(district))
    return change


def ownership(rules: RosterRules, source: RosterSource) -> Ownership:
    """What a source may change, in columns."""
    shares = rules.shares(source)
    if shares == frozenset(Share):
        return Ownership()
    columns = frozenset(column for share in shares for column in COLUMNS[share])
    return Ownership(columns=columns | {"platform"}, active=Share.ACTIVE in shares)


def without_students(roster: Roster, district: District) -> Roster:
    """The roster without accounts in the students' domains, whatever their role says."""
    staff = tuple(one for one in roster.people if not district.is_student(one.email))
    found = len(roster.people) - len(staff)
    skipped = {**roster.skipped, "student accounts": found} if found else roster.skipped
    return replace(roster, people=staff, skipped=skipped)


def _arrival(person: RosterPerson, district: District, meant: UUID | None) -> Arrival:
    columns: dict[str, Any] = {
        "sourced_id": person.sourced_id,
        "email": person.email,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "role": person.role,
        "level": person.level,
        "building": person.building,
        "locale": person.locale,
        "timezone": person.timezone,
        "active": person.active,
        "platform": district.platform,
    }
    lacks = frozenset(person.lacks) | ({"level"} if "building" in person.lacks else frozenset())
    unplaced = any(person.lacks.get(name) for name in _NEEDED)
    return Arrival(columns=columns, lacks=lacks, meant=meant, unplaced=unplaced)


# -- what is told ------------------------------------------------------------------------------


def change_lines(change: RosterChange, roster: Roster, *, apply: bool) -> Iterator[str]:
    """Counts first, then people, then who was left out and what could not be placed."""
    yield (
        f"{change.added} added, {change.changed} changed, {change.left} left, "
        f"{change.same} as before."
    )
    for sign in "+~-":
        people = [one for one in change.people if one.sign == sign]
        yield from (_person_line(one) for one in people[:NAMED])
        if len(people) > NAMED:
            yield f"{sign} and {len(people) - NAMED:,} more"
    if skipped := ", ".join(f"{n} {why}" for why, n in roster.skipped.items() if n):
        yield f"Left out: {skipped}."
    yield from _unplaced_lines(roster)
    if change.unknown:
        yield f"Not on the roster, and not added: {change.unknown}."
    if not apply and change.left > max(FEW, MOST_LEAVE * change.active_before):
        yield str(TooManyLeaveError(change))


def _person_line(one: PersonChange) -> str:
    changes = "; ".join(
        f"{_CALLED.get(column, column.replace('_', ' '))} {before} -> {after}"
        for column, before, after in one.fields
        if column != "active"
    )
    if ("active", "False", "True") in one.fields:
        changes = f"is back{'; ' if changes else ''}{changes}"
    return f"{one.sign} {one.name} <{one.email}>{': ' if changes else ''}{changes}"


def _unplaced_lines(roster: Roster) -> Iterator[str]:
    """Each word that could not be placed, once, with how many people it keeps out or as they
    were."""
    for name in _NEEDED:
        words = Counter(person.lacks[name] for person in roster.people if person.lacks.get(name))
        for word, people in words.most_common(NAMED):
            first = next(p.email for p in roster.people if p.lacks.get(name) == word)
            yield (
                f'No {name} for "{word}" ({people} people, such as {first}): say what it means '
                f'under "{name}s" in people.yaml.'
            )
