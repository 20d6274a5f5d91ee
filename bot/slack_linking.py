"""Who of the roster has which Slack account: Slack's members, joined to the roster by e-mail.

Every process of a district looks, and one of them lists: the database decides which. Slack lets
``users.list`` be called about 20 times a minute, for all of them together.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.core import Core
from bot.slack.directory import SlackDirectory
from storage.roster_mark import roster_mark
from storage.transaction import Transaction
from surveys.people import Platform

log = structlog.get_logger(__name__)

LISTED_EVERY = timedelta(days=1)
"""And again as soon as another roster was imported."""

BEGUN_AGAIN_AFTER = timedelta(minutes=15)
"""Whoever began to list and did not end has failed or is gone."""

_LOOK_SECONDS = 60.0
_BATCH = 500


async def keep_linked(core: Core, directory: SlackDirectory) -> None:
    """See to it until cancelled that addresses stay linked to the roster."""
    while True:
        try:
            await link_if_due(core, directory)
        except Exception:
            log.exception("slack.linking_failed")
        await asyncio.sleep(_LOOK_SECONDS)


async def link_if_due(core: Core, directory: SlackDirectory) -> bool:
    """List Slack's members and link them, where nobody of the district did so within a day for
    the roster as it is. False: somebody did, or is about it."""
    now = core.now()
    roster = await core.store.read(lambda tx: _waits(tx, now))
    if roster is None or await core.store.run(_claimed, roster, now) is None:
        return False
    await link_addresses(core, directory)
    await core.store.write(lambda tx: tx.note_time(_listed(roster), core.now()))
    return True


def _waits(tx: Transaction, now: datetime) -> str | None:
    """The mark of a roster that is to be linked; None: there is nothing to do."""
    roster = roster_mark(tx)
    done = tx.times(_listed(roster), now - LISTED_EVERY)
    begun = tx.times(_begun(roster), now - BEGUN_AGAIN_AFTER)
    return None if done or begun else roster


def _claimed(tx: Transaction, roster: str, now: datetime) -> str | None:
    """It is ours to list. Two that looked at once meet here, one after the other: a transaction
    is run as if no other ran beside it (decision 13)."""
    if _waits(tx, now) != roster:
        return None
    tx.note_time(_begun(roster), now)
    return roster


def _listed(roster: str) -> str:
    return f"slack.listed.{roster}"


def _begun(roster: str) -> str:
    return f"slack.listing.{roster}"


async def link_addresses(core: Core, directory: SlackDirectory) -> int:
    """Join Slack's members to the roster by e-mail; how many were linked."""
    linked, batch = 0, []
    async for member in directory.members():
        if member.email and not member.guest:
            batch.append((member.workspace, member.user, member.email))
        if len(batch) >= _BATCH:
            linked += await core.store.run(_link, tuple(batch), core.now())
            batch.clear()
    linked += await core.store.run(_link, tuple(batch), core.now())
    core.ears.pump()
    log.info("slack.linked", people=linked)
    return linked


def _link(tx: Transaction, members: tuple[tuple[str, str, str], ...], now: object) -> int:
    linked = 0
    for workspace, user, email in members:
        person = tx.person_by_email(email)
        if person is None or tx.person_by_address(Platform.SLACK, workspace, user) is not None:
            continue
        tx.note_address(
            person,
            platform=Platform.SLACK,
            workspace=workspace,
            user=user,
            conversation=user,  # Slack posts to a user's id
            service_url=None,
            reachable=True,
        )
        linked += 1
    return linked
