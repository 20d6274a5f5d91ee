"""The small town that surveys are launched in, with a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pydantic import SecretStr

from bot.conversation import Speaker
from bot.core import open_core
from bot.files.roster import Roster, RosterPerson
from bot.loading import load
from bot.settings import Settings
from governance.access import Source
from governance.commands import (
    Command,
)
from surveys.commands import AnswerPage, LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.people import Audience, Building, Level, Platform, Role
from surveys.survey import Survey
from surveys.tabulating import Atom
from tests.attacks.hall import Hall
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import example, small_roster

WAVE = UUID(int=0x5EED)
COMMITTEES = ("governance-security", "class-steering")
FIRST = "begun"
"""What the first page asks. All say the same, which everybody knows: it is asked so that somebody
can stop halfway."""

_BEGAN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
ROOM: Mapping[Atom, int] = {
    ("teacher", "high", "north"): 54,
    ("teacher", "middle", "east"): 54,
    ("teacher", "high", "south"): 14,
    ("office", "high", "north"): 14,
    ("office", "middle", "east"): 14,
}
"""How many there are of each group that a small district may have, and for live figures."""


@dataclass
class StillClock(MovableClock):
    """Stands where it was left."""

    def __call__(self) -> datetime:
        return _BEGAN + self.moved


async def founded(folder: Path) -> Path:
    """The database that each district is a copy of."""
    await asyncio.to_thread(folder.mkdir)
    roster = small_roster(1)
    people = [_person(atom, n) for atom, room in ROOM.items() for n in range(room)]
    buildings = [
        Building(key=key, name=f"{key.title()} School", level=Level(level))
        for key, level in (("north", "high"), ("south", "high"), ("east", "middle"))
    ]
    loaded = replace(
        example(),
        district=replace(example().district, platform=Platform.WEB, calendar=None),
        roster=Roster(buildings=(*roster.buildings, *buildings), people=(*roster.people, *people)),
    )
    async with copied(folder) as town:
        core = town.core
        await load(core.store, loaded, core.now(), apply=True)
    return folder


@asynccontextmanager
async def copied(folder: Path) -> AsyncIterator[Hall]:
    """The town whose database lies in a folder."""
    clock = StillClock()
    path = folder / "hall.sqlite3"
    settings = Settings(database_url=f"sqlite:///{path}", secret_key=SecretStr(SECRET))
    async with open_core(settings, clock=clock) as core:
        yield Hall(core, clock)


def email_of(atom: Atom, number: int) -> str:
    """Of one of those who work in a group."""
    return f"{'.'.join(atom)}.{number:02}@town.example.org"


def _person(atom: Atom, number: int) -> RosterPerson:
    role, level, building = atom
    email = email_of(atom, number)
    return RosterPerson(
        sourced_id=email,
        email=email,
        given_name="Sam",
        family_name=role.title(),
        role=Role(role),
        level=Level(level),
        building=building,
        locale="en",
        timezone="America/Chicago",
    )


async def launched(town: Hall, survey: Survey, asked: frozenset[str]) -> Mapping[str, UUID]:
    """The survey is open. Everybody's id by email."""
    command = LaunchSurvey(
        wave_id=WAVE,
        survey=survey,
        audience=Audience(people=asked),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
    )
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    assert isinstance(reply.message, WaveLaunched), reply
    people = await town.core.store.read(lambda tx: tx.people_of(Audience()))
    return {one.email: one.id for one in people}


async def says(town: Hall, who: UUID, command: Command) -> object:
    """What somebody is answered."""
    speaker = Speaker(platform=Platform.WEB, person=who)
    return (await town.core.dispatch.handle(speaker, command)).message


def page_of(page: int, key: str, answer: str) -> AnswerPage:
    return AnswerPage(wave_id=WAVE, page=page, answers={key: answer})
