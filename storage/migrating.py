"""Bringing a database up to date, and refusing to start on one that is behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from scheduler import job_schema
from storage.ledger_tables import job_step
from storage.unavailable import unavailable


class WrongVersionError(Exception):
    """The database and this program do not fit together."""


class BehindError(WrongVersionError):
    """The database needs ``soundingboard database upgrade``."""


class NewerError(WrongVersionError):
    """The database was used by a newer version, whose tables this one does not know."""


class UnusableError(WrongVersionError):
    """There is no database there, or it cannot be reached."""


@contextmanager
def usable(engine: Engine) -> Iterator[None]:
    """What a database cannot do at the start is told in a line."""
    try:
        yield
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        known = unavailable(error, opened=True) or error.orig
        raise UnusableError(f"The database {where} cannot be used: {known}") from error


def _config(connection: Connection) -> Any:
    from alembic.config import Config  # lazily: half a second that a plain start does not need

    config = Config(stdout=StringIO())  # what Alembic prints is nobody's to read
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The newest migration that this version has."""
    versions = Path(__file__).parent / "migrations" / "versions"
    return max(one.name.partition("_")[0] for one in versions.glob("0*.py"))


def upgrade(engine: Engine) -> None:
    """Run every migration that is missing. ``NewerError`` where this version knows too few."""
    from alembic import command

    with usable(engine), engine.connect() as connection, _rebuilding(connection):
        if _is_postgres(engine):  # one upgrade at a time; ended by the commit
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(5063117290)")
        config = _config(connection)
        before = _refuse_newer(connection, config)
        command.upgrade(config, "head")
        if _is_postgres(engine):
            _upgrade_jobs(connection)
        elif before != _revision(connection):
            _check_references(connection)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """One transaction in which tables may be rebuilt. SQLite changes a column by making the table
    again, and dropping the old one would break every reference to it: so references are not
    enforced meanwhile. The pragma does nothing inside a transaction
    (https://sqlite.org/lang_altertable.html#otheralter, steps 1 and 12)."""
    raw: Any = connection.connection.driver_connection
    embedded = connection.dialect.name == "sqlite"
    if embedded:
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
    finally:
        if embedded:
            raw.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """What the rebuilding did not enforce. ``UnusableError`` undoes the whole upgrade."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise UnusableError(
            f"The upgrade was undone: a row of {broken[0]} would refer to a row of {broken[2]} "
            "that is not there. Start with the version used before, and report this."
        )


def _is_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _upgrade_jobs(connection: Connection) -> None:
    """The jobs' tables: made whole where there are none, else brought up step by step."""
    have = _job_steps(connection)
    wanted = job_schema.steps()
    missing = [sql for name, sql in wanted.items() if name not in have]
    driver: Any = connection.connection.driver_connection
    for sql in missing if have else [job_schema.whole_schema()]:
        driver.execute(sql)  # as it is: many statements, and percent signs that mean themselves
    new = [{"name": name} for name in wanted if name not in have]
    if new:
        connection.execute(job_step.insert(), new)


def _job_steps(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(job_step.c.name)).scalars())


def _revision(connection: Connection) -> str | None:
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection, config: Any) -> str | None:
    """Which revision the database has; ``NewerError`` where this version does not know it."""
    from alembic.script import ScriptDirectory

    current = _revision(connection)
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise NewerError(
            f"The database was used by a newer version of Sounding Board (its tables are at "
            f"{current}). Install that version again, or restore a backup made before."
        )
    return current


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest migration."""
    from alembic.script import ScriptDirectory

    with usable(engine), engine.connect() as connection:
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
        good = _revision(connection) == head
        if good and _is_postgres(engine):
            good = job_schema.step_names() <= _job_steps(connection)
        connection.rollback()
    return bool(good)


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
