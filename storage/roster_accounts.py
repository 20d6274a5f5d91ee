"""What a source that tells only changes has told so far: its accounts, whom they are, and the
link to ask with next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from core.people import Platform
from storage.connection import Connected
from storage.tables import address, person, roster_account, roster_link


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
    """Of a part of them."""
    mine = roster_account.c.source == source, roster_account.c.account.in_(accounts)
    tx.connection.execute(delete(roster_account).where(*mine))


def unjoined_accounts(tx: Connected, source: str, emails: Mapping[str, str]) -> Mapping[str, UUID]:
    """Whom accounts are, by their e-mail addresses, where that is not noted yet."""
    rows = tx.connection.execute(select(person.c.email, person.c.id).where(person.c.active))
    ids = {row.email: row.id for row in rows}
    noted = select(roster_account.c.account, roster_account.c.person_id)
    found = tx.connection.execute(noted.where(roster_account.c.source == source))
    known = {row.account: row.person_id for row in found}
    return {
        one: ids[email]
        for one, email in emails.items()
        if email in ids and one in known and known[one] != ids[email]
    }


def join_accounts(tx: Connected, source: str, people: Mapping[str, UUID]) -> None:
    """Note whom a part of the accounts are."""
    mine = roster_account.c.source == source, roster_account.c.account == bindparam("b_account")
    tx.connection.execute(
        update(roster_account).where(*mine).values(person_id=bindparam("b_person")),
        [{"b_account": account, "b_person": who} for account, who in people.items()],
    )


def open_addresses(tx: Connected, platform: Platform, users: Collection[str]) -> Sequence[str]:
    """Of some accounts, those at which somebody is written to."""
    there = select(address.c.user).where(address.c.platform == platform, address.c.reachable)
    return sorted(set(users).intersection(tx.connection.execute(there).scalars()))


def close_addresses(tx: Connected, platform: Platform, users: Collection[str]) -> None:
    """Nobody is written to at a part of the accounts: they are gone, switched off or guests'."""
    mine = address.c.platform == platform, address.c.user.in_(users), address.c.reachable
    tx.connection.execute(update(address).where(*mine).values(reachable=False))
