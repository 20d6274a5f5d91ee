"""A roster comes in: who is added, what changes of whom, who has left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from storage.connection import Connected
from storage.roster import displaced, whom
from storage.tables import building, person
from surveys.people import Building

Row = Mapping[Any, Any]
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
    before, after)."""

    sign: str
    name: str
    email: str
    fields: tuple[tuple[str, str, str], ...] = ()


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


class Importing(Connected):
    """Roster imports inside one transaction."""

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

    def import_people(
        self, rows: Sequence[Mapping[str, Any]], *, apply: bool = True
    ) -> RosterChange:
        """Make the roster what the rows say (columns of ``person`` less id). Who is absent has
        left: kept in past panels, never asked again. ``apply`` False: dry run."""
        return self.take_in([Arrival(columns=row) for row in rows], Ownership(), apply=apply)

    def take_in(
        self,
        arrivals: Sequence[Arrival],
        ownership: Ownership,
        *,
        leavers: Collection[UUID] | None = None,
        apply: bool = True,
    ) -> RosterChange:
        """Take in what a source tells; ``storage.roster`` says whom a row means. ``leavers``:
        who has left; None: everybody who is absent. Both only where the source owns that."""
        before = self.connection.execute(select(person)).mappings().all()
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
        if apply:
            written = [(old, {**old, **row}) for old, row in known] + [(None, row) for row in new]
            gave, gives = [old for old, _ in written], [row for _, row in written]
            self._leave([old["id"] for old in left], displaced(before, gave, gives))
            self._change(changed)
            if new:
                self.connection.execute(person.insert(), new)
        return RosterChange(
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

    def _leave(self, left: list[UUID], displaced: Iterable[tuple[UUID, str]]) -> None:
        for gone in left:
            self.connection.execute(update(person).where(person.c.id == gone).values(active=False))
        for gone, column in displaced:
            self.connection.execute(
                update(person).where(person.c.id == gone).values({column: f"former:{gone}"})
            )

    def _change(self, changed: list[tuple[Row, Row]]) -> None:
        """Rows may swap addresses among them, so each first lets go of what it gives up."""
        for old, row in changed:
            given_up = [c for c in ("sourced_id", "email") if old[c] != row.get(c, old[c])]
            if given_up:
                self.connection.execute(
                    update(person)
                    .where(person.c.id == old["id"])
                    .values(dict.fromkeys(given_up, f"changing:{old['id']}"))
                )
        for old, row in changed:
            self.connection.execute(update(person).where(person.c.id == old["id"]).values(**row))


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
    return PersonChange(
        sign=sign,
        name=f"{old['given_name']} {old['family_name']}",
        email=old["email"],
        fields=tuple((column, str(one), str(other)) for column, one, other in fields),
    )
