"""A real, empty SQLite store for a test, and people to put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from core.people import Level, Platform, Role
from storage import migrating
from storage.connection import Surroundings
from storage.importing import Arrival, Ownership, RosterChange, compare_rows
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault

SECRET = b"a-secret-that-was-made-up-for-tests"


@asynccontextmanager
async def empty_store(
    folder: Path, *, secret: bytes = SECRET, mails: bool = False
) -> AsyncIterator[Store]:
    """A store on ``folder``'s database, made where it is not there yet."""
    store = Store(
        f"sqlite:///{folder / 'store.sqlite3'}",
        Surroundings(vault=Vault(secret), rates={Platform.WEB: 2000.0}, mails=mails),
    )
    migrating.upgrade(store.engine)
    try:
        yield store
    finally:
        await store.close()


def row(number: int, **changed: Any) -> dict[str, Any]:
    """A row of a roster, as an import hands it to the store."""
    return {
        "sourced_id": f"s-{number}",
        "email": f"person{number}@schools.example.org",
        "given_name": f"Given{number}",
        "family_name": f"Family{number}",
        "role": Role.TEACHER,
        "level": Level.MIDDLE,
        "building": "b-1",
        "locale": "en",
        "timezone": "America/Chicago",
        "platform": Platform.WEB,
        "active": True,
        **changed,
    }


def rows(many: int) -> list[dict[str, Any]]:
    return [row(number) for number in range(many)]


def import_people(
    tx: Transaction, rows: Sequence[Mapping[str, Any]], *, apply: bool = True
) -> RosterChange:
    """Make the roster what the rows say (columns of ``person`` less id), in one transaction: the
    product writes it in parts. Whoever is absent has left. ``apply`` False: a dry run."""
    return take_in(tx, [Arrival(columns=row) for row in rows], Ownership(), apply=apply)


def take_in(
    tx: Transaction,
    arrivals: Sequence[Arrival],
    ownership: Ownership,
    *,
    leavers: Collection[UUID] | None = None,
    apply: bool = True,
) -> RosterChange:
    """``compare_rows``, and all of it written in this one transaction: for a few people."""
    found = compare_rows(tx.everyone(), arrivals, ownership, leavers=leavers)
    for part in found.parts if apply else ():
        tx.write_people(part)
    return found.change
