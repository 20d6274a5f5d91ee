"""A small town of the example district: its nineteen committees and officers, and some staff."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.app.core import Core
from bot.demo.examples import example_district
from bot.files.district import LoadedDistrict, load_district
from bot.files.roster import Roster, RosterPerson
from bot.operator.loading import load
from core.people import Person, Platform, Role
from core.school_calendar import Calendar
from governance.committees.model import (
    RESTRICTED,
    TRIAGE,
    AnnouncementSettings,
    Channel,
    District,
)
from governance.digests.model import month_before
from governance.digests.monthly import figures_for
from storage.district import duties_of
from storage.transaction import Transaction
from tests.migrated import copied

TEACHER = "naomi.whitehorse@schools.example.org"
OFFICE = "ottilie.brandvold@schools.example.org"
CHAIR = "nikolai.drobny@schools.example.org"
CTO = "ramona.castellanos@schools.example.org"
ISO = "anders.holmquist@schools.example.org"


@cache
def example() -> LoadedDistrict:
    """The example district, read once."""
    loaded = load_district(example_district())
    assert not isinstance(loaded, list), "\n".join(map(str, loaded))
    return loaded


@cache
def small_roster(staff: int) -> Roster:
    """Everybody with a duty, the personas, and ``staff`` teachers of all three levels beside."""
    roster = example().roster
    assert roster is not None
    needed = {email for _, _, email, _ in duties_of(example().district)}
    needed |= {persona.email for persona in example().personas}
    with_duty = [person for person in roster.people if person.email in needed]
    others = [p for p in roster.people if p.email not in needed and p.role is Role.TEACHER]
    step = max(1, len(others) // staff)
    return Roster(buildings=roster.buildings, people=(*with_duty, *others[::step][:staff]))


def teachers(roster: Roster, most: int) -> list[RosterPerson]:
    """Teachers without any duty."""
    busy = {email for _, _, email, _ in duties_of(example().district)} | {TEACHER}
    return [p for p in roster.people if p.role is Role.TEACHER and p.email not in busy][:most]


def settle(
    platform: Platform = Platform.WEB,
    *,
    staff: int = 40,
    channels: dict[str, Channel] | None = None,
    calendar: Calendar | None = None,
    months_told: bool = False,
    approve_above: int = 1_000_000,
) -> Callable[[Core], Awaitable[None]]:
    """Fills a fresh database with the town; on a database that has it, changes nothing. Tests run
    at any hour: the town has quiet hours only where a test gives it a ``calendar``. They run on any
    day, too: with ``months_told`` the CTO has the figures of the last month and of this one, which
    else come between 8 and 18 of a school day."""
    loaded = example()
    places = channels or {}
    district: District = replace(
        loaded.district,
        platform=platform,
        calendar=calendar,
        announcements=AnnouncementSettings(approve_above=approve_above),
        triage_channels=(places["triage"],) if "triage" in places else (),
        committees=tuple(
            replace(c, channels=(places[c.key],) if c.key in places else ())
            for c in loaded.district.committees
        ),
    )
    small = replace(loaded, district=district, roster=small_roster(staff))

    async def prepare(core: Core) -> None:
        if await core.store.read(lambda tx: tx.loaded_district()) is not None:
            return
        # Loading takes longer than most of what a test does with it. It was loaded at the full
        # hour: before now in each of the tests, some of which begin at the same moment.
        store, then = core.store, core.now().replace(minute=0, second=0, microsecond=0)
        same = repr((store.embedded, district, staff, months_told, core.vault.fingerprint, then))
        if same in _settled:
            _settled[same](store.engine)
            return
        await load(store, small, then, apply=True)
        if months_told:
            await store.write(lambda tx: _tell_months(tx, then))
        _settled[same] = copied(store.engine)

    return prepare


_settled: dict[str, Callable[[Engine], None]] = {}
"""The towns of this process that tests began with, each as it was when it was loaded first."""


def _tell_months(tx: Transaction, now: datetime) -> None:
    this = now.astimezone(ZoneInfo(tx.district().timezone)).date().replace(day=1)
    for month in (month_before(this), this):
        tx.put_figures(figures_for(tx, month, now), now)


async def person(core: Core, email: str) -> Person:
    found = await core.store.read(lambda tx: tx.person_by_email(email))
    assert found is not None, email
    return found


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def open_counts(tx: Transaction) -> dict[str, int]:
    """Open items of every queue that has some."""
    keys = (one.key for one in tx.district().committees)
    found = tx.queue_totals(
        (*keys, TRIAGE, RESTRICTED), None, LONG_AGO, today=date.max, due_by=LONG_AGO, without=()
    )
    return {one.queue: one.open for one in found}
