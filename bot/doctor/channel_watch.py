"""Asks the platforms whether committees' channels are private: when a district is loaded, by the
doctor, and once a day by one process of the district."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog

from bot.app.core import Core
from bot.doctor.platform_asking import asking
from bot.jobs.errands import Errand, keep_looking
from core.people import Platform
from governance.committees.channels import Looked, note_openness, placed_channels
from governance.committees.model import Channel, District, Openness
from storage.chat_teams import team_of
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

LOOKED_EVERY = timedelta(days=1)
"""And again as soon as the district names other channels."""

_LOOK_SECONDS = 60.0
_DOCTOR_SECONDS = 60.0

TO_MEND = {
    Openness.PUBLIC: "It is public. Make it private.",
    Openness.GUESTS: "There are guests in it. Remove them.",
    Openness.SHARED: "It is shared with others. End that.",
}


async def look_at(core: Core, channels: Iterable[tuple[str, Channel]]) -> list[Looked]:
    """What the platforms say of channels, one after the other: they count calls."""
    wanted = list(channels)
    if not wanted:
        return []
    async with asking(core) as platforms:
        return [await platforms.look(queue, channel) for queue, channel in wanted]


def look_line(look: Looked) -> str:
    """A channel in a line, for whoever loads a district and for the doctor."""
    where = f"channel {look.channel.conversation} of {look.queue}"
    if look.openness is not None:
        return f"{where}: {TO_MEND[look.openness]}"
    return f"{where}: {look.trouble or 'private.'}"


async def refused_channels(core: Core, district: District) -> tuple[list[str], list[str]]:
    """Of channels that the loaded district does not have yet: lines about those that are open,
    and about those that could not be looked at."""
    loaded = await core.store.read(lambda tx: tx.loaded_district())
    there = set(placed_channels(loaded)) if loaded else set()
    new = [one for one in placed_channels(district) if one not in there]
    if not (core.settings.slack or core.settings.teams):
        return [], []
    looks = await look_at(core, new)
    return (
        [look_line(one) for one in looks if one.openness is not None],
        [look_line(one) for one in looks if one.trouble is not None],
    )


async def channel_findings(core: Core) -> list[tuple[bool, str]]:
    """For the doctor: what is to be fixed of channels, and how many are private."""
    district = await core.store.read(lambda tx: tx.loaded_district())
    channels = list(placed_channels(district)) if district else []
    if not channels:
        return []
    try:
        async with asyncio.timeout(_DOCTOR_SECONDS):
            looks = await look_at(core, channels)
    except TimeoutError:
        return [(True, "Committees' channels: the platforms did not say in time.")]
    findings = [(False, look_line(one)) for one in looks if one.openness or one.trouble]
    private = len(looks) - len(findings)
    homes = await core.store.read(lambda tx: _without_app(tx, channels))
    return [(True, f"Committees' channels: {private} private."), *findings, *homes]


def _without_app(
    tx: Transaction, channels: Iterable[tuple[str, Channel]]
) -> list[tuple[bool, str]]:
    """Channels of Teams whose team has not the app, as far as Teams has told."""
    found = []
    for queue, channel in channels:
        if channel.platform is not Platform.TEAMS:
            continue
        where, team = f"channel {channel.conversation} of {queue}", team_of(tx, channel)
        if team is None:
            said = "Teams has not said yet whether its team has the app."
            found.append((True, f"{where}: {said} Add it, or mention it there once."))
        elif not team.installed:
            found.append((False, f"{where}: its team no longer has the app. Add it there."))
    return found


# -- once a day --------------------------------------------------------------------------------


async def keep_watch(core: Core) -> None:
    """See to it until cancelled that briefs go to private channels only."""
    await keep_looking(core, look_if_due, seconds=_LOOK_SECONDS, failed="channels.looking_failed")


async def look_if_due(core: Core) -> bool:
    """Look at all channels where nobody of the district did so within a day. False: somebody
    did, or is about it, or there are none."""
    now = core.now()
    if await core.store.read(lambda tx: _due(tx, now)) is None:
        return False
    district = await core.store.write(lambda tx: _claimed(tx, now))
    if district is None:
        return False
    looks = await look_at(core, placed_channels(district))
    for look in looks:
        if look.trouble is not None:
            log.warning("channels.unknown", queue=look.queue, why=look.trouble)
    await core.store.write(lambda tx: _noted(tx, district, looks, core.now()))
    core.ears.pump()
    return True


def _due(tx: Transaction, now: datetime) -> District | None:
    """The district whose channels are to be looked at; None: there is nothing to do."""
    district = tx.loaded_district()
    if district is None or not any(placed_channels(district)):
        return None
    return district if _looking(district).due(tx, now) else None


def _claimed(tx: Transaction, now: datetime) -> District | None:
    """It is ours to look."""
    district = _due(tx, now)
    return district if district is not None and _looking(district).claim(tx, now) else None


def _noted(tx: Transaction, district: District, looks: list[Looked], now: datetime) -> None:
    note_openness(tx, looks, now)
    _looking(district).end(tx, now)


def _looking(district: District) -> Errand:
    mark = _mark(district)
    return Errand(
        begun=f"channels.looking.{mark}", done=f"channels.looked.{mark}", every=LOOKED_EVERY
    )


def _mark(district: District) -> str:
    named = "\n".join(f"{queue} {channel}" for queue, channel in placed_channels(district))
    return hashlib.sha256(named.encode()).hexdigest()[:16]
