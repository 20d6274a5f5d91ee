"""The roster from Microsoft Graph: a mirror of the tenant's accounts, kept by its changes.

The mirror is placed by people.yaml anew each time, so that a word that was explained since places
whoever waited for it. Only one process at a time takes changes in: the link it asked with decides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from bot.app.core import Core
from bot.files.accounts import Account, Places, placed
from bot.files.roster import Roster
from bot.rosters.taking_in import Comparison, compare_roster, without_students, write_roster
from bot.teams.connector import Connector
from bot.teams.credentials import NoTokenError
from bot.teams.roster import Delta, GraphError, TenantAccount, changes
from core.people import Platform
from governance.committees.model import District
from governance.people.rosters import RosterSource
from storage.importing import PART, RosterChange
from storage.roster_accounts import (
    KnownAccount,
    close_addresses,
    forget_accounts,
    join_accounts,
    known_accounts,
    link_of,
    open_addresses,
    put_accounts,
    put_link,
    unjoined_accounts,
)
from storage.store import Store
from storage.transaction import Transaction
from storage.unavailable import EndedEarlyError, UnavailableError

_GRAPH = RosterSource.GRAPH


class TakenMeanwhileError(Exception):
    """Another process took the same changes in."""

    def __init__(self) -> None:
        super().__init__(
            "Another process has just applied these changes. There is nothing left to do."
        )


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a sync did, and the roster that it was done with."""

    change: RosterChange
    roster: Roster


async def ask_graph(
    core: Core, district: District, places: Places, *, apply: bool, confirmed: bool
) -> Synced:
    """``sync`` with the tenant that is set up. ``ValueError`` where none is, or Graph says no."""
    from bot.app.wiring_teams import teams_settings

    if not core.settings.teams:
        raise ValueError("Teams is not set up, so nobody can be imported from it.")
    connector = Connector(teams_settings(core.settings, core.web_url))
    try:
        return await sync(core, connector, district, places, apply=apply, confirmed=confirmed)
    except (GraphError, NoTokenError) as error:
        raise ValueError(str(error)) from None
    finally:
        await connector.close()


