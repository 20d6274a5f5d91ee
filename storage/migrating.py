"""Bringing a database up to date, and refusing to start on one that is behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine


class BehindError(Exception):
    """The database needs ``soundingboard database upgrade``."""


def _config(connection: Connection) -> Any:
    from alembic.config import Config  # lazily: half a second that a plain start does not need

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Run every migration that is missing."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest migration."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with engine.connect() as connection:
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
        current = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
    return bool(current == head)


def check(engine: Engine) -> None:
    """Alembic's own check that the tables and the migrations agree; raises when not."""
    from alembic import command

    with engine.connect() as connection:
        command.check(_config(connection))
        connection.rollback()


def revise(engine: Engine, message: str, number: str) -> None:
    """Write a new migration from the difference (for developers: ``make migration``)."""
    from alembic import command

    with engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)
        connection.rollback()
