"""Sources of people that the district has asked by itself, once a day (``daily`` in people.yaml).

Every process of a district looks, and one of them asks: the database decides which.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import structlog

from bot.app.core import Core
from bot.jobs.errands import Errand, keep_looking
from bot.operator.people_importing import people_import
from bot.rosters.group_members import ask_groups_if_due
from bot.rosters.taking_in import TooManyLeaveError
from core.words import Words
from governance.people.roster_watch import latest, note_refused, note_taken
from governance.people.rosters import RosterSource
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

ASKED_EVERY = timedelta(days=1)

_LOOK_SECONDS = 300.0


async def keep_rosters(core: Core) -> None:
    """See to it until cancelled that the roster follows its sources."""
    await keep_looking(core, _look, seconds=_LOOK_SECONDS, failed="roster.asking_failed")


async def _look(core: Core) -> None:
    await ask_if_due(core)
    await ask_groups_if_due(core)


async def ask_if_due(core: Core) -> list[RosterSource]:
    """Ask the sources that nobody of the district asked within a day; which ones. One that would
    let too many people leave changes nothing; the operator is told, and it is asked again the next
    day."""
    asked = []
    for source in await core.store.read(_daily):
        errand = _asking(source)
        if not await core.store.write(partial(errand.claim, now=core.now())):
            continue
        try:
            told = await people_import(core, {"source": str(source), "apply": True})
            why = "" if told.ok else told.lines[0]
            log.info("roster.asked", source=str(source), said=told.lines[0])
        except (TooManyLeaveError, ValueError) as error:
            why = str(error)
            log.error("roster.refused", source=str(source), why=why)
        await core.store.write(partial(_noted, errand=errand, source=source, why=why, core=core))
        asked.append(source)
        core.ears.pump()
    return asked


def _noted(tx: Transaction, *, errand: Errand, source: RosterSource, why: str, core: Core) -> None:
    now = core.now()
    errand.end(tx, now)
    if why:
        note_refused(tx, source, why, now)
    else:
        note_taken(tx, source, now)


async def roster_findings(core: Core, words: Words | None = None) -> list[tuple[bool, str]]:
    """For the doctor: the daily imports that changed nothing the last time."""
    say = (words or Words()).say

    def read(tx: Transaction) -> list[tuple[bool, str]]:
        last = ((source, latest(tx, source)) for source in _daily(tx))
        return [
            (
                False,
                say(
                    "The daily import from {source} changed nothing on {day}: {why} To see why: "
                    "soundingboard people import {source} --dry-run",
                    source=source,
                    day=f"{found.at:%Y-%m-%d}",
                    why=found.why,
                ),
            )
            for source, found in last
            if found is not None
        ]

    return await core.store.read(read)


def _daily(tx: Transaction) -> tuple[RosterSource, ...]:
    district = tx.loaded_district()
    return district.roster.daily if district else ()


def _asking(source: RosterSource) -> Errand:
    return Errand(begun=f"roster.asking.{source}", done=f"roster.asked.{source}", every=ASKED_EVERY)
