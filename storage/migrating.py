"""Bringing a database up to date, and refusing to start on one that is behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError


class WrongVersionError(Exception):
    """The database and this program do not fit together."""


class BehindError(WrongVersionError):
    """The database needs ``soundingboard database upgrade``."""


class NewerError(WrongVersionError):
    """The database was used by a newer version, whose tables this one does not know."""


class UnusableError(WrongVersionError):
    """There is no database there, or it cannot be reached."""


@contextmanager
def _usable(engine: Engine) -> Iterator[None]:
    """What a database cannot do at the start is told in a line."""
    try:
        yield
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise UnusableError(f"The database {where} cannot be used: {error.orig}") from error


def _config(connection: Connection) -> Any:
    from alembic.config import Config  # lazily: half a second that a plain start does not need

    config = Config(stdout=StringIO())  # what Alembic prints is nobody's to read
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Run every migration that is missing. ``NewerError`` where this version knows too few."""
    from alembic import command

    with _usable(engine), engine.begin() as connection:
        config = _config(connection)
        _refuse_newer(connection, config)
        command.upgrade(config, "head")


def _refuse_newer(connection: Connection, config: Any) -> None:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    current = MigrationContext.configure(connection).get_current_revision()
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise NewerError(
            f"The database was used by a newer version of Sounding Board (its tables are at "
            f"{current}). Install that version again, or restore a backup made before."
        )


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest migration."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with _usable(engine), engine.connect() as connection:
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
