"""Whether the service's key is the one that the database belongs to.

A fingerprint of the key is kept, once: derived for this purpose alone (HKDF), so it opens nothing,
and trying keys against it costs as much as trying them against anything that is encrypted.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.migrating import usable
from storage.tables import (
    answer_key,
    item_original,
    service_key,
    slack_installation,
    wave_key,
)
from storage.vault import Vault, WrongSecretError

_SAMPLED = (
    ("wave-key", wave_key.c.wave_id, wave_key.c.wrapped),
    ("answer-key", answer_key.c.wave_id, answer_key.c.wrapped),
    ("feedback", item_original.c.item_id, item_original.c.encrypted),
    ("slack", slack_installation.c.id, slack_installation.c.encrypted),
)
_ONE = 1
"""The only id: the primary key holds that there is one fingerprint."""

_OTHER = (
    "This database belongs to another SECRET_KEY. Start with the key that was in use when it was "
    "made, in every process. If that key was a mistake and nothing has been kept yet, make an "
    "empty database and start again."
)


def prove_key(engine: Engine, vault: Vault) -> None:
    """``WrongSecretError`` where the database belongs to another key: by its fingerprint, or, in
    one of an earlier version, where nothing of a sample of what is encrypted opens."""
    with usable(engine), engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if service_key.name not in tables or not _is_fingerprint(connection, vault):
            _prove_by_sample(connection, vault, tables)
        connection.rollback()


def keep_fingerprint(engine: Engine, vault: Vault) -> None:
    """Once, of the first key that is used with a database that is up to date.
    ``WrongSecretError`` where another process was first, with another key."""
    with usable(engine), engine.connect() as connection:
        known = _is_fingerprint(connection, vault)
        connection.rollback()
        if known:
            return
        insert: Any = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        row = {"id": _ONE, "fingerprint": vault.fingerprint}
        with connection.begin():
            connection.execute(insert(service_key).values(row).on_conflict_do_nothing())
        _is_fingerprint(connection, vault)
        connection.rollback()


def _is_fingerprint(connection: Connection, vault: Vault) -> bool:
    """False where none is kept."""
    kept = connection.execute(select(service_key.c.fingerprint)).scalar()
    if kept is not None and kept != vault.fingerprint:
        raise WrongSecretError(_OTHER)
    return kept is not None


def _prove_by_sample(connection: Connection, vault: Vault, tables: set[str]) -> None:
    wrong: WrongSecretError | None = None
    for purpose, bound_to, encrypted in _SAMPLED:
        if encrypted.table.name not in tables:
            continue
        sample = select(bound_to, encrypted).where(encrypted.is_not(None)).limit(5)
        for row in connection.execute(sample):
            try:
                vault.decrypt(purpose, row[0], row[1])
            except WrongSecretError as error:
                wrong = error
            else:
                return
    if wrong is not None:
        raise WrongSecretError(_OTHER) from wrong
