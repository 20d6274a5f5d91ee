"""Imports a roster from any source: what the source owns, the guard against mass departures, and
the report.

What is refused is refused before anything is written. Then people are written in parts
(``storage.roster_parts``), and others write in between. What holds meanwhile, and where an import
ends early:

* Everybody is as before the import or as after it, and each address belongs to one person.
* Officers and those on committees come first, and have their duties from the transaction on that
  writes them. Then come those who leave: they lose access first. Everybody else follows.
* A survey or announcement that goes out meanwhile asks whoever is on the roster at that moment.
  Some rows are still the old ones: people who left are not asked anymore, and newcomers may not
  be asked yet.
* The same import again does what is left, and ends in the same state as one that was not disturbed.
  It leaves people as they are who were changed by somebody else since it compared them, and says
  so.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from bot.files.roster import Roster, RosterPerson
from core.people import Building
from governance.committees.model import District
from governance.people.roster_watch import note_imported
from governance.people.rosters import COLUMNS, RosterImport, RosterRules, RosterSource, Share
from storage.district import duties_of
from storage.importing import (
    Arrival,
    Ownership,
    PersonChange,
    RosterChange,
    RosterDifference,
    compare_rows,
)
from storage.roster_parts import Part
from storage.store import Store
from storage.transaction import Transaction
from storage.unavailable import EndedEarlyError, UnavailableError

MOST_LEAVE = 0.2
"""The share of the people who are here that may leave at once without somebody's saying so."""

FEW = 10
"""So many may always leave."""

NAMED = 20
"""People of each kind who are told one by one."""

_CALLED = {"sourced_id": "identifier", "locale": "language", "platform": "written to on"}
_NEEDED = ("role", "building")


@contextmanager
def without_collecting() -> Iterator[None]:
    """While a large roster is read and compared. Python's collector would look through all of its
    rows several times, half a second each in which nobody else does anything, and none of them is
    garbage. What is no longer needed is freed all the same."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class TooManyLeaveError(Exception):
    """An import would let so many people leave that the source is probably cut short."""

    def __init__(self, change: RosterChange) -> None:
        share = 100 * change.left / max(change.active_before, 1)
        super().__init__(
            f"{change.left} of {change.active_before} people ({share:.0f}%) would leave. Nothing "
            "was changed. Check whether the source is complete. If these people have left, "
            "confirm it with --confirm-leaving."
        )


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A roster compared with what is here; ``buildings`` are what they are to be."""

    difference: RosterDifference
    source: RosterSource
    buildings: Sequence[Building] = ()

    @property
    def change(self) -> RosterChange:
        return self.difference.change


@dataclass(frozen=True, kw_only=True)
class RosterNow:
    """What an import is compared with. ``duties``: (duty, key, email, rank) of the district's
    officers and committees; None: no district is loaded."""

    people: Sequence[Mapping[str, Any]]
    buildings: Sequence[Building]
    duties: Sequence[tuple[str, str, str, int]] | None


def roster_now(tx: Transaction) -> RosterNow:
    loaded = tx.loaded_district()
    return RosterNow(
        people=tx.everyone(),
        buildings=tx.open_buildings(),
        duties=tuple(duties_of(loaded)) if loaded else None,
    )


def compare_roster(
    tx: Transaction,
    roster: Roster,
    district: District,
    *,
    apply: bool,
    source: RosterSource = RosterSource.ONEROSTER,
    leavers: Collection[UUID] | None = None,
    meant: Mapping[str, UUID] | None = None,
    confirmed: bool = True,
) -> Comparison:
    """What is to be done so that the roster is what a source says, in what it owns. ``leavers``:
    who has left (None: whoever the source does not name). ``meant``: people by the identifiers of
    the source's own accounts. To ``apply`` it: ``TooManyLeaveError`` unless ``confirmed``.
    ``ValueError`` where the source owns nothing."""
    compared = compare_now(
        roster_now(tx), roster, district, source=source, leavers=leavers, meant=meant
    )
    if apply and not confirmed and too_many(compared.change):
        raise TooManyLeaveError(compared.change)
    return compared


def compare_now(
    now: RosterNow,
    roster: Roster,
    district: District,
    *,
    source: RosterSource,
    leavers: Collection[UUID] | None = None,
    meant: Mapping[str, UUID] | None = None,
) -> Comparison:
    """``compare_roster`` outside of a transaction: of a large roster it takes a while."""
    shares = district.roster.shares(source)
    if not shares:
        raise ValueError(f'people.yaml lets "{source}" own nothing. Add it under "owns".')
    known = meant or {}
    difference = compare_rows(
        now.people,
        [
            _arrival(person, district, known.get(person.sourced_id))
            for person in without_students(roster, district).people
        ],
        ownership(district.roster, source),
        leavers=leavers,
        first={email for _, _, email, _ in now.duties or ()},
    )
    return Comparison(
        difference=difference,
        source=source,
        buildings=roster.buildings if Share.BUILDING in shares else (),
    )


async def write_roster(
    store: Store,
    compared: Comparison,
    now: datetime,
    still: Callable[[Transaction], None] = lambda tx: None,
) -> None:
    """Write it in parts, and note at its end what it changed. ``still`` raises in a part's
    transaction where the import is not to go on. ``EndedEarlyError``: it did not come to its end,
    and the same again completes it."""
    difference, done = compared.difference, 0
    try:
        if compared.buildings:
            await store.write(lambda tx: tx.put_buildings(compared.buildings))
        for part in difference.parts:
            left = await store.write(partial(_write_part, part=part, still=still))
            done += sum(len(group.steps) for group in part) - left
        changed = 0 < done == difference.people
        await store.write(partial(_end, done=_as_noted(compared, now) if changed else None))
    except UnavailableError as error:
        raise EndedEarlyError(str(error), done, difference.people) from error
    if done < difference.people:
        why = "Someone else changed some of the people at the same time."
        raise EndedEarlyError(why, done, difference.people)


def _write_part(tx: Transaction, *, part: Part, still: Callable[[Transaction], None]) -> int:
    still(tx)
    left = tx.write_people(part)
    _assign_duties(tx)
    return left


def _as_noted(compared: Comparison, now: datetime) -> RosterImport:
    change = compared.change
    return RosterImport(
        source=compared.source,
        at=now,
        added=change.added,
        changed=change.changed,
        left=change.left,
    )


def _end(tx: Transaction, *, done: RosterImport | None) -> None:
    _assign_duties(tx)
    if done is not None:
        note_imported(tx, done)


def _assign_duties(tx: Transaction) -> None:
    loaded = tx.loaded_district()
    if loaded is not None:
        tx.assign_duties(duties_of(loaded))


def too_many(change: RosterChange) -> bool:
    """Whether so many leave that the source is probably cut short."""
    return change.left > max(FEW, MOST_LEAVE * change.active_before)


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
    if not apply and too_many(change):
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
