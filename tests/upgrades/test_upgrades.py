"""A district's database of an earlier version, made by the code of that time, is brought to this
one: nothing is lost, and people and committees find what they had.

A migration was added? ``make upgrade-fixture``, and commit the two files that it writes.
"""

from __future__ import annotations

import asyncio
import lzma
import re
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, func, inspect, select, table

from bot.checking import examine, upgrade_database
from bot.core import Core
from bot.settings import Settings
from governance.feedback import Naming
from storage.postgres import connecting
from storage.tables import item, wave_key
from storage.transaction import Transaction
from tests.journeys.rote import quick_reader
from tests.journeys.running import SECRET, MovableClock, Running
from tests.journeys.test_pages_that_depend import sign_in
from tests.journeys.town import CHAIR, TEACHER
from tests.postgres import fresh_database, program
from tests.upgrades.fill import SAID

__all__ = ["quick_reader"]

HERE = Path(__file__).parent
VERSIONS = HERE.parents[1] / "storage" / "migrations" / "versions"
FIXTURES = sorted((HERE / "fixtures").glob("*.xz"))
TOGETHER = timedelta(days=7)
"""Migrations of one week reach districts together."""


@contextmanager
def restored(fixture: Path, folder: Path) -> Iterator[str]:
    """The address of a database that holds what a fixture does."""
    content = lzma.decompress(fixture.read_bytes())
    if fixture.name.endswith(".sqlite3.xz"):
        file = folder / "district.sqlite3"
        file.touch(0o600)
        file.write_bytes(content)
        yield f"sqlite:///{file}"
        return
    with fresh_database(hasty=True) as url:
        command = (program("psql"), "-q", "-1", "-v", "ON_ERROR_STOP=1", url)
        subprocess.run(command, input=content, check=True, stdout=subprocess.DEVNULL)
        yield url


@contextmanager
def looked_into(url: str) -> Iterator[Engine]:
    engine = create_engine(connecting(url) if url.startswith("postgresql") else url)
    try:
        yield engine
    finally:
        engine.dispose()


def counts(url: str) -> Mapping[str, int]:
    """How many rows each table has, but those of the migrations and jobs themselves."""
    with looked_into(url) as engine, engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table(name))) or 0
            for name in inspect(engine).get_table_names()
            if not name.startswith(("alembic_", "procrastinate_", "job_step"))
        }


def read_back(tx: Transaction) -> tuple[str | None, int]:
    """The original of the message that was said with a name, and how many have answered the survey
    that is open: both are encrypted."""
    [named] = tx.connection.scalars(select(item.c.id).where(item.c.naming == Naming.NAMED))
    [open_wave] = tx.connection.scalars(select(wave_key.c.wave_id))
    return tx.original(named), len(tx.open_responses(open_wave))


async def nothing_to_prepare(core: Core) -> None:
    """The district is in the database."""


def test_there_are_fixtures_of_both_databases() -> None:
    of_sqlite = {one.name.split(".")[0] for one in FIXTURES if ".sqlite3." in one.name}
    of_postgres = {one.name.split(".")[0] for one in FIXTURES if ".sql." in one.name}
    assert of_sqlite == of_postgres
    assert {"0025-443080f", "0034-779cde6"} <= of_sqlite


@pytest.mark.usefixtures("every_migration", "quick_reader")
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.stem)
async def test_nothing_is_lost(fixture: Path, tmp_path: Path) -> None:
    with restored(fixture, tmp_path) as url:
        before = counts(url)
        assert before["item"] >= 8
        settings = Settings(database_url=url, secret_key=SecretStr(SECRET), port=0)
        await asyncio.to_thread(upgrade_database, settings)
        after = counts(url)
        assert {name: after.get(name) for name in before} == before
        if url.startswith("sqlite"):
            with sqlite3.connect(url.removeprefix("sqlite:///")) as raw:
                assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
            raw.close()
        lines, _ = await examine(settings, offline=True)
        assert "ok    Database opened and at this version." in lines

        service = Running(
            settings=settings, prepare=nothing_to_prepare, clock=MovableClock(), crew=0
        )
        await service.start()
        try:
            assert await service.core.store.read(read_back) == (SAID[0], 9)
            for email, page, words in (
                (CHAIR, "/committees/network", SAID[1]),
                (TEACHER, "/", SAID[0]),
            ):
                async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
                    await sign_in(web, await service.signin_url(email))
                    assert words in (await web.get(page)).text, page
        finally:
            await service.stop()


def test_the_schema_before_the_newest_migrations_is_among_the_fixtures() -> None:
    """Districts run what was there a week ago: that is what must be upgraded from."""
    found = [one.read_text() for one in sorted(VERSIONS.glob("[0-9]*.py"))]
    follows = {said(r'^down_revision = (?:"(\w+)"|None)', one): one for one in found}
    chain, at = [], ""
    while at in follows:
        chain.append(follows[at])
        at = said(r'^revision = "(\w+)"', follows[at])
    revisions = [said(r'^revision = "(\w+)"', one) for one in chain]
    assert len(revisions) == len(found), "one chain"
    have = {one.name.split("-")[0] for one in FIXTURES}
    newest = max(revisions.index(one) for one in have)
    made = [
        date.fromisoformat(day)
        for day in (said(r"^Create Date: (\S+)$", one) for one in chain[newest + 1 :])
        if day
    ]
    assert not made or made[-1] - made[0] <= TOGETHER, (
        f"Districts may run the schema of {made[0]}, and no fixture holds it. "
        "Run `make upgrade-fixture` and commit what it writes."
    )


def said(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.M)
    return (found and found[1]) or ""
