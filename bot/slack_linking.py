"""Who of the roster has which Slack account: Slack's members, joined to the roster by e-mail.

Every process of a district looks, and one of them lists: the database decides which. Slack lets
``users.list`` be called about 20 times a minute, for all of them together.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.core import Core
from bot.errands import Errand, keep_looking
from bot.slack.directory import SlackDirectory
from storage.roster_mark import roster_mark
from storage.transaction import Transaction
from surveys.people import Platform

log = structlog.get_logger(__name__)

LISTED_EVERY = timedelta(days=1)
"""And again as soon as another roster was imported."""

BEGUN_AGAIN_AFTER = timedelta(minutes=15)

_LOOK_SECONDS = 60.0
_BATCH = 500


async def keep_linked(core: Core, directory: SlackDirectory) -> None:
    """See to it until cancelled that addresses stay linked to the roster."""
    await keep_looking(
        core,
        lambda core: link_if_due(core, directory),
        seconds=_LOOK_SECONDS,
        failed="slack.linking_failed",
    )


async def link_if_due(core: Core, directory: SlackDirectory) -> bool:
    """List Slack's members and link them, where nobody of the district did so within a day for
    the roster as it is. False: somebody did, or is about it."""
    now = core.now()
    roster = await core.store.read(lambda tx: _waits(tx, now))
    if roster is None or not await core.store.run(_claimed, roster, now):
        return False
    await link_addresses(core, directory)
    await core.store.write(lambda tx: _listing(roster).end(tx, core.now()))
    return True


def _waits(tx: Transaction, now: datetime) -> str | None:
    """The mark of a roster that is to be linked; None: there is nothing to do."""
    roster = roster_mark(tx)
    return roster if _listing(roster).due(tx, now) else None


def _claimed(tx: Transaction, roster: str, now: datetime) -> bool:
    """It is ours to list, and the roster is still that one."""
    return roster_mark(tx) == roster and _listing(roster).claim(tx, now)


def _listing(roster: str) -> Errand:
    return Errand(
        begun=f"slack.listing.{roster}",
        done=f"slack.listed.{roster}",
        every=LISTED_EVERY,
        again_after=BEGUN_AGAIN_AFTER,
    )


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
