"""What was sealed with role, level and building, and each person's answers side by side, is cut
apart by the upgrade: on the disk, too."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, select

from storage import migrating
from storage.connection import Surroundings
from storage.store import Store
from storage.tables import sealed_response
from storage.vault import Vault
from tests.storage.stores import SECRET
from tests.storage.test_migrating_answers import at

BEFORE = "0024"
_ROW = "INSERT INTO sealed_response VALUES (?, ?, ?, 'teacher', 'high', 'north-by-the-lake')"

pytestmark = pytest.mark.usefixtures("every_migration")


async def test_what_was_sealed_before_keeps_its_answers_and_nothing_else(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    engine = create_engine(url)
    at(engine, BEFORE)
    wave, other = uuid4(), uuid4()
    with engine.begin() as connection:
        for number in range(200):
            answers = {"week": number % 2, "help": number % 2} | ({"bus": 1} if number < 4 else {})
            row = (wave.hex, uuid4().hex, json.dumps(answers))
            connection.exec_driver_sql(_ROW, row)
        connection.exec_driver_sql(_ROW, (other.hex, uuid4().hex, '{"week": 5}'))
    engine.dispose()

    store = Store(url, Surroundings(vault=Vault(SECRET)))
    try:
        migrating.upgrade(store.engine)
        rows = await store.read(lambda tx: tx.connection.execute(select(sealed_response)).all())
        await store.write(lambda tx: None)  # the service's first write truncates the log
        on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())  # noqa: ASYNC240
    finally:
        await store.close()
    said: dict[UUID, list[dict[str, int]]] = {wave: [], other: []}
    for row in rows:
        said[row.wave_id].append(json.loads(row.answers))
    assert said[other] == [{}], "one answer alone is nobody's to keep"
    counts = Counter((key, answer) for one in said[wave] for key, answer in one.items())
    assert counts == {(key, answer): 100 for key in ("week", "help") for answer in (0, 1)}
    assert 60 < sum(one["week"] == one["help"] for one in said[wave]) < 140, "by chance only"
    assert b"north-by-the-lake" not in on_disk
