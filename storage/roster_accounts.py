"""What a source that tells only changes has told so far: its accounts, whom they are, and the
link to ask with next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from storage.connection import Connected
from storage.tables import address, person, roster_account, roster_link
from surveys.people import Platform

_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class KnownAccount:
    """``body`` is the source's own; ``person``: whom of the roster it is."""

    account: str
    body: str
    person: UUID | None


def link_of(tx: Connected, source: str) -> str | None:
    """The link to ask a source with next; None: it was never asked."""
    found = select(roster_link.c.link).where(roster_link.c.source == source)
    return tx.connection.execute(found).scalar()


def put_link(tx: Connected, source: str, link: str, now: datetime) -> None:
    tx.put(roster_link, {"source": source, "link": link, "at": now}, ("source",))


def known_accounts(tx: Connected, source: str) -> Mapping[str, KnownAccount]:
    rows = tx.connection.execute(select(roster_account).where(roster_account.c.source == source))
    return {
        row.account: KnownAccount(account=row.account, body=row.body, person=row.person_id)
        for row in rows
    }


def put_accounts(tx: Connected, source: str, bodies: Mapping[str, str]) -> None:
    """Add accounts, or replace what was told of them; whom they are stays."""
    rows = [{"source": source, "account": one, "body": body} for one, body in bodies.items()]
    tx.put_all(roster_account, rows, ("source", "account"))


def forget_accounts(tx: Connected, source: str, accounts: Collection[str]) -> None:
    listed = sorted(accounts)
    for start in range(0, len(listed), _AT_ONCE):
        tx.connection.execute(
            delete(roster_account).where(
                roster_account.c.source == source,
                roster_account.c.account.in_(listed[start : start + _AT_ONCE]),
            )
        )


def join_accounts(tx: Connected, source: str, emails: Mapping[str, str]) -> None:
    """Note whom accounts are, by their e-mail addresses; where it is noted, nothing is written."""
    rows = tx.connection.execute(select(person.c.email, person.c.id).where(person.c.active))
    ids = {row.email: row.id for row in rows}
    known = known_accounts(tx, source)
    new = [
        {"b_account": one, "b_person": ids[email]}
        for one, email in emails.items()
        if email in ids and one in known and known[one].person != ids[email]
    ]
    if new:
        tx.connection.execute(
            update(roster_account)
            .where(
                roster_account.c.source == source,
                roster_account.c.account == bindparam("b_account"),
            )
            .values(person_id=bindparam("b_person")),
            new,
        )


def close_addresses(tx: Connected, platform: Platform, users: Collection[str]) -> None:
    """Nobody is written to at accounts that are gone, switched off or guests."""
    listed = sorted(users)
    for start in range(0, len(listed), _AT_ONCE):
        tx.connection.execute(
            update(address)
            .where(
                address.c.platform == platform,
                address.c.user.in_(listed[start : start + _AT_ONCE]),
                address.c.reachable,
            )
            .values(reachable=False)
        )
