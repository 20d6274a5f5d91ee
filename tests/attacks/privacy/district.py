"""A small district of the example's people, beside it a table that keeps names.

A plain survey tool has a column of who it was. Here it is written in the product's own
transactions, and the closing deletes that column.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.core import Core, open_core
from bot.files.roster import RosterPerson
from bot.loading import load
from bot.settings import Settings
from storage.answer_tables import answers_of
from storage.postgres import plain_address
from storage.transaction import Transaction
from surveys.people import Audience, Level, Person, Platform, Role
from surveys.ports import Response
from surveys.survey import Page, Survey
from tests.journeys.running import SECRET
from tests.journeys.town import example, small_roster

STAFF = {Role.TEACHER: 6, Role.OFFICE: 2, Role.ADMINISTRATOR: 1, Role.SUPPORT: 2}
CHOICES = ("yes", "late", "no", "not-needed")


@cache
def asked() -> tuple[RosterPerson, ...]:
    """Of four buildings of the example district: some teachers, a two-person office, the one
    administrator, two of support."""
    roster = example().roster
    assert roster is not None
    known = {one.email for one in small_roster(1).people}
    levels = (Level.ELEMENTARY, Level.ELEMENTARY, Level.MIDDLE, Level.HIGH)
    buildings: list[str] = []
    for level in levels:
        here = (one.building for one in roster.people if one.level is level)
        buildings.append(next(building for building in here if building not in buildings))
    found: list[RosterPerson] = []
    for building in buildings:
        for role, n in STAFF.items():
            inside = [p for p in roster.people if (p.building, p.role) == (building, role)]
            found += [one for one in inside if one.email not in known][:n]
    return tuple(found)


@cache
def pulse() -> Survey:
    """The weekly pulse over two pages, so that somebody can stop halfway."""
    survey = next(one for one in example().surveys if one.key == "weekly-pulse")
    first, *others = survey.pages[0].questions
    return replace(survey, pages=(Page(questions=(first,)), Page(questions=tuple(others))))


@dataclass
class District:
    core: Core
    plain: bool
    url: str
    path: Path | None
    people: Mapping[UUID, Person] = field(default_factory=dict)
    wave: UUID = field(default_factory=uuid4)

    def read(self, query: str) -> list[tuple[Any, ...]]:
        """As whoever holds the files, past the service."""
        if self.path is not None:
            with closing(sqlite3.connect(self.path)) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(plain_address(self.core.store.url), autocommit=True) as admin:
            return admin.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]

    def stored(self) -> dict[str, str | bytes]:
        """What a copy of the files taken now holds, by what names a row."""
        if self.plain:
            return dict(self.read("SELECT person, answers FROM plain_response"))
        own = answers_of(self.wave).table.name
        return dict(self.read(f"SELECT respondent, body FROM {own}"))  # noqa: S608


@asynccontextmanager
async def district(folder: Path, *, plain: bool, url: str = "") -> AsyncIterator[District]:
    path = None if url else folder / f"{uuid4().hex}.sqlite3"
    settings = Settings(database_url=url or f"sqlite:///{path}", secret_key=SecretStr(SECRET))
    roster = small_roster(1)
    loaded = replace(
        example(),
        district=replace(example().district, platform=Platform.WEB, calendar=None),
        roster=replace(roster, people=(*roster.people, *asked())),
    )
    async with open_core(settings) as core:
        await load(core.store, loaded, core.now(), apply=True)
        emails = {one.email for one in asked()}
        staff = await core.store.read(lambda tx: list(tx.people_of(Audience())))
        people = {one.id: one for one in staff if one.email in emails}
        found = District(core=core, plain=plain, url=url, path=path, people=people)
        if plain:
            await core.store.write(lambda tx: _exec(tx, _PLAIN))
        with _keeping_names(plain):
            yield found


_PLAIN = (
    "CREATE TABLE plain_response "
    "(person VARCHAR(32), answers TEXT, role TEXT, level TEXT, building TEXT)",
    "CREATE UNIQUE INDEX plain_person ON plain_response (person)",
)


def _exec(tx: Transaction, statements: Sequence[str]) -> None:
    for one in statements:
        tx.connection.execute(text(one))


@contextmanager
def _keeping_names(plain: bool) -> Iterator[None]:
    """In a plain district every answer goes into the plain table as well."""
    with pytest.MonkeyPatch.context() as patch:
        if plain:
            put = Transaction.put_response

            def both(tx: Transaction, wave_id: UUID, person: Person, given: Response) -> None:
                put(tx, wave_id, person, given)
                row = {
                    "person": person.id.hex,
                    "answers": json.dumps(dict(given.answers), sort_keys=True),
                    "role": person.role.value,
                    "level": person.level.value,
                    "building": person.building,
                }
                tx.connection.execute(
                    text(
                        "INSERT INTO plain_response VALUES (:person, :answers, :role, :level, "
                        ":building) ON CONFLICT (person) DO UPDATE SET answers = excluded.answers"
                    ),
                    row,
                )

            patch.setattr(Transaction, "put_response", both)
        yield


def drop_names(town: District) -> None:
    statements = ("DROP INDEX plain_person", "ALTER TABLE plain_response DROP COLUMN person")
    if town.path is not None:
        with closing(sqlite3.connect(town.path, isolation_level=None)) as connection:
            for one in (*statements, "DELETE FROM sealed_response"):
                connection.execute(one)
        return
    with psycopg.connect(plain_address(town.core.store.url), autocommit=True) as admin:
        for one in statements:
            admin.execute(one)
