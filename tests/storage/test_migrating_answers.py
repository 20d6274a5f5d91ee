"""Answers that were given before each open wave had a table of its own are not lost."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine

from storage import migrating
from storage.connection import Surroundings
from storage.store import Store
from storage.vault import Vault
from surveys.ports import OpenResponse
from tests.storage.open_answers import open_tables, stored
from tests.storage.stores import SECRET

BEFORE = "0019"
_WAVE = (
    "INSERT INTO wave (id, survey_key, survey, audience, opens_at, closes_at, reminders, state) "
    "VALUES (?, 'pulse', '{}', '{}', 0, 0, '[]', ?)"
)
_ANSWER = (
    "INSERT INTO response (wave_id, respondent, answers, complete, role, level, building) "
    "VALUES (?, ?, ?, ?, 'teacher', 'high', 'north')"
)

pytestmark = pytest.mark.usefixtures("every_migration")


def at(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        command.upgrade(migrating._config(connection), revision)


async def test_open_waves_keep_their_answers_and_are_sealed_as_ever(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    engine = create_engine(url)
    at(engine, BEFORE)
    open_wave, planned, closed = uuid4(), uuid4(), uuid4()
    with engine.begin() as connection:
        for wave, state in ((open_wave, "open"), (planned, "planned"), (closed, "closed")):
            connection.exec_driver_sql(_WAVE, (wave.hex, state))
        for number in range(6):
            row = (open_wave.hex, f"{number:064x}", f'{{"week": {number}}}', number > 0)
            connection.exec_driver_sql(_ANSWER, row)
    migrating.upgrade(engine)
    engine.dispose()

    store = Store(url, Surroundings(vault=Vault(SECRET)))
    try:
        assert set(await store.read(lambda tx: open_tables(tx.connection))) == {open_wave, planned}
        assert len(await store.read(lambda tx: stored(tx.connection, open_wave))) == 6
        found = await store.read(lambda tx: tx.open_responses(open_wave))
        expected = [
            OpenResponse(answers={"week": n}, role="teacher", level="high", building="north")
            for n in range(1, 6)
        ]
        assert sorted(found, key=str) == sorted(expected, key=str)
        await store.write(lambda tx: tx.forget_answers(open_wave))
        assert await store.read(lambda tx: open_tables(tx.connection)) == [planned]
    finally:
        await store.close()
