"""The service is killed while it imports people in parts. Somebody else writes, and the import is
run again: everybody is then as after an import that nothing disturbed, on both databases.

It dies before a part is committed, after one is, and after the last but one.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, update

from core.people import Platform
from storage.tables import building, duty, person
from tests.faults.child import Task
from tests.faults.failpoints import At
from tests.faults.lives import KILLED, POSTGRES, PROVED_ON_BOTH, lived, side_by_side
from tests.faults.towns import rows_of, slack_town
from tests.faults.towns_postgres import copy_of, template

PART = 3
KILLS: tuple[At, ...] = (
    ("before the commit (_write_part)", 2),
    ("after the commit (_write_part)", 3),
    ("after the commit (_write_part)", 5),
)
COLUMNS = ("identifier", "email", "given_name", "family_name", "role", "building")
NEW = "new.one@schools.example.org"


@pytest.fixture(scope="module")
def in_postgres() -> Iterator[str]:
    with template(Platform.SLACK) as url:
        yield url


def opened(name: str, folder: Path, like: Callable[[], str]) -> AbstractAsyncContextManager[str]:
    @asynccontextmanager
    async def on_sqlite() -> AsyncIterator[str]:
        yield f"sqlite:///{slack_town(folder)}"

    return copy_of(like()) if name == POSTGRES else on_sqlite()


def write_roster(url: str, path: Path) -> None:
    """Everybody of the town, with: two who swap addresses, three who pass their identifiers round,
    three who pass both round, some who leave, a newcomer with the address of one of them, another
    newcomer, and some of whom something else changes."""
    here = [row for row in rows_of(url, person) if row.active]
    people = [dict(row._mapping) for row in sorted(here, key=lambda row: row.email)]

    def passed_round(some: Sequence[dict[str, Any]], *columns: str) -> None:
        for column in columns:
            values = [one[column] for one in some]
            for one, value in zip(some, [*values[1:], values[0]], strict=True):
                one[column] = value

    passed_round([people[2], people[31]], "email")
    passed_round([people[3], people[17], people[29]], "sourced_id")
    passed_round([people[5], people[19], people[23]], "sourced_id", "email")
    for place in (7, 11, 20, 26):
        people[place]["given_name"] = "Sam"
    gone = [people[place] for place in (9, 14, 27, 33)]
    kept = [one for one in people if one not in gone]
    newcomers = [
        {**gone[0], "sourced_id": "new-1", "given_name": "Ada", "family_name": "First"},
        {**gone[1], "sourced_id": "new-2", "given_name": "Bo", "family_name": "New", "email": NEW},
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for one in [*newcomers, *kept]:
            writer.writerow([one["sourced_id"], *(one[name] for name in COLUMNS[1:])])


def choose_language(url: str, known: set[Any]) -> None:
    """Some people choose a language meanwhile."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    chosen = update(person).where(person.c.id.in_(sorted(known)[::5]))
    with engine.begin() as connection:
        connection.execute(chosen.values(chosen_locale="es"))
    engine.dispose()


def state(url: str, known: set[Any]) -> Mapping[str, list[Any]]:
    """The whole roster. Newcomers have another id each time."""
    people = rows_of(url, person)
    emails = {row.id: row.email for row in people}
    return {
        "people": sorted(
            (row.email, row.id if row.id in known else None, *row[1:2], *row[3:]) for row in people
        ),
        "duties": sorted((emails[row.person_id], *row[1:]) for row in rows_of(url, duty)),
        "buildings": sorted(tuple(row) for row in rows_of(url, building)),
    }


@pytest.mark.parametrize("name", PROVED_ON_BOTH)
async def test_run_again_it_ends_as_if_nothing_had_been(
    tmp_path: Path, request: pytest.FixtureRequest, name: str
) -> None:
    def like() -> str:
        return str(request.getfixturevalue("in_postgres"))

    async def killed(at: At | None) -> Mapping[str, list[Any]]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with opened(name, folder, like) as url:
            roster = folder / "staff.csv"
            write_roster(url, roster)
            known = {row.id for row in rows_of(url, person)}
            task = Task(
                database_url=url,
                trip="take in",
                folder=str(folder),
                part=PART,
                source=str(roster),
            )
            if at is not None:
                assert await lived(task, kill_at=at) == KILLED
            choose_language(url, known)
            assert await lived(task) == 0
            ended = state(url, known)
            assert await lived(task) == 0
            assert state(url, known) == ended, "the same again changes nothing"
            return ended

    undisturbed = await killed(None)

    async def as_undisturbed(at: At) -> None:
        assert await killed(at) == undisturbed

    await side_by_side(KILLS, as_undisturbed)
