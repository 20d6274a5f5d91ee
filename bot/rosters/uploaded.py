"""People from a file that somebody uploads: compared first, and taken in once they say so.

The file itself is not kept. The rows of its staff are kept for an hour, sealed, for the person who
uploaded it. Nothing is kept of students and guardians.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from bot.app.core import Core
from bot.files.accounts import Places
from bot.files.problems import Problem
from bot.files.roster import Roster, RosterPerson
from bot.files.unpacking import UnpackError, is_zip, unpack
from bot.operator.people_importing import places_of, read_files
from bot.rosters.taking_in import (
    Comparison,
    RosterNow,
    compare_now,
    roster_now,
    too_many,
    without_collecting,
    without_students,
    write_roster,
)
from core.people import Building, Level, Role
from governance.committees.model import District
from governance.office.importing import (
    IMPORT_FORM,
    KEPT,
    Becomes,
    BuildingDifference,
    ImportDifference,
    PersonDifference,
    ReadyImport,
)
from governance.people.rosters import RosterSource
from storage.deadline import taking_a_while
from storage.importing import BuildingChange, PersonChange, compare_buildings
from storage.transaction import Transaction
from storage.unavailable import UnavailableError, UnconfirmedError

CSV = "people.csv"
"""What a CSV file is called in what is said of it: a browser's name for it may be anything."""

_SIGNS = {"+": Becomes.JOINS, "~": Becomes.CHANGES, "-": Becomes.LEAVES}


_LEADING = frozenset({"office", "chair", "co-chair"})
"""Duties of which it is said that their holder leaves."""


