"""Imports a roster: people who are added, changed or removed.

It is compared on a snapshot and written in parts, each in a transaction of its own, so that
others write in between. ``storage.roster_parts`` says which part somebody is in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, update

from core.people import Building, Level
from storage.connection import Connected
from storage.roster import displaced, whom
from storage.roster_parts import UNIQUE, Part, Row, Step, in_parts
from storage.tables import building, person

PART = 250
"""People who are written in one transaction: about 30 ms of the one writer."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody as a source tells them: columns of ``person`` less id. ``lacks``: columns that
    hold a stand-in for somebody new and change nobody; without an identifier they are joined by
    e-mail. ``meant``: whom the source's account is known to be. ``unplaced``: not enough is known
    for somebody new."""

    columns: Mapping[str, Any]
    lacks: frozenset[str] = _NOTHING
    meant: UUID | None = None
    unplaced: bool = False


@dataclass(frozen=True, kw_only=True)
class Ownership:
    """What a source may do: the ``columns`` that it may change of somebody who is there (None:
    all), and whether it adds people and lets them go."""

    columns: frozenset[str] | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """One person of an import: ``sign`` + (added), ~ (changed), - (left). ``fields``: (column,
    before, after). ``role``, ``building``: as they are then."""

    sign: str
    name: str
    email: str
    fields: tuple[tuple[str, str, str], ...] = ()
    role: str = ""
    building: str = ""


@dataclass(frozen=True, kw_only=True)
class RosterChange:
    """What an import did: how many people came, changed and left. ``unknown``: people whom the
    source knows and who are not on the roster, and whom it may not or cannot add."""

    added: int
    changed: int
    left: int
    same: int
    unknown: int = 0
    people: tuple[PersonChange, ...] = field(default=(), compare=False)
    active_before: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class BuildingChange:
    """One building of an import: ``before`` and ``after`` as they are called and of which level;
    None: it is none that is open."""

    before: Building | None
    after: Building | None


@dataclass(frozen=True, kw_only=True)
class RosterDifference:
    """What an import is to do (``change``), and the people whom it writes, in their parts."""

    change: RosterChange
    parts: Sequence[Part]

    @property
    def people(self) -> int:
        return sum(len(group.steps) for part in self.parts for group in part)


class Importing(Connected):
    """Roster imports inside transactions."""

    def put_buildings(self, buildings: Iterable[Building]) -> None:
        """Make these the buildings. Where they are so already, nothing is written."""
        wanted = {one.key: (one.name, one.level.value, True) for one in buildings}
        rows = self.connection.execute(select(building)).all()
        there = {row.key: (row.name, row.level, row.active) for row in rows}
        for key in there.keys() - wanted.keys():
            if there[key][2]:
                gone = update(building).where(building.c.key == key)
                self.connection.execute(gone.values(active=False))
        for key, (name, level, active) in wanted.items():
            if there.get(key) != (name, level, active):
                row = {"key": key, "name": name, "level": level, "active": active}
                self.put(building, row, ("key",))

    def open_buildings(self) -> Sequence[Building]:
        """Those that were not closed."""
        rows = self.connection.execute(
            select(building).where(building.c.active).order_by(building.c.name, building.c.key)
        )
        return [Building(key=r.key, name=r.name, level=Level(r.level)) for r in rows]

    def everyone(self) -> Sequence[Row]:
        """Everybody who is or was on the roster, to be compared outside of a transaction."""
        return self.connection.execute(select(person)).mappings().all()

    def write_people(self, part: Part) -> int:
        """Write a part of a difference; how many people of it stayed as they are, because they
        were changed since it was computed, or somebody else has what they are to get. What is so
        already (by an import that ended early, say) counts as written."""
        there = self._people_now(part)
        holders = {(column, row[column]): row for row in there.values() for column in UNIQUE}
        changed: list[tuple[Row, Row]] = []
        new: list[Row] = []
        giving: set[UUID] = set()
        skipped = 0
        for group in part:
            left = [step for step in group.steps if not _is_written(step, there, holders)]
            changing = [(step.old, step.new) for step in left if step.old is not None]
            free = group.parks | {old["id"] for old, _ in changing}
            if not all(_is_still(old, there) for old, _ in changing) or any(
                (holder := holders.get((column, step.new[column]))) and holder["id"] not in free
                for step in left
                for column in UNIQUE
            ):
                skipped += len(left)
                continue
            giving |= group.parks & there.keys()
            giving.update(old["id"] for old, _ in changing if len(left) > 1)
            changed += changing
            new += [step.new for step in left if step.old is None]
        self._let_go(giving, there, {row["id"]: row for row in [row for _, row in changed] + new})
        if changed:
            rows = [{"b_id": old["id"], **_but(row, "id", *_OWN)} for old, row in changed]
            self.connection.execute(_CHANGE, rows)
        if new:
            self.connection.execute(person.insert(), new)
        return skipped

    def _people_now(self, part: Part) -> dict[UUID, Row]:
        """By id: the people of a part, and those who have what somebody of it is to get."""
        steps = [step for group in part for step in group.steps]
        found: dict[UUID, Row] = {}
        for column, values in (
            (person.c.id, [step.old["id"] for step in steps if step.old is not None]),
            *((person.c[name], [step.new[name] for step in steps]) for name in UNIQUE),
        ):
            for at in range(0, len(values), PART):
                wanted = select(person).where(column.in_(values[at : at + PART]))
                rows = self.connection.execute(wanted).mappings()
                found.update((row["id"], row) for row in rows)
        return found

    def _let_go(
        self, giving: Collection[UUID], there: Mapping[UUID, Row], rows: Mapping[UUID, Row]
    ) -> None:
        """``rows``, which are to be, may swap what is unique among them, so whoever gives up what
        another one gets first has a stand-in."""
        for column in UNIQUE:
            wanted = {row[column]: one for one, row in rows.items()}
            given_up = [one for one in giving if wanted.get(there[one][column], one) != one]
            if given_up:
                stand_ins = [{"b_id": one, column: _parked(one)} for one in given_up]
                self.connection.execute(_CHANGE, stand_ins)


def compare_rows(
    before: Sequence[Row],
    arrivals: Sequence[Arrival],
    ownership: Ownership,
    *,
    leavers: Collection[UUID] | None = None,
    first: Collection[str] = (),
) -> RosterDifference:
    """What a source tells, compared with the roster (``before``, of ``everyone``);
    ``storage.roster`` says whom a row means. ``leavers``: who has left; None: everybody who is
    absent. Both only where the source owns that. ``first``: e-mail addresses of people who are
    written before all others; those who leave come next. Nothing is written. Of a large roster it
    takes a while, and it needs no transaction."""
    rows = _joined(before, arrivals)
    found = whom(before, rows)
    left = _leaving(before, found, leavers) if ownership.active else []
    held = _held(before, found, left)
    known, new = [], []
    for old, row, one in zip(found, rows, arrivals, strict=True):
        if old is not None:
            known.append((old, _owned(old, row, one.lacks, ownership, held)))
        elif ownership.active and not one.unplaced and not _contested(row, held):
            new.append({**row, "id": uuid4()})
    changed = [(old, row) for old, row in known if _differs(old, row)]
    written = [(old, {**old, **row}) for old, row in known] + [(None, row) for row in new]
    gave, gives = [old for old, _ in written], [row for _, row in written]
    steps = [
        *_departing(before, left, displaced(before, gave, gives)),
        *(Step(old, {**old, **row}) for old, row in changed),
        *(Step(None, row) for row in new),
    ]
    change = RosterChange(
        added=len(new),
        changed=len(changed),
        left=len(left),
        same=len(known) - len(changed),
        unknown=len(rows) - len(new) - len(known),
        people=(
            *(_told("+", row) for row in new),
            *(_told("~", old, row) for old, row in changed),
            *(_told("-", old) for old in left),
        ),
        active_before=sum(bool(old["active"]) for old in before),
    )
    return RosterDifference(change=change, parts=in_parts(steps, most=PART, first=first))


def compare_buildings(
    before: Sequence[Building], wanted: Sequence[Building]
) -> tuple[BuildingChange, ...]:
    """What ``put_buildings`` would change for people: those that open, are called otherwise or
    close."""
    old, new = {one.key: one for one in before}, {one.key: one for one in wanted}
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(
        BuildingChange(before=old.get(key), after=new.get(key))
        for key in keys
        if old.get(key) != new.get(key)
    )


_CHANGE = update(person).where(person.c.id == bindparam("b_id"))

_OWN = ("chosen_locale",)
"""What people choose for themselves: no import compares or changes it."""


def _parked(person_id: UUID) -> str:
    """What somebody has instead of an identifier or an address that was given to another one."""
    return f"changing:{person_id}"


def _but(row: Row, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _is_written(
    step: Step, there: Mapping[UUID, Row], holders: Mapping[tuple[str, Any], Row]
) -> bool:
    if step.old is not None:
        now = there.get(step.old["id"])
    else:
        now = holders.get(("email", step.new["email"]))
    return now is not None and not _differs(now, _but(step.new, "id", *_OWN))


def _is_still(old: Row, there: Mapping[UUID, Row]) -> bool:
    """Whether somebody is as the difference was computed from."""
    now = there.get(old["id"])
    if now is None:
        return False
    if now["sourced_id"] == _parked(old["id"]):
        return not _differs(now, _but(old, "sourced_id", *_OWN))
    return not _differs(now, _but(old, *_OWN))


def _departing(
    before: Sequence[Row], left: Sequence[Row], displaced: Iterable[tuple[UUID, str]]
) -> Iterator[Step]:
    """People who leave, and people who left before and have what somebody else gets."""
    former: dict[UUID, dict[str, Any]] = {old["id"]: {"active": False} for old in left}
    for gone, column in displaced:
        former.setdefault(gone, {})[column] = f"former:{gone}"
    for old in before:
        if old["id"] in former:
            yield Step(old, {**old, **former[old["id"]]})


def _joined(before: Sequence[Row], arrivals: Sequence[Arrival]) -> list[Row]:
    """Rows of whose identifier the source knows nothing get that of whom they mean: its own
    account's person, else who has the e-mail address now."""
    by_id = {old["id"]: old["sourced_id"] for old in before}
    by_email = {old["email"]: old["sourced_id"] for old in before if old["active"]}
    rows: list[Row] = []
    for one in arrivals:
        theirs = by_id.get(one.meant) if one.meant else None
        if theirs is None and "sourced_id" in one.lacks:
            theirs = by_email.get(one.columns["email"])
        rows.append({**one.columns, "sourced_id": theirs} if theirs else one.columns)
    return rows


