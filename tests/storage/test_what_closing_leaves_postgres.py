"""What whoever holds PostgreSQL's tables and files can join, while a wave is open and after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select

from core.people import Audience
from governance.access import Source
from storage.answer_tables import answers_of
from storage.postgres import plain_address
from storage.tables import answer_key, wave_key
from storage.transaction import Transaction
from surveys.commands import AnswerPage, CloseWave, LaunchSurvey
from surveys.messages import Answered, WaveClosedAlready
from tests.attacks.hall import Hall, hall
from tests.journeys.town import TEACHER, example, small_roster, teachers
from tests.postgres import migrated_database
from tests.storage.open_answers import open_tables, stored

STAFF = [TEACHER, *(one.email for one in teachers(small_roster(20), 15))]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    with migrated_database() as url:
        async with hall(tmp_path, staff=20, url=url) as found:
            yield found


async def launch(town: Hall) -> UUID:
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
        despite_limit="One after the other, to the same people.",
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return command.wave_id


async def everybody_answers(town: Hall, wave: UUID, mark: str = "note") -> None:
    for number, email in enumerate(STAFF):
        note = f"{mark} {number}"
        given = {"week": str(1 + number % 5), "help": "late", "note": note}
        said = await town.ask(email, AnswerPage(wave_id=wave, page=0, answers=given))
        assert isinstance(said, Answered)


def asked(town: Hall, query: str) -> list[tuple[Any, ...]]:
    """As the database's owner, past the service."""
    address = plain_address(town.core.store.url)
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]


def on_disk(town: Hall, *, log: bool) -> bytes:
    """Every byte of the server's tables but other databases' own, or of its write-ahead log."""
    (one,) = asked(
        town,
        "SELECT current_setting('data_directory'), oid::text FROM pg_database"
        " WHERE datname = current_database()",
    )
    folder, own = Path(one[0]), Path(one[0], "base", one[1])
    assert own.is_dir(), "the probe looks at this database"
    databases = [path for path in (folder / "base").iterdir() if path.name.isdigit()]
    return b"".join(
        path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and ("pg_wal" in path.parts) == log
        and not any(path.is_relative_to(other) for other in databases if other != own)
    )


async def test_after_the_closing_nothing_joins_who_answered_to_what_was_said(town: Hall) -> None:
    wave = await launch(town)
    await everybody_answers(town, wave)
    own = answers_of(wave).table.name
    join = "SELECT count(*) FROM participation p JOIN {} r ON r.xmin::text = p.xmin::text"
    assert asked(town, join.format(own)) == [(len(STAFF),)], (
        "the probe works: all, while it is open"
    )
    assert len(set(asked(town, f"SELECT xmin::text FROM {own}"))) == len(STAFF)  # noqa: S608

    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    assert await town.core.store.read(lambda tx: open_tables(tx.connection)) == []
    for table in ("sealed_comment",):
        assert asked(town, f"SELECT count(*) FROM {table}") == [(len(STAFF),)]  # noqa: S608
        assert asked(town, join.format(table)) == [(0,)]
        numbers = f"SELECT count(DISTINCT xmin::text) FROM {table}"  # noqa: S608
        assert asked(town, numbers) == [(1,)], "one transaction wrote them all"


async def test_after_the_closing_no_file_holds_an_answer_in_clear_or_a_name_for_it(
    town: Hall,
) -> None:
    wave, mark = await launch(town), f"The copier jams at {uuid4().hex}"
    await everybody_answers(town, wave, mark)

    def secrets(tx: Transaction) -> list[bytes]:
        rows = stored(tx.connection, wave)
        # A long one is kept in pieces: its beginning is looked for.
        kept = [row.respondent.encode() for row in rows] + [row.body[:200] for row in rows]
        for keys in (wave_key, answer_key):
            kept += tx.connection.execute(select(keys.c.wrapped)).scalars()
        return kept

    gone = await town.core.store.read(secrets)
    with psycopg.connect(plain_address(town.core.store.url), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        before = await asyncio.to_thread(on_disk, town, log=False)
        assert all(one in before for one in gone), "the probe works"
        assert mark.encode() not in before, "answers are encrypted, also while it is open"
        assert mark.encode() not in await asyncio.to_thread(on_disk, town, log=True)

        await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
        admin.execute("VACUUM wave_key, answer_key")
        admin.execute("CHECKPOINT")
        after = await asyncio.to_thread(on_disk, town, log=False)
    left = [one for one in gone[: 2 * len(STAFF)] if one in after]
    assert left == [], "its table is gone, file and all"
    assert mark.encode() in after, "the comments are kept, cut loose"


async def test_an_answer_that_meets_the_closing_is_counted_or_told_that_it_came_late(
    town: Hall,
) -> None:
    for _ in range(4):
        wave = await launch(town)
        said_by_all = {"week": "3", "help": "late", "note": "It drops"}
        given = AnswerPage(wave_id=wave, page=0, answers=said_by_all)
        said = await asyncio.gather(
            *(town.ask(email, given) for email in STAFF[:8]),
            town.core.dispatch.by_itself(CloseWave(wave_id=wave)),
            *(town.ask(email, given) for email in STAFF[8:]),
            town.core.dispatch.by_itself(CloseWave(wave_id=wave)),
        )
        thanked = sum(isinstance(one, Answered) for one in said)
        late = sum(isinstance(one, WaveClosedAlready) for one in said)
        assert thanked + late == len(STAFF)
        kept = f"SELECT count(*) FROM sealed_comment WHERE wave_id = '{wave}'"  # noqa: S608
        assert asked(town, kept) == [(thanked if thanked >= 10 else 0,)], "all who were thanked"
