"""People who have not the app get it when something waits for them: the whole service, Teams and
Graph that behave, and the ledger that says what became of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.rosters import app_for_people
from bot.rosters.app_for_people import install_waiting
from bot.teams.graph_app import NotForUs, NotNow
from bot.teams.installs import AppInstaller, Outcome
from core.people import Platform
from governance.announcements.commands import SendAnnouncement
from governance.delivery_reasons import DeliveryReason
from storage.ledger_tables import delivery
from tests.journeys.running import Running, running, until
from tests.journeys.town import settle, small_roster, teachers
from tests.journeys.trips import announced_title, draft
from tests.stand_ins.graph import GraphStandIn
from tests.stand_ins.teams import TeamsStandIn, TeamsUser

pytestmark = [
    # Deprecated classes inside Microsoft's generated client warn when they are loaded.
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning:kiota_"),
    pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning:msgraph"),
    # From inside Microsoft's SDK, about parts of it that we do not use.
    pytest.mark.filterwarnings("ignore:.*in preview and may change:FutureWarning:microsoft_teams"),
    pytest.mark.filterwarnings(
        "ignore:The bot client is deprecated:DeprecationWarning:microsoft_teams"
    ),
]

STAFF = [one.email for one in teachers(small_roster(40), 3)]


@dataclass
class Place:
    service: Running
    teams: TeamsStandIn
    graph: GraphStandIn
    people: dict[str, TeamsUser] = field(default_factory=dict)

    async def announce(self, *emails: str) -> None:
        announcement = await draft(self.service, list(emails))
        await self.service.by_itself(SendAnnouncement(announcement_id=announcement))

    async def has(self, user: TeamsUser, many: int) -> None:
        """Wait until somebody has so many announcements."""

        async def look() -> bool:
            told = [m for m in self.teams.messages(user.chat) if announced_title() in m.text]
            return len(told) == many

        await until(look)

    async def becomes(self, email: str, *told: tuple[str, str | None]) -> None:
        """Wait until this became of their announcements, in order."""
        person = await self.service.core.store.read(lambda tx: tx.person_by_email(email))
        assert person is not None
        notices = (
            select(delivery.c.state, delivery.c.why)
            .where(delivery.c.kind == "notice", delivery.c.person_id == person.id)
            .order_by(delivery.c.queued_at)
        )

        async def look() -> bool:
            rows = await self.service.core.store.read(
                lambda tx: tx.connection.execute(notices).all()
            )
            return [tuple(row) for row in rows] == list(told)

        await until(look)


@asynccontextmanager
async def place_of(folder: Path) -> AsyncIterator[Place]:
    async with TeamsStandIn() as teams, GraphStandIn(any_token=True) as graph:
        graph.catalogue[teams.app_id] = "in-the-catalogue"
        settings = {
            **teams.served_by,
            "teams_graph_url": graph.url,
            "teams_install_app": True,
        }
        async with running(folder, settle(Platform.TEAMS), **settings) as service:
            teams.reach(service.url)
            found = Place(service, teams, graph)
            for email in STAFF:
                user = teams.person(email.partition("@")[0], email)
                found.people[email] = user
                graph.add(email, user.name, user=user.user)

            async def tell(account: str) -> None:
                await teams.install(teams.people[account])

            graph.on_installed = tell
            yield found


@pytest.fixture
async def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    monkeypatch.setattr(app_for_people, "_LOOK_SECONDS", 0.1)
    monkeypatch.setattr(app_for_people, "PER_SECOND", 50.0)
    async with place_of(tmp_path) as found:
        yield found


async def test_what_waits_reaches_people_who_never_opened_the_chat(place: Place) -> None:
    ann, ben, cleo = (place.people[email] for email in STAFF)
    licence = place.graph.account(STAFF[1])
    place.graph.refuse_install(licence, 403, "Forbidden", "The user is not licensed.")
    place.graph.have(place.graph.account(STAFF[2]), cleo.chat)
    place.teams.installed.add(cleo.user)  # had it before this service was there
    await place.announce(*STAFF)
    await place.has(ann, 1)
    await place.has(cleo, 1)
    await place.becomes(STAFF[0], ("sent", None))
    await place.becomes(STAFF[1], ("queued", DeliveryReason.GRAPH_NO_LICENSE))
    await place.becomes(STAFF[2], ("sent", None))
    assert place.teams.messages(ben.chat) == []
    assert len(place.graph.tried) == 3

    # Once a day for each: a second message does not make Graph be asked again today.
    await place.announce(STAFF[1])
    await place.service.pass_time(days=1, minutes=5)
    await until(lambda: _tried(place, 4))
    place.graph.allow(licence)
    await place.service.pass_time(days=1, minutes=5)
    await place.has(ben, 2)


async def _tried(place: Place, many: int) -> bool:
    return len(place.graph.tried) == many


async def test_somebody_without_the_app_any_more_gets_it_again_once_a_day(place: Place) -> None:
    ann = place.people[STAFF[0]]
    await place.teams.install(ann)
    await place.announce(STAFF[0])
    await place.has(ann, 1)

    def taken_away() -> None:
        """By a policy: nothing is told."""
        place.teams.installed.discard(ann.user)
        place.graph.chats.clear()

    taken_away()
    await place.announce(STAFF[0])
    await place.has(ann, 2)
    await place.becomes(STAFF[0], ("sent", None), ("sent", None))
    taken_away()
    await place.announce(STAFF[0])
    await place.becomes(
        STAFF[0],
        ("sent", None),
        ("sent", None),
        ("unreachable", DeliveryReason.TEAMS_NOT_INSTALLED),
    )
    assert len(place.graph.installed) == 1, "not twice a day"


async def test_blocking_the_app_is_not_undone_by_installing_it(place: Place) -> None:
    ann = place.people[STAFF[0]]
    await place.teams.install(ann)
    place.teams.blocked.add(ann.user)
    await place.announce(STAFF[0])
    await place.becomes(STAFF[0], ("unreachable", DeliveryReason.TEAMS_BLOCKED))
    assert place.graph.tried == []


class Denied:
    """An installer that gives the same answer to everybody."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.asked = 0

    async def install(self, email: str, user: str = "") -> Outcome:
        self.asked += 1
        return self.outcome


async def test_a_permission_that_is_missing_is_asked_for_once_an_hour_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_for_people, "_LOOK_SECONDS", 3600.0)
    async with place_of(tmp_path) as place:
        await place.announce(*STAFF)
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        for outcome, seconds in (
            (NotNow(seconds=7), 7.0),
            (NotForUs(why=DeliveryReason.GRAPH_MAY_NOT_INSTALL), 3600.0),
        ):
            asked = Denied(outcome)
            core = place.service.core
            assert await install_waiting(core, installer=asked, sleep=sleep) == 0
            assert asked.asked == 1, "the same for everybody, so one is asked"
            assert slept.pop() == seconds
        for email in STAFF:
            await place.becomes(email, ("queued", DeliveryReason.GRAPH_MAY_NOT_INSTALL))
        platform = place.service.house.platforms[Platform.TEAMS]
        real = AppInstaller(platform.connector)  # type: ignore[attr-defined]
        assert await install_waiting(place.service.core, installer=real, sleep=sleep) == 3
        for email in STAFF:
            await place.has(place.people[email], 1)