def _held(
    before: Sequence[Row], found: Sequence[Row | None], left: Sequence[Row]
) -> frozenset[str]:
    """Identifiers and addresses of people who stay and of whom the source says nothing: nobody
    else is given them."""
    spoken_of = {old["id"] for old in (*found, *left) if old is not None}
    staying = (old for old in before if old["active"] and old["id"] not in spoken_of)
    return frozenset(old[column] for old in staying for column in ("sourced_id", "email"))


def _contested(row: Row, held: frozenset[str]) -> bool:
    return row["sourced_id"] in held or row["email"] in held


def _owned(
    old: Row, row: Row, lacks: frozenset[str], ownership: Ownership, held: frozenset[str]
) -> Row:
    """What a source may say of somebody who is there."""
    return {
        column: value
        for column, value in row.items()
        if column not in lacks
        and (ownership.columns is None or column in ownership.columns)
        and not (column in ("sourced_id", "email") and value in held)
    }


def _differs(old: Row, row: Row) -> bool:
    return any(old[column] != value for column, value in row.items())


def _leaving(
    before: Sequence[Row], found: Sequence[Row | None], leavers: Collection[UUID] | None
) -> list[Row]:
    meant = {old["id"] for old in found if old is not None}
    gone = None if leavers is None else set(leavers)
    return [
        old
        for old in before
        if old["active"] and old["id"] not in meant and (gone is None or old["id"] in gone)
    ]


def _told(sign: str, old: Row, new: Row | None = None) -> PersonChange:
    fields = () if new is None else ((c, old[c], v) for c, v in new.items() if old[c] != v)
    now = {**old, **(new or {})}
    return PersonChange(
        sign=sign,
        name=f"{old['given_name']} {old['family_name']}",
        email=old["email"],
        fields=tuple((column, str(one), str(other)) for column, one, other in fields),
        role=str(now["role"]),
        building=str(now["building"]),
    )
