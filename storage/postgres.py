"""PostgreSQL: how it is reached, which of its errors mean "again", and which that it is gone."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.unavailable import state_of, unavailable

R = TypeVar("R")

WRITERS = 4
READERS = 3
"""Threads, and as many connections each, a process."""

SERIALIZABLE, LOCKING, SNAPSHOT = "SERIALIZABLE", "READ COMMITTED", "REPEATABLE READ"

_TRIES = 12
_ALONE_AFTER = 4
_PAUSE_SECONDS = 0.004
_LONGEST_PAUSE_SECONDS = 0.1

_RESTED_SECONDS = 0.5
"""After so long without work a connection is asked whether it still leads anywhere."""

_AGAIN = frozenset({"40001", "40P01", "23505", "42P01"})
"""Not serializable, a deadlock, and a key that another transaction took meanwhile: PostgreSQL may
report the first as the last (its manual, "Serialization Failure Handling"). A table that is not
there any more: the wave was closed meanwhile, and the next look finds it so."""

_CONNECTING = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    # A process that froze inside a transaction must not keep its locks from the others.
    "options": "-cidle_in_transaction_session_timeout=10s",
    "application_name": "soundingboard",
}


def connecting(url: str | URL) -> URL:
    """The address, with how to connect where it does not say so itself."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return parsed.update_query_dict(
        {name: value for name, value in _CONNECTING.items() if name not in parsed.query}
    )


def plain_address(url: str | URL) -> str:
    """The same as libpq takes it, password and all: for whoever connects by itself."""
    address = connecting(url).set(drivername="postgresql")
    return address.render_as_string(hide_password=False)


def open_postgres(url: str | URL, isolation: str, most: int, *, read_only: bool = False) -> Engine:
    """An engine whose transactions are isolated so, with at most so many connections."""
    engine = create_engine(
        connecting(url),
        isolation_level=isolation,  # set once a connection, not once a transaction
        pool_size=most,
        max_overflow=0,
        hide_parameters=True,  # an error's text goes to the log, and parameters are answers
    )
    _ask_the_rested(engine)
    if read_only:

        @event.listens_for(engine, "connect")
        def reading(connection: Any, record: Any) -> None:
            connection.read_only = True

    return engine


def _ask_the_rested(engine: Engine) -> None:
    """Whether the server is still there is asked of a connection that was not used for a while,
    not of one that has just been: at each of thousands of answers that is a trip of its own. A
    transaction that meets a broken connection fails as one that was under way when it broke."""

    @event.listens_for(engine, "checkin")
    def rests(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        since = record.info.pop("rests_since", None)
        if since is None or time.monotonic() - since < _RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # the others of the pool are as old


def connected(engine: Engine, work: Callable[[Connection], R]) -> R:
    """Do something on a connection; ``UnavailableError`` when there is none, it breaks, or the
    disk takes nothing more."""
    opened = False
    try:
        with engine.connect() as connection:
            opened = True
            return work(connection)
    except DBAPIError as error:
        away = unavailable(error, opened=opened)
        if away is not None:
            raise away from error
        raise


def wait_until_alone(connection: Connection) -> None:
    """Wait until nobody else writes, and keep it so. To be called before anything is read: the
    snapshot of the transaction begins after it."""
    connection.exec_driver_sql("LOCK TABLE audit, delivery IN SHARE ROW EXCLUSIVE MODE")


def tried(once: Callable[[bool], R], again: Callable[[], None] = lambda: None) -> R:
    """Run a transaction until no other is in its way, a bounded number of times; the last few
    are told to be ``alone``. ``again`` is told of each further try."""
    for number in range(1, _TRIES):
        try:
            return once(number > _ALONE_AFTER)
        except DBAPIError as error:
            if state_of(error) not in _AGAIN:
                raise
        again()
        most = min(_PAUSE_SECONDS * 2**number, _LONGEST_PAUSE_SECONDS)
        time.sleep(random.uniform(0, most))  # noqa: S311  (a pause, not a secret)
    return once(True)
