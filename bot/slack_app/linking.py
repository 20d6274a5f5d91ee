"""Who of the roster has which Slack account: Slack's members, joined to the roster by e-mail.

Every process of a district looks, and one of them lists: the database decides which. Slack lets
``users.list`` be called about 20 times a minute, for all of them together.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.app.core import Core
from bot.jobs.errands import Errand, keep_looking
from bot.slack.directory import SlackDirectory
from bot.slack.workspaces import Workspaces
from core.people import Platform
from storage.roster_mark import roster_mark
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

LISTED_EVERY = timedelta(days=1)
"""And again as soon as another roster was imported."""

BEGUN_AGAIN_AFTER = timedelta(minutes=15)

_LOOK_SECONDS = 60.0
_BATCH = 500


async def keep_linked(core: Core, workspaces: Workspaces) -> None:
    """See to it until cancelled that addresses stay linked to the roster."""

    async def look(core: Core) -> None:
        for one in await workspaces.all():
            try:
                await link_if_due(core, one.directory, one.key)
            except Exception:  # one workspace's trouble is not the others'
                log.exception("slack.linking_failed")

    await keep_looking(core, look, seconds=_LOOK_SECONDS, failed="slack.linking_failed")


async def link_if_due(core: Core, directory: SlackDirectory, key: str = "") -> bool:
    """List a workspace's members and link them, where nobody of the district did so within a day
    for the roster as it is. ``key`` names the installation. False: somebody did, or is about
    it."""
    now = core.now()
    mark = await core.store.read(lambda tx: _waits(tx, key, now))
    if mark is None or not await core.store.write(lambda tx: _claimed(tx, key, mark, now)):
        return False
    await link_addresses(core, directory)
    await core.store.write(lambda tx: _listing(mark).end(tx, core.now()))
    return True


def _mark(tx: Transaction, key: str) -> str:
    """Names a roster and where it is to be linked."""
    roster = roster_mark(tx)
    return f"{roster}.{key}" if key else roster


def _waits(tx: Transaction, key: str, now: datetime) -> str | None:
    """The mark of what is to be linked; None: there is nothing to do."""
    mark = _mark(tx, key)
    return mark if _listing(mark).due(tx, now) else None


def _claimed(tx: Transaction, key: str, mark: str, now: datetime) -> bool:
    """It is ours to list, and the roster is still that one."""
    return _mark(tx, key) == mark and _listing(mark).claim(tx, now)


def _listing(mark: str) -> Errand:
    return Errand(
        begun=f"slack.listing.{mark}",
        done=f"slack.listed.{mark}",
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
        if person is None or tx.reachable_at(Platform.SLACK, workspace, user):
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
