"""A district's database of an earlier version, made by the code of that time, is brought to this
one: nothing is lost, and people and committees find what they had.

A migration was added? ``make upgrade-fixture``, and commit the two files that it writes.
"""

from __future__ import annotations

import asyncio
import json
import lzma
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, column, create_engine, func, insert, inspect, select, table, update

from bot.app.core import Core
from bot.app.settings import Settings
from bot.doctor.checking import examine, upgrade_database
from governance.delivery_reasons import DeliveryReason
from governance.feedback.model import Naming
from storage.feedback import item_from
from storage.migrating import UnusableError
from storage.postgres import connecting
from storage.series_tables import series, series_date
from storage.tables import item, wave_key
from storage.transaction import Transaction
from storage.vault import WrongSecretError
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


def of_the_wifi(url: str) -> int:
    """Says of the messages that were read as about no theme that they are of two; how many."""
    none, two = '"themes":[]', '"themes":["wifi","printers"]'
    with looked_into(url) as engine, engine.begin() as connection:
        which = table("item", column("reading"))
        changed = connection.execute(
            update(which)
            .where(which.c.reading.contains(none, autoescape=True))
            .values(reading=func.replace(which.c.reading, none, two))
        )
        return changed.rowcount


def themes(tx: Transaction) -> list[tuple[str | None, str | None]]:
    """Of each message the theme that it is counted under, and the first of its reading."""
    return [
        (row.theme, next(iter(read.themes), None) if (read := item_from(row).reading) else None)
        for row in tx.connection.execute(select(item))
    ]


REASONS = {
    "Has left the district. Nothing was sent.": "left",
    "Slack did not take the message (some_code).": "slack-refused:some_code",
    "Stopped by Dana Whitfield before it was sent.": "stopped:Dana Whitfield",
    "Stopped by an operator before it was sent.": "stopped-by-operator",
    "Is not known to Slack any more. Import the roster again, or ask who has their account.": (
        "slack-not-known"
    ),
    "Teams refused the message as it is. Tell who runs the service. (BadSyntax)": (
        "teams-misfit:BadSyntax"
    ),
    "The channel said: no.": "other:The channel said: no.",
}
"""Sentences as they were stored, and what is stored instead."""


def gave_reasons(url: str) -> Mapping[str, str]:
    """Says why some deliveries did not arrive, as was done then; the code that each is to have."""
    why = table("delivery", column("id"), column("why"))
    with looked_into(url) as engine, engine.begin() as connection:
        some = select(why.c.id).where(why.c.why.is_(None)).order_by(why.c.id).limit(len(REASONS))
        ids = connection.scalars(some).all()
        for one, told in zip(ids, REASONS, strict=True):
            connection.execute(update(why).where(why.c.id == one).values(why=told))
    return dict(zip(map(str, ids), REASONS.values(), strict=True))


def reasons(url: str) -> Mapping[str, str | None]:
    why = table("delivery", column("id"), column("why"))
    with looked_into(url) as engine, engine.connect() as connection:
        return {str(row.id): row.why for row in connection.execute(select(why.c.id, why.c.why))}


BEFORE = "Fill in {place} first: it stands in the survey's words."
NOW = "Fill in {place} first. The survey’s text uses it."


def left_a_date_out(url: str) -> None:
    """Says of a date of a series why it was left out, in the words of that time."""
    with looked_into(url) as engine, engine.begin() as connection:
        connection.execute(
            insert(series_date).values(
                series_id=connection.scalars(select(series.c.id)).first(),
                slot="2026-10-05T09:00",
                id=uuid4(),
                day="2026-10-05",
                skipped="unfit",
                why=json.dumps({"why": BEFORE, "values": {"place": "[[the tool]]"}}),
                noted_at=datetime(2026, 10, 5, 14, tzinfo=UTC),
            )
        )


