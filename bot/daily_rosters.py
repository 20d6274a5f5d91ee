"""Sources of people that the district has asked by itself, once a day (``daily`` in people.yaml).

Every process of a district looks, and one of them asks: the database decides which.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.core import Core
from bot.group_members import ask_groups_if_due
from bot.people_importing import people_import
from bot.taking_in import TooManyLeaveError
from governance.rosters import RosterSource
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

ASKED_EVERY = timedelta(days=1)
BEGUN_AGAIN_AFTER = timedelta(minutes=30)
"""Whoever began to ask and did not end has failed or is gone."""

_LOOK_SECONDS = 300.0


async def keep_rosters(core: Core) -> None:
    """See to it until cancelled that the roster follows its sources."""
    while True:
        try:
            await ask_if_due(core)
            await ask_groups_if_due(core)
        except Exception:
            log.exception("roster.asking_failed")
        await asyncio.sleep(_LOOK_SECONDS)


async def ask_if_due(core: Core) -> list[RosterSource]:
    """Ask the sources that nobody of the district asked within a day; which ones. One that would
    let too many people leave changes nothing, is logged, and is asked again the next day."""
    asked = []
    for source in await core.store.read(_daily):
        now = core.now()
        if not await core.store.run(_claimed, source, now):
            continue
        try:
            told = await people_import(core, {"source": str(source), "apply": True})
            log.info("roster.asked", source=str(source), said=told.lines[0])
        except (TooManyLeaveError, ValueError) as error:
            log.error("roster.refused", source=str(source), why=str(error))
        await core.store.run(_ended, source, core.now())
        asked.append(source)
        core.ears.pump()
    return asked


def _daily(tx: Transaction) -> tuple[RosterSource, ...]:
    district = tx.loaded_district()
    return district.roster.daily if district else ()


def _claimed(tx: Transaction, source: RosterSource, now: datetime) -> bool:
    """It is ours to ask. Two that looked at once meet here, one after the other (decision 13)."""
    if tx.times(_done(source), now - ASKED_EVERY) or tx.times(
        _begun(source), now - BEGUN_AGAIN_AFTER
    ):
        return False
    tx.note_time(_begun(source), now)
    return True


def _ended(tx: Transaction, source: RosterSource, now: datetime) -> None:
    tx.note_time(_done(source), now)


def _done(source: RosterSource) -> str:
    return f"roster.asked.{source}"


def _begun(source: RosterSource) -> str:
    return f"roster.asking.{source}"