class UploadedRosters:
    """Of one district."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def read(self, person_id: UUID, body: bytes) -> Sequence[str]:
        """Keep the staff of a file, with what an import of it would do. What is wrong with it,
        line by line, in English; then nothing is kept."""
        with taking_a_while(), without_collecting():
            return await self._read(person_id, body)

    async def _read(self, person_id: UUID, body: bytes) -> Sequence[str]:
        district = await self._core.store.read(lambda tx: tx.district())
        places = await places_of(self._core, district)
        try:
            source, roster = await asyncio.to_thread(_unfolded, body, district, places)
        except UnpackError as error:
            return [str(error)]
        if isinstance(roster, list):
            return [str(problem) for problem in roster]
        staff = without_students(roster, district)
        try:
            found, _ = await self._compared(person_id, source, staff, district)
        except ValueError as error:  # the district's rules give this source nothing to say
            return [str(error)]
        found = replace(found, file=hashlib.sha256(body).hexdigest())
        fields = {
            "roster": (await asyncio.to_thread(_packed, _written(source, staff)),),
            "found": (await asyncio.to_thread(_packed, _found_written(found)),),
        }
        await self._keep(person_id, fields)
        return []

    async def kept(self, person_id: UUID) -> ImportDifference | None:
        """What the file that somebody uploaded would do; None: there is none anymore."""
        fields = await self._fields(person_id)
        return await asyncio.to_thread(_kept_difference, fields) if fields else None

    async def ready(self, person_id: UUID) -> ReadyImport | None:
        """Compare the kept file with the roster again, before it is imported. A difference that is
        not the one that was seen is kept in its place. None: no file is kept."""
        with taking_a_while(), without_collecting():
            fields = await self._fields(person_id)
            if not fields:
                return None
            seen = await asyncio.to_thread(_kept_difference, fields)
            source, staff = await asyncio.to_thread(
                lambda: _read_back(_unpacked(fields["roster"][0]))
            )
            district = await self._core.store.read(lambda tx: tx.district())
            found, compared = await self._compared(person_id, source, staff, district)
            found = replace(found, file=seen.file)
            if not found.same_as(seen):
                written = await asyncio.to_thread(_packed, _found_written(found))
                again = {**fields, "found": (written,)}
                await self._keep(person_id, again)
        take_in = partial(self._take_in, person_id, compared)
        return ReadyImport(seen=seen, found=found, take_in=take_in)

    async def _take_in(self, person_id: UUID, compared: Comparison) -> None:
        with taking_a_while():
            await write_roster(self._core.store, compared, self._core.now())
            with suppress(UnavailableError, UnconfirmedError):  # it is forgotten in an hour anyway
                await self.drop(person_id)
        self._core.ears.pump()

    async def drop(self, person_id: UUID) -> None:
        await self._core.store.write(lambda tx: tx.drop_unsent(person_id, IMPORT_FORM))

    async def _keep(self, person_id: UUID, fields: Mapping[str, Sequence[str]]) -> None:
        now = self._core.now()
        await self._core.store.write(
            lambda tx: tx.keep_unsent(person_id, IMPORT_FORM, None, fields, now)
        )

    async def _fields(self, person_id: UUID) -> Mapping[str, tuple[str, ...]]:
        since = self._core.now() - KEPT
        found = await self._core.store.read(lambda tx: tx.unsent(person_id, [IMPORT_FORM], since))
        return found[IMPORT_FORM][0] if IMPORT_FORM in found else {}

    async def _compared(
        self, person_id: UUID, source: RosterSource, staff: Roster, district: District
    ) -> tuple[ImportDifference, Comparison]:
        def read(tx: Transaction) -> tuple[RosterNow, Mapping[str, str]]:
            known = (*tx.buildings(), *district.buildings, *staff.buildings)
            return roster_now(tx), {one.key: one.name for one in known}

        now, names = await self._core.store.read(read)
        compared = await asyncio.to_thread(compare_now, now, staff, district, source=source)
        change = compared.change
        leaving = {one.email: one.name for one in change.people if one.sign == "-"}
        own = next((one["email"] for one in now.people if one["id"] == person_id), "")
        found = ImportDifference(
            source=source,
            at=self._core.now(),
            people=tuple(_told(one) for one in change.people),
            same=change.same,
            here=change.active_before,
            many_leave=too_many(change),
            unknown=change.unknown,
            left_out={why: n for why, n in staff.skipped.items() if n},
            buildings=names,
            places=_places(now, compared),
            holders=tuple(dict.fromkeys(_holders(now, leaving))),
            renamed=tuple(_renamed(now, change.people)),
            themselves=own in leaving,
        )
        return found, compared


def _unfolded(
    body: bytes, district: District, places: Places
) -> tuple[RosterSource, Roster | list[Problem]]:
    """Read from a folder of its own, which is gone afterwards."""
    with TemporaryDirectory(prefix="soundingboard-") as folder:
        path = Path(folder) / CSV
        if is_zip(body):
            path = unpack(body, Path(folder))
        else:
            path.write_bytes(body)
        return read_files(path, district, places)


def _told(one: PersonChange) -> PersonDifference:
    return PersonDifference(
        becomes=_SIGNS[one.sign],
        name=one.name,
        email=one.email,
        role=one.role,
        building=one.building,
        fields=one.fields,
    )


def _holders(now: RosterNow, leaving: Mapping[str, str]) -> Iterator[str]:
    """Names of those who leave and hold an office or lead a committee."""
    for duty, _, email, _ in now.duties or ():
        if duty in _LEADING and email in leaving:
            yield leaving[email]


def _renamed(now: RosterNow, people: Iterable[PersonChange]) -> Iterator[tuple[str, str, str]]:
    """Those who hold an office or lead a committee, and get another address."""
    leading = {email for duty, _, email, _ in now.duties or () if duty in _LEADING}
    for one in people:
        for column, before, after in one.fields:
            if one.sign == "~" and column == "email" and before in leading:
                yield one.name, before, after


def _places(now: RosterNow, compared: Comparison) -> tuple[BuildingDifference, ...]:
    if not compared.buildings:
        return ()
    return tuple(_place(one) for one in compare_buildings(now.buildings, compared.buildings))


def _place(one: BuildingChange) -> BuildingDifference:
    before, after = one.before, one.after
    if before is None or after is None:
        becomes = Becomes.JOINS if before is None else Becomes.LEAVES
        there = after or before
        return BuildingDifference(becomes=becomes, name=there.name if there else "")
    moved = before.level is not after.level
    return BuildingDifference(
        becomes=Becomes.CHANGES,
        name=after.name,
        was=before.name,
        level=after.level.value if moved else "",
        level_was=before.level.value if moved else "",
    )


# -- as it is kept ---------------------------------------------------------------------------------


def _packed(said: Any) -> str:
    return b85encode(zlib.compress(json.dumps(said, default=str).encode(), 6)).decode()


def _unpacked(kept: str) -> Any:
    return json.loads(zlib.decompress(b85decode(kept)))


def _written(source: RosterSource, staff: Roster) -> dict[str, Any]:
    return {"source": source, **asdict(staff)}


def _read_back(said: dict[str, Any]) -> tuple[RosterSource, Roster]:
    buildings = (Building(**{**one, "level": Level(one["level"])}) for one in said["buildings"])
    people = (
        RosterPerson(**{**one, "role": Role(one["role"]), "level": Level(one["level"])})
        for one in said["people"]
    )
    roster = Roster(buildings=tuple(buildings), people=tuple(people), skipped=said["skipped"])
    return RosterSource(said["source"]), roster


def _found_written(found: ImportDifference) -> dict[str, Any]:
    return asdict(found)


def _kept_difference(fields: Mapping[str, Sequence[str]]) -> ImportDifference:
    return _found_read(_unpacked(fields["found"][0]))


def _found_read(said: dict[str, Any]) -> ImportDifference:
    people = (
        PersonDifference(
            **{
                **one,
                "becomes": Becomes(one["becomes"]),
                "fields": tuple(tuple(each) for each in one["fields"]),
            }
        )
        for one in said["people"]
    )
    places = (
        BuildingDifference(**{**one, "becomes": Becomes(one["becomes"])}) for one in said["places"]
    )
    known: dict[str, Any] = {
        "people": tuple(people),
        "at": datetime.fromisoformat(said["at"]),
        "source": RosterSource(said["source"]),
        "places": tuple(places),
        "holders": tuple(said["holders"]),
        "renamed": tuple(tuple(one) for one in said.get("renamed", ())),
    }
    return ImportDifference(**{**said, **known})