def why_left_out(url: str) -> object:
    with looked_into(url) as engine, engine.connect() as connection:
        (found,) = connection.scalars(select(series_date.c.why)).all()
        return json.loads(found)


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
        spoke = of_the_wifi(url)
        expected = gave_reasons(url)
        left_a_date_out(url)
        before = counts(url)
        assert spoke or fixture.name.startswith("0025"), "the reader knew no themes then"
        settings = Settings(database_url=url, secret_key=SecretStr(SECRET), port=0)
        other = settings.model_copy(update={"secret_key": SecretStr("another" + SECRET)})
        with pytest.raises(WrongSecretError):
            await asyncio.to_thread(upgrade_database, other)
        assert counts(url) == before, "with another key nothing is begun"
        await asyncio.to_thread(upgrade_database, settings)
        after = counts(url)
        assert {name: after.get(name) for name in before} == before
        found = reasons(url)
        assert {one: found[one] for one in expected} == expected
        assert why_left_out(url) == {"why": NOW, "values": {"place": "[[the tool]]"}}
        known = set(DeliveryReason)
        assert all(why is None or why.partition(":")[0] in known for why in found.values())
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
            of_themes = await service.core.store.read(themes)
            assert sum(first == "wifi" for _, first in of_themes) == spoke
            assert [kept for kept, _ in of_themes] == [first for _, first in of_themes]
            for email, page, words in (
                (CHAIR, "/committees/network", SAID[1]),
                (TEACHER, "/", SAID[0]),
            ):
                async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
                    await sign_in(web, await service.signin_url(email))
                    assert words in (await web.get(page)).text, page
        finally:
            await service.stop()


KILLED = """
import os, signal, sys
from sqlalchemy import create_engine
from storage import migrating
from storage.store import Store
from storage.connection import Surroundings
from storage.vault import Vault

migrating._check_references = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
migrating.upgrade(Store(sys.argv[1], Surroundings(vault=Vault(bytes(32)))).engine)
"""


@pytest.mark.usefixtures("every_migration")
def test_an_upgrade_that_is_killed_changes_nothing_and_can_be_run_again(tmp_path: Path) -> None:
    [fixture] = [one for one in FIXTURES if one.name == "0025-443080f.sqlite3.xz"]
    with restored(fixture, tmp_path) as url:
        before = counts(url)
        killed = subprocess.run([sys.executable, "-c", KILLED, url], check=False)
        assert killed.returncode == -signal.SIGKILL
        assert counts(url) == before
        upgrade_database(Settings(database_url=url, secret_key=SecretStr(SECRET)))
        after = counts(url)
        assert {name: after.get(name) for name in before} == before


@pytest.mark.usefixtures("every_migration")
def test_an_upgrade_that_would_break_a_reference_is_undone(tmp_path: Path) -> None:
    [fixture] = [one for one in FIXTURES if one.name == "0025-443080f.sqlite3.xz"]
    with restored(fixture, tmp_path) as url:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
            raw.execute("DELETE FROM item WHERE id IN (SELECT item_id FROM item_original LIMIT 1)")
            raw.commit()
        before = counts(url)
        with pytest.raises(UnusableError, match="The upgrade was undone: a row of item_original"):
            upgrade_database(Settings(database_url=url, secret_key=SecretStr(SECRET)))
        assert counts(url) == before


def test_the_schema_before_the_newest_migrations_is_among_the_fixtures() -> None:
    late = overdue(
        [one.read_text() for one in sorted(VERSIONS.glob("[0-9]*.py"))],
        {one.name.split("-")[0] for one in FIXTURES},
    )
    assert late is None, (
        f"Districts may run the schema of {late}, and no fixture holds it. "
        "Run `make upgrade-fixture` and commit what it writes."
    )


def overdue(migrations: Sequence[str], have: Collection[str]) -> date | None:
    """When the first migration after the newest fixture was made, where the newest migration is
    more than a week younger: districts run what is in between. None: no fixture is missing."""
    follows = {said(r'^down_revision = "(\w+)"', one): one for one in migrations}
    chain, at = [], ""
    while at in follows:
        chain.append(follows[at])
        at = said(r'^revision = "(\w+)"', follows[at])
    assert len(chain) == len(migrations), "one chain"
    revisions = [said(r'^revision = "(\w+)"', one) for one in chain]
    newest = max(revisions.index(one) for one in have)
    days = [said(r"^Create Date: (\S+)$", one) for one in chain[newest + 1 :]]
    made = [date.fromisoformat(day) for day in days if day]
    return made[0] if made and made[-1] - made[0] > TOGETHER else None


def said(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.M)
    return (found and found[1]) or ""


def migration(revision: str, before: str, day: str) -> str:
    return f'''Create Date: {day}\nrevision = "{revision}"\ndown_revision = {before}\n'''


def test_a_fixture_is_asked_for_when_a_migration_comes_more_than_a_week_later() -> None:
    first = migration("1", "None", "2026-11-01")
    second = migration("2", '"1"', "2026-11-20")
    third = migration("3", '"2"', "2026-11-27")
    fourth = migration("4", '"3"', "2026-11-28")
    assert overdue([first, second, third], {"1"}) is None, "made within a week"
    assert overdue([first, second, third, fourth], {"1"}) == date(2026, 11, 20)
    assert overdue([first, second, third, fourth], {"1", "3"}) is None
