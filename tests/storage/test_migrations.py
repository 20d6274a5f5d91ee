"""Migrations and tables agree; a database of another version is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

import storage.ledger_tables
import storage.series_tables
import storage.urgent_tables  # noqa: F401
from storage import migrating
from storage.columns import metadata
from storage.migrating import NewerError
from tests.storage.stores import empty_store, import_people

pytestmark = pytest.mark.usefixtures("every_migration")


async def test_the_tables_and_the_migrations_agree(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        migrating.check(store.engine)
        assert migrating.is_current(store.engine)


async def test_an_upgrade_from_nothing_is_what_the_tables_say(tmp_path: Path) -> None:
    """Column by column: Alembic's own check does not look at everything."""
    made = create_engine(f"sqlite:///{tmp_path / 'made.sqlite3'}")
    metadata.create_all(made)
    async with empty_store(tmp_path) as store:
        migrated, wanted = inspect(store.engine), inspect(made)
        tables = set(wanted.get_table_names())
        assert set(migrated.get_table_names()) - {"alembic_version"} == tables
        for table in tables:
            for look in ("get_columns", "get_pk_constraint", "get_foreign_keys"):
                assert simple(getattr(migrated, look)(table)) == simple(
                    getattr(wanted, look)(table)
                ), (table, look)
            for look in ("get_indexes", "get_unique_constraints"):
                found, expected = (
                    {(i["name"], tuple(i["column_names"])) for i in getattr(side, look)(table)}
                    for side in (migrated, wanted)
                )
                assert found == expected, (table, look)
    made.dispose()


def simple(found: object) -> object:
    """What reflection found, comparable: types by name, sorted where order says nothing."""
    if isinstance(found, list):
        return sorted((simple(one) for one in found), key=str)
    if isinstance(found, dict):
        return {key: simple(value) for key, value in found.items() if key not in ("default",)}
    return found if isinstance(found, str | bool | int | None) else str(found)


async def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        await store.write(lambda tx: import_people(tx, []))
        migrating.upgrade(store.engine)
        migrating.check(store.engine)


def test_an_empty_database_is_behind(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert not migrating.is_current(engine)
    engine.dispose()


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    async with empty_store(tmp_path) as store:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(NewerError, match="newer version"):
            migrating.upgrade(store.engine)
