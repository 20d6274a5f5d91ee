"""The roster from Microsoft Graph: a mirror of the tenant's accounts, kept by its changes.

The mirror is placed by people.yaml anew each time, so that a word that was explained since places
whoever waited for it. Only one process at a time takes changes in: the link it asked with decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from bot.core import Core
from bot.files.accounts import Account, Places, placed
from bot.files.roster import Roster
from bot.taking_in import import_roster, without_students
from bot.teams.connector import Connector
from bot.teams.credentials import NoTokenError
from bot.teams.roster import Delta, GraphError, TenantAccount, changes
from governance.committees import District
from governance.rosters import RosterSource
from storage.importing import RosterChange
from storage.roster_accounts import (
    KnownAccount,
    close_addresses,
    forget_accounts,
    join_accounts,
    known_accounts,
    link_of,
    put_accounts,
    put_link,
)
from storage.transaction import Transaction
from surveys.people import Platform

_GRAPH = RosterSource.GRAPH


class TakenMeanwhileError(Exception):
    """Another process took the same changes in."""

    def __init__(self) -> None:
        super().__init__("Another process has just taken these changes in. Nothing is left to do.")


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a sync did, and the roster that it was done with."""

    change: RosterChange
    roster: Roster


async def ask_graph(
    core: Core, district: District, places: Places, *, apply: bool, confirmed: bool
) -> Synced:
    """``sync`` with the tenant that is set up. ``ValueError`` where none is, or Graph says no."""
    from bot.wiring_teams import teams_settings

    if not core.settings.teams:
        raise ValueError("Teams is not set up: there is nobody to ask.")
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
    """Ask Graph what changed, and take it in. ``TakenMeanwhileError``, ``TooManyLeaveError``,
    ``GraphError``, ``NoTokenError``: nothing was changed, and the same is asked again."""
    link = await core.store.read(lambda tx: link_of(tx, _GRAPH))
    delta = await changes(connector, link)
    now = core.now()

    def work(tx: Transaction) -> Synced:
        if link_of(tx, _GRAPH) != link:
            raise TakenMeanwhileError
        return _take_in(tx, delta, district, places, now, apply=apply, confirmed=confirmed)

    return await core.store.write(work)


def _take_in(
    tx: Transaction,
    delta: Delta,
    district: District,
    places: Places,
    now: datetime,
    *,
    apply: bool,
    confirmed: bool,
) -> Synced:
    known = known_accounts(tx, _GRAPH)
    mirror = _mirror(delta, known)
    accounts = [_account(one, known.get(one.user)) for one in mirror.values()]
    roster = without_students(placed(accounts, places), district)
    staying = {person.sourced_id for person in roster.people}
    change = import_roster(
        tx,
        roster,
        district,
        apply=apply,
        source=_GRAPH,
        leavers=_leavers(known, staying) if district.roster.owns else None,
        meant={_identifier(one): k.person for one, k in known.items() if k.person},
        confirmed=confirmed,
    )
    if apply:
        _keep(tx, delta, mirror, known, now)
        emails = {_user(person.sourced_id): person.email for person in roster.people}
        join_accounts(tx, _GRAPH, emails)
        close_addresses(tx, Platform.TEAMS, _closed(mirror) | (known.keys() - mirror.keys()))
    return Synced(change=change, roster=roster)


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


def _keep(
    tx: Transaction,
    delta: Delta,
    mirror: Mapping[str, TenantAccount],
    known: Mapping[str, KnownAccount],
    now: datetime,
) -> None:
    bodies = {user: _written(account) for user, account in mirror.items()}
    new = {
        user: body for user, body in bodies.items() if user not in known or known[user].body != body
    }
    put_accounts(tx, _GRAPH, new)
    forget_accounts(tx, _GRAPH, known.keys() - mirror.keys())
    if link_of(tx, _GRAPH) != delta.link:
        put_link(tx, _GRAPH, delta.link, now)


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