async def sync(
    core: Core,
    connector: Connector,
    district: District,
    places: Places,
    *,
    apply: bool = True,
    confirmed: bool = False,
) -> Synced:
    """Ask Graph what changed, and take it in, in parts: people, then their accounts, then the link
    to ask with the next time. ``TakenMeanwhileError``, ``TooManyLeaveError``, ``GraphError``,
    ``NoTokenError``, ``EndedEarlyError``: the same changes are asked for again."""
    link = await core.store.read(lambda tx: link_of(tx, _GRAPH))
    delta = await changes(connector, link)

    def still(tx: Transaction) -> None:
        if link_of(tx, _GRAPH) != link:
            raise TakenMeanwhileError

    def compare(tx: Transaction) -> _Found:
        still(tx)
        return _compare(tx, delta, district, places, apply=apply, confirmed=confirmed)

    found = await core.store.read(compare)
    if apply:
        await write_roster(core.store, found.people, core.now(), still)
        many = found.people.difference.people
        try:
            await _keep(core.store, found, delta.link, core.now(), still)
        except UnavailableError as error:
            raise EndedEarlyError(str(error), many, many) from error
    return Synced(change=found.people.change, roster=found.roster)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What a sync is to write. ``told``: what Graph told of accounts that are new, or not as they
    were; ``gone``: accounts that are no more; ``closed``: accounts that get no more messages;
    ``emails``: of people by their accounts."""

    roster: Roster
    people: Comparison
    told: Mapping[str, str]
    gone: Collection[str]
    closed: Collection[str]
    emails: Mapping[str, str]


def _compare(
    tx: Transaction,
    delta: Delta,
    district: District,
    places: Places,
    *,
    apply: bool,
    confirmed: bool,
) -> _Found:
    known = known_accounts(tx, _GRAPH)
    mirror = _mirror(delta, known)
    accounts = [_account(one, known.get(one.user)) for one in mirror.values()]
    roster = without_students(placed(accounts, places), district)
    staying = {person.sourced_id for person in roster.people}
    people = compare_roster(
        tx,
        roster,
        district,
        apply=apply,
        source=_GRAPH,
        leavers=_leavers(known, staying) if district.roster.owns else None,
        meant={_identifier(one): k.person for one, k in known.items() if k.person},
        confirmed=confirmed,
    )
    bodies = {user: _written(account) for user, account in mirror.items()}
    gone = known.keys() - mirror.keys()
    return _Found(
        roster=roster,
        people=people,
        told={
            user: body
            for user, body in bodies.items()
            if user not in known or known[user].body != body
        },
        gone=gone,
        closed=_closed(mirror) | gone,
        emails={_user(person.sourced_id): person.email for person in roster.people},
    )


async def _keep(
    store: Store, found: _Found, link: str, now: datetime, still: Callable[[Transaction], None]
) -> None:
    """The accounts, in parts, and last the link: until then all of it can be done again."""

    async def in_parts(keep: Callable[[Transaction, list[Any]], None], some: Iterable[Any]) -> None:
        rows = list(some)
        for at in range(0, len(rows), PART):
            await store.write(partial(_checked, keep=keep, part=rows[at : at + PART], still=still))

    await in_parts(lambda tx, part: put_accounts(tx, _GRAPH, dict(part)), found.told.items())
    await in_parts(lambda tx, part: forget_accounts(tx, _GRAPH, part), found.gone)
    joins = await store.read(lambda tx: unjoined_accounts(tx, _GRAPH, found.emails))
    await in_parts(lambda tx, part: join_accounts(tx, _GRAPH, dict(part)), joins.items())
    closed = await store.read(lambda tx: open_addresses(tx, Platform.TEAMS, found.closed))
    await in_parts(lambda tx, part: close_addresses(tx, Platform.TEAMS, part), closed)

    def end(tx: Transaction) -> None:
        still(tx)
        if link_of(tx, _GRAPH) != link:
            put_link(tx, _GRAPH, link, now)

    await store.write(end)


def _checked(
    tx: Transaction,
    *,
    keep: Callable[[Transaction, list[Any]], None],
    part: list[Any],
    still: Callable[[Transaction], None],
) -> None:
    still(tx)
    keep(tx, part)


def _closed(mirror: Mapping[str, TenantAccount]) -> set[str]:
    """Accounts that are nobody to write to: switched off, or a guest's."""
    return {one.user for one in mirror.values() if one.enabled is False or one.guest}


def _mirror(delta: Delta, known: Mapping[str, KnownAccount]) -> dict[str, TenantAccount]:
    """Every account of the tenant as it is now."""
    mirror = {} if delta.whole else {user: _read(one.body) for user, one in known.items()}
    for account in delta.accounts:
        if account.removed:
            mirror.pop(account.user, None)
        else:
            mirror[account.user] = account.since(mirror.get(account.user))
    return mirror


def _leavers(known: Mapping[str, KnownAccount], staying: set[str]) -> set[UUID]:
    """People who were known by an account of Graph's that is no longer one of staff."""
    return {
        one.person
        for user, one in known.items()
        if one.person is not None and _identifier(user) not in staying
    }


def _account(account: TenantAccount, known: KnownAccount | None) -> Account:
    """A position by title, then department; a place by office, then department."""
    given, family = account.given_name or "", account.family_name or ""
    if not family:
        given, _, family = (account.name or "").rpartition(" ")
    said = account.title, account.department
    places = account.office, account.department
    left_out = None
    if account.guest:
        left_out = "guests"
    elif account.enabled is False:
        left_out = "deactivated accounts"
    return Account(
        identifier=_identifier(account.user),
        email=account.mail or "",
        given_name=given,
        family_name=family,
        positions=tuple(word for word in said if word),
        places=tuple(word for word in places if word),
        locale=account.language or None,
        left_out=left_out,
        joined_by_email=True,
    )


def _identifier(user: str) -> str:
    return f"graph:{user}"


def _user(identifier: str) -> str:
    return identifier.removeprefix("graph:")


def _written(account: TenantAccount) -> str:
    said = {name: value for name, value in asdict(account).items() if value is not None}
    return json.dumps(said, separators=(",", ":"), sort_keys=True)


def _read(body: str) -> TenantAccount:
    return TenantAccount(**json.loads(body))
