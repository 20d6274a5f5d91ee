"""Lists that follow a group in Slack or Microsoft 365: asked when they are made, and each school
morning, by one process of the district."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.app.core import Core
from bot.doctor.platform_asking import asking
from bot.jobs.errands import keep_looking
from core.local_time import moment
from core.school_calendar import Calendar
from core.words import Words
from governance.committees.channels import CannotTellError
from governance.lists.handlers import fill, not_told
from governance.lists.model import ASKED_FROM, NamedList
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 10.0
_EMPTY = "The app can’t see anyone in the group now."

_AGAIN_AFTER = timedelta(hours=1)
"""A group that has never told, or whose asker is gone."""


async def keep_lists(core: Core) -> None:
    """See to it until cancelled that lists follow their groups."""
    await keep_looking(core, ask_lists_if_due, seconds=_LOOK_SECONDS, failed="lists.asking_failed")


async def ask_lists_if_due(core: Core) -> int:
    """Ask the groups that are due; how many."""
    asked = 0
    while await core.store.read(partial(_due, now=core.now())):
        claimed = await core.store.write(partial(_claim, now=core.now()))
        if claimed is None:
            break
        await _ask(core, claimed)
        asked += 1
    return asked


async def _ask(core: Core, one: NamedList) -> None:
    assert one.kind is not None  # noqa: S101  (only those are due)
    try:
        async with asking(core) as platforms:
            emails = await platforms.emails(one.kind, one.group, nested=True)
    except CannotTellError as error:
        why = str(error)
        log.warning("lists.not_told", list=one.key, why=why)
        await core.store.write(lambda tx: not_told(tx, one, why))
        return
    if not emails and one.people:  # such as one whose membership is hidden from the app
        await core.store.write(lambda tx: not_told(tx, one, _EMPTY))
        return
    log.info("lists.filled", list=one.key, people=len(emails))
    await core.store.write(lambda tx: fill(tx, one, emails, core.now()))


def _claim(tx: Transaction, now: datetime) -> NamedList | None:
    """The next list that is due, now ours to ask for."""
    found = _due(tx, now)
    if found is not None:
        tx.put_list(replace(found, tried_at=now))
    return found


def _due(tx: Transaction, now: datetime) -> NamedList | None:
    lists = [one for one in tx.named_lists() if one.kind is not None]
    if not lists:
        return None
    morning = _morning(tx, now)
    return next((one for one in lists if _is_due(one, morning, now)), None)


def _is_due(one: NamedList, morning: datetime | None, now: datetime) -> bool:
    if one.tried_at is None:
        return True
    if one.filled_at is None and now - one.tried_at > _AGAIN_AFTER:
        return True
    return morning is not None and one.tried_at < morning <= now


def _morning(tx: Transaction, now: datetime) -> datetime | None:
    """From when today's asking is due; None: it is no school day."""
    district = tx.loaded_district()
    if district is None:
        return None
    zone = ZoneInfo(district.timezone)
    today = now.astimezone(zone).date()
    if not (district.calendar or Calendar()).is_school_day(today):
        return None
    return moment(datetime.combine(today, ASKED_FROM), zone)


async def list_findings(core: Core, words: Words | None = None) -> list[tuple[bool, str]]:
    """For the doctor: lists whose groups did not tell the last time."""
    said = words or Words()

    def read(tx: Transaction) -> list[tuple[bool, str]]:
        return [(False, _not_updated(said, one)) for one in tx.named_lists() if one.trouble]

    return await core.store.read(read)


def _not_updated(words: Words, one: NamedList) -> str:
    if one.filled_at is None:
        return words.say("The list {key} is not updated: {why}", key=one.key, why=one.trouble)
    return words.say(
        "The list {key} is not updated since {day}: {why}",
        key=one.key,
        day=f"{one.filled_at:%Y-%m-%d}",
        why=one.trouble,
    )
